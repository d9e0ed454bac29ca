import type { DocumentDates, Period } from './claim-date.ts'
import type { EntityKind } from './claim-entity.ts'

/**
 * A published figure, or what stands in its place (a refusal to give one, a story, a statement of law), as its text
 * says it. Never a fact: it is whose word it is, where, when and in what words. docs/methods/fact-check.md; version 1.
 */
export type Claim = {
  /** `1`, `2`… in the order of the files and of the text. */
  readonly id: string
  /** Path of the file, or null where the text itself was given. */
  readonly file: string | null
  readonly line: number
  readonly kind: Kind
  /** Whose word it is, as written; null: the text's own. */
  readonly speaker: string | null
  /** An outlet or report that is quoted for it. */
  readonly via: string | null
  /** Where it was published: the title of the text. */
  readonly medium: string
  /** When it was said: what the content shows, never the stamp of the page alone. */
  readonly date: DocumentDates['content']
  /** The sentence as it stands. */
  readonly words: string
  readonly start: number
  readonly end: number
  readonly byteStart: number | null
  readonly byteEnd: number | null
  /** Where the figure or the telling words stand in it. */
  readonly figure: Span & { readonly raw: string }
  readonly quantity: Quantity | null
  readonly unit: string | null
  readonly qualifier: Qualifier | null
  readonly measure: Measure | null
  /** The legal state that an act brings about; none of them is another. */
  readonly state: State | null
  /** Coin or token that is counted or valued; null: none is named. */
  readonly asset: string | null
  readonly scope: Scope
  readonly period: Period | null
  /** At which day's price a coin was valued; null: not said. */
  readonly basis: Basis | null
  /** Whether the words speak of crypto alone. */
  readonly rail: 'crypto' | 'all' | 'not-said'
  /** The claim of which this is the value: `3,370 BTC ($29 million)`. */
  readonly valueOf: string | null
  /** What a narrative, legal or trend claim is about. */
  readonly topic: Topic | null
  readonly direction: 'up' | 'down' | null
  /** Further places of the file where the same is said: one claim, all the evidence. */
  readonly repeated: readonly (Span & { readonly line: number })[]
}

export type Span = { readonly start: number; readonly end: number }

export type Kind = 'figure' | 'unquantified' | 'no-figure' | 'trend' | 'narrative' | 'legal'

/** Exact decimal text in whole units; `magnitude` where only that is said ("millions"). */
export type Quantity =
  | { readonly value: string; readonly low: string; readonly high: string | null; readonly magnitude: null }
  | { readonly value: null; readonly low: null; readonly high: null; readonly magnitude: string | null }

export type Qualifier = 'almost' | 'about' | 'more than' | 'less than' | 'up to' | 'at least'

export type Measure =
  | 'received'
  | 'raised'
  | 'sent'
  | 'turnover'
  | 'balance'
  | 'share'
  | 'change'
  | 'taken'
  | 'count'
  | 'step'
  | 'volume'

export type State = 'restrained' | 'closed' | 'forfeited' | 'arrested' | 'charged' | 'convicted'

export type Basis = 'transaction-day' | 'as-of-day' | 'report-day'

export type Topic =
  | 'untraceable'
  | 'anonymous'
  | 'traced'
  | 'not-sanctioned'
  | 'designated'
  | 'not-designated'
  | 'illegal'

export type Scope = {
  /** Of whom or of what the figure speaks. */
  readonly subject: Party | null
  /** The organisation behind it, where the text ties them together. */
  readonly actor: Party | null
  /** The authority that acts, of an act of authorities. */
  readonly authority: string | null
  /** ISO 3166 codes of the countries that are named. */
  readonly places: readonly string[]
  /** A narrower set, in the words of the text: "used in laundering". */
  readonly within: string | null
}

export type Party = { readonly kind: EntityKind; readonly name: string; readonly key: string }
