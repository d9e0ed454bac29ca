import * as Amount from '../../model/amount.ts'
import * as Instant from '../../model/instant.ts'
import type { Truth } from '../../world/world.ts'
import type { Found } from './steps.ts'

/** One figure of the report against what was planted. */
export type Check = { readonly what: string; readonly found: string; readonly planted: string; readonly ok: boolean }

/** Receipts by class and asset, dollars, count, dates, the cluster, where the money went, what was listed. */
export function checkTruth(truth: Truth, found: Found): Check[] {
  const { receipts, destinations, screened } = found
  const same = (what: string, value: string, planted: string): Check => ({
    what,
    found: value,
    planted,
    ok: value === planted,
  })
  const classes = truth.totals.flatMap(({ asset, classes: planted }) =>
    Object.entries(planted).flatMap(([name, units]) => {
      const amount = (receipts.classes[name] ?? []).find(one => one.asset === asset.symbol)
      const value = amount === undefined ? 'none' : `${amount.value} ${amount.asset}`
      const told = `${Amount.formatUnits(units, asset.decimals)} ${asset.symbol}`
      return units === 0n ? [] : [same(name, value, told)]
    }),
  )
  const gifts = truth.inflows.filter(inflow => inflow.class === 'receipts')
  const cashOuts = truth.cashOuts.map(({ service, address, units }) => {
    const reached = destinations.filter(at => at.address === address && at.min.amount === at.max.amount)
    const sum = reached.reduce((all, at) => all + BigInt(at.min.amount), 0n)
    return same(`reached ${service}`, String(sum), String(units))
  })
  const listed = screened
    .filter(one => one.status === 'listed')
    .map(one => one.address)
    .sort()
  return [
    same('receipts in US dollars', receipts.usd?.value ?? 'none', truth.receiptsUsd),
    same('receipt transactions', String(receipts.transactions), String(new Set(gifts.map(one => one.txid)).size)),
    same('first receipt', receipts.first ?? 'none', Instant.format(gifts[0]!.at)),
    same('last receipt', receipts.last ?? 'none', Instant.format(gifts.at(-1)!.at)),
    ...classes,
    same('addresses of one holder', found.cluster.toSorted().join(' '), truth.cluster.toSorted().join(' ')),
    ...cashOuts,
    same('listed', listed.join(' '), truth.listed.toSorted().join(' ')),
  ]
}
