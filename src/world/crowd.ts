import { coin, token } from '../model/asset.ts'
import type { Random } from '../std/random.ts'
import { type Agenda, daysBetween, STORY_END, STORY_START, timeIn } from './agenda.ts'
import type { Bitcoin, Payee } from './bitcoin.ts'
import type { Cast, Exchange, Person, Service } from './cast.ts'
import { createAddress, type Tron } from './tron.ts'
import { newLock, take, type Wallet } from './wallet.ts'

/** The stage on which crowd and campaign act. */
export type Stage = {
  readonly random: Random
  readonly agenda: Agenda
  readonly bitcoin: Bitcoin
  readonly tron: Tron
  readonly cast: Cast
}

export const TRX = coin('tron')
export const USDT = token('tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')!

/** Money for a start, then ordinary days: people buy, pay, save and cash out; services collect and pay. */
export function planCrowd(stage: Stage): void {
  stage.agenda.add(STORY_START - 86_400, () => endow(stage))
  stage.agenda.add(STORY_START - 3600, at => endowTron(stage, at))
  for (const day of daysBetween(STORY_START, STORY_END)) {
    planBitcoinDay(stage, day)
    planTronDay(stage, day)
  }
}

/** A payee: a new lock in the wallet. */
export function to(stage: Stage, wallet: Wallet, units: bigint): Payee {
  return { wallet, lock: newLock(wallet, stage.random), units }
}

/** Between 0.002 and about 0.05 coins, small sums more often. */
export function sum(random: Random): bigint {
  return BigInt(200_000 + Math.floor(random.next() ** 3 * 4_800_000))
}

function endow(stage: Stage): void {
  const { bitcoin, cast, random } = stage
  const spread = (wallet: Wallet, count: number, units: bigint, lock = newLock(wallet, random)): Payee[] =>
    Array.from({ length: count }, () => ({ wallet, lock, units }))
  for (const one of cast.exchanges) bitcoin.pay(cast.miner, spread(one.hot, 8, 600_000_000n, one.hotLock))
  for (const one of [cast.mixer, cast.office, cast.processor]) {
    bitcoin.pay(cast.miner, spread(one.hot, 6, 80_000_000n, one.hotLock))
  }
  for (let i = 0; i < cast.people.length; i += 30) {
    const some = cast.people.slice(i, i + 30)
    bitcoin.pay(
      cast.miner,
      some.flatMap(person => [0, 1, 2].map(() => to(stage, person.wallet, 3n * sum(random) + 10_000_000n))),
    )
  }
}

function endowTron({ tron, cast, random }: Stage, at: number): void {
  for (const one of cast.exchanges) {
    tron.move(at, USDT, null, one.tronHot, 5_000_000_000_000n)
    tron.move(at, TRX, null, one.tronHot, 2_000_000_000_000n)
  }
  cast.people.forEach((person, i) => {
    const from = random.pick(cast.exchanges).tronHot
    tron.move(at + 3 * i, TRX, from, person.tron, 400_000_000n)
    tron.move(at + 3 * i + 3, USDT, from, person.tron, BigInt(500 + random.below(4000)) * 1_000_000n)
  })
}

function planBitcoinDay(stage: Stage, day: number): void {
  const { agenda, bitcoin, cast, random } = stage
  const often = (times: number, act: () => void) => {
    for (let i = 0; i < times; i++) agenda.add(timeIn(random, day), act)
  }
  const person = () => random.pick(cast.people).wallet
  for (const one of cast.exchanges) {
    often(1, () => withdrawals(stage, one))
    often(1, () => collect(stage, one))
  }
  often(2 + random.below(3), () => bitcoin.pay(person(), [to(stage, cast.processor.deposits, sum(random))]))
  often(1 + random.below(3), () => bitcoin.pay(person(), [to(stage, person(), sum(random))]))
  often(2 + random.below(3), () =>
    bitcoin.pay(person(), [to(stage, random.pick(cast.exchanges).deposits, sum(random))]),
  )
  often(random.below(2), () => bitcoin.pay(person(), [to(stage, cast.mixer.deposits, sum(random))]))
  often(random.below(2), () => bitcoin.pay(cast.mixer.hot, [to(stage, person(), sum(random))], cast.mixer.hotLock))
  officeDay(stage, day)
  if (day % (3 * 86_400) === 0) often(1, () => payShops(stage))
  if (day % (4 * 86_400) === 0) often(1, () => collect(stage, cast.mixer))
  if (day % (7 * 86_400) === 0) often(1, () => sellRewards(stage))
  if (day % (9 * 86_400) === 0) often(1, () => coinjoin(stage))
}

/** The exchange's batch: one transaction, several customers, change back to the same address. */
function withdrawals(stage: Stage, from: Exchange): void {
  const { random, bitcoin, cast } = stage
  const payees = Array.from({ length: 1 + random.below(4) }, () =>
    to(stage, random.pick(cast.people).wallet, sum(random) + 150_000n),
  )
  bitcoin.pay(from.hot, payees, from.hotLock)
}

/** Sweeps what lies on deposit addresses into the service's own address: the multi-input heuristic's best case. */
export function collect({ bitcoin }: Pick<Stage, 'bitcoin'>, into: Service): void {
  if (into.deposits.coins.length < 3) return
  const coins = into.deposits.coins.splice(0, 20)
  bitcoin.sweep(coins, { wallet: into.hot, lock: into.hotLock, units: 0n })
}

/** One payment in and one out on most days, through the one address. */
function officeDay(stage: Stage, day: number): void {
  const { random, bitcoin, cast, agenda } = stage
  const { hot, hotLock } = cast.office
  const person = () => random.pick(cast.people).wallet
  agenda.add(timeIn(random, day), () => {
    bitcoin.pay(person(), [{ wallet: hot, lock: hotLock, units: sum(random) }])
  })
  agenda.add(timeIn(random, day), () => {
    bitcoin.pay(hot, [to(stage, person(), sum(random))], hotLock)
  })
}

function payShops(stage: Stage): void {
  const { bitcoin, cast, random } = stage
  collect(stage, cast.processor)
  const payees = [0, 1, 2].map(() => to(stage, random.pick(cast.shops), sum(random)))
  bitcoin.pay(cast.processor.hot, payees, cast.processor.hotLock)
  const shop = random.pick(cast.shops)
  bitcoin.pay(shop, [to(stage, cast.exchanges[0]!.deposits, sum(random))])
}

function sellRewards(stage: Stage): void {
  const { bitcoin, cast, random } = stage
  bitcoin.pay(cast.miner, [to(stage, random.pick(cast.exchanges).deposits, 1_500_000_000n)])
}

/** Five people pay themselves equal sums in one transaction: inputs of many owners, which must not be merged. */
function coinjoin(stage: Stage): void {
  const { bitcoin, cast, random } = stage
  const first = random.below(cast.people.length)
  const wallets = Array.from({ length: 5 }, (_, i) => cast.people[(first + 17 * i) % cast.people.length]!.wallet)
  const share = 1_000_000n
  const taken = wallets.map(wallet => ({ wallet, coins: take(wallet, share + 10_000n) }))
  const able = taken.flatMap(({ wallet, coins }) => (coins === undefined ? [] : [{ wallet, coins }]))
  if (able.length < 5) {
    for (const { wallet, coins } of able) wallet.coins.push(...coins)
    return
  }
  const equal = able.map(({ wallet }) => to(stage, wallet, share))
  const change = able.map(({ wallet, coins }) =>
    to(stage, wallet, coins.reduce((all, one) => all + one.units, 0n) - share - 600n),
  )
  bitcoin.join(
    able.flatMap(({ coins }) => coins),
    [...equal, ...change],
  )
}

function planTronDay(stage: Stage, day: number): void {
  const { agenda, cast, random, tron } = stage
  const often = (times: number, act: (at: number) => void) => {
    for (let i = 0; i < times; i++) agenda.add(timeIn(random, day), act)
  }
  const person = () => random.pick(cast.people)
  const usdt = (most: number) => BigInt(10 + random.below(most)) * 1_000_000n + BigInt(random.below(100)) * 10_000n
  often(2, at => tron.move(at, USDT, random.pick(cast.exchanges).tronHot, person().tron, usdt(900)))
  often(2, at => tron.move(at, USDT, person().tron, person().tron, usdt(200)))
  often(1, at => cashIn(stage, at, person(), random.pick(cast.exchanges), usdt(300)))
}

/** A person pays to a deposit address of the exchange, which passes it on to its hot wallet an hour later. */
function cashIn({ tron, random }: Stage, at: number, from: Person, into: Exchange, units: bigint): void {
  if (into.tronDeposits.length < 20) into.tronDeposits.push(createAddress(random))
  const deposit = random.pick(into.tronDeposits)
  if (tron.move(at, USDT, from.tron, deposit, units) === undefined) return
  sweepTron(tron, at + 3600, into, deposit)
}

/** The exchange sends a little TRX for the fee and takes the deposit away. */
export function sweepTron(tron: Tron, at: number, into: Exchange, deposit: string): void {
  tron.move(at, TRX, into.tronHot, deposit, 7_000_000n)
  tron.move(at + 60, USDT, deposit, into.tronHot, tron.balance(USDT, deposit))
}
