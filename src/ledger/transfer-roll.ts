import * as Asset from '../model/asset.ts'
import { KINDS, NONE, unitsOf } from './columns.ts'
import { createHashSet } from './hash-index.ts'
import type { KeyDictionary } from './key-dictionary.ts'
import { FAILED, type TransferBatch } from './link-account.ts'
import type { TransferStock } from './snapshot.ts'
import type { TransferRow } from './transfer-row.ts'

/** All transfers of a network, those on disk and those being added, so that none is taken twice. */
export type TransferRoll = {
  /** Adds the row; `present` where an identical one is there; or in one sentence what it contradicts. */
  add(row: TransferRow): 'added' | 'present' | { readonly conflict: string }
  readonly count: number
  /** The rows from number `from` on. */
  slice(from: number): TransferBatch
}

/**
 * Rows of one transaction share height, time and place in the block. A row's place in its transaction is its event
 * index and kind; without an event index (−1) it is kind, asset and, but for the one native transfer and the one fee,
 * sender and receiver. Two different rows for one place contradict each other.
 */
export function createTransferRoll({ batches, keys, assets }: TransferStock): TransferRoll {
  const transactions = createHashSet()
  let rows = roomFor(1024)
  let count = 0
  /** Newest row of a transaction, and for a row the one before it in its transaction; NONE: no more. */
  const newest: number[] = []
  const places = new Map(assets.map((asset, at) => [Asset.key(asset), at]))

  const push = (txid: Uint8Array, at: number, fill: (row: number) => void): void => {
    if (count === rows.kind.length) rows = grown(rows, roomFor(2 * count))
    for (let k = 0; k < 32; k++) rows.txid[32 * count + k] = txid[at + k]!
    fill(count)
    const transaction = transactions.add(txid, at)
    rows.before[count] = newest[transaction] ?? NONE
    newest[transaction] = count++
  }
  for (const batch of batches) {
    for (let k = 0; k < batch.count; k++) push(batch.txid, 32 * k, row => copy(batch, k, rows, row))
  }
  const assetOf = (asset: Asset.Asset): number | null => {
    const key = Asset.key(asset)
    const held = places.get(key)
    if (held !== undefined) return held
    if (assets.length >= ASSETS_MAX) return null
    places.set(key, assets.length)
    return assets.push(asset) - 1
  }
  return {
    get count() {
      return count
    },
    add(given) {
      const place = assetOf(given.asset)
      if (place === null) return { conflict: `the ledger of this network has ${ASSETS_MAX} assets and takes no more` }
      const units = rescale(given, assets[place]!)
      if (units === null) return { conflict: `its asset is known with ${assets[place]!.decimals} decimals` }
      const row = encode(given, place, units, keys)
      const transaction = transactions.find(given.txid, 0)
      for (let at = transaction === -1 ? NONE : newest[transaction]!; at !== NONE; at = rows.before[at]!) {
        const verdict = compare(rows, at, row)
        if (verdict !== undefined) return verdict
      }
      push(given.txid, 0, to => put(row, rows, to))
      return 'added'
    },
    slice: from => sliceOf(rows, from, count),
  }
}

type Encoded = {
  readonly [name in 'txIndex' | 'logIndex' | 'kind' | 'height' | 'time' | 'from' | 'to' | 'asset']: number
} & { readonly units: bigint; readonly isCoin: boolean }

const FIELDS = ['txIndex', 'logIndex', 'kind', 'height', 'time', 'from', 'to', 'asset'] as const

function encode(row: TransferRow, asset: number, units: bigint, keys: KeyDictionary): Encoded {
  const number = (key: TransferRow['to']): number =>
    key === null ? NONE : keys.add(key.type, key.payload, 0, key.payload.length)
  return {
    ...{ txIndex: row.txIndex, logIndex: row.logIndex, kind: row.kind | (row.failed ? FAILED : 0) },
    ...{ height: row.height, time: row.time, from: number(row.from), to: number(row.to), asset, units },
    isCoin: row.asset.contract === null,
  }
}

/** A row's asset is 16 bits. */
const ASSETS_MAX = 65_535

/** One contract has one number of decimals here, the first that was told; null where the amount has more places. */
function rescale({ units, asset }: TransferRow, held: Asset.Asset): bigint | null {
  const more = held.decimals - asset.decimals
  if (more >= 0) return units * 10n ** BigInt(more)
  const scale = 10n ** BigInt(-more)
  return units % scale === 0n ? units / scale : null
}

function compare(rows: Rows, at: number, row: Encoded): 'present' | { conflict: string } | undefined {
  for (const name of ['height', 'time', 'txIndex'] as const) {
    if (rows[name][at] !== row[name]) {
      return { conflict: `its transaction is known with ${name} ${rows[name][at]}, not ${row[name]}` }
    }
  }
  if (!isSamePlace(rows, at, row)) return undefined
  const differing = FIELDS.find(name => rows[name][at] !== row[name])
  if (differing === undefined && unitsOf(rows.units, at) === row.units) return 'present'
  const what = differing === undefined ? 'amount' : differing === 'kind' ? 'status' : differing
  return { conflict: `this place in the transaction is known with another ${what}` }
}

function isSamePlace(rows: Rows, at: number, row: Encoded): boolean {
  if (rows.logIndex[at] !== row.logIndex || ((rows.kind[at]! ^ row.kind) & ~FAILED) !== 0) return false
  const kind = KINDS[row.kind & ~FAILED]
  if (row.logIndex !== -1 || kind === 'fee') return true
  if (rows.asset[at] !== row.asset) return false
  return (kind === 'transfer' && row.isCoin) || (rows.from[at] === row.from && rows.to[at] === row.to)
}

type Rows = ReturnType<typeof roomFor>

function roomFor(n: number) {
  return {
    ...{ txid: new Uint8Array(32 * n), txIndex: new Uint32Array(n), logIndex: new Int32Array(n) },
    ...{ kind: new Uint8Array(n), height: new Uint32Array(n), time: new Uint32Array(n), from: new Uint32Array(n) },
    ...{ to: new Uint32Array(n), asset: new Uint16Array(n), before: new Uint32Array(n) },
    units: { low: new BigUint64Array(n), above: new Map<number, bigint>() },
  }
}

function grown(from: Rows, to: Rows): Rows {
  for (const name of [...FIELDS, 'txid', 'before'] as const) to[name].set(from[name])
  to.units.low.set(from.units.low)
  return { ...to, units: { low: to.units.low, above: from.units.above } }
}

function copy(batch: TransferBatch, from: number, rows: Rows, to: number): void {
  for (const name of FIELDS) rows[name][to] = batch[name][from]!
  setUnits(rows, to, unitsOf(batch.units, from))
}

function put(row: Encoded, rows: Rows, to: number): void {
  for (const name of FIELDS) rows[name][to] = row[name]
  setUnits(rows, to, row.units)
}

function setUnits(rows: Rows, to: number, units: bigint): void {
  rows.units.low[to] = BigInt.asUintN(64, units)
  if (units > 0xffff_ffff_ffff_ffffn) rows.units.above.set(to, units)
}

function sliceOf(rows: Rows, from: number, to: number): TransferBatch {
  const above = new Map<number, bigint>()
  for (const [row, units] of rows.units.above) if (row >= from) above.set(row - from, units)
  return {
    ...{ count: to - from, txid: rows.txid.slice(32 * from, 32 * to), txIndex: rows.txIndex.slice(from, to) },
    ...{ logIndex: rows.logIndex.slice(from, to), kind: rows.kind.slice(from, to) },
    ...{ height: rows.height.slice(from, to), time: rows.time.slice(from, to), from: rows.from.slice(from, to) },
    ...{ to: rows.to.slice(from, to), asset: rows.asset.slice(from, to) },
    units: { low: rows.units.low.slice(from, to), above },
  }
}
