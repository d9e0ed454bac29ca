import * as Category from '../model/category.ts'
import type { Inline } from './inline.ts'
import { type Countable, formOf } from './plural.ts'
import { TEXTS } from './text.ts'

/**
 * Every text of a report, English and Arabic side by side. Terms are those of the field: receipts المتحصلات,
 * seizure ضبط, freeze تجميد, forfeiture مصادرة, cluster مجموعة عناوين, exposure انكشاف, trace تتبّع,
 * exchange منصة تداول.
 */
export type Language = (typeof LANGUAGES)[number]

export const LANGUAGES = ['en', 'ar'] as const

export type Words = {
  readonly language: Language
  readonly direction: 'ltr' | 'rtl'
  /** The text of a key. */
  readonly say: (key: Key) => string
  /** The text of a key with inlines in the place of `{name}`. */
  readonly tell: (key: Key, parts: Readonly<Record<string, Inline | readonly Inline[]>>) => Inline[]
  /** A number with its noun in the right plural form (Arabic has six). */
  readonly count: (count: number, noun: Countable) => string
  /** The text of a closed value (`receipts.afterFreeze`, `stop.service`), or the value itself where none is written. */
  readonly term: (family: string, value: string) => string
}

export function wordsOf(language: Language): Words {
  const place = LANGUAGES.indexOf(language)
  const say = (key: Key): string => TEXTS[key][place]!
  return {
    language,
    direction: language === 'ar' ? 'rtl' : 'ltr',
    say,
    tell: (key, parts) => fill(say(key), parts),
    count: (count, noun) => formOf(language, count, noun).replace('#', group(String(count))),
    term(family, value) {
      const category = family === 'category' ? Category.parse(value) : undefined
      if (category !== undefined) return Category.nameOf(category, language)
      return isKey(`${family}.${value}`) ? say(`${family}.${value}` as Key) : value
    },
  }
}

/** `1234567.5` → `1,234,567.5`: Latin digits in both languages, so that a figure can be copied and searched. */
export function group(digits: string): string {
  const [whole, fraction] = digits.split('.')
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

function fill(template: string, parts: Readonly<Record<string, Inline | readonly Inline[]>>): Inline[] {
  return template
    .split(/(\{\w+\})/)
    .filter(piece => piece !== '')
    .flatMap(piece => {
      const part = /^\{\w+\}$/.test(piece) ? parts[piece.slice(1, -1)] : undefined
      if (part === undefined) return [piece]
      return Array.isArray(part) ? (part as Inline[]) : [part as Inline]
    })
}

function isKey(text: string): text is Key {
  return text in TEXTS
}

export type Key = keyof typeof TEXTS
