import { formatUnits } from '../model/amount.ts'
import * as Category from '../model/category.ts'
import * as Instant from '../model/instant.ts'
import { isolate } from '../std/isolate.ts'
import type { Event, Subject } from './event.ts'
import type { Hit } from './indicator-part.ts'
import { name as nameOf, type Rule } from './rule.ts'
import { measureWords, purposeWords, sponsorWords, thresholdWords, type Words } from './word.ts'

/** A sentence in both languages. */
export type Said = { readonly en: string; readonly ar: string }

/** Why an alert was raised, in one sentence: what happened, the rule with its thresholds, what was measured. */
export function becauseOf(watch: string, rule: Rule, { address }: Subject, event: Event, hit: Hit): Said {
  const { en, ar } = happened(rule, address, event)
  return {
    en: `“${english(watch)}”: ${en}; rule ${nameOf(rule)}${why(rule, hit.measured, 0)}.`,
    ar: `«${isolate(watch)}»: ${ar}؛ القاعدة ${isolate(nameOf(rule))}${why(rule, hit.measured, 1)}.`,
  }
}

/** What was measured, by name: `authorities TEST, transfers 3`. */
export function measuredIn(measured: Hit['measured'], language: 'en' | 'ar'): string {
  return listed(measured, measureWords, language === 'en' ? 0 : 1)
}

type Language = 0 | 1

const VERBS = {
  mined: { in: ['received', 'تلقّى'], out: ['paid', 'دفع'] },
  unconfirmed: { in: ['is to receive', 'ينتظر أن يتلقّى'], out: ['is to pay', 'ينتظر أن يدفع'] },
} as const

function happened({ indicator }: Rule, address: string, event: Event): Said {
  const day = Instant.format(event.time)
  if (event.isPost === true) {
    const isAbout = indicator === 'supportive-message' || indicator === 'appeal-reuse'
    const [en, ar] = isAbout ? ['concerns', 'يخص'] : ['shows', 'يعرض']
    return {
      en: `a post of ${day} ${en} ${address}`,
      ar: `منشور بتاريخ ${isolate(day)} ${ar} العنوان ${isolate(address)}`,
    }
  }
  const { symbol, decimals } = event.asset
  const amount = `${formatUnits(event.units, decimals)} ${symbol}`
  const [en, ar] = VERBS[event.standing][event.direction]
  return {
    en: `${address} ${en} ${english(amount)} on ${day}`,
    ar: `${ar} العنوان ${isolate(address)} مبلغ ${isolate(amount)} في ${isolate(day)}`,
  }
}

function why({ thresholds }: Rule, measured: Hit['measured'], language: Language): string {
  const limits = listed(thresholds, thresholdWords, language)
  const found = listed(measured, measureWords, language)
  const [comma] = language === 0 ? ['; '] : ['؛ ']
  return `${limits === '' ? '' : ` (${limits})`}${found === '' ? '' : `${comma}${found}`}`
}

function listed(values: Rule['thresholds'] | Hit['measured'], names: Words, language: Language): string {
  const parts = Object.entries(values).map(([name, value]) => {
    const list = typeof value === 'object' ? value : [value]
    const said = list.map((one: number | string) => shown(name, one, language)).join(language === 0 ? ' ' : ' و')
    return `${names[name]?.[language] ?? name} ${said}`
  })
  return parts.join(language === 0 ? ', ' : '، ')
}

/** Made once: a format of its own for each number takes longer than all else that an alert says. */
const NUMBERS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })

function shown(name: string, value: number | string, language: Language): string {
  const text = typeof value === 'number' ? NUMBERS.format(value) : value
  const words = wordsOf(name, text)?.[language]
  if (words !== undefined) return words
  return language === 0 ? english(text) : isolate(text)
}

/** Closed values that have words of their own. */
function wordsOf(name: string, value: string): readonly [string, string] | undefined {
  if (name === 'silenceDays' && value === 'new') return ['none: nothing came before', 'لا شيء قبلها']
  if (name === 'by') return (sponsorWords as Words)[value] as [string, string] | undefined
  if (name === 'purposes') return (purposeWords as Words)[value] as [string, string] | undefined
  const category = name === 'category' || name === 'categories' ? Category.parse(value) : undefined
  return category === undefined ? undefined : [Category.nameOf(category, 'en'), Category.nameOf(category, 'ar')]
}

/** In an English sentence only what may turn it is set apart, so that a plain address can be searched for as it is. */
function english(text: string): string {
  return /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]/.test(text)
    ? isolate(text)
    : text
}
