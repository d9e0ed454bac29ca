import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Instant } from '../model/instant.ts'
import * as Instants from '../model/instant.ts'
import * as Csv from './csv.ts'
import type { Account, Entry, Heading, ListedAddress } from './entry.ts'
import { badDate, day, type ImportFile, incomplete } from './importer.ts'
import { identify } from './listed.ts'
import { readWhole, type Source } from './read.ts'

/**
 * Seizure orders of Israel's National Bureau for Counter Terror Financing, in two shapes: `addresses.csv` (order,
 * chain, address) with `releases.csv` beside it for the dates, or OpenSanctions' `seizures.csv`. An order lapses after
 * two years unless a forfeiture order took its place; a lapsed order is kept and answers "expired".
 */
export function readNbctf(source: Source, file: ImportFile, take: (entry: Entry) => void): Heading {
  const text = readWhole(source)
  const header = Csv.headerOf(text)
  const heading = { authority: 'NBCTF', list: 'seizure orders', title: 'Administrative seizure orders (NBCTF)' }
  if (header.includes('order_id')) return { ...heading, ...readSeizures(text, file, take) }
  return { ...heading, ...readAddresses(text, file, take) }
}

type Read = Pick<Heading, 'publishedAt' | 'warnings' | 'companions'>

function readAddresses(text: string, file: ImportFile, take: (entry: Entry) => void): Read {
  const rows = Csv.rows(text, file.path, ['seizure_order_heading', 'chain', 'address'])
  if (rows.length === 0) throw incomplete('NBCTF', 'address')
  const beside = join(dirname(file.path), 'releases.csv')
  const orders = existsSync(beside) ? readReleases(beside) : new Map<string, Order>()
  const unknown = new Set<string>()
  const times = new Map<string, number>()
  for (const row of rows) {
    const heading = row.get('seizure_order_heading')
    const number = orderNumber(heading)
    const order = orders.get(number) ?? null
    if (order === null) unknown.add(number)
    const asset = row.get('asset_as_listed') || row.get('chain') || null
    take(addressEntry({ number, heading, entity: heading, order, chain: row.get('chain') || null, asset }, row, times))
  }
  const published = [...orders.values()].map(order => order.statedAt).filter(date => date !== null)
  return {
    publishedAt: published.length === 0 ? null : Math.max(...published),
    warnings: warningsOf(orders.size, unknown),
    companions: existsSync(beside) ? [beside] : [],
  }
}

/** `18/26` in whatever words it stands: the headings of one order differ between pages. */
function orderNumber(heading: string): string {
  return /(\d{1,4}\/\d{2,4})/.exec(heading)?.[1] ?? heading
}

type Order = {
  readonly statedAt: Instant | null
  readonly expiresAt: Instant | null
  readonly forfeiture: string | null
}

/** Three columns: kind, date of update, validity — a date, a forfeiture order, or a dash for annexes. */
function readReleases(path: string): Map<string, Order> {
  const rows = Csv.rows(readFileSync(path, 'utf8'), path, ['סוג', 'תאריך עדכון', 'תוקף הצו'])
  const orders = new Map<string, Order>()
  for (const row of rows) {
    const validity = row.get('תוקף הצו')
    const number = orderNumber(row.get('סוג'))
    if (validity === '-' || validity === '') continue
    const where = `${path} line ${row.line}`
    const statedAt = dottedDay(row.get('תאריך עדכון'), where)
    const lapses = /^\d{1,2}\.\d{1,2}\.\d{4}$/.test(validity)
    orders.set(number, {
      statedAt,
      expiresAt: lapses ? dottedDay(validity, where) : null,
      forfeiture: lapses ? null : validity,
    })
  }
  return orders
}

/** `01.07.2026`. */
function dottedDay(text: string, where: string): Instant {
  const [date, month, year] = text.split('.')
  if (year === undefined) throw badDate(text, where)
  return day(year, month!, date!, where)
}

type Line = {
  readonly number: string
  readonly heading: string
  readonly entity: string
  readonly order: Order | null
  readonly chain: string | null
  readonly asset: string | null
}

function addressEntry(line: Line, row: Csv.Row, times: Map<string, number>): Entry {
  const raw = row.get('address') || row.get('wallet_address')
  const listed = identify(raw, line.chain)
  const key = `${line.number}/${listed.address}`
  const time = (times.get(key) ?? 0) + 1
  times.set(key, time)
  const content: ListedAddress = {
    entry: line.number,
    entity: line.entity,
    program: [line.heading],
    listedAt: line.order?.statedAt ?? null,
    expiresAt: line.order?.expiresAt ?? null,
    asset: line.asset,
    raw,
    foreign: listed.foreign,
    flags: listed.flags,
    conflict: listed.conflict,
    probable: listed.probable,
    grade: 'stated',
    ...(line.order?.forfeiture == null ? {} : { forfeiture: line.order.forfeiture }),
  }
  return {
    ...{ kind: 'address' as const, key: time === 1 ? key : `${key}#${time}` },
    ...{ address: listed.address, networks: listed.networks, content },
  }
}

function warningsOf(orders: number, unknown: ReadonlySet<string>): string[] {
  if (orders === 0) {
    return ['No releases.csv lies beside the file: dates and expiry of the orders are not known.']
  }
  if (unknown.size === 0) return []
  return [`No dates are known for the orders ${[...unknown].sort().join(', ')}: they are not in releases.csv.`]
}

/** OpenSanctions' il_mod_crypto: wallets, exchange accounts and the people and bodies named beside them. */
function readSeizures(text: string, file: ImportFile, take: (entry: Entry) => void): Read {
  const rows = Csv.rows(text, file.path, ['schema', 'order_id', 'start_date', 'end_date', 'wallet_address'])
  if (rows.length === 0) throw incomplete('NBCTF', 'row')
  const times = new Map<string, number>()
  let latest: Instant | null = null
  for (const row of rows) {
    const where = `${file.path} line ${row.line}`
    const order: Order = {
      statedAt: isoDay(row.get('start_date'), where),
      expiresAt: isoDay(row.get('end_date'), where),
      forfeiture: row.get('forfeiture_order_url') || null,
    }
    const updated = isoDay(row.get('last_updated'), where) ?? order.statedAt
    if (updated !== null && (latest === null || updated > latest)) latest = updated
    takeSeizure(row, order, times, take)
  }
  return { publishedAt: latest, warnings: [] }
}

function takeSeizure(row: Csv.Row, order: Order, times: Map<string, number>, take: (entry: Entry) => void): void {
  const heading = row.get('order_id')
  const number = orderNumber(heading)
  const entity = row.get('name') || heading
  const held = order.forfeiture === null ? order : { ...order, expiresAt: null }
  if (row.get('wallet_address') !== '') {
    const asset = row.get('currency') || null
    take(addressEntry({ number, heading, entity, order: held, chain: asset, asset }, row, times))
  }
  if (row.get('account_id') === '') return
  const { statedAt: listedAt, expiresAt } = held
  const [platform, account] = [row.get('platform'), row.get('account_id')]
  const content: Account = { entry: number, platform, account, entity, program: [heading], listedAt, expiresAt }
  const key = `${number}/${platform}/${account}`
  const time = (times.get(key) ?? 0) + 1
  times.set(key, time)
  take({ kind: 'account', key: time === 1 ? key : `${key}#${time}`, address: null, networks: [], content })
}

function isoDay(text: string, where: string): Instant | null {
  if (text === '') return null
  const instant = Instants.parse(text)
  if (instant === undefined) throw badDate(text, where)
  return instant
}
