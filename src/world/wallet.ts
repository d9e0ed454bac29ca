import type { Random } from '../std/random.ts'
import { createLock, type Lock, type LockType } from './lock.ts'
import type { Coin } from './transaction.ts'

/** One holder's coins on the Bitcoin side. Every lock it ever had stays listed: that is the truth of ownership. */
export type Wallet = {
  readonly owner: string
  readonly type: LockType
  readonly locks: Lock[]
  coins: Coin[]
}

export function createWallet(owner: string, type: LockType): Wallet {
  return { owner, type, locks: [], coins: [] }
}

export function newLock(wallet: Wallet, random: Random): Lock {
  const lock = createLock(random, wallet.type)
  wallet.locks.push(lock)
  return lock
}

export function balance(wallet: Wallet): bigint {
  return wallet.coins.reduce((sum, coin) => sum + coin.units, 0n)
}

/** Takes the oldest coins out until they hold `units`; undefined, and nothing taken, where there is too little. */
export function take(wallet: Wallet, units: bigint): Coin[] | undefined {
  let sum = 0n
  for (let i = 0; i < wallet.coins.length; i++) {
    sum += wallet.coins[i]!.units
    if (sum >= units) return wallet.coins.splice(0, i + 1)
  }
  return undefined
}

/** Takes all coins on one lock out of the wallet. */
export function takeFrom(wallet: Wallet, lock: Lock): Coin[] {
  const taken = wallet.coins.filter(coin => coin.lock === lock)
  wallet.coins = wallet.coins.filter(coin => coin.lock !== lock)
  return taken
}
