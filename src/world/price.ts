import { formatDay } from '../model/instant.ts'
import type { Random } from '../std/random.ts'
import { daysBetween, STORY_END, STORY_START } from './agenda.ts'

/** Invented daily prices in US cents, by day (`2025-01-01`). */
export type Prices = ReadonlyMap<string, bigint>

/** A walk of up to 2% a day from 95,000 dollars: no market's. */
export function coinPrices(random: Random): Prices {
  let cents = 9_500_000
  return new Map(
    pricedDays().map(day => {
      cents = Math.round(cents * (1 + (random.next() - 0.5) * 0.04))
      return [day, BigInt(cents)]
    }),
  )
}

/** A dollar token: within a cent of one dollar. */
export function tokenPrices(random: Random): Prices {
  return new Map(pricedDays().map(day => [day, BigInt(99 + random.below(3))]))
}

/** The fee coin: 20 to 29 cents. */
export function fuelPrices(random: Random): Prices {
  return new Map(pricedDays().map(day => [day, BigInt(20 + random.below(10))]))
}

/** The price CSV of `athar ledger price`: date,usd. */
export function file(prices: Prices): string {
  const rows = [...prices].map(([day, cents]) => `${day},${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`)
  return `date,usd\n${rows.join('\n')}\n`
}

function pricedDays(): string[] {
  return daysBetween(STORY_START, STORY_END + 2 * 86_400).map(formatDay)
}
