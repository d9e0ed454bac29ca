import { concat } from '../std/bytes.ts'
import type { Random } from '../std/random.ts'
import * as Block from './block.ts'
import type { Lock } from './lock.ts'
import { type Coin, type Made, make, type Target, total } from './transaction.ts'
import * as Wallet from './wallet.ts'

/** The Bitcoin side of the world while it is being made: a pool of transactions, and the blocks so far. */
export type Bitcoin = {
  /** Pays `targets` from the wallet's oldest coins, change to `change` or a new lock. Undefined: too little money. */
  pay(from: Wallet.Wallet, targets: readonly Payee[], change?: Lock): Made | undefined
  /** Spends exactly these coins into the targets; the rest, after the fee, goes to the last payee. */
  sweep(coins: readonly Coin[], to: Payee): Made
  /** Spends coins of several owners as given; the difference is the fee. */
  join(coins: readonly Coin[], targets: readonly Payee[]): Made
  mine(at: number): void
  readonly made: readonly Made[]
  /** Height of the newest block. */
  height(): number
  /** Content of the blk*.dat file. */
  file(): Uint8Array
}

/** Whom an output is for: the wallet that will hold the coin, the lock on it; a sweep fills the units in. */
export type Payee = { readonly wallet: Wallet.Wallet; readonly lock: Lock; readonly units: bigint }

/** Bitcoin Core's dust limit for a P2PKH output at its default relay fee. */
export const DUST_UNITS = 546n

export function createBitcoin(random: Random, miner: Wallet.Wallet): Bitcoin {
  const pool: Made[] = []
  const made: Made[] = []
  const records = [Block.frame(Block.genesis)]
  const immature: Coin[] = []
  let tip = Block.start
  const reward = Wallet.newLock(miner, random)
  const spend = (coins: readonly Coin[], payees: readonly Payee[]): Made => {
    const transaction = make(random, coins, payees satisfies readonly Target[])
    payees.forEach((payee, index) => {
      payee.wallet.coins.push({ transaction, index, units: payee.units, lock: payee.lock })
    })
    pool.push(transaction)
    made.push(transaction)
    return transaction
  }
  return {
    made,
    join: spend,
    height: () => tip.height,
    file: () => concat(...records),
    pay: (from, targets, change) => pay(random, spend, from, targets, change),
    sweep(coins, to) {
      const units = total(coins) - feeUnits(random, coins.length, 1)
      return spend(coins, [{ ...to, units }])
    },
    mine(at) {
      const mined = Block.mine(tip, at, reward, pool.splice(0))
      tip = mined.tip
      records.push(Block.frame(mined.bytes))
      immature.push({ transaction: mined.reward, index: 0, units: mined.rewardUnits, lock: reward })
      if (immature.length > Block.MATURITY) miner.coins.push(immature.shift()!)
    },
  }
}

type Spend = (coins: readonly Coin[], payees: readonly Payee[]) => Made

function pay(random: Random, spend: Spend, from: Wallet.Wallet, targets: readonly Payee[], change?: Lock) {
  const wanted = total(targets)
  let fee = feeUnits(random, 1, targets.length + 1)
  let coins = Wallet.take(from, wanted + fee)
  while (coins !== undefined && total(coins) < wanted + feeOf(coins.length, targets.length + 1, 1n)) {
    from.coins.unshift(...coins)
    fee += feeOf(coins.length, 0, 2n)
    coins = Wallet.take(from, wanted + fee)
  }
  if (coins === undefined) return undefined
  const left = total(coins) - wanted - fee
  if (left <= DUST_UNITS) return spend(coins, targets)
  const back = { wallet: from, lock: change ?? Wallet.newLock(from, random), units: left }
  const at = random.below(targets.length + 1)
  return spend(coins, [...targets.slice(0, at), back, ...targets.slice(at)])
}

/** A fee at 2 to 12 sat per virtual byte. */
function feeUnits(random: Random, inputs: number, outputs: number): bigint {
  return feeOf(inputs, outputs, BigInt(2 + random.below(11)))
}

/** Virtual bytes as of P2WPKH: 68 for an input, 31 for an output, 11 around them (BIP 141). */
function feeOf(inputs: number, outputs: number, rate: bigint): bigint {
  return BigInt(11 + 68 * inputs + 31 * outputs) * rate
}
