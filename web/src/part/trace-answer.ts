import type { TraceAnswer as Answered } from '../../../src/app/follow/trace.ts'
import type { AmountJson } from '../../../src/model/amount.ts'
import type { Coverage } from '../../../src/model/coverage.ts'

/** What `trace` answers, as far as it is shown. */
export type TraceAnswer = Pick<Answered, 'crossings' | 'onward'> & {
  readonly origin: readonly string[]
  readonly network: string
  readonly run: number
  readonly methods: Readonly<Record<string, Outcome>>
  readonly envelope: readonly Range[]
  readonly conserved: boolean
  readonly notes: readonly string[]
  readonly coverage: Coverage
}

export type Outcome = {
  readonly reached: readonly Reached[]
  readonly total: readonly AmountJson[]
  readonly fees: readonly AmountJson[]
}

export type Reached = {
  readonly address: string | null
  readonly outpoint: string | null
  readonly amount: AmountJson
  readonly hops: number
  readonly stoppedBecause: string
  readonly label: { readonly name: string; readonly category: string } | null
  readonly because: { readonly en: string; readonly ar: string }
}

export type Range = {
  readonly address: string | null
  readonly min: AmountJson
  readonly max: AmountJson
  readonly robust: boolean
  readonly conclusion: string
}

/** An asset of an answer: by its symbol, network and contract. */
export function assetKey({ asset, network, contract }: AmountJson): string {
  return [asset, network, contract].join(' ')
}

/** Greatest first; exact, whatever the size. */
export function byAmount(a: { amount: AmountJson }, b: { amount: AmountJson }): number {
  const [x, y] = [BigInt(a.amount.amount), BigInt(b.amount.amount)]
  return x === y ? 0 : x > y ? -1 : 1
}

/** Where value lies, one row per address and reason, for a picture: parts are summed exactly. */
export type Place = { readonly key: string; readonly units: bigint; readonly hops: number; readonly row: Reached }

export function placesOf(rows: readonly Reached[]): Place[] {
  const groups = Map.groupBy(rows, row => `${row.address ?? row.outpoint} ${row.stoppedBecause}`)
  return [...groups]
    .map(([key, group]) => ({
      ...{ key, row: group[0]!, hops: Math.min(...group.map(row => row.hops)) },
      units: group.reduce((sum, row) => sum + BigInt(row.amount.amount), 0n),
    }))
    .sort((a, b) => (a.units === b.units ? 0 : a.units > b.units ? -1 : 1))
}

/** `7403211` with 8 decimals → `0.07403211`. */
export function decimal(units: bigint, decimals: number): string {
  const digits = units.toString().padStart(decimals + 1, '0')
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
