import type { Asset } from '../model/asset.ts'
import type { Instant } from '../model/instant.ts'
import { type AccountColumns, type Columns, NONE, UNREAD, type UtxoColumns, unitsOf } from './columns.ts'
import { newestOf, timeOf } from './history.ts'

/**
 * Whom an address, or a set of addresses, paid or was paid by, each summed over its transactions.
 *
 * On account chains a transfer names both sides: `least` = `most`. A UTXO transaction with several payers does not say
 * whose coin went where: of a payment in which the neighbour put in `a` of `all` and the subject got `b`, between
 * max(0, a + b − all) and min(a, b) went from one to the other, whatever the convention. With one payer the two are
 * equal.
 */
export type Neighbour = {
  /** Row of the address (or whatever `groupOf` makes of it); null: nobody that was read. */
  readonly row: number | null
  /** Where `row` is null: the sender was not read, newly mined, or no address was paid (fee, burned, a bare script). */
  readonly nobody: 'unread' | 'mined' | 'no-address' | null
  readonly transactions: number
  readonly first: Instant
  readonly last: Instant
  readonly sums: readonly { readonly asset: Asset; readonly least: bigint; readonly most: bigint }[]
}

export type NeighbourQuestion = {
  /** Rows of the addresses asked about; what moves among them is left out. */
  readonly rows: readonly number[]
  readonly direction: 'in' | 'out'
  readonly from: Instant | null
  readonly to: Instant | null
  /** Whether an asset counts; transactions without one that does are not counted. */
  readonly counts: (asset: Asset) => boolean
  /** The row that stands for an address: itself, or its cluster. */
  readonly groupOf: (row: number) => number
  /** Inputs, outputs or transfers that are looked at, at most. */
  readonly limit: number
}

export type Neighbours = { readonly list: readonly Neighbour[]; readonly truncated: boolean }

/** In no order. Cost: one pass over the transactions of the rows. */
export function neighboursOf(columns: Columns, question: NeighbourQuestion): Neighbours {
  const sheet = createSheet()
  const own = new Set(question.rows)
  const touching = transactionsOf(columns, question)
  let seen = 0
  let truncated = false
  for (const transaction of touching) {
    const time = timeOf(columns, transaction)
    if (time < (question.from ?? 0) || time > (question.to ?? Number.POSITIVE_INFINITY)) continue
    seen += columns.shape === 'utxo' ? sizeIn(columns, transaction) : transfersIn(columns, own, transaction)
    if (seen > question.limit) {
      truncated = true
      break
    }
    if (columns.shape === 'utxo') coins(columns, own, transaction, question, sheet)
    else transfers(columns, own, transaction, question, sheet)
  }
  return { list: sheet.close(columns.shape === 'utxo' ? [columns.asset] : columns.assets), truncated }
}

/** One transaction in which the two dealt with each other, with the same bounds as in the sum. */
export type Payment = Pick<Neighbour, 'sums'> & { readonly transaction: number; readonly time: Instant }

/**
 * The transactions behind one neighbour, newest first: their sums are that neighbour's. Cost: one pass over the
 * transactions of the rows.
 */
export function paymentsBetween(
  columns: Columns,
  question: NeighbourQuestion,
  other: number,
): { readonly list: readonly Payment[]; readonly truncated: boolean } {
  const list: Payment[] = []
  const own = new Set(question.rows)
  const assets = columns.shape === 'utxo' ? [columns.asset] : columns.assets
  let seen = 0
  for (const transaction of transactionsOf(columns, question)) {
    const time = timeOf(columns, transaction)
    if (time < (question.from ?? 0) || time > (question.to ?? Number.POSITIVE_INFINITY)) continue
    seen += columns.shape === 'utxo' ? sizeIn(columns, transaction) : transfersIn(columns, own, transaction)
    if (seen > question.limit) return { list, truncated: true }
    const sheet = createSheet()
    if (columns.shape === 'utxo') coins(columns, own, transaction, question, sheet)
    else transfers(columns, own, transaction, question, sheet)
    const found = sheet.close(assets).find(one => one.row === other)
    if (found !== undefined) list.push({ transaction, time, sums: found.sums })
  }
  return { list, truncated: false }
}

/** Each once, newest first: where a limit cuts, the oldest are left out. */
function transactionsOf(columns: Columns, { rows, limit, from, to }: NeighbourQuestion): Uint32Array {
  const { addresses } = columns
  if (rows.length === 1 && from === null && to === null) return newestOf(columns, rows[0]!, limit + 1).toReversed()
  const all = new Set<number>()
  for (const row of rows) for (const transaction of addresses.transactionsOf(row)) all.add(transaction)
  return Uint32Array.from(all)
    .sort((a, b) => a - b)
    .toReversed()
}

function sizeIn({ transactions }: UtxoColumns, t: number): number {
  const inputs = transactions.firstInput[t + 1]! - transactions.firstInput[t]!
  return inputs + transactions.firstOutput[t + 1]! - transactions.firstOutput[t]!
}

/** Transfers of those asked about: what others do in the same transaction is not looked at. */
function transfersIn({ transactions, transfers: { from, to } }: AccountColumns, own: Set<number>, t: number): number {
  let count = 0
  for (let row = transactions.firstTransfer[t]!; row < transactions.firstTransfer[t + 1]!; row++) {
    if (own.has(from[row]!) || own.has(to[row]!)) count++
  }
  return count
}

type Sides = { own: bigint; ownUnread: boolean; others: Map<number, bigint>; all: bigint; unread: boolean }

/** Keys of nobody beside the rows of addresses, which are below 2^32. */
const MINED = -1
const UNREAD_SENDER = -2
const NO_ADDRESS = -3

function coins(columns: UtxoColumns, own: Set<number>, t: number, question: NeighbourQuestion, sheet: Sheet): void {
  if (!question.counts(columns.asset)) return
  const [payers, payees] = [payersIn(columns, own, t, question), payeesIn(columns, own, t, question)]
  const mine = payers.own > 0n || payers.ownUnread
  // Change that comes back to a payer is nobody's receipt.
  if (question.direction === 'in' ? mine || payees.own === 0n : !mine) return
  const [near, far] = question.direction === 'in' ? [payees.own, payers.others] : [payers.own, payees.others]
  const whole = payers.all > payees.all ? payers.all : payees.all
  const certain = !payers.unread
  const alone = question.direction === 'in' ? far.size === 1 : payers.others.size === 0
  for (const [key, units] of far) {
    const nearUnits = question.direction === 'out' && payers.ownUnread ? units : near
    const farUnits = question.direction === 'in' && (payers.unread || key === MINED) ? nearUnits : units
    const most = farUnits < nearUnits ? farUnits : nearUnits
    const overlap = units + near - whole
    const least = alone ? most : certain && overlap > 0n ? overlap : 0n
    sheet.add(key, timeOf(columns, t), 0, alone ? most : least, most)
  }
  sheet.end()
}

function payersIn(columns: UtxoColumns, own: Set<number>, t: number, { groupOf }: NeighbourQuestion): Sides {
  const { inputs, transactions } = columns
  const sides: Sides = { own: 0n, ownUnread: false, others: new Map(), all: 0n, unread: false }
  if (transactions.coinbase[t] === 1) sides.others.set(MINED, 0n)
  for (let i = transactions.firstInput[t]!; i < transactions.firstInput[t + 1]!; i++) {
    const row = inputs.address[i]!
    const unread = inputs.units[i] === UNREAD
    const units = unread ? 0n : inputs.units[i]!
    sides.all += units
    sides.unread ||= unread
    if (own.has(row)) {
      sides.own += units
      sides.ownUnread ||= unread
      continue
    }
    const key = row === NONE ? UNREAD_SENDER : groupOf(row)
    sides.others.set(key, (sides.others.get(key) ?? 0n) + units)
  }
  return sides
}

function payeesIn(columns: UtxoColumns, own: Set<number>, t: number, { groupOf }: NeighbourQuestion): Sides {
  const { outputs, transactions } = columns
  const sides: Sides = { own: 0n, ownUnread: false, others: new Map(), all: 0n, unread: false }
  for (let o = transactions.firstOutput[t]!; o < transactions.firstOutput[t + 1]!; o++) {
    const [row, units] = [outputs.address[o]!, outputs.units[o]!]
    sides.all += units
    if (own.has(row)) sides.own += units
    else {
      const key = row === NONE ? NO_ADDRESS : groupOf(row)
      sides.others.set(key, (sides.others.get(key) ?? 0n) + units)
    }
  }
  return sides
}

function transfers(
  columns: AccountColumns,
  own: Set<number>,
  t: number,
  { direction, counts, groupOf }: NeighbourQuestion,
  sheet: Sheet,
): void {
  const { from, to, moves, asset, units } = columns.transfers
  const [near, far] = direction === 'in' ? [to, from] : [from, to]
  for (let row = columns.transactions.firstTransfer[t]!; row < columns.transactions.firstTransfer[t + 1]!; row++) {
    if (moves[row] !== 1 || !own.has(near[row]!) || own.has(far[row]!)) continue
    if (!counts(columns.assets[asset[row]!]!)) continue
    const other = far[row]!
    const key = other !== NONE ? groupOf(other) : direction === 'in' ? UNREAD_SENDER : NO_ADDRESS
    const value = unitsOf(units, row)
    sheet.add(key, timeOf(columns, t), asset[row]!, value, value)
  }
  sheet.end()
}

type Sheet = {
  add(key: number, time: Instant, asset: number, least: bigint, most: bigint): void
  /** Ends a transaction: a neighbour is counted once in each. */
  end(): void
  close(assets: readonly Asset[]): Neighbour[]
}

type Line = { first: Instant; last: Instant; count: number; sums: Map<number, { least: bigint; most: bigint }> }

function createSheet(): Sheet {
  const lines = new Map<number, Line>()
  const now = new Set<number>()
  return {
    add(key, time, asset, least, most) {
      const line = lines.get(key) ?? { first: time, last: time, count: 0, sums: new Map() }
      lines.set(key, line)
      line.first = Math.min(line.first, time)
      line.last = Math.max(line.last, time)
      const sum = line.sums.get(asset) ?? { least: 0n, most: 0n }
      sum.least += least
      sum.most += most
      line.sums.set(asset, sum)
      now.add(key)
    },
    end() {
      for (const key of now) lines.get(key)!.count++
      now.clear()
    },
    close: assets =>
      [...lines].map(([key, { first, last, count, sums }]) => ({
        row: key >= 0 ? key : null,
        nobody: key >= 0 ? null : key === MINED ? 'mined' : key === UNREAD_SENDER ? 'unread' : 'no-address',
        transactions: count,
        first,
        last,
        sums: [...sums]
          .sort(([a], [b]) => a - b)
          .map(([asset, { least, most }]) => ({ asset: assets[asset]!, least, most })),
      })),
  }
}
