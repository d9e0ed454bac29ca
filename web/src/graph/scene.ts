import type { Label } from '../../../src/app/follow/labelled.ts'

/**
 * What a graph is made of, without a browser: parties, transactions and the value that moved between them. Every
 * change is an act (act.ts), so it can be undone, saved and shared; what is drawn of it is computed (project.ts).
 */
export type Scene = {
  readonly nodes: Readonly<Record<string, Node>>
  readonly edges: Readonly<Record<string, Edge>>
  readonly groups: Readonly<Record<string, Group>>
  /** Where what is drawn lies, by its id there (project.ts); what has no place yet begins at its node's `x`, `y`. */
  readonly places: Readonly<Record<string, Place>>
  readonly view: View
  /** A taint method, or `envelope`: least and most by those that conserve value. */
  readonly method: string
  readonly filter: Filter
  /** flow: in layers from the origin · web: by forces. */
  readonly layout: 'flow' | 'web'
}

/** transaction: each on its own · address: summed between addresses · entity: between entities and clusters. */
export type View = (typeof VIEWS)[number]
export const VIEWS = ['address', 'entity', 'transaction'] as const

export type Node = {
  readonly id: string
  readonly kind: 'address' | 'transaction' | 'nobody'
  readonly network: string
  /** Address, txid, or why nobody is named. */
  readonly name: string
  readonly label: Label | null
  readonly cluster: { readonly name: string; readonly size: number } | null
  /** Where the graph began: hops are counted from here. */
  readonly isRoot: boolean
  readonly stoppedBecause: string | null
  readonly x: number
  readonly y: number
  readonly colour: Colour | null
  readonly note: string
  readonly group: string | null
  /** What was asked of its neighbours and not shown, by direction; null: not asked. */
  readonly more: Readonly<Record<Direction, More | null>>
}

/** Pinned: no layout moves it. */
export type Place = { readonly x: number; readonly y: number; readonly pinned: boolean }

export type Direction = 'in' | 'out'

export type More = { readonly left: number; readonly cursor: string | null }

export type Edge = {
  readonly id: string
  readonly from: string
  readonly to: string
  /** Transactions summed in it. */
  readonly count: number
  readonly first: string | null
  readonly last: string | null
  /** Null: an amount that nothing tells. */
  readonly amount: EdgeAmount | null
  /** The one transaction of it, where it is one. */
  readonly txid: string | null
}

/** Whole numbers of the smallest unit, as decimal text. */
export type EdgeAmount = {
  readonly asset: string
  readonly contract: string | null
  readonly decimals: number
  readonly least: string
  readonly most: string
  /** Of a trace: traced units by method. */
  readonly methods: Readonly<Record<string, string>> | null
}

export type Group = { readonly id: string; readonly name: string; readonly folded: boolean }

/** Names of colours, never colours: each light has its own. */
export type Colour = (typeof COLOURS)[number]
export const COLOURS = ['red', 'amber', 'green', 'blue', 'violet', 'grey'] as const

export type Filter = {
  /** Days, inclusive; empty: open. */
  readonly from: string
  readonly to: string
  /** Asset by symbol; empty: all. */
  readonly asset: string
  /** Least amount in whole coins, as typed. */
  readonly least: string
  readonly hops: number | null
  /** Categories that are hidden. */
  readonly without: readonly string[]
}

export const OPEN: Filter = { from: '', to: '', asset: '', least: '', hops: null, without: [] }

export const EMPTY: Scene = {
  ...{ nodes: {}, edges: {}, groups: {}, places: {} },
  ...{ view: 'address', method: 'haircut', filter: OPEN, layout: 'web' },
}

export function addressId(network: string, address: string): string {
  return `a:${network}:${address}`
}

export function transactionId(network: string, txid: string): string {
  return `t:${network}:${txid}`
}

/** A node that nobody has touched yet. */
export function freshNode(part: Pick<Node, 'id' | 'kind' | 'network' | 'name'> & Partial<Node>): Node {
  return {
    ...{ label: null, cluster: null, isRoot: false, stoppedBecause: null, x: 0, y: 0, colour: null },
    ...{ note: '', group: null, more: { in: null, out: null } },
    ...part,
  }
}

export function edgeId(from: string, to: string, kind: string): string {
  return `${from}>${to}>${kind}`
}
