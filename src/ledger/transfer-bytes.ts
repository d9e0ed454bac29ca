import * as Address from '../chain/address.ts'
import { parseUnits } from '../model/amount.ts'
import type { Asset } from '../model/asset.ts'
import * as Instant from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import { KINDS, NONE } from './columns.ts'
import type { Cells } from './csv-scan.ts'
import { createKeyDictionary, type KeyDictionary } from './key-dictionary.ts'
import { FAILED } from './link-account.ts'
import { createEntry, setUnits, type TransferRoll, type Verdict } from './transfer-roll.ts'
import { type Header, readAsset } from './transfer-row.ts'

/** The ledger that rows of a network go to. */
export type Shelf = { readonly roll: TransferRoll; readonly keys: KeyDictionary }

/**
 * Takes rows in their usual form from bytes to columns, without a text or an object for each: canonical cells, no
 * blanks around them. Undefined where a cell is anything else: then `createRowParser` reads the row, and says what is
 * wrong with it. What is taken here is taken as it would be there (a property test compares them).
 *
 * Which ledger and asset a row is about is looked up once for each run of rows that say the same; addresses are
 * checked once for each text.
 */
export function createByteReader(header: Header, open: (network: NetworkId) => Shelf | undefined): ByteReader {
  const place = (name: string): number => header.get(name) ?? -1
  const at = {
    ...{ txid: place('txid'), txIndex: place('txIndex'), logIndex: place('logIndex'), kind: place('kind') },
    ...{ status: place('status'), height: place('height'), time: place('time'), from: place('from') },
    ...{ to: place('to'), amount: place('amount') },
  }
  const subjects = createSubjects(header, open)
  const entry = createEntry()
  const txid = new Uint8Array(32)
  const day = { bytes: new Uint8Array(10), seconds: 0 }
  let subject: Subject | undefined
  const take = (bytes: Uint8Array, cells: Cells): Verdict | undefined => {
    if (cells.count !== header.size) return undefined
    subject = subjects(bytes, cells)
    if (subject === undefined || !readHex(bytes, cells, at.txid, txid)) return undefined
    entry.height = readWhole(bytes, cells, at.height, -1)
    entry.txIndex = readWhole(bytes, cells, at.txIndex, 0)
    entry.logIndex = isNone(bytes, cells, at.logIndex) ? -1 : readWhole(bytes, cells, at.logIndex, -2)
    entry.time = readTime(bytes, cells, at.time, day)
    const kind = readChoice(bytes, cells, at.kind, KINDS_BYTES)
    const status = readChoice(bytes, cells, at.status, STATUS_BYTES)
    if (entry.height < 0 || entry.txIndex < 0 || entry.logIndex < -1 || entry.time < 0) return undefined
    if (kind < 0 || status < 0) return undefined
    entry.kind = kind | (status === 1 ? FAILED : 0)
    entry.from = subject.address(bytes, cells, at.from)
    entry.to = subject.address(bytes, cells, at.to)
    if (entry.from === UNREADABLE || entry.to === UNREADABLE) return undefined
    if (entry.from === NONE && entry.to === NONE) return undefined
    if (!readAmount(bytes, cells, at.amount, subject.asset.decimals, entry)) return undefined
    // Asked last: what a row says of a new asset counts only where the row is taken.
    entry.asset = subject.number()
    if (entry.asset === UNREADABLE) return undefined
    entry.isCoin = subject.asset.contract === null
    return subject.roll.enter(txid, 0, entry)
  }
  return {
    take,
    get asset() {
      return subject?.asset ?? null
    },
  }
}

export type ByteReader = {
  take(bytes: Uint8Array, cells: Cells): Verdict | undefined
  /** What the row that was taken last is about. */
  readonly asset: Asset | null
}

/** What a run of rows is about. */
type Subject = {
  readonly roll: TransferRoll
  readonly asset: Asset
  /** The asset's number in the ledger; UNREADABLE where it is kept with other decimals, or there are too many. */
  number(): number
  /** Row of the address in a cell, NONE where it is empty, UNREADABLE where the long way must be gone. */
  address(bytes: Uint8Array, cells: Cells, at: number): number
}

const UNREADABLE = -1

/** Texts of addresses kept at once; beyond it they are forgotten and checked anew. 80 bytes each. */
const TEXTS_MAX = 2_000_000

/** The last two subjects, while the cells that name them stay the same; else looked up by their texts. */
function createSubjects(header: Header, open: (network: NetworkId) => Shelf | undefined) {
  const places = ['network', 'asset', 'contract', 'decimals'].flatMap(name => header.get(name) ?? [])
  const books = new Map<NetworkId, ReturnType<typeof createAddresses>>()
  const known = new Map<string, Subject | undefined>()
  // A payment in a token and its fee in the coin take turns.
  let [last, other]: [Named, Named] = [NOTHING, NOTHING]
  const find = (cells: readonly string[]): Subject | undefined => {
    const read = readAsset(cells, header)
    if (read === undefined) return undefined
    const { network } = read.asset
    const shelf = open(network)
    if (shelf === undefined) return undefined
    const address = books.get(network) ?? createAddresses(network, shelf.keys)
    books.set(network, address)
    return { roll: shelf.roll, asset: read.asset, address, number: numberer(shelf.roll, read.asset) }
  }
  return (bytes: Uint8Array, cells: Cells): Subject | undefined => {
    if (last.subject !== undefined && isSame(bytes, cells, places, last.words)) return last.subject
    ;[last, other] = [other, last]
    if (last.subject !== undefined && isSame(bytes, cells, places, last.words)) return last.subject
    const texts: string[] = Array.from({ length: header.size }, () => '')
    for (const place of places) texts[place] = textOf(bytes, cells.start[place]!, cells.end[place]!)
    const name = texts.join(',')
    if (!known.has(name)) {
      if (known.size >= SUBJECTS_MAX) known.clear()
      known.set(name, find(texts))
    }
    last = { subject: known.get(name), words: wordsOf(bytes, cells, places) }
    return last.subject
  }
}

/** A subject, and the cells that named it. */
type Named = { readonly subject: Subject | undefined; readonly words: Uint8Array }

const NOTHING: Named = { subject: undefined, words: new Uint8Array(0) }

function numberer(roll: TransferRoll, asset: Asset): () => number {
  let number: number | undefined
  return () => {
    if (number !== undefined) return number
    const held = roll.assetOf(asset)
    number = held === null || held.decimals !== asset.decimals ? UNREADABLE : held.number
    return number
  }
}

/** Pairs of network and asset kept at once: an asset number has 16 bits. */
const SUBJECTS_MAX = 65_536

/** Cells one after another, each with a comma behind it. */
function wordsOf(bytes: Uint8Array, cells: Cells, places: readonly number[]): Uint8Array<ArrayBuffer> {
  const words: number[] = []
  for (const place of places) words.push(...bytes.subarray(cells.start[place]!, cells.end[place]!), 0x2c)
  return Uint8Array.from(words)
}

function isSame(bytes: Uint8Array, cells: Cells, places: readonly number[], words: Uint8Array): boolean {
  let k = 0
  for (let p = 0; p < places.length; p++) {
    const end = cells.end[places[p]!]!
    for (let at = cells.start[places[p]!]!; at < end; at++) if (bytes[at] !== words[k++]) return false
    if (words[k++] !== 0x2c) return false
  }
  return true
}

/** Rows of addresses by their texts, each text checked once. */
function createAddresses(network: NetworkId, keys: KeyDictionary): Subject['address'] {
  let texts = createKeyDictionary(network)
  let rows = new Int32Array(1024)
  return (bytes, cells, place) => {
    if (place === -1 || isEmpty(cells, place)) return NONE
    const [start, end] = [cells.start[place]!, cells.end[place]!]
    if (end - start > 255) return UNREADABLE
    const before = texts.count
    const number = texts.add(0, bytes, start, end - start)
    if (number < before) return rows[number]!
    if (number === rows.length) {
      const larger = new Int32Array(2 * rows.length)
      larger.set(rows)
      rows = larger
    }
    const parsed = Address.parse(textOf(bytes, start, end), network)
    const row = parsed.ok ? keys.add(parsed.key.type, parsed.key.payload, 0, parsed.key.payload.length) : UNREADABLE
    rows[number] = row
    if (texts.count >= TEXTS_MAX) texts = createKeyDictionary(network)
    return row
  }
}

const KINDS_BYTES = KINDS.map(bytesOf)
const STATUS_BYTES = ['ok', 'failed'].map(bytesOf)

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
}

function isEmpty(cells: Cells, place: number): boolean {
  return cells.start[place] === cells.end[place]
}

/** 64 hex digits, with or without 0x. */
function readHex(bytes: Uint8Array, cells: Cells, place: number, out: Uint8Array): boolean {
  let start = cells.start[place]!
  const length = cells.end[place]! - start
  if (length === 66 && bytes[start] === 0x30 && bytes[start + 1] === 0x78) start += 2
  else if (length !== 64) return false
  let bad = 0
  for (let k = 0; k < 32; k++) {
    const high = DIGIT[bytes[start + 2 * k]!]!
    const low = DIGIT[bytes[start + 2 * k + 1]!]!
    bad |= high | low
    out[k] = (high << 4) | low
  }
  return (bad & 0x80) === 0
}

const DIGIT = Uint8Array.from({ length: 256 }, (_, byte) => {
  const digit = Number.parseInt(String.fromCharCode(byte), 16)
  return Number.isNaN(digit) ? 0x80 : digit
})

/** Whether a row has no event index: no such column or cell, or −1, which our own files say. */
function isNone(bytes: Uint8Array, cells: Cells, place: number): boolean {
  if (place === -1 || isEmpty(cells, place)) return true
  const start = cells.start[place]!
  return cells.end[place] === start + 2 && bytes[start] === 0x2d && bytes[start + 1] === 0x31
}

/** A whole number below 2^31; `absent` where there is no such column or cell; −3 where it is anything else. */
function readWhole(bytes: Uint8Array, cells: Cells, place: number, absent: number): number {
  if (place === -1 || isEmpty(cells, place)) return absent
  const [start, end] = [cells.start[place]!, cells.end[place]!]
  if (end - start > 10) return -3
  let value = 0
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - 0x30
    if (digit < 0 || digit > 9) return -3
    value = 10 * value + digit
  }
  return value < 2 ** 31 ? value : -3
}

/** The place of the cell among `choices`; 0 where it is empty or there is no such column; −1 where it is none. */
function readChoice(bytes: Uint8Array, cells: Cells, place: number, choices: readonly Uint8Array[]): number {
  if (place === -1 || isEmpty(cells, place)) return 0
  const [start, end] = [cells.start[place]!, cells.end[place]!]
  for (let choice = 0; choice < choices.length; choice++) {
    const word = choices[choice]!
    let k = 0
    while (k < word.length && bytes[start + k] === word[k]) k++
    if (k === word.length && end - start === k) return choice
  }
  return -1
}

/** `2023-01-31T12:00:00Z`; −1 where it has another form. The day is worked out once for rows that share it. */
function readTime(bytes: Uint8Array, cells: Cells, place: number, day: { bytes: Uint8Array; seconds: number }): number {
  const start = cells.start[place]!
  if (cells.end[place]! - start !== 20 || bytes[start + 19] !== 0x5a || bytes[start + 10] !== 0x54) return -1
  if (bytes[start + 13] !== 0x3a || bytes[start + 16] !== 0x3a) return -1
  let k = 0
  while (k < 10 && bytes[start + k] === day.bytes[k]) k++
  if (k < 10) {
    const seconds = Instant.parse(textOf(bytes, start, start + 10))
    if (seconds === undefined || seconds < 0) return -1
    day.seconds = seconds
    day.bytes.set(bytes.subarray(start, start + 10))
  }
  const [hour, minute] = [readPair(bytes, start + 11), readPair(bytes, start + 14)]
  const second = readPair(bytes, start + 17)
  if (hour > 23 || minute > 59 || second > 60) return -1
  const time = day.seconds + 3600 * hour + 60 * minute + second
  return time < 2 ** 32 ? time : -1
}

/** Two digits; 99 where they are none. */
function readPair(bytes: Uint8Array, at: number): number {
  const [tens, ones] = [bytes[at]! - 0x30, bytes[at + 1]! - 0x30]
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : 99
}

/** Digits that a number holds exactly, whatever they are. */
const DIGITS_EXACT = 15

function readAmount(
  bytes: Uint8Array,
  cells: Cells,
  place: number,
  decimals: number,
  entry: ReturnType<typeof createEntry>,
): boolean {
  const [start, end] = [cells.start[place]!, cells.end[place]!]
  let [value, digits, point] = [0, 0, -1]
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - 0x30
    if (digit >= 0 && digit <= 9) {
      value = 10 * value + digit
      digits++
    } else if (bytes[at] === 0x2e && point === -1 && at > start) point = at
    else return false
  }
  const places = point === -1 ? 0 : end - point - 1
  if (digits === 0) return false
  if (places > decimals || digits + decimals - places > DIGITS_EXACT) {
    const units = parseUnits(textOf(bytes, start, end), decimals)
    if (units === undefined || units > UNITS_MAX) return false
    setUnits(entry, units)
    return true
  }
  const units = value * POWERS[decimals - places]!
  entry.low = units >>> 0
  entry.high = Math.floor(units / 2 ** 32)
  entry.above = null
  return true
}

const POWERS = Array.from({ length: DIGITS_EXACT + 1 }, (_, power) => 10 ** power)

const UNITS_MAX = 2n ** 256n - 1n
