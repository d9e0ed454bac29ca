import type { Value } from './figure.ts'
import { group, type Words } from './words.ts'

/**
 * A value as people read it, in Latin digits. `phrase`: it is a phrase of the language, not a number. Amounts are never
 * rounded; `brief` leaves out the zeros at their end, down to two decimals, and of a time all but the UTC day.
 */
export function printValue(
  value: Value,
  words: Words,
  brief: boolean,
): { readonly text: string; readonly phrase: boolean } {
  if (value.kind === 'amount') {
    const digits = brief ? value.value.replace(/(\.\d\d\d*?)0+$/, '$1') : value.value
    return { text: `${group(digits)} ${value.asset}`, phrase: false }
  }
  if (value.kind === 'usd') return { text: `USD ${group(value.value)}`, phrase: false }
  if (value.kind === 'count') return { text: words.count(value.count, value.of), phrase: true }
  const day = value.at.slice(0, 10)
  return { text: brief ? day : `${day} ${value.at.slice(11, 16)} UTC`, phrase: false }
}
