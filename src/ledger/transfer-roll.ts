import * as Asset from '../model/asset.ts'
import { KINDS, NONE, unitsOf } from './columns.ts'
import { createHashSet } from './hash-index.ts'
import type { KeyDictionary } from './key-dictionary.ts'
import { FAILED, type TransferBatch } from './link-account.ts'
import { longer } from './room.ts'
import type { TransferStock } from './stock.ts'
import type { TransferRow } from './transfer-row.ts'

/** All transfers of a network, those on disk and those being added, so that none is taken twice. */
export type TransferRoll = {
  /** Adds the row; `present` where an identical one is there; or in one sentence what it contradicts. */
  add(row: TransferRow): Verdict
  /** The same for a row that is encoded already; its txid is the 32 bytes at `at`. The entry may be used again. */
  enter(txid: Uint8Array, at: number, entry: Entry): Verdict
  /** Number of an asset and the decimals it is kept with, added where it is new; null: there are too many. */
  assetOf(asset: Asset.Asset): { readonly number: number; readonly decimals: number } | null
  readonly count: number
  /** The rows from number `from` on, or up to another, as views; of those that the archive has none. */
  slice(from: number, to?: number): TransferBatch
  /** Gives all rows that are in memory to the archive; without one nothing happens. */
  settle(): void
}

/** Rows of the roll that are kept elsewhere, before all that are in memory. */
export type Archive = {
  readonly count: number
  /** What the rows of its transaction say of a row: identical, in contradiction, or undefined: it is new. */
  judge(txid: Uint8Array, at: number, row: Entry): Exclude<Verdict, 'added'> | undefined
  /** Adds rows. Where it throws the archive is of no more use. */
  append(batch: TransferBatch): void
}

export type Verdict = 'added' | 'present' | { readonly conflict: string }

/** A row but for its txid, as columns take it. */
export type Entry = {
  txIndex: number
  logIndex: number
  kind: number
  height: number
  time: number
  from: number
  to: number
  asset: number
  isCoin: boolean
  /** Units: two words, and the whole where there is more. */
  low: number
  high: number
  above: bigint | null
}

export function createEntry(): Entry {
  const numbers = { txIndex: 0, logIndex: -1, kind: 0, height: 0, time: 0, from: NONE, to: NONE, asset: 0 }
  return { ...numbers, isCoin: false, low: 0, high: 0, above: null }
}

export function setUnits(entry: Entry, units: bigint): void {
  entry.low = Number(units & 0xffff_ffffn)
  entry.high = Number((units >> 32n) & 0xffff_ffffn)
  entry.above = units > 0xffff_ffff_ffff_ffffn ? units : null
}

/**
 * Rows of one transaction share height, time and place in the block. A row's place in its transaction is its event
 * index and kind; without an event index (−1) it is kind, asset and, but for the one native transfer and the one fee,
 * sender and receiver. Two different rows for one place contradict each other.
 */
export function createTransferRoll({ batches, keys, assets }: TransferStock, archive?: Archive): TransferRoll {
  let transactions = createHashSet()
  let rows = createRows(1024)
  let count = 0
  /** Newest row of a transaction, and for a row the one before it in its transaction; NONE: no more. */
  let newest = new Uint32Array(1024).fill(NONE)

  const push = (txid: Uint8Array, at: number, transaction: number, entry: Entry): void => {
    if (count === rows.kind.length) rows = grown(rows, count, createRows(2 * count))
    for (let k = 0; k < 32; k++) rows.txid[32 * count + k] = txid[at + k]!
    put(entry, rows, count)
    rows.before[count] = newest[transaction]!
    newest[transaction] = count++
  }
  const find = (txid: Uint8Array, at: number): number => {
    const transaction = transactions.add(txid, at)
    if (transaction >= newest.length) newest = longer(newest, newest.length, 2 * newest.length, NONE)
    return transaction
  }
  const entry = createEntry()
  for (const batch of batches) {
    for (let k = 0; k < batch.count; k++) {
      read(batch, k, entry)
      push(batch.txid, 32 * k, find(batch.txid, 32 * k), entry)
    }
  }
  const roll: TransferRoll = {
    get count() {
      return count + (archive?.count ?? 0)
    },
    assetOf: numberAssets(assets),
    enter(txid, at, given) {
      // Rows of one transaction agree, and no two of them have one place: which of them is asked first is all the same.
      const told = archive?.judge(txid, at, given)
      if (told !== undefined) return told
      const transaction = find(txid, at)
      for (let row = newest[transaction]!; row !== NONE; row = rows.before[row]!) {
        const verdict = compare(rows, row, given)
        if (verdict !== undefined) return verdict
      }
      push(txid, at, transaction, given)
      return 'added'
    },
    add(given) {
      const place = roll.assetOf(given.asset)
      if (place === null) return { conflict: `the ledger of this network has ${ASSETS_MAX} assets and takes no more` }
      const units = rescale(given, place.decimals)
      if (units === null) return { conflict: `its asset is known with ${place.decimals} decimals` }
      encode(given, place.number, keys, entry)
      setUnits(entry, units)
      return roll.enter(given.txid, 0, entry)
    },
    slice(from, to = roll.count) {
      const before = archive?.count ?? 0
      return sliceOf(rows, from - before, to - before)
    },
    settle() {
      if (archive === undefined || count === 0) return
      archive.append(sliceOf(rows, 0, count))
      count = 0
      rows.above.clear()
      rows.large.length = 0
      transactions = createHashSet()
      newest.fill(NONE)
    },
  }
  return roll
}

function numberAssets(assets: Asset.Asset[]): TransferRoll['assetOf'] {
  const places = new Map(assets.map((asset, at) => [Asset.key(asset), { number: at, decimals: asset.decimals }]))
  return asset => {
    const key = Asset.key(asset)
    const held = places.get(key)
    if (held !== undefined) return held
    if (assets.length >= ASSETS_MAX) return null
    const made = { number: assets.push(asset) - 1, decimals: asset.decimals }
    places.set(key, made)
    return made
  }
}

function encode(row: TransferRow, asset: number, keys: KeyDictionary, entry: Entry): void {
  entry.txIndex = row.txIndex
  entry.logIndex = row.logIndex
  entry.kind = row.kind | (row.failed ? FAILED : 0)
  entry.height = row.height
  entry.time = row.time
  entry.from = numberOf(row.from, keys)
  entry.to = numberOf(row.to, keys)
  entry.asset = asset
  entry.isCoin = row.asset.contract === null
}

function numberOf(key: TransferRow['to'], keys: KeyDictionary): number {
  return key === null ? NONE : keys.add(key.type, key.payload, 0, key.payload.length)
}

/** A row's asset is 16 bits. */
const ASSETS_MAX = 65_535

/** One contract has one number of decimals here, the first that was told; null where the amount has more places. */
function rescale({ units, asset }: TransferRow, decimals: number): bigint | null {
  const more = decimals - asset.decimals
  if (more >= 0) return units * 10n ** BigInt(more)
  const scale = 10n ** BigInt(-more)
  return units % scale === 0n ? units / scale : null
}

const FIELDS = ['txIndex', 'logIndex', 'kind', 'height', 'time', 'from', 'to', 'asset'] as const

/** What a row says of another of its transaction; undefined: they are of different places. */
export function compare(rows: Rows, at: number, row: Entry): 'present' | { conflict: string } | undefined {
  for (const name of ['height', 'time', 'txIndex'] as const) {
    if (rows[name][at] !== row[name]) {
      return { conflict: `its transaction is known with ${name} ${rows[name][at]}, not ${row[name]}` }
    }
  }
  if (!isSamePlace(rows, at, row)) return undefined
  const differing = FIELDS.find(name => rows[name][at] !== row[name])
  if (differing === undefined && isSameAmount(rows, at, row)) return 'present'
  const what = differing === undefined ? 'amount' : differing === 'kind' ? 'status' : differing
  return { conflict: `this place in the transaction is known with another ${what}` }
}

function isSameAmount({ words, above }: Rows, at: number, row: Entry): boolean {
  return words[2 * at] === row.low && words[2 * at + 1] === row.high && above.get(at) === (row.above ?? undefined)
}

function isSamePlace(rows: Rows, at: number, row: Entry): boolean {
  if (rows.logIndex[at] !== row.logIndex || ((rows.kind[at]! ^ row.kind) & ~FAILED) !== 0) return false
  const kind = KINDS[row.kind & ~FAILED]
  if (row.logIndex !== -1 || kind === 'fee') return true
  if (rows.asset[at] !== row.asset) return false
  return (kind === 'transfer' && row.isCoin) || (rows.from[at] === row.from && rows.to[at] === row.to)
}

/** Room for rows. */
export type Rows = ReturnType<typeof createRows>

export function createRows(n: number) {
  const words = new Uint32Array(2 * n)
  return {
    ...{ txid: new Uint8Array(32 * n), txIndex: new Uint32Array(n), logIndex: new Int32Array(n) },
    ...{ kind: new Uint8Array(n), height: new Uint32Array(n), time: new Uint32Array(n), from: new Uint32Array(n) },
    ...{ to: new Uint32Array(n), asset: new Uint16Array(n), before: new Uint32Array(n), words },
    above: new Map<number, bigint>(),
    /** The rows that are in it, ascending. */
    large: [] as number[],
  }
}

function grown({ above, large, ...from }: Rows, count: number, { above: _, large: __, ...to }: Rows): Rows {
  for (const name of [...FIELDS, 'before'] as const) to[name].set(from[name].subarray(0, count))
  to.txid.set(from.txid)
  to.words.set(from.words)
  return { ...to, above, large }
}

/** A row of a batch. Whether its asset is the coin is asked of new rows only. */
function read(batch: TransferBatch, row: number, entry: Entry): void {
  for (const name of FIELDS) entry[name] = batch[name][row]!
  setUnits(entry, unitsOf(batch.units, row))
}

function put(entry: Entry, rows: Rows, row: number): void {
  rows.txIndex[row] = entry.txIndex
  rows.logIndex[row] = entry.logIndex
  rows.kind[row] = entry.kind
  rows.height[row] = entry.height
  rows.time[row] = entry.time
  rows.from[row] = entry.from
  rows.to[row] = entry.to
  rows.asset[row] = entry.asset
  rows.words[2 * row] = entry.low
  rows.words[2 * row + 1] = entry.high
  if (entry.above === null) return
  rows.above.set(row, entry.above)
  rows.large.push(row)
}

export function sliceOf(rows: Rows, from: number, to: number): TransferBatch {
  const above = new Map<number, bigint>()
  // Those of the newest rows stand at the end.
  let at = rows.large.length
  while (at > 0 && rows.large[at - 1]! >= from) at--
  for (; at < rows.large.length && rows.large[at]! < to; at++)
    above.set(rows.large[at]! - from, rows.above.get(rows.large[at]!)!)
  const low = new BigUint64Array(rows.words.buffer, 8 * from, to - from)
  return {
    ...{ count: to - from, txid: rows.txid.subarray(32 * from, 32 * to), txIndex: rows.txIndex.subarray(from, to) },
    ...{ logIndex: rows.logIndex.subarray(from, to), kind: rows.kind.subarray(from, to) },
    ...{ height: rows.height.subarray(from, to), time: rows.time.subarray(from, to) },
    ...{ from: rows.from.subarray(from, to), to: rows.to.subarray(from, to), asset: rows.asset.subarray(from, to) },
    units: { low, above },
  }
}
