import type { Random } from '../std/random.ts'
import type { Lock, LockType } from './lock.ts'
import { createAddress } from './tron.ts'
import { createWallet, newLock, type Wallet } from './wallet.ts'

/** Everybody in the world. Names are letters of the Arabic alphabet: nobody's. */
export type Cast = {
  readonly miner: Wallet
  readonly exchanges: readonly Exchange[]
  /** Takes payments for shops on invoice addresses. */
  readonly processor: Service
  readonly mixer: Service
  /** An exchange office that works through one address: as many payments out as in, from and to many people. */
  readonly office: Service
  readonly shops: readonly Wallet[]
  readonly people: readonly Person[]
}

/** A custodial business: one address out of which it pays, and wallets that take money in for it. */
export type Service = {
  readonly id: string
  readonly name: string
  readonly category: 'exchange' | 'mixer' | 'payment-processor'
  readonly hot: Wallet
  readonly hotLock: Lock
  readonly deposits: Wallet
}

export type Exchange = Service & {
  readonly tronHot: string
  /** Deposit addresses on Tron, in the order of their making. */
  readonly tronDeposits: string[]
}

export type Person = { readonly wallet: Wallet; readonly tron: string }

/** Said in each name, so that no label of the world can be mistaken for a label of ours. */
export const SYNTHETIC = 'SYNTHETIC'

const PEOPLE = 150
const SHOPS = 8

export function createCast(random: Random): Cast {
  const exchange = (letter: string, type: LockType): Exchange => ({
    ...service(random, `sample-exchange-${letter.toLowerCase()}`, `Exchange ${letter}`, 'exchange', type),
    tronHot: createAddress(random),
    tronDeposits: [],
  })
  return {
    miner: createWallet('sample-pool', 'p2wpkh'),
    exchanges: [exchange('Alif', 'p2wpkh'), exchange('Ba', 'p2sh'), exchange('Jim', 'p2pkh')],
    processor: service(random, 'sample-processor-ha', 'Payment processor Ha', 'payment-processor', 'p2wpkh'),
    mixer: service(random, 'sample-mixer-dal', 'Mixer Dal', 'mixer', 'p2wpkh'),
    office: service(random, 'sample-office-waw', 'Exchange office Waw', 'exchange', 'p2wpkh'),
    shops: Array.from({ length: SHOPS }, (_, i) => createWallet(`sample-shop-${i + 1}`, 'p2wpkh')),
    people: Array.from({ length: PEOPLE }, (_, i) => ({
      wallet: createWallet(`person-${i + 1}`, random.pick(PERSONAL)),
      tron: createAddress(random),
    })),
  }
}

/** Every wallet of the Bitcoin side. */
export function walletsOf(cast: Cast): Wallet[] {
  const services = [...cast.exchanges, cast.processor, cast.mixer, cast.office]
  const kept = services.flatMap(one => (one.deposits === one.hot ? [one.hot] : [one.hot, one.deposits]))
  return [cast.miner, ...kept, ...cast.shops, ...cast.people.map(person => person.wallet)]
}

const PERSONAL: readonly LockType[] = ['p2wpkh', 'p2wpkh', 'p2wpkh', 'p2tr', 'p2sh', 'p2pkh']

function service(random: Random, id: string, name: string, category: Service['category'], type: LockType): Service {
  const hot = createWallet(id, type)
  const deposits = id === 'sample-office-waw' ? hot : createWallet(id, type)
  return { id, name: `${name} (${SYNTHETIC})`, category, hot, deposits, hotLock: newLock(hot, random) }
}
