import type { Detector } from './detector.ts'
import { isDescending, type Sides } from './sides.ts'

/** Wasabi 1 (ZeroLink): at least ten outputs of about 0.1 BTC, and single ones besides (change, the coordinator's). */
export const WASABI1: Detector = {
  ...{ name: 'wasabi1', version: '1', holders: 'many' },
  source:
    'ZeroLink (Ficsór 2017), chaumian CoinJoin; thresholds of the Dumplings scanner (nopara73): 0.1 ± 0.02 BTC, ' +
    'ten equal',
  fires: ({ outputs, equal, equalUnits, distinctUnits, payers, outputTypes }: Sides) =>
    equal >= 10 &&
    payers >= equal &&
    equalUnits >= 8_000_000n &&
    equalUnits <= 12_000_000n &&
    distinctUnits >= 3 &&
    outputs.length > equal &&
    outputTypes().every(type => type === 'p2wpkh' || type === 'p2wsh'),
}

/**
 * Wasabi 2 (WabiSabi): inputs and outputs in descending order, four in five outputs of a standard denomination. The
 * Dumplings scanner asks for 50 inputs, the least of the first coordinator; other coordinators run with fewer, and
 * the order with the denominations is telling by itself, so here it is ten. Ten outputs too: sweeps of many coins into
 * one round sum, as in blocks of 2017, have the rest of the shape.
 */
export const WASABI2: Detector = {
  ...{ name: 'wasabi2', version: '2', holders: 'many' },
  source:
    'WabiSabi (Ficsór, Kogman, Ontivero, Seres 2021); standard denominations of the Wasabi 2 client; ' +
    'order and four fifths after the Dumplings scanner, which asks for 50 inputs: ten, and ten outputs, are ours',
  fires: ({ inputs, outputs, payers }: Sides) => {
    if (inputs.length < WASABI2_LEAST || outputs.length < WASABI2_LEAST || payers < WASABI2_PAYERS) return false
    if (!isDescending(outputs) || !isDescending(inputs)) return false
    let standard = 0
    for (const units of outputs) if (DENOMINATIONS.has(units)) standard++
    return standard * 5 > outputs.length * 4
  },
}

const WASABI2_LEAST = 10
const WASABI2_PAYERS = 5

/** 2^n, 3^n, 2·3^n and 1-2-5·10^n between 5,000 sat and 1,343.75 BTC, as the Wasabi 2 client makes them. */
const DENOMINATIONS: ReadonlySet<bigint> = new Set(
  [powers(1n, 2n), powers(1n, 3n), powers(2n, 3n), powers(1n, 10n), powers(2n, 10n), powers(5n, 10n)].flat(),
)

function powers(first: bigint, base: bigint): bigint[] {
  const list: bigint[] = []
  for (let units = first; units <= 134_375_000_000n; units *= base) if (units >= 5000n) list.push(units)
  return list
}
