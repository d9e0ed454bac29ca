import { type AccountColumns, type Columns, KINDS, NONE, UNREAD, type UtxoColumns, unitsOf } from '../ledger/ledger.ts'
import * as Asset from '../model/asset.ts'
import type { Instant } from '../model/instant.ts'
import type { Member } from './member.ts'

/** Value of the set that lies at one of its addresses: how much of one arrival, and since when the set has had it. */
export type Lot = {
  readonly member: Member
  readonly asset: Asset.Asset
  readonly units: bigint
  /** When it came into the set; a move between own addresses does not make it younger. Null: before what was read. */
  readonly since: Instant | null
  /** Row of the transaction that brought it to where it lies; null with `since`. */
  readonly transaction: number | null
}

/** Value that left the set, and how long it had been there. */
export type Move = { readonly asset: Asset.Asset; readonly units: bigint; readonly seconds: number }

/** What the set alone paid to an address outside it. */
export type Paid = {
  readonly asset: Asset.Asset
  readonly units: bigint
  readonly to: number
  readonly time: Instant
  readonly transaction: number
  /** Row of the output, on UTXO chains. */
  readonly output: number | null
}

export type Lots = {
  readonly resting: readonly Lot[]
  readonly moves: readonly Move[]
  readonly paid: readonly Paid[]
  /** Inputs of the set whose value nothing tells. */
  readonly unread: number
  readonly impostors: number
}

/** Members by row: own addresses alone, no services. */
export type Own = ReadonlyMap<number, Member>

/** Value in the set at `until`, oldest out first, as docs/methods/still.md says. Cost: each transaction once. */
export function lotsOf(columns: Columns, own: Own, until: Instant): Lots {
  const touched = new Set<number>()
  for (const row of own.keys()) for (const one of columns.addresses.transactionsOf(row)) touched.add(one)
  const order = Uint32Array.from(touched).sort()
  return columns.shape === 'utxo' ? utxo(columns, own, order, until) : account(columns, own, order, until)
}

/** Oldest first; what stands before `head` is gone. */
type Queue = { readonly pieces: Piece[]; head: number }

type Piece = { since: Instant | null; units: bigint; readonly hosted: boolean; transaction: number | null }

function utxo(columns: UtxoColumns, own: Own, order: Uint32Array, until: Instant): Lots {
  const { transactions, inputs, outputs, blocks, asset } = columns
  const held = new Map<number, Piece[]>()
  const found = { moves: [] as Move[], paid: [] as Paid[], unread: 0, impostors: 0 }
  for (const transaction of order) {
    const time = blocks.time[transactions.block[transaction]!]!
    if (time > until) continue
    const pieces: Piece[] = []
    let [alone, owners, unread] = [true, 0, 0]
    for (let i = transactions.firstInput[transaction]!; i < transactions.firstInput[transaction + 1]!; i++) {
      const member = own.get(inputs.address[i]!)
      if (member === undefined) {
        alone = false
        continue
      }
      owners++
      if (inputs.units[i] === UNREAD) unread++
      else {
        const unknown = { since: null, units: inputs.units[i]!, hosted: member.hostedAt !== null, transaction: null }
        pieces.push(...(held.get(inputs.output[i]!) ?? [unknown]))
        held.delete(inputs.output[i]!)
      }
    }
    const mine: number[] = []
    let back = 0n
    for (let o = transactions.firstOutput[transaction]!; o < transactions.firstOutput[transaction + 1]!; o++) {
      const [to, units] = [outputs.address[o]!, outputs.units[o]!]
      if (own.has(to)) {
        mine.push(o)
        back += units
      } else if (alone && owners > 0 && to !== NONE && units > 0n) {
        found.paid.push({ asset, units, to, time, transaction, output: o })
      }
    }
    found.unread += unread
    pieces.sort((a, b) => (a.since ?? -1) - (b.since ?? -1))
    const put = pieces.reduce((sum, piece) => sum + piece.units, 0n)
    const lots: Queue = { pieces, head: 0 }
    if (put > back) leave(found.moves, asset, take(lots, put - back), time)
    // Beside an input of unknown value what came back may be change.
    if (back > put) pieces.push({ since: unread > 0 ? null : time, units: back - put, hosted: false, transaction })
    for (const o of mine) {
      const hosted = own.get(outputs.address[o]!)!.hostedAt !== null
      const rest = take(lots, outputs.units[o]!).map(piece => ({ ...piece, hosted, transaction }))
      if (rest.length > 0) held.set(o, rest)
    }
  }
  const resting = [...held].flatMap(([o, pieces]) =>
    pieces.map(piece => toLot(own.get(outputs.address[o]!)!, asset, piece)),
  )
  return { ...found, resting }
}

function account(columns: AccountColumns, own: Own, order: Uint32Array, until: Instant): Lots {
  const { transactions, assets } = columns
  const queues = openings(columns, own, order, until)
  const found = { moves: [] as Move[], paid: [] as Paid[], unread: 0, impostors: 0 }
  eachTransfer(columns, order, until, (row, transaction, from, to) => {
    const [payer, payee] = [own.get(from), own.get(to)]
    const asset = assets[columns.transfers.asset[row]!]!
    if (payer === undefined && payee === undefined) return
    if (Asset.isImpostor(asset)) {
      if (payee !== undefined) found.impostors++
      return
    }
    const time = transactions.time[transaction]!
    const units = unitsOf(columns.transfers.units, row)
    const number = columns.transfers.asset[row]!
    const out = payer === undefined ? null : take(queueOf(queues, from, number), units)
    if (payee !== undefined) {
      const pieces = out ?? [{ since: time, units, hosted: false, transaction }]
      const hosted = payee.hostedAt !== null
      queueOf(queues, to, number).pieces.push(...pieces.map(piece => ({ ...piece, hosted, transaction })))
    } else if (out !== null && columns.transfers.kind[row] !== FEE) {
      leave(found.moves, asset, out, time)
      if (to !== NONE) found.paid.push({ asset, units, to, time, transaction, output: null })
    }
  })
  const resting = [...queues].flatMap(([key, { pieces, head }]) => {
    const [row, number] = key.split(' ').map(Number) as [number, number]
    return pieces.slice(head).map(piece => toLot(own.get(row)!, assets[number]!, piece))
  })
  return { ...found, resting }
}

/** What an address must have had before: the most by which it ever paid out more than it had been seen to get. */
function openings(columns: AccountColumns, own: Own, order: Uint32Array, until: Instant): Map<string, Queue> {
  const balances = new Map<string, { now: bigint; least: bigint; hosted: boolean }>()
  const change = (row: number, number: number, units: bigint): void => {
    const member = own.get(row)
    if (member === undefined) return
    const key = `${row} ${number}`
    const balance = balances.get(key) ?? { now: 0n, least: 0n, hosted: member.hostedAt !== null }
    balances.set(key, balance)
    balance.now += units
    if (balance.now < balance.least) balance.least = balance.now
  }
  eachTransfer(columns, order, until, (row, _, from, to) => {
    const number = columns.transfers.asset[row]!
    if (Asset.isImpostor(columns.assets[number]!)) return
    const units = unitsOf(columns.transfers.units, row)
    change(from, number, -units)
    change(to, number, units)
  })
  return new Map(
    [...balances].map(([key, { least, hosted }]) => {
      const pieces = least < 0n ? [{ since: null, units: -least, hosted, transaction: null }] : []
      return [key, { pieces, head: 0 }]
    }),
  )
}

type SeeTransfer = (row: number, transaction: number, from: number, to: number) => void

function eachTransfer(columns: AccountColumns, order: Uint32Array, until: Instant, see: SeeTransfer): void {
  const { transactions, transfers } = columns
  for (const transaction of order) {
    if (transactions.time[transaction]! > until) continue
    const end = transactions.firstTransfer[transaction + 1]!
    for (let row = transactions.firstTransfer[transaction]!; row < end; row++) {
      const [from, to] = [transfers.from[row]!, transfers.to[row]!]
      if (transfers.moves[row] === 1 && from !== to && transfers.kind[row] !== APPROVE) see(row, transaction, from, to)
    }
  }
}

const FEE = KINDS.indexOf('fee')
const APPROVE = KINDS.indexOf('approve')

function queueOf(queues: Map<string, Queue>, row: number, number: number): Queue {
  const key = `${row} ${number}`
  const queue = queues.get(key) ?? { pieces: [], head: 0 }
  queues.set(key, queue)
  return queue
}

/** The first `units` of a queue, taken out of it. */
function take(queue: Queue, units: bigint): Piece[] {
  const taken: Piece[] = []
  for (let left = units; left > 0n && queue.head < queue.pieces.length; ) {
    const next = queue.pieces[queue.head]!
    const part = next.units < left ? next.units : left
    taken.push({ ...next, units: part })
    if (part === next.units) queue.head++
    else queue.pieces[queue.head] = { ...next, units: next.units - part }
    left -= part
  }
  return taken
}

/** What an exchange sweeps from an address that it holds is no move of the campaign. */
function leave(moves: Move[], asset: Asset.Asset, pieces: readonly Piece[], time: Instant): void {
  for (const { since, units, hosted } of pieces) {
    if (since !== null && !hosted) moves.push({ asset, units, seconds: Math.max(0, time - since) })
  }
}

function toLot(member: Member, asset: Asset.Asset, { since, units, transaction }: Piece): Lot {
  return { member, asset, units, since, transaction }
}
