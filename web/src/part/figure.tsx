import type { AmountJson } from '../../../src/model/amount.ts'
import { isolate } from '../../../src/std/isolate.ts'
import { inDigits, showsHijri } from '../word/digit.ts'
import { grouped, useWords } from '../word/words.ts'

/** An amount as the server gave it: no digit is computed here. */
export function Figure({ amount }: { amount: AmountJson }) {
  return (
    <bdi className="number" dir="ltr">
      {inDigits(thousands(amount.value))} {amount.asset}
    </bdi>
  )
}

/** From the least to the most, one asset named once. */
export function FigureRange({ least, most }: { least: AmountJson; most: AmountJson }) {
  if (least.amount === most.amount) return <Figure amount={most} />
  return (
    <bdi className="number" dir="ltr">
      {inDigits(thousands(least.value))} – {inDigits(thousands(most.value))} {most.asset}
    </bdi>
  )
}

/** US dollars as the server gave them. */
export function Dollars({ value }: { value: string }) {
  return (
    <bdi className="number" dir="ltr">
      {inDigits(thousands(value))} USD
    </bdi>
  )
}

function thousands(value: string): string {
  const [whole, fraction] = value.split('.')
  const parts = whole!.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? parts : `${parts}.${fraction}`
}

/** Amounts of several assets, each on a line of its own. Null: not known, which is not nothing. */
export function Figures({ amounts }: { amounts: readonly AmountJson[] | null }) {
  const { t } = useWords()
  if (amounts === null) return t('unknown')
  if (amounts.length === 0) return t('none')
  return amounts.map((amount, i) => (
    <div key={`${amount.network}-${amount.contract ?? amount.asset}-${i}`}>
      <Figure amount={amount} />
    </div>
  ))
}

/**
 * An RFC 3339 time, read by people: `2014-05-10 06:21:46`, in UTC, or its day alone where there is little room. What
 * is not drawn stands in the title: the time, and in Arabic the Hijri day.
 */
export function Time({ at, zone = false, day = false }: { at: string; zone?: boolean; day?: boolean }) {
  const { language } = useWords()
  const whole = at.replace('T', ' ').replace('Z', '')
  const shown = day ? whole.slice(0, 10) : whole
  const more = [...(day ? [`${whole} UTC`] : []), ...(language === 'ar' ? [hijri(at)] : [])].join(' · ')
  return (
    <time dateTime={at} title={more === '' ? undefined : more}>
      <bdi className="number" dir="ltr">
        {inDigits(zone ? `${shown} UTC` : shown)}
      </bdi>
      {zone && <Hijri at={at} />}
    </time>
  )
}

/** The day alone, for what is dated by days: lists, orders. */
export function Day({ at }: { at: string }) {
  const { language } = useWords()
  return (
    <time dateTime={at} title={language === 'ar' ? hijri(at) : undefined}>
      <bdi className="number" dir="ltr">
        {inDigits(at.slice(0, 10))}
      </bdi>
      <Hijri at={at} />
    </time>
  )
}

export function Whole({ value }: { value: number }) {
  return (
    <bdi className="number" dir="ltr">
      {grouped(value)}
    </bdi>
  )
}

/** `0.026655` → `2.67%`. */
export function Share({ value }: { value: number }) {
  return (
    <bdi className="number" dir="ltr">
      {inDigits(percent(value))}
    </bdi>
  )
}

/** A share within a sentence: isolated, in the digits that were chosen. */
export function shareOf(value: number): string {
  return isolate(inDigits(percent(value)))
}

/** Two shares as one range, the least first in either direction of the page. */
export function shareRange(low: number, high: number): string {
  return `\u2066${inDigits(`${percent(low)} – ${percent(high)}`)}\u2069`
}

export function percent(value: number): string {
  return `${(value * 100).toFixed(value < 0.1 ? 2 : 1)}%`
}

/** The Hijri day beside a Gregorian one, in Arabic, where it was not turned off. */
function Hijri({ at }: { at: string }) {
  const { language } = useWords()
  if (language !== 'ar' || !showsHijri()) return null
  return <span className="quiet small"> ({inDigits(hijri(at))})</span>
}

const HIJRI = new Intl.DateTimeFormat('ar-SA-u-ca-islamic-umalqura-nu-latn', { dateStyle: 'long', timeZone: 'UTC' })

/** The day of the Umm al-Qura calendar. */
function hijri(at: string): string {
  return HIJRI.format(new Date(at))
}
