import type { Value } from './figure.ts'
import { group, type Words } from './words.ts'

/** A value as people read it, in Latin digits; `direction` tells whether it is a phrase of the language or a number. */
export function printValue(value: Value, words: Words): { readonly text: string; readonly phrase: boolean } {
  if (value.kind === 'amount') return { text: `${trim(value.value)} ${value.asset}`, phrase: false }
  if (value.kind === 'usd') return { text: `USD ${group(value.value)}`, phrase: false }
  if (value.kind === 'count') return { text: words.count(value.count, value.of), phrase: true }
  return { text: `${value.at.slice(0, 10)} ${value.at.slice(11, 16)} UTC`, phrase: false }
}

/** Amounts keep all decimals of the asset, so that nothing looks rounded; the whole part is grouped. */
function trim(value: string): string {
  return group(value)
}
