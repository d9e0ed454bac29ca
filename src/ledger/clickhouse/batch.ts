import * as Address from '../../chain/address.ts'
import { sha256Stream } from '../../std/digest.ts'
import { type AccountColumns, NONE } from '../columns.ts'
import { KEY_WORDS } from './row.ts'

/** Rows of a ledger that go to the database together, and the accounts that first appear in them. */
export type Batch = {
  readonly begin: number
  readonly end: number
  readonly accountsBefore: number
  readonly accounts: number
}

/**
 * Sides of transfers that come to one shard at once and become one part there: less than a gigabyte, and in the server
 * for a moment three times that. Fewer would be more parts, which are more places to look in until they are merged.
 */
export const SIDES = 6 * 2 ** 20

/** Transfers of one batch: so many that each shard gets as many sides as it makes one part of. */
export function batchRows(shards: number): number {
  return (SIDES / 2) * Math.min(shards, 16)
}

/** The batch from `begin` to `end`. Addresses are numbered by first appearance: those of a prefix are a prefix too. */
export function batchOf({ transfers }: AccountColumns, begin: number, end: number, accountsBefore: number): Batch {
  let accounts = accountsBefore
  for (let row = begin; row < end; row++) {
    const [from, to] = [transfers.from[row]!, transfers.to[row]!]
    if (from !== NONE && from >= accounts) accounts = from + 1
    if (to !== NONE && to >= accounts) accounts = to + 1
  }
  return { begin, end, accountsBefore, accounts }
}

/** SHA-256 of all that the batch says: a later run knows by it that it goes on with the same ledger. */
export function digestOf(columns: AccountColumns, keys: Keys, batch: Batch): string {
  const { begin, end, accountsBefore, accounts } = batch
  const { transfers, transactions, assets } = columns
  const running = sha256Stream()
  const add = ({ buffer, byteOffset, byteLength }: ArrayBufferView): void =>
    running.update(new Uint8Array(buffer, byteOffset, byteLength))
  for (const name of ['logIndex', 'kind', 'moves', 'asset', 'from', 'to'] as const) {
    add(transfers[name].subarray(begin, end))
  }
  add(transfers.units.low.subarray(begin, end))
  const large = [...transfers.units.above].filter(([row]) => row >= begin && row < end).sort(([a], [b]) => a - b)
  const [first, last] = [transfers.transaction[begin]!, transfers.transaction[end - 1]! + 1]
  add(transactions.txid.subarray(32 * first, 32 * last))
  for (const name of ['height', 'time', 'firstTransfer'] as const) add(transactions[name].subarray(first, last))
  let greatest = 0
  for (let row = begin; row < end; row++) greatest = Math.max(greatest, transfers.asset[row]!)
  const words = [large.map(([row, units]) => `${row} ${units}`), assets.slice(0, greatest + 1), begin, end]
  running.update(new TextEncoder().encode(JSON.stringify(words)))
  keys.fill(accounts)
  add(keys.words.subarray(KEY_WORDS * accountsBefore, KEY_WORDS * accounts))
  return running.hex()
}

/**
 * Columns as a slice of a ledger: where their first row and transaction stand in it, and what their accounts and assets
 * are numbered there (null: as here).
 */
export type Slice = {
  readonly columns: AccountColumns
  readonly keys: Keys
  readonly first: { readonly row: number; readonly transaction: number }
  readonly accountOf: Uint32Array | null
  readonly assetOf: Uint16Array | null
  /** The rows here of the accounts that first appear, in the order of their numbers; null: as here. */
  readonly fresh: Uint32Array | null
}

/** The columns of a whole ledger. */
export function wholeOf(columns: AccountColumns): Slice {
  const first = { row: 0, transaction: 0 }
  return { columns, keys: createKeys(columns), first, accountOf: null, assetOf: null, fresh: null }
}

/** The keys of all accounts (type and payload), six words each, filled as far as batches need them. */
export type Keys = { readonly words: Uint32Array; fill(to: number): void }

export function createKeys({ addresses, network }: AccountColumns): Keys {
  const words = new Uint32Array(KEY_WORDS * addresses.count)
  const bytes = new Uint8Array(words.buffer)
  const keyOf = (row: number): Uint8Array => {
    if (addresses.keyOf !== undefined) return addresses.keyOf(row)
    const { type, payload } = Address.toKey({ network, address: addresses.format(row) })
    return Uint8Array.from([type, ...payload])
  }
  let filled = 0
  return {
    words,
    fill(to) {
      for (; filled < to; filled++) bytes.set(keyOf(filled), 4 * KEY_WORDS * filled)
    },
  }
}
