import { readFileSync, statSync } from 'node:fs'
import type * as Campaign from '../../campaign/campaign.ts'
import * as Instant from '../../model/instant.ts'
import { Failure } from '../../std/failure.ts'

/**
 * Daily prices of one coin from a file, for one question only: columns `date,usd`, or a date or timestamp and a close
 * as price services write them. Limit: 64 MiB. Failures: Prices.NotRead.
 */
export function pricesFrom(path: string, asset: string): Campaign.CoinPrice {
  if (statSync(path).size > BYTES_MAX) throw notRead(path, `it is larger than ${BYTES_MAX} bytes`)
  const [header = '', ...rows] = readFileSync(path, 'utf8')
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
  const names = header.split(',').map(name => name.trim().toLowerCase().replaceAll('"', ''))
  const dateAt = names.findIndex(name => DATES.includes(name))
  const priceAt = PRICES.map(name => names.indexOf(name)).find(at => at >= 0) ?? -1
  if (dateAt < 0 || priceAt < 0) throw notRead(path, 'it has no column for the date, or none for the price')
  const days = new Map<string, string>()
  for (const row of rows) {
    const cells = row.split(',')
    const day = (cells[dateAt] ?? '').trim().slice(0, 10)
    const usd = (cells[priceAt] ?? '').trim()
    if (Instant.parse(day) !== undefined && /^\d{1,18}(\.\d{1,30})?$/.test(usd)) days.set(day, usd)
  }
  if (days.size === 0) throw notRead(path, 'no row has a day and a price')
  const symbol = asset.toUpperCase()
  return (asked, day) => {
    const usd = asked.toUpperCase() === symbol ? days.get(day) : undefined
    return usd === undefined ? undefined : { usd, source: path.split(/[/\\]/).at(-1)! }
  }
}

const BYTES_MAX = 67_108_864
const DATES = ['date', 'day', 'timestamp', 'time']
const PRICES = ['usd', 'close', 'price', 'adj close']

function notRead(path: string, why: string): Failure {
  const name = path.split(/[/\\]/).at(-1)!
  return new Failure('Prices.NotRead', 'input', `“${name}” cannot be read as daily prices: ${why}.`, {
    hint: 'Give a CSV with the columns date and usd (or date and close).',
    facts: { file: name },
  })
}
