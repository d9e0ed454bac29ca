import type { Amount } from '../model/amount.ts'
import * as Asset from '../model/asset.ts'
import { conserves } from './method.ts'
import type { Outcome, Range } from './outcome.ts'

/**
 * By address and asset the least and the greatest amount over the methods that conserve value (over poison only where
 * it alone was run: an upper bound is no member of a range). Robust: more than nothing by each of them.
 */
export function envelopeOf(outcomes: readonly Outcome[]): Range[] {
  const counted = outcomes.filter(outcome => conserves(outcome.method))
  const used = counted.length > 0 ? counted : outcomes
  const sums = used.map(sumByPlace)
  const ranges = new Map<string, Range>()
  for (const sum of sums) {
    for (const [key, place] of sum) if (!ranges.has(key)) ranges.set(key, rangeOf(sums, key, place))
  }
  return [...ranges.values()].sort(compare)
}

/** Whether reached, fees and what was converted add up to the total, asset by asset, in every conserving outcome. */
export function isConserved(outcomes: readonly Outcome[]): boolean {
  return outcomes.filter(outcome => conserves(outcome.method)).every(balances)
}

type Place = { readonly address: string; readonly amount: Amount }

function sumByPlace(outcome: Outcome): Map<string, Place> {
  const sums = new Map<string, Place>()
  for (const { address, amount } of outcome.reached) {
    if (address === null) continue
    const key = `${address} ${Asset.key(amount.asset)}`
    const units = (sums.get(key)?.amount.units ?? 0n) + amount.units
    sums.set(key, { address, amount: { asset: amount.asset, units } })
  }
  return sums
}

function rangeOf(sums: readonly Map<string, Place>[], key: string, { address, amount: { asset } }: Place): Range {
  let [min, max] = [-1n, 0n]
  for (const sum of sums) {
    const units = sum.get(key)?.amount.units ?? 0n
    if (min < 0n || units < min) min = units
    if (units > max) max = units
  }
  return { address, asset, min: { asset, units: min }, max: { asset, units: max }, robust: min > 0n }
}

/** Greatest first, then by address, so that the order says something and is always the same. */
function compare(a: Range, b: Range): number {
  if (a.max.units !== b.max.units) return a.max.units > b.max.units ? -1 : 1
  return a.address < b.address ? -1 : a.address > b.address ? 1 : Asset.key(a.asset) < Asset.key(b.asset) ? -1 : 1
}

export function balances(outcome: Omit<Outcome, 'method'>): boolean {
  const left = new Map<string, bigint>()
  const add = (amount: Amount, sign: bigint) => {
    const key = Asset.key(amount.asset)
    left.set(key, (left.get(key) ?? 0n) + sign * amount.units)
  }
  for (const amount of outcome.total) add(amount, 1n)
  for (const amount of outcome.fees) add(amount, -1n)
  for (const row of outcome.reached) add(row.amount, -1n)
  for (const { from, to } of outcome.converted ?? []) {
    add(from, -1n)
    add(to, 1n)
  }
  return [...left.values()].every(units => units === 0n)
}
