import { buildHistory, type History, type Touch } from './address-column.ts'
import { NONE } from './columns.ts'

/** One state of the ledger: how many transactions it has, and which addresses those of a range touch. */
export type Touches = {
  readonly count: number
  /** Transactions ascending; NONE and repeats too. */
  readonly visit: (from: number, to: number, touch: Touch) => void
}

/**
 * Transactions of an address in a ledger that goes on at its end: one index, built at the first question, and lists of
 * what came since. The same serves all states of the ledger, each of which sees its own transactions alone.
 */
export type Growing = (touches: Touches, addresses: number, row: number) => Uint32Array

export function createGrowing(): Growing {
  let base: { readonly history: History; readonly addresses: number; readonly transactions: number } | undefined
  const since = new Map<number, number[]>()
  let upTo = 0
  const touch = (address: number, transaction: number): void => {
    if (address === NONE) return
    const list = since.get(address)
    if (list === undefined) since.set(address, [transaction])
    else if (list.at(-1) !== transaction) list.push(transaction)
  }
  return ({ count, visit }, addresses, row) => {
    if (base === undefined || count > base.transactions + base.transactions / MUCH) {
      const history = buildHistory(addresses, note => visit(0, count, note))
      base = { history, addresses, transactions: count }
      since.clear()
      upTo = count
    }
    if (upTo < count) visit(upTo, count, touch)
    upTo = Math.max(upTo, count)
    const { first, transactions } = base.history
    const early = row < base.addresses ? transactions.subarray(first[row]!, first[row + 1]!) : NOTHING
    const late = since.get(row)
    if (late === undefined && (early.length === 0 || early.at(-1)! < count)) return early
    const both = new Uint32Array(early.length + (late?.length ?? 0))
    both.set(early)
    both.set(late ?? [], early.length)
    const end = both.findIndex(transaction => transaction >= count)
    return end === -1 ? both : both.subarray(0, end)
  }
}

/** The index is built anew once a fourth has come since. */
const MUCH = 4
const NOTHING = new Uint32Array(0)
