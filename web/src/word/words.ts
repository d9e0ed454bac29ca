import { useTranslation } from 'react-i18next'
import { inDigits } from './digit.ts'
import type { Language } from './language.ts'
import type { englishCounts } from './plural.ts'
import { type Family, term } from './term.ts'

type Noun = keyof typeof englishCounts extends infer K ? (K extends `${infer S}_other` ? S : never) : never

/** Everything that a view needs to speak: texts, terms of closed values, numbers with their nouns. */
export function useWords() {
  const { t, i18n } = useTranslation()
  const language: Language = i18n.language === 'ar' ? 'ar' : 'en'
  const plain = t as unknown as (key: string, values: object) => string
  const say = ((key: string, values?: object) => plain(key, inWords(values))) as unknown as typeof t
  return {
    t: say,
    language,
    term: (family: Family, value: string) => term(language, family, value),
    count: (noun: Noun, count: number) => t(`count.${noun}`, { count, n: grouped(count) }),
  }
}

/** Numbers in sentences as figures are written elsewhere; `count` alone chooses a plural and stays a number. */
function inWords(values: object = {}): object {
  const shown = Object.entries(values).map(([key, value]) => [
    key,
    typeof value === 'number' && key !== 'count' ? grouped(value) : value,
  ])
  return Object.fromEntries(shown)
}

/** `1234567` → `1,234,567`; in Arabic with the digits that were chosen. */
export function grouped(value: number): string {
  return inDigits(value.toLocaleString('en-US'))
}
