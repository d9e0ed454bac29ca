import { DAY_SECONDS, formatDay } from '../model/instant.ts'
import type { Client } from './client.ts'
import { denied, notUnderstood } from './json-rpc.ts'

/** What a provider of prices answered, and the same as `date,usd`: of each UTC day its first price. */
export type PriceAnswer = { readonly bytes: Uint8Array; readonly csv: string; readonly missing: readonly string[] }

/** Days of prices that one answer may hold: a hundred years. */
const DAYS_MAX = 36_600

/**
 * Daily prices from one address: a CSV with `date,usd`, or JSON as CoinGecko gives it, `{"prices": [[milliseconds,
 * usd], …]}` (docs.coingecko.com, `/coins/{id}/market_chart/range` with `vs_currency=usd`). Numbers are taken as
 * written, never through floats. What is no price is refused as a whole: nothing is guessed, no day is filled in.
 *
 * Failures: Source.NotUnderstood, Source.Denied, and those of the client.
 */
export async function readPrices(client: Client, url: string): Promise<PriceAnswer> {
  const answer = await client.ask({ url, headers: { accept: 'application/json, text/csv' } })
  if (answer.status === 401 || answer.status === 403) throw denied(url)
  if (answer.status !== 200) throw notUnderstood(url, `status ${answer.status}`)
  const text = new TextDecoder().decode(answer.body).replace(/^\uFEFF/, '')
  const csv = text.trimStart().startsWith('{') ? fromJson(url, text) : text
  return { bytes: answer.body, csv, missing: missingIn(csv) }
}

function fromJson(url: string, text: string): string {
  const days = new Map<string, string>()
  for (const [at, usd] of pairsOf(url, text)) {
    const day = formatDay(Math.floor(at / 1000))
    if (!days.has(day)) days.set(day, usd)
    if (days.size > DAYS_MAX) throw notUnderstood(url, `more than ${DAYS_MAX} days`)
  }
  return `date,usd\n${[...days].map(([day, usd]) => `${day},${usd}\n`).join('')}`
}

/** Millisecond and price as written, in the order of time. */
function pairsOf(url: string, text: string): readonly (readonly [number, string])[] {
  const numbers = new Map<number, string>()
  let place = 0
  let said: unknown
  try {
    // Each number as its text: what a float would round is kept.
    said = JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }) => {
      if (typeof value !== 'number') return value
      numbers.set(place, context?.source ?? String(value))
      return { place: place++ }
    })
  } catch {
    throw notUnderstood(url, 'neither CSV nor JSON')
  }
  const list = (said as { prices?: unknown } | null)?.prices
  if (!Array.isArray(list)) throw notUnderstood(url, 'no list of prices')
  const textAt = (value: unknown): string => numbers.get((value as { place?: number } | null)?.place ?? -1) ?? ''
  const pairs = list.map((pair: unknown) => {
    const [at, usd] = Array.isArray(pair) && pair.length === 2 ? [Number(textAt(pair[0])), plain(textAt(pair[1]))] : []
    if (at === undefined || !Number.isSafeInteger(at) || at <= 0 || usd == null) {
      throw notUnderstood(url, 'a price that is no time and positive number')
    }
    return [at, usd] as const
  })
  const isOrdered = pairs.every(([at], k) => k === 0 || pairs[k - 1]![0] <= at)
  if (!isOrdered) throw notUnderstood(url, 'prices that go back in time')
  return pairs
}

/** A positive JSON number without exponent, digit by digit; null: it is none. */
function plain(text: string): string | null {
  const match = /^(\d{1,18})(?:\.(\d{1,30}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text)
  if (match === null || /^[0.eE+-]*$/.test(text.replace(/[eE].*$/, ''))) return null
  const [, whole = '', fraction = '', exponent = '0'] = match
  const shift = Number(exponent)
  const digits = whole + fraction
  const point = whole.length + shift
  const [before, after] =
    point <= 0
      ? ['0', '0'.repeat(-point) + digits]
      : [digits.slice(0, point).padEnd(point, '0'), digits.slice(Math.min(point, digits.length))]
  const number = before.replace(/^0+(?=\d)/, '')
  return after === '' ? number : `${number}.${after}`
}

/** Days between the first and the last that the answer leaves out. */
function missingIn(csv: string): string[] {
  const days = [...csv.matchAll(/(?<![\d-])\d{4}-\d{2}-\d{2}(?=,|\s|$)/g)].map(match => match[0]).sort()
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return []
  const known = new Set(days)
  const missing: string[] = []
  const end = Date.parse(last) / 1000
  for (let at = Date.parse(first) / 1000; at <= end && missing.length <= DAYS_MAX; at += DAY_SECONDS) {
    if (!known.has(formatDay(at))) missing.push(formatDay(at))
  }
  return missing
}
