import type { Edge } from './scene.ts'

/** What is drawn between two: the edges of the scene summed, asset by asset. */
export type Line = {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly count: number
  readonly first: string | null
  readonly last: string | null
  readonly amounts: readonly LineAmount[]
  /** Up to so many as TXIDS_MAX. */
  readonly txids: readonly string[]
}

export type LineAmount = {
  readonly asset: string
  readonly contract: string | null
  readonly decimals: number
  readonly least: bigint
  readonly most: bigint
}

/** Units of one edge by the method of the scene: what moved at least and at most. */
export type Value = { readonly least: bigint; readonly most: bigint } | null

const TXIDS_MAX = 50

export function createLines(): Map<string, Line> {
  return new Map()
}

export function addEdge(lines: Map<string, Line>, from: string, to: string, edge: Edge, value: Value): void {
  const id = `${from}>${to}`
  const known = lines.get(id)
  const amounts = [...(known?.amounts ?? [])]
  if (edge.amount !== null && value !== null) {
    const { asset, contract, decimals } = edge.amount
    const at = amounts.findIndex(one => one.asset === asset && one.contract === contract)
    const before = at === -1 ? { least: 0n, most: 0n } : amounts[at]!
    const sum = { asset, contract, decimals, least: before.least + value.least, most: before.most + value.most }
    if (at === -1) amounts.push(sum)
    else amounts[at] = sum
  }
  const { txid } = edge
  const again = txid !== null && known?.txids.includes(txid) === true
  lines.set(id, {
    ...{ id, from, to, amounts },
    // The same transaction may pay several times between the same two; several assets are summed of the same ones.
    count: known === undefined ? edge.count : again ? known.count : Math.max(known.count, addCounts(known, edge)),
    first: earlier(known?.first ?? null, edge.first),
    last: later(known?.last ?? null, edge.last),
    txids: txid === null || again ? (known?.txids ?? []) : [...(known?.txids ?? []), txid].slice(0, TXIDS_MAX),
  })
}

/** Edges with a txid are transactions of their own; sums of different assets may speak of the same transactions. */
function addCounts(known: Line, edge: Edge): number {
  return edge.txid === null && known.txids.length === 0 ? edge.count : known.count + edge.count
}

function earlier(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b < a) ? b : a
}

function later(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b > a) ? b : a
}
