import * as Instant from '../model/instant.ts'
import type { Clock } from '../std/clock.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import type { GivenFile } from './commit.ts'
import { readCsv } from './csv.ts'
import {
  addGround,
  addPrice,
  type Ground,
  keepPrices,
  listPricedAssets,
  nextGroundId,
  type PricedAsset,
  type PriceRow,
} from './table.ts'

/** What a day's price is and which file says so. */
export type Price = { readonly usd: string; readonly source: string }

/**
 * Daily prices: the price of one whole coin in US dollars, exactly as the file wrote it. Of several versions of a day
 * the one read last counts; `knownAt` gives what was known then.
 */
export type Prices = {
  /** Price on the UTC day of the instant, or undefined: no file has that day. Never another day's. */
  at(asset: string, instant: Instant.Instant): Price | undefined
  on(asset: string, day: string): Price | undefined
}

export function prices(store: Store, knownAt = Number.MAX_SAFE_INTEGER): Prices {
  const tables = new Map<string, Table>()
  const tableOf = (asset: string): Table => {
    const held = tables.get(asset)
    if (held !== undefined) return held
    const { rows, table, newest } = keepPrices(store, asset, versionsOf)
    const known = knownAt >= newest ? table : tabled(rows.filter(row => row.knownAt <= knownAt))
    tables.set(asset, known)
    return known
  }
  const on = (asset: string, day: string) => tableOf(asset.toUpperCase()).get(day)
  return { on, at: (asset, instant) => on(asset, Instant.formatDay(instant)) }
}

/** Prices by day. */
type Table = ReadonlyMap<string, Price>

/** All that is known of an asset's prices: thousands of rows, which a server need not read for every answer. */
function versionsOf(rows: readonly PriceRow[]) {
  return { rows, table: tabled(rows), newest: rows.reduce((newest, row) => Math.max(newest, row.knownAt), 0) }
}

function tabled(rows: readonly PriceRow[]): Table {
  return new Map(rows.map(row => [row.day, { usd: row.usd, source: row.sha256 }]))
}

/** Assets with prices: on how many days, from when to when. */
export function pricedAssets(store: Store): PricedAsset[] {
  return listPricedAssets(store)
}

/** What became of a price file. */
export type ImportedPrices = {
  readonly asset: string
  readonly days: number
  readonly added: number
  /** The same price was known already. */
  readonly present: number
  /** Days of which another price was known; the new one counts from now on, the old one stays for `known at`. */
  readonly replaced: number
  /** Rows with a day and no price. */
  readonly empty: number
  readonly first: string | null
  readonly last: string | null
}

/**
 * Reads a CSV with the columns `date` and `usd`. All of it or nothing: one unreadable row refuses the file.
 *
 * Failures: Prices.UnknownColumn, .MissingColumn, .BadRow, .RepeatedDay, .BadAsset, .NothingRead, Csv.*.
 */
export function importPrices(
  store: Store,
  asset: string,
  file: GivenFile,
  pieces: Iterable<Uint8Array>,
  { clock, keep }: { clock: Clock; keep: boolean },
): ImportedPrices {
  if (!/^[\p{L}\p{N}.$_-]{1,32}$/u.test(asset)) throw badAsset(asset)
  const symbol = asset.toUpperCase()
  const { days, empty } = readDays(pieces)
  if (days.size === 0) throw nothingRead(file.name)
  const known = prices(store)
  const news = [...days].filter(([day, usd]) => known.on(symbol, day)?.usd !== usd)
  const replaced = news.filter(([day]) => known.on(symbol, day) !== undefined).length
  if (keep && news.length > 0) save(store, symbol, file, news, clock())
  const sorted = [...days.keys()].sort()
  return {
    ...{ asset: symbol, days: days.size, added: news.length - replaced, replaced, empty },
    present: days.size - news.length,
    first: sorted[0] ?? null,
    last: sorted.at(-1) ?? null,
  }
}

function save(store: Store, asset: string, file: GivenFile, days: readonly [string, string][], readAt: number): void {
  if (file.content !== null) store.files.put(file.content)
  const { content: _, ...rest } = file
  store.transaction(() => {
    const ground: Ground = { ...rest, id: nextGroundId(store), network: null, readAt }
    addGround(store, ground)
    for (const [day, usd] of days) addPrice(store, asset, day, usd, ground)
  })
}

function readDays(pieces: Iterable<Uint8Array>): { days: Map<string, string>; empty: number } {
  let header: readonly number[] | undefined
  const days = new Map<string, string>()
  let empty = 0
  for (const { line, cells } of readCsv(pieces)) {
    if (header === undefined) {
      header = parseHeader(cells.map(cell => cell.trim().toLowerCase()))
      continue
    }
    const [day, usd] = [cells[header[0]!]?.trim() ?? '', cells[header[1]!]?.trim() ?? '']
    if (cells.length !== 2) throw badRow(line, `it has ${cells.length} cells`)
    if (day.length !== 10 || Instant.parse(day) === undefined) throw badRow(line, `“${day}” is no day`)
    if (usd === '') empty++
    else if (!/^\d{1,18}(\.\d{1,30})?$/.test(usd)) throw badRow(line, `“${usd}” is no plain decimal number`)
    else if (days.has(day) && days.get(day) !== usd) throw repeatedDay(line, day)
    else days.set(day, usd)
  }
  return { days, empty }
}

function parseHeader(names: readonly string[]): readonly [number, number] {
  for (const name of ['date', 'usd']) if (!names.includes(name)) throw missingColumn(name, names)
  const unknown = names.find(name => name !== 'date' && name !== 'usd')
  if (unknown !== undefined) throw unknownColumn(unknown, names)
  return [names.indexOf('date'), names.indexOf('usd')]
}

const HEADER_HINT = 'The columns are `date,usd`: a day such as 2020-01-31 and the price of one whole coin.'

function missingColumn(column: string, found: readonly string[]): Failure {
  const list = found.join(', ').slice(0, 200)
  return new Failure('Prices.MissingColumn', 'input', `The header lacks the column “${column}”; it has: ${list}.`, {
    hint: `${HEADER_HINT} Choose which of several prices (open, close, …) is meant, and name it usd.`,
    facts: { column, found: found.slice(0, 20), line: 1 },
  })
}

function unknownColumn(column: string, found: readonly string[]): Failure {
  const shown = column.slice(0, 80)
  return new Failure('Prices.UnknownColumn', 'input', `The header names a column “${shown}” that is not known.`, {
    hint: HEADER_HINT,
    facts: { column: shown, found: found.slice(0, 20), line: 1 },
  })
}

function badRow(line: number, why: string): Failure {
  return new Failure('Prices.BadRow', 'input', `The row of line ${line} cannot be read: ${why.slice(0, 120)}.`, {
    hint: HEADER_HINT,
    facts: { line },
  })
}

function repeatedDay(line: number, day: string): Failure {
  return new Failure('Prices.RepeatedDay', 'input', `Line ${line} gives ${day} a second, different price.`, {
    hint: 'Keep one price for each day.',
    facts: { line, day },
  })
}

function badAsset(asset: string): Failure {
  return new Failure('Prices.BadAsset', 'usage', `“${asset.slice(0, 80)}” is no symbol of an asset.`, {
    hint: 'Give the symbol as amounts show it: BTC, ETH, TRX, USDT.',
    facts: { asset: asset.slice(0, 80) },
  })
}

function nothingRead(name: string): Failure {
  return new Failure('Prices.NothingRead', 'input', `“${name}” holds no price.`, {
    hint: HEADER_HINT,
    facts: { file: name },
  })
}
