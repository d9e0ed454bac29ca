import type { AmountJson } from '../model/amount.ts'
import * as Network from '../model/network.ts'
import type { Register } from './evidence.ts'
import type { Value } from './figure.ts'
import type { Inline } from './inline.ts'
import type { Material, Ran } from './material.ts'
import type { Words } from './words.ts'

/** What each section is composed with: the material, the words of the language, the register that it fills. */
export type Desk = { readonly material: Material; readonly words: Words; readonly register: Register }

/** Stands for what is not known: never 0. */
export const UNKNOWN = '–'

export function code(text: string | null): Inline {
  return text === null ? UNKNOWN : { code: text }
}

export function plain(text: string | null): Inline {
  return text === null ? UNKNOWN : { isolate: text }
}

/** `2025-02-03 18:00 UTC` for people, where the data say `2025-02-03T18:00:00Z`. */
export function time(at: string | null): Inline {
  if (at === null) return UNKNOWN
  return { isolate: at.length > 10 ? `${at.slice(0, 10)} ${at.slice(11, 16)} UTC` : at }
}

export function networkName(id: string): Inline {
  return { isolate: Network.parse(id)?.name ?? id }
}

export function amountValue(amount: AmountJson): Value {
  return { kind: 'amount', asset: amount.asset, value: amount.value, units: amount.amount }
}

/** A key for one asset on one network, for ids of figures: `bitcoin-regtest/rBTC`. */
export function assetKey(amount: AmountJson): string {
  return `${amount.network ?? ''}/${amount.asset}`
}

/** Evidence of a run: its filed answer, where there is one. */
export function citeRun({ register }: Desk, ran: Ran): string[] {
  return ran.sha256 === null ? [] : [register.cite({ kind: 'run', operation: ran.operation, sha256: ran.sha256 })]
}
