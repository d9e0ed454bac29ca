import type { Chart } from './chart.ts'
import type { Evidence } from './evidence.ts'
import type { Figure } from './figure.ts'
import type { Flow } from './flow.ts'
import type { Inline } from './inline.ts'
import type { Language } from './words.ts'

/** A report as a tree: what it says and what that rests on, apart from how it is printed. Plain data. */
export type Document = {
  readonly language: Language
  readonly title: string
  readonly subtitle: string
  readonly about: readonly Term[]
  /** Everything in it is made up, or of a test network: said on top and on each printed page. */
  readonly synthetic: boolean
  readonly sections: readonly Section[]
  readonly figures: readonly Figure[]
  readonly evidence: readonly Evidence[]
}

export type Section = { readonly id: string; readonly title: string; readonly blocks: readonly Block[] }

export type Block =
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'heading'; readonly id?: string; readonly text: string }
  | { readonly kind: 'notice'; readonly content: readonly Inline[] }
  | { readonly kind: 'figures'; readonly figures: readonly Figure[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  | Table
  | { readonly kind: 'chart'; readonly chart: Chart }
  | { readonly kind: 'flow'; readonly flow: Flow }

export type Table = {
  readonly kind: 'table'
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}

export type Column = { readonly label: string; readonly align: 'start' | 'end' }

/** `id` is what links lead to. `strong`: a sum or a conclusion. */
export type Row = { readonly id?: string; readonly strong?: boolean; readonly cells: readonly (readonly Inline[])[] }

export type Term = { readonly term: string; readonly content: readonly Inline[] }
