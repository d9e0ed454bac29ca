import { UNREAD } from '../ledger/ledger.ts'
import type { Detector } from './detector.ts'
import type { Sides } from './sides.ts'

/**
 * JoinMarket: one equal output and at most one change output for each participant; and its mix of two, where no input
 * could have paid for one participant alone.
 */
export const JOINMARKET: Detector = {
  ...{ name: 'joinmarket', version: '1', holders: 'many' },
  source:
    'JoinMarket (Gibson 2015); BlockSci, isCoinjoin (Kalodner et al. 2020): n of 2n or 2n − 1; for two, the ' +
    'Dumplings scanner’s shortcut for a subset sum with 0.0001 BTC to spare',
  fires: sides => isPairMix(sides) || (isEqualMix(sides) && Math.floor((sides.outputs.length + 1) / 2) === sides.equal),
}

/**
 * Equal outputs to as many addresses as pay at least: what every equal-output mix shows, whoever runs it. They are
 * a good part of all outputs, or half of the outputs repeat some sum (a mix of several sums): a business that pays
 * many at once has some equal payments by chance among many that differ.
 */
export const EQUAL_OUTPUTS: Detector = {
  ...{ name: 'equal-outputs', version: '2', holders: 'many' },
  source:
    'Maxwell, "CoinJoin: Bitcoin privacy for the real world" (2013); three is ours: two are common in payments; a ' +
    'third of the outputs, or half of them repeated, are ours, chosen on the Dumplings lists and nine mainnet blocks',
  fires: sides => isEqualMix(sides) && (sides.outputs.length <= 3 * sides.equal || isRepeated(sides)),
}

function isRepeated({ outputs, distinctUnits }: Sides): boolean {
  return 2 * distinctUnits <= outputs.length
}

/** Fewest equal outputs that count as a mix by themselves. */
const LEAST = 3

function isEqualMix({ equal, payers }: Sides): boolean {
  return equal >= LEAST && payers >= equal
}

function isPairMix({ inputs, outputs, payers, equal, equalUnits }: Sides): boolean {
  if (equal !== 2 || outputs.length !== 4 || payers < 2) return false
  const change = outputs.filter(units => units !== equalUnits)
  if (change.length !== 2 || change[0] === change[1]) return false
  const spare = equalUnits - 10_000n
  return inputs.every(units => units !== UNREAD && change.some(rest => units <= spare + rest))
}
