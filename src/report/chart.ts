/** Amounts by period, stacked by class: plain data for the drawing and for the table beside it. */
export type Chart = {
  readonly title: string
  readonly says: string
  readonly asset: string
  readonly decimals: number
  readonly periods: readonly string[]
  /** From the bottom of the stack up. */
  readonly series: readonly Series[]
}

export type Series = { readonly class: string; readonly label: string; readonly units: readonly bigint[] }

type Row = { readonly class: string; readonly units: string; readonly time: string }

/** Sums rows by month and class; months without any stand too, so that the axis is even. */
export function byMonth(
  rows: readonly Row[],
  labelOf: (name: string) => string,
  about: Pick<Chart, 'title' | 'says' | 'asset' | 'decimals'>,
): Chart {
  const periods = monthsBetween(rows.map(row => row.time.slice(0, 7)))
  const classes = ORDER.filter(name => rows.some(row => row.class === name))
  const series = classes.map(name => {
    const units = periods.map(() => 0n)
    for (const row of rows) {
      if (row.class === name) units[periods.indexOf(row.time.slice(0, 7))]! += BigInt(row.units)
    }
    return { class: name, label: labelOf(name), units }
  })
  return { ...about, periods, series }
}

/** Classes in the order in which a reader wants them: receipts first, then what was taken out. */
export const ORDER: readonly string[] = [
  ...['receipts', 'undecided', 'beforePublication', 'afterExposure', 'afterFreeze', 'refund', 'passThrough'],
  ...['selfTransfer', 'service', 'dust', 'governmentWindow'],
]

/** A round number not below `most`, and the step of the grid lines: 1, 2 or 5 times a power of ten, in units. */
export function scaleOf(most: bigint): { top: bigint; step: bigint } {
  if (most <= 0n) return { top: 1n, step: 1n }
  const power = 10n ** BigInt(String(most).length - 1)
  const steps = [power / 5n, power / 2n, power, 2n * power]
  const step = steps.find(one => one > 0n && most <= 6n * one) ?? 2n * power
  const top = ((most + step - 1n) / step) * step
  return { top, step }
}

function monthsBetween(months: readonly string[]): string[] {
  const sorted = [...months].sort()
  const found: string[] = []
  const last = sorted.at(-1)
  for (let month = sorted[0]; month !== undefined && last !== undefined && month <= last; month = after(month)) {
    found.push(month)
    if (found.length >= MONTHS_MAX) break
  }
  return found
}

/** Twenty years: more bars than can be told apart. */
const MONTHS_MAX = 240

function after(month: string): string {
  const [year, number] = month.split('-').map(Number)
  return number === 12 ? `${year! + 1}-01` : `${year}-${String(number! + 1).padStart(2, '0')}`
}
