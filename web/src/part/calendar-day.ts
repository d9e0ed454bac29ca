import type { AmountJson } from '../../../src/model/amount.ts'

/** A day as a calendar shows it. */
export type Cell = { readonly day: string; readonly transactions: number; readonly level: 0 | 1 | 2 | 3 | 4 }

const DAY = 86_400_000

/**
 * The weeks from the first to the last active day, Sunday first, days without a transaction included; `level` is the
 * quarter of the busiest day. At most so many weeks, the newest: `cut` says how many days with transactions were left.
 */
export function weeksOf(days: readonly { readonly day: string; readonly transactions: number }[], most = 53) {
  const first = days[0]
  const last = days.at(-1)
  if (first === undefined || last === undefined) return { weeks: [], cut: 0 }
  const counts = new Map(days.map(({ day, transactions }) => [day, transactions]))
  const busiest = Math.max(...counts.values())
  const end = startOfWeek(last.day) + 6 * DAY
  const start = Math.max(startOfWeek(first.day), end + DAY - most * 7 * DAY)
  const weeks: Cell[][] = []
  for (let at = start; at <= end; at += 7 * DAY) {
    weeks.push(
      Array.from({ length: 7 }, (_, i) => {
        const day = new Date(at + i * DAY).toISOString().slice(0, 10)
        const transactions = counts.get(day) ?? 0
        return { day, transactions, level: levelOf(transactions, busiest) }
      }),
    )
  }
  return { weeks, cut: days.filter(({ day }) => Date.parse(day) < start).length }
}

function startOfWeek(day: string): number {
  const at = Date.parse(day)
  return at - new Date(at).getUTCDay() * DAY
}

function levelOf(count: number, busiest: number): Cell['level'] {
  return (count === 0 ? 0 : Math.min(4, Math.ceil((4 * count) / busiest))) as Cell['level']
}

/** What came in by month, for one asset: sums are exact, months without are left out. */
export function monthsOf(
  days: readonly { readonly day: string; readonly received: readonly AmountJson[] }[],
  asset: string,
): { readonly month: string; readonly units: bigint; readonly decimals: number }[] {
  const months = new Map<string, { units: bigint; decimals: number }>()
  for (const { day, received } of days) {
    for (const amount of received) {
      if (assetName(amount) !== asset) continue
      const month = months.get(day.slice(0, 7)) ?? { units: 0n, decimals: amount.decimals }
      month.units += BigInt(amount.amount)
      months.set(day.slice(0, 7), month)
    }
  }
  return [...months].map(([month, sum]) => ({ month, ...sum })).sort((a, b) => (a.month < b.month ? -1 : 1))
}

/** A symbol names nothing by itself: a token goes with its contract. */
export function assetName({ asset, contract }: AmountJson): string {
  return contract === undefined ? asset : `${asset} ${contract}`
}
