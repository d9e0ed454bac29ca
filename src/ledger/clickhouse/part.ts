import * as Address from '../../chain/address.ts'
import { assert } from '../../std/assert.ts'
import type { AccountColumns, Elsewhere } from '../columns.ts'
import type { Movement, Totals } from '../movement.ts'
import type { Excerpt } from './excerpt.ts'
import { type FarLedger, type FarQuestion, openFar, type Pin } from './far.ts'
import { farMovements, farReceipts, farTotals } from './history.ts'
import type { Stretch } from './stock.ts'

/**
 * A ledger in ClickHouse as columns that hold of it what was asked for so far. Work that knows nothing of databases
 * runs over them; what it asked in vain is wanted, fetched (part-fetch.ts), and the work done again (settle.ts). An
 * answer counts only where nothing was wanted, so it is made of nothing but what is there: it is that of the whole
 * ledger.
 */
export type Part = {
  readonly pin: Pin
  readonly far: FarLedger
  /** Addresses that were looked up, there or not. */
  readonly named: Set<string>
  readonly touched: Map<number, Touched>
  /** Transactions by id: their transfers' first position, or null: not there. */
  readonly transactions: Map<string, number | null>
  /** Accounts of which the last payments were asked. */
  readonly paid: Set<number>
  /** Account × 65,536 + asset → position of the last payment. */
  readonly last: Map<number, number>
  /** Rows that lie in memory for the columns. */
  rows: number
  /** Transfers that were fetched for themselves, as those of a transaction. */
  readonly beside: Stretch[]
  /** Answers to questions that are no columns. */
  readonly answers: Map<string, unknown>
  /** What is laid of all that; undefined: something came since. */
  excerpt: Excerpt | undefined
  readonly wanted: Wanted
}

/** What is known of an account's rows: all, or the newest, which make up so many whole transactions. */
export type Touched = { readonly stretch: Stretch; readonly transactions: number }

export type Wanted = {
  readonly names: Set<string>
  /** By account: how many of its newest transactions. */
  readonly touched: Map<number, number>
  /** Accounts whose last payments are asked for. */
  readonly paid: Set<number>
  readonly transactions: Set<string>
  readonly answers: Map<string, () => Promise<unknown>>
}

/** What a part can be asked beyond what every ledger elsewhere can. */
export type PartElsewhere = Elsewhere & {
  /**
   * What a search found that says step by step what it asks next: one ledger for itself, within its own limits.
   * `key` names all that it depends on. Undefined: not there yet.
   */
  search<T>(key: string, steps: (far: FarLedger) => Generator<FarQuestion, T, void>): T | undefined
}

export function createPart(pin: Pin): Part {
  return {
    ...{ pin, far: openFar(pin), named: new Set(), touched: new Map(), transactions: new Map(), beside: [] },
    ...{ answers: new Map(), paid: new Set(), last: new Map(), rows: 0, excerpt: undefined },
    wanted: { names: new Set(), touched: new Map(), paid: new Set(), transactions: new Set(), answers: new Map() },
  }
}

export function isWanting({ wanted }: Part): boolean {
  return Object.values(wanted).some(one => one.size > 0)
}

/** The ledger as far as it was fetched; what is asked of it beyond that is wanted. */
export function columnsOf(part: Part): AccountColumns {
  const excerpt = excerptOf(part)
  const { columns } = excerpt
  return { ...columns, addresses: addressesOf(part, excerpt), elsewhere: elsewhereOf(part, excerpt) }
}

/** How columns are searched that are part of a ledger in ClickHouse; undefined: they are a ledger. */
export function partOf(columns: AccountColumns): PartElsewhere | undefined {
  return columns.elsewhere as PartElsewhere | undefined
}

function excerptOf(part: Part): Excerpt {
  part.excerpt ??= part.far.excerpt([...[...part.touched.values()].map(one => one.stretch), ...part.beside])
  return part.excerpt
}

function addressesOf({ far, named, touched, wanted, pin }: Part, excerpt: Excerpt): AccountColumns['addresses'] {
  const { addresses } = excerpt.columns
  const rows = new Map<string, number>()
  return {
    ...addresses,
    format(row) {
      const text = addresses.format(row)
      rows.set(text, row)
      return text
    },
    find(address) {
      const row = rows.get(address)
      if (row !== undefined) return row
      const account = far.numberOf(address)
      if (account !== undefined) return excerpt.accountRow(account)
      if (!named.has(address) && isOne(pin, address)) wanted.names.add(address)
      return undefined
    },
    transactionsOf(row) {
      const account = excerpt.accountNumber(row)
      if (touched.get(account)?.transactions === ALL) return addresses.transactionsOf(row)
      wanted.touched.set(account, ALL)
      return NOTHING
    },
  }
}

/** The number of transactions where all are known, however many. */
export const ALL = Number.POSITIVE_INFINITY

const NOTHING = new Uint32Array(0)

/** A text that is none is nowhere, and asked of nobody. */
function isOne({ network }: Pin, text: string): boolean {
  const parsed = Address.parse(text, network)
  return parsed.ok && parsed.address.network === network && parsed.address.address === text
}

function elsewhereOf(part: Part, excerpt: Excerpt): PartElsewhere {
  const { columns, accountNumber } = excerpt
  const { pin, wanted } = part
  const ask = <T>(key: string, fetch: () => Promise<T>, meanwhile: T): T => {
    if (part.answers.has(key)) return part.answers.get(key) as T
    if (!wanted.answers.has(key)) wanted.answers.set(key, fetch)
    return meanwhile
  }
  /** A question about one address, on a ledger of its own. */
  const about = <T>(row: number, work: (far: FarLedger, address: string) => Promise<T>) => {
    const address = columns.addresses.format(row)
    return async () => {
      const far = openFar(pin)
      await far.answer({ ask: 'names', names: [address] })
      return work(far, address)
    }
  }
  return {
    totals(row, until) {
      const fetch = async (far: FarLedger, address: string) => (await farTotals(pin, far, address, until))!
      return ask(`totals ${accountNumber(row)} ${until}`, about(row, fetch), EMPTY)
    },
    movements(row, offset, limit) {
      const fetch = (far: FarLedger, address: string) => farMovements(pin, far, address, offset, limit)
      return ask<Movement[]>(`movements ${accountNumber(row)} ${offset} ${limit}`, about(row, fetch), [])
    },
    receipts(row) {
      const fetch = (far: FarLedger, address: string) => farReceipts(pin, far, address)
      return ask<AccountColumns | undefined>(`receipts ${accountNumber(row)}`, about(row, fetch), undefined)
    },
    lastPayment: (row, asset) => lastPaymentOf(part, excerpt, row, asset),
    newest: (row, count) => newestOf(part, excerpt, row, count),
    transaction: txid => transactionOf(part, excerpt, txid),
    search: (key, steps) => ask(`search ${key}`, () => search(openFar(pin), steps), undefined),
  }
}

function newestOf({ touched, wanted }: Part, excerpt: Excerpt, row: number, count: number): Uint32Array {
  const account = excerpt.accountNumber(row)
  if ((touched.get(account)?.transactions ?? -1) >= count) {
    const all = excerpt.columns.addresses.transactionsOf(row)
    return all.subarray(Math.max(0, all.length - count))
  }
  wanted.touched.set(account, Math.max(count, wanted.touched.get(account) ?? 0))
  return NOTHING
}

function lastPaymentOf({ paid, last, wanted }: Part, excerpt: Excerpt, row: number, asset: number): number {
  const account = excerpt.accountNumber(row)
  if (!paid.has(account)) wanted.paid.add(account)
  const position = last.get(account * ASSETS + asset)
  return position === undefined ? -1 : excerpt.transferRow(position)
}

/** More assets than a ledger has (UInt16). */
export const ASSETS = 65_536

function transactionOf({ transactions, wanted }: Part, excerpt: Excerpt, txid: string): number | undefined {
  const position = transactions.get(txid)
  if (position === undefined) wanted.transactions.add(txid)
  if (position === undefined || position === null) return undefined
  const row = excerpt.transferRow(position)
  assert(Number.isInteger(row), 'what was fetched of a transaction lies in the columns')
  return excerpt.columns.transfers.transaction[row]!
}

async function search<T>(
  far: FarLedger,
  steps: (far: FarLedger) => Generator<FarQuestion, T, void>,
): Promise<T | undefined> {
  const walk = steps(far)
  let step = walk.next()
  while (step.done !== true) {
    await far.answer(step.value)
    step = walk.next()
  }
  return step.value
}

const EMPTY: Totals = {
  ...{ received: [], sent: [], balance: [], transactions: 0, unreadTransactions: 0, first: null, last: null },
}
