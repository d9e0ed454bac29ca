import { isolate } from '../std/isolate.ts'
import type { Claim } from './claim.ts'

/** Sentences of the fact-check in English and Arabic. */
export type Sentences = { readonly en: string; readonly ar: string }

/** The figure as a reader knows it: `almost 24,000,000 USD`. */
export function figureOf(claim: Claim, language: 'en' | 'ar'): string {
  const { quantity, unit, qualifier } = claim
  if (quantity?.value === null || quantity === null) return isolate(`“${claim.figure.raw}”`)
  const [whole, fraction] = quantity.value.split('.') as [string, string?]
  const ratio = unit === 'ratio'
  const grouped = ratio
    ? `${Number((Number(quantity.value) * 100).toFixed(4))}%`
    : whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`)
  const noun = ratio ? '' : unitOf(unit, language, Number(quantity.value))
  const number = `${isolate(grouped)}${noun === '' ? '' : ` ${noun}`}`
  return qualifier === null ? number : `${QUALIFIERS[qualifier][language === 'en' ? 0 : 1]} ${number}`
}

/** `claim 3` with the place where it stands. */
export function placeOf(claim: Claim, language: 'en' | 'ar'): string {
  const name = claim.file === null ? '' : `${claim.file.split('/').at(-1)}:`
  const place = isolate(`${name}${claim.line}`)
  return language === 'en' ? `(claim ${claim.id}, ${place})` : `(الادعاء ${claim.id}، ${place})`
}

export function subjectOf({ scope }: Claim, language: 'en' | 'ar'): string {
  if (scope.subject === null) return language === 'en' ? 'nobody named' : 'من لم يُسمَّ'
  const kind = KINDS[scope.subject.kind]?.[language === 'en' ? 0 : 1] ?? ''
  return `${kind} ${isolate(`“${scope.subject.name}”`)}`.trim()
}

export function measureOf({ measure, state }: Claim, language: 'en' | 'ar'): string {
  const at = language === 'en' ? 0 : 1
  if (state !== null) return STATES[state][at]
  return measure === null ? (at === 0 ? 'not said' : 'لم يُذكر') : MEASURES[measure][at]
}

export function periodOf({ period }: Claim, language: 'en' | 'ar'): string {
  if (period === null) return language === 'en' ? 'no period' : 'بلا فترة'
  return isolate(`“${period.words.trim()}”`)
}

export function basisOf({ basis }: Claim, language: 'en' | 'ar'): string {
  return BASES[basis ?? 'none'][language === 'en' ? 0 : 1]
}

function unitOf(unit: string | null, language: 'en' | 'ar', count: number): string {
  if (unit === null || unit === 'count') return ''
  if (/^[A-Z]{3,5}$/.test(unit)) return isolate(unit)
  const words = UNITS[unit]
  if (words === undefined) return unit
  return language === 'ar' ? words[1] : count === 1 ? words[0] : `${words[0]}${/s$/.test(words[0]) ? 'es' : 's'}`
}

/** Names of the legal states: no one of them is another. */
export const STATES = {
  restrained: ['restrained (frozen or seized)', 'ضبط أو تجميد'],
  closed: ['closed', 'إغلاق'],
  forfeited: ['forfeited', 'مصادرة'],
  arrested: ['arrested', 'توقيف'],
  charged: ['charged', 'اتهام'],
  convicted: ['convicted', 'إدانة'],
} as const

const MEASURES = {
  received: ['received', 'المتلقّى'],
  raised: ['raised', 'المجموع تبرعًا'],
  sent: ['sent', 'المرسل'],
  turnover: ['turnover', 'حجم المعاملات'],
  balance: ['balance or what is controlled', 'الرصيد أو ما يُسيطر عليه'],
  share: ['share', 'النسبة'],
  change: ['change', 'التغير'],
  taken: ['taken by authorities', 'ما أخذته السلطات'],
  count: ['count', 'العدد'],
  step: ['size of a step', 'مقدار الدفعة'],
  volume: ['volume', 'الحجم'],
} as const

const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  address: ['the address', 'العنوان'],
  organisation: ['the organisation', 'التنظيم'],
  group: ['the group', 'المجموعة'],
  campaign: ['the campaign', 'الحملة'],
  exchange: ['the exchange', 'البورصة'],
  unit: ['the unit', 'الوحدة'],
}

const BASES = {
  'transaction-day': ['the price of each transaction’s day', 'سعر يوم كل معاملة'],
  'as-of-day': ['the price of the as-of day', 'سعر يوم الاحتساب'],
  'report-day': ['the price at the time of writing', 'السعر وقت الكتابة'],
  none: ['no stated price day', 'يوم سعر غير مذكور'],
} as const

const QUALIFIERS = {
  almost: ['almost', 'ما يقرب من'],
  about: ['about', 'نحو'],
  'more than': ['more than', 'أكثر من'],
  'less than': ['less than', 'أقل من'],
  'up to': ['up to', 'ما لا يتجاوز'],
  'at least': ['at least', 'ما لا يقل عن'],
} as const

const UNITS: Readonly<Record<string, readonly [string, string]>> = {
  account: ['account', 'حساب'],
  site: ['site', 'موقع'],
  page: ['page', 'صفحة'],
  channel: ['channel', 'قناة'],
  follower: ['follower', 'متابع'],
  transaction: ['transaction', 'معاملة'],
  address: ['address', 'عنوان'],
  wallet: ['wallet', 'محفظة'],
  donor: ['donor', 'متبرع'],
  donation: ['donation', 'تبرع'],
  visit: ['visit', 'زيارة'],
  person: ['person', 'شخص'],
  times: ['time', 'ضعف'],
  campaign: ['campaign', 'حملة'],
  exchange: ['exchange', 'بورصة'],
  group: ['group', 'مجموعة'],
  country: ['country', 'دولة'],
  coupon: ['coupon', 'قسيمة'],
}
