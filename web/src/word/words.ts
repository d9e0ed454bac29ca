import { useTranslation } from 'react-i18next'
import type { Language } from './language.ts'
import type { englishCounts } from './plural.ts'
import { type Family, term } from './term.ts'

type Noun = keyof typeof englishCounts extends infer K ? (K extends `${infer S}_other` ? S : never) : never

/** Everything that a view needs to speak: texts, terms of closed values, numbers with their nouns. */
export function useWords() {
  const { t, i18n } = useTranslation()
  const language: Language = i18n.language === 'ar' ? 'ar' : 'en'
  return {
    t,
    language,
    term: (family: Family, value: string) => term(language, family, value),
    count: (noun: Noun, count: number) => t(`count.${noun}`, { count, n: grouped(count) }),
  }
}

/** `1234567` → `1,234,567`, in Latin digits in both languages, so that a figure can be copied and searched. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US')
}

/** Keeps a name from turning the sentence around it: first strong isolate, and its end. */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`
}
