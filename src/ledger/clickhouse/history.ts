import * as Asset from '../../model/asset.ts'
import type { Instant } from '../../model/instant.ts'
import { type AccountColumns, KINDS } from '../columns.ts'
import { type Movement, movementsOf, type Totals } from '../history.ts'
import { endOf, type FarLedger, type Pin, parametersOf, shardOf } from './far.ts'
import * as Native from './native.ts'
import { takeRows } from './stock.ts'
import * as Table from './table.ts'

/** What `totalsOf` says of an address, summed in the database: an exchange's millions of transfers are not fetched. */
export async function farTotals(
  pin: Pin,
  far: FarLedger,
  address: string,
  until: Instant = Number.POSITIVE_INFINITY,
): Promise<Totals | undefined> {
  const account = far.numberOf(address)
  if (account === undefined) return undefined
  const given = { ...parametersOf(pin), account, until: Math.max(0, Math.min(until, TIME_MAX)) }
  const shard = shardOf(pin, account)
  const [sums, [span]] = await Promise.all([
    pin.connection.rows<SumRow>(Table.TOTALS, given, shard),
    pin.connection.rows<Record<'transactions' | 'first' | 'last', string | number>>(Table.SPAN, given, shard),
  ])
  const totals = sums.map(row => ({
    asset: far.assets[row.asset]!,
    received: whole(row.received_high, row.received_low),
    sent: whole(row.sent_high, row.sent_low),
  }))
  const transactions = Number(span!.transactions)
  return {
    received: totals.map(({ asset, received }) => ({ asset, units: received })),
    sent: totals.map(({ asset, sent }) => ({ asset, units: sent })),
    balance: totals.map(({ asset, received, sent }) => balanceOf(asset, received, sent)),
    ...{ transactions, unreadTransactions: 0 },
    first: transactions === 0 ? null : Number(span!.first),
    last: transactions === 0 ? null : Number(span!.last),
  }
}

/** The last second that a row can hold. */
const TIME_MAX = 2 ** 32 - 1

type SumRow = { readonly asset: number } & Readonly<
  Record<'sent_low' | 'sent_high' | 'received_low' | 'received_high', string>
>

function balanceOf(asset: Asset.Asset, received: bigint, sent: bigint) {
  return sent > received ? null : { asset, units: received - sent }
}

/** A page of what `movementsOf` says. */
export async function farMovements(
  pin: Pin,
  far: FarLedger,
  address: string,
  offset: number,
  limit: number,
): Promise<Movement[]> {
  const account = far.numberOf(address)
  if (account === undefined) return []
  const given = { ...parametersOf(pin), account }
  const shard = shardOf(pin, account)
  const page = await pin.connection.select(shard, Table.PAGE, { ...given, offset, limit })
  const [found, first, last] = ['found', 'first', 'last'].map(name => Native.whole(page, name)[0]!)
  if (found === 0) return []
  const rows = await pin.connection.select(shard, Table.PAGE_ROWS, { ...given, first: first!, last: last! })
  const lot = takeRows(far.stock, [rows], endOf(pin), false)
  const { columns } = far.excerpt([{ lot, first: 0, end: lot.count }])
  const row = columns.addresses.find(address)!
  return movementsOf(columns, row, 0, found!)
}

/**
 * A ledger of an address's first receipt from another, and of the first in the chain's own coin: what decides who
 * funded it.
 */
export async function farReceipts(pin: Pin, far: FarLedger, address: string): Promise<AccountColumns> {
  const account = far.numberOf(address)
  if (account === undefined) return far.excerpt([]).columns
  const coin = far.assets.findIndex(asset => Asset.key(asset) === Asset.key(Asset.coin(pin.network)))
  const given = { ...parametersOf(pin), account, fee: KINDS.indexOf('fee') }
  const asked = [-1, coin].map(asset =>
    pin.connection.select(shardOf(pin, account), Table.FIRST_RECEIPT, { ...given, asset }),
  )
  const lots = (await Promise.all(asked)).map(rows => takeRows(far.stock, [rows], endOf(pin), true))
  // A chain whose coin was never read has no first receipt of it.
  const known = coin < 0 ? lots.slice(0, 1) : lots
  return far.excerpt(known.map(lot => ({ lot, first: 0, end: lot.count }))).columns
}

function whole(high: string, low: string): bigint {
  return (BigInt(high) << 128n) + BigInt(low)
}
