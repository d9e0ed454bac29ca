import { UNREAD } from '../ledger/ledger.ts'
import type { Detector } from './detector.ts'
import type { Sides } from './sides.ts'

/** Samourai Whirlpool: five to ten inputs, as many outputs, all of one pool's size, inputs barely above it. */
export const WHIRLPOOL: Detector = {
  ...{ name: 'whirlpool', version: '1', holders: 'many' },
  source:
    'Stockinger, Haslhofer, Moreno-Sanchez, Maffei, "Pinpointing and Measuring Wasabi and Samourai CoinJoins in the ' +
    'Bitcoin Ecosystem" (2021); pools and the 0.0011 BTC margin after the Dumplings scanner',
  fires: ({ inputs, outputs, equal, equalUnits, payers }: Sides) => {
    if (outputs.length !== equal || inputs.length !== equal || equal < 5 || equal > 10 || payers < equal) return false
    return POOLS.includes(equalUnits) && inputs.every(units => isNear(units, equalUnits))
  },
}

/**
 * Whirlpool's Tx0: one holder cuts a coin into premix outputs, each a pool's size and the miner's fee of its mix, pays
 * the coordinator at most a twentieth of the pool, and adds an OP_RETURN. All but the payment stays the holder's.
 */
export const WHIRLPOOL_TX0: Detector = {
  ...{ name: 'whirlpool-tx0', version: '1', holders: 'one' },
  source:
    'whirlpool-client, Tx0Service (Samourai-Wallet): premix outputs, fee, change, OP_RETURN, at most 100 premix; the ' +
    'margin is that of the mix, the twentieth is ours after the published pool fees (3.5–5%)',
  fires: ({ outputs, notes, outputTypes }: Sides) => {
    if (notes !== 1 || outputs.length < 3) return false
    const found = POOLS.some(pool => isTx0(outputs, pool))
    return found && outputTypes().filter(type => type !== 'p2wpkh').length === 1
  },
}

/** All but the OP_RETURN: premix of one value, one fee, at most two changes. */
function isTx0(outputs: BigUint64Array, pool: bigint): boolean {
  const premix = outputs.find(units => units > pool && units <= pool + MARGIN)
  if (premix === undefined) return false
  const others = outputs.filter(units => units !== premix && units !== 0n)
  const count = outputs.length - others.length - 1
  if (count < 1 || count > PREMIX_MAX || others.length < 1 || others.length > 3) return false
  return others.some(units => units * 20n <= pool)
}

function isNear(units: bigint, pool: bigint): boolean {
  return units === UNREAD || (units >= pool && units <= pool + MARGIN)
}

/** 0.001, 0.01, 0.05 and 0.5 BTC of Samourai, 0.025 of its successors. */
const POOLS: readonly bigint[] = [100_000n, 1_000_000n, 2_500_000n, 5_000_000n, 50_000_000n]
const MARGIN = 110_000n
const PREMIX_MAX = 100
