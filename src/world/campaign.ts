import { DAY_SECONDS, fromDay } from '../model/instant.ts'
import { assert } from '../std/assert.ts'
import { daysBetween, timeIn } from './agenda.ts'
import { DUST_UNITS, type Payee } from './bitcoin.ts'
import { type Stage, sweepTron, TRX, USDT } from './crowd.ts'
import { createLock, type Lock } from './lock.ts'
import { type Made, total } from './transaction.ts'
import { createAddress, type Transfer } from './tron.ts'
import { createWallet, newLock, takeFrom, type Wallet } from './wallet.ts'

/** The invented campaign, planted into the crowd. Whatever it takes in is noted with the class it belongs to. */
export type Campaign = {
  readonly wallet: Wallet
  /** The fixed address of February, the new one of April, and one that only its spending shows. */
  readonly first: Lock
  readonly second: Lock
  readonly hidden: Lock
  /** A donation address that is a deposit address of Exchange Ba: hosted there, and a donation address all the same. */
  readonly hosted: Lock
  readonly collector: { readonly wallet: Wallet; readonly lock: Lock }
  /** Deposit address at Exchange Alif where the Bitcoin money ends. */
  readonly deposit: Lock
  readonly mixerDeposit: Lock
  readonly tron: TronSide
  readonly inflows: Inflow[]
  /** Coins that reached a service, by the address where they did. */
  readonly cashOuts: { readonly service: string; readonly address: string; units: bigint }[]
}

export type TronSide = {
  readonly donation: string
  readonly collector: string
  readonly deposit: string
}

export type InflowClass =
  | 'receipts'
  | 'undecided'
  | 'beforePublication'
  | 'afterFreeze'
  | 'refund'
  | 'selfTransfer'
  | 'dust'

export type Inflow = {
  readonly class: InflowClass
  readonly address: string
  readonly units: bigint
  readonly made: Made | Transfer
}

/** When what was published, frozen and designated (UTC). */
export const times = {
  first: fromDay(2025, 2, 3) + 18 * 3600,
  hosted: fromDay(2025, 3, 10) + 17 * 3600,
  office: fromDay(2025, 3, 25) + 17 * 3600,
  second: fromDay(2025, 4, 20) + 19 * 3600,
  tron: fromDay(2025, 6, 15) + 18 * 3600,
  freeze: fromDay(2025, 9, 1),
  last: fromDay(2025, 8, 31),
}

export function planCampaign(stage: Stage): Campaign {
  const campaign = create(stage)
  planBefore(stage, campaign)
  const { first, second, hosted, wallet } = campaign
  const keeper = stage.cast.exchanges[1]!.deposits
  donations(stage, campaign, times.first, times.second, 95, wallet, first)
  donations(stage, campaign, times.second, times.last, 18, wallet, first)
  donations(stage, campaign, times.hosted, fromDay(2025, 6, 1), 24, keeper, hosted)
  donations(stage, campaign, times.second, times.last, 90, wallet, second)
  planDust(stage, campaign)
  planSpending(stage, campaign)
  planRefund(stage, campaign)
  planTron(stage, campaign)
  return campaign
}

function create({ random, cast }: Stage): Campaign {
  const wallet = createWallet('sample-campaign', 'p2wpkh')
  const collector = createWallet('sample-campaign-collector', 'p2wpkh')
  const [first, second, hidden] = [newLock(wallet, random), newLock(wallet, random), newLock(wallet, random)]
  const deposit = newLock(cast.exchanges[0]!.deposits, random)
  const mixerDeposit = newLock(cast.mixer.deposits, random)
  const hosted = createLock(random, 'p2wpkh')
  cast.exchanges[1]!.deposits.locks.push(hosted)
  return {
    ...{ wallet, first, second, hidden, hosted, deposit, mixerDeposit },
    collector: { wallet: collector, lock: newLock(collector, random) },
    tron: { donation: createAddress(random), collector: createAddress(random), deposit: createAddress(random) },
    inflows: [],
    cashOuts: [],
  }
}

/** The organiser tries the address before anyone is told of it. */
function planBefore(stage: Stage, campaign: Campaign): void {
  stage.agenda.add(fromDay(2025, 1, 25) + 12 * 3600, () => {
    const person = stage.cast.people[7]!.wallet
    give(stage, campaign, 'beforePublication', person, campaign.wallet, campaign.first, 50_000n)
  })
}

/** Many small sums, from people's own wallets and now and then straight out of an exchange. */
function donations(
  stage: Stage,
  campaign: Campaign,
  from: number,
  until: number,
  count: number,
  wallet: Wallet,
  lock: Lock,
): void {
  const { random, agenda, cast } = stage
  const days = daysBetween(from + DAY_SECONDS, until - 2 * DAY_SECONDS)
  for (let i = 0; i < count; i++) {
    // More in the days after the appeal than later.
    const day = days[Math.floor(random.next() ** 2 * days.length)]!
    agenda.add(timeIn(random, day - (day % DAY_SECONDS)), () => {
      const units = BigInt(20_000 + Math.floor(random.next() ** 3 * 480_000))
      const service = random.below(6) === 0 ? random.pick([cast.exchanges[0]!, cast.exchanges[2]!]) : undefined
      const payer = service?.hot ?? random.pick(cast.people).wallet
      give(stage, campaign, 'receipts', payer, wallet, lock, units, service?.hotLock)
    })
  }
}

function give(
  { bitcoin }: Stage,
  campaign: Campaign,
  what: InflowClass,
  payer: Wallet,
  wallet: Wallet,
  lock: Lock,
  units: bigint,
  change?: Lock,
): void {
  const made = bitcoin.pay(payer, [{ wallet, lock, units }], change)
  if (made !== undefined) campaign.inflows.push({ class: what, address: lock.address, units, made })
}

/** A stranger sprinkles the smallest sums: it must not count. */
function planDust(stage: Stage, campaign: Campaign): void {
  for (const month of [3, 5, 6, 8]) {
    stage.agenda.add(fromDay(2025, month, 9) + 14 * 3600, () => {
      const payer = stage.random.pick(stage.cast.people).wallet
      give(stage, campaign, 'dust', payer, campaign.wallet, campaign.first, DUST_UNITS)
    })
  }
}

function planSpending(stage: Stage, campaign: Campaign): void {
  const { first, second, hidden } = campaign
  const on = (month: number, day: number, act: () => void) => {
    stage.agenda.add(fromDay(2025, month, day) + 20 * 3600, act)
  }
  // The change returns to the published address: an inflow to it that is nobody's gift.
  on(2, 20, () => toCollector(stage, campaign, [first], first))
  on(3, 15, () => toCollector(stage, campaign, [first], first))
  on(4, 10, () => toCollector(stage, campaign, [first], first))
  on(5, 20, () => toCollector(stage, campaign, [first, second], hidden))
  on(7, 20, () => toCollector(stage, campaign, [hidden, second], hidden))
  for (const month of [3, 4, 5, 7]) on(month, 25, () => cashOut(stage, campaign))
  on(6, 2, () => mix(stage, campaign))
}

/** Sends nine tenths of what lies on the locks to the collector, the rest as change to `change`. */
function toCollector({ bitcoin }: Stage, campaign: Campaign, locks: readonly Lock[], change: Lock): void {
  const { wallet, collector } = campaign
  const coins = locks.flatMap(lock => takeFrom(wallet, lock))
  const all = total(coins)
  const fee = BigInt(73 + 68 * coins.length) * 4n
  const sent = ((all * 9n) / 10n / 1000n) * 1000n
  const back = all - sent - fee
  const payees = [
    { ...collector, units: sent },
    { wallet, lock: change, units: back },
  ]
  const made = bitcoin.join(coins, payees)
  if (change === campaign.hidden) return
  campaign.inflows.push({ class: 'selfTransfer', address: change.address, units: back, made })
}

/** All that the collector holds goes to one deposit address at Exchange Alif. */
function cashOut({ bitcoin, cast }: Stage, campaign: Campaign): void {
  const { collector, deposit } = campaign
  const coins = takeFrom(collector.wallet, collector.lock)
  const exchange = cast.exchanges[0]!
  bitcoin.sweep(coins, { wallet: exchange.deposits, lock: deposit, units: 0n })
  const reached = exchange.deposits.coins.at(-1)!
  campaign.cashOuts.push({ service: exchange.id, address: deposit.address, units: reached.units })
}

function mix(stage: Stage, campaign: Campaign): void {
  const { mixer } = stage.cast
  const payee = { wallet: mixer.deposits, lock: campaign.mixerDeposit, units: 400_000n }
  payFromSecond(stage, campaign, payee)
  campaign.cashOuts.push({ service: mixer.id, address: payee.lock.address, units: payee.units })
}

/** Spends all that lies on the second address; what is over returns to it. */
function payFromSecond({ bitcoin }: Stage, campaign: Campaign, payee: Payee): void {
  const { wallet, second } = campaign
  const coins = takeFrom(wallet, second)
  const back = total(coins) - payee.units - BigInt(73 + 68 * coins.length) * 4n
  assert(back > DUST_UNITS, 'the planted payment is larger than what the address holds')
  const made = bitcoin.join(coins, [payee, { wallet, lock: second, units: back }])
  campaign.inflows.push({ class: 'selfTransfer', address: second.address, units: back, made })
}

/** A purchase that is taken back: the supplier returns the sum to the address that paid. */
function planRefund(stage: Stage, campaign: Campaign): void {
  const { agenda, bitcoin, random, cast } = stage
  const { wallet, second } = campaign
  const supplier = createWallet('sample-supplier', 'p2wpkh')
  const counter = newLock(supplier, random)
  const units = 300_000n
  const till = { wallet: supplier, lock: counter, units }
  agenda.add(fromDay(2025, 6, 20) + 9 * 3600, () => bitcoin.pay(cast.people[11]!.wallet, [till]))
  agenda.add(fromDay(2025, 6, 25) + 9 * 3600, () => payFromSecond(stage, campaign, till))
  agenda.add(fromDay(2025, 6, 28) + 9 * 3600, () => {
    const made = bitcoin.pay(supplier, [{ wallet, lock: second, units }], counter)
    assert(made !== undefined, 'the supplier cannot pay back')
    campaign.inflows.push({ class: 'refund', address: second.address, units, made })
  })
}

function planTron(stage: Stage, campaign: Campaign): void {
  const { agenda, random, tron, cast } = stage
  const { donation, collector } = campaign.tron
  const note = (what: InflowClass, transfer: Transfer | undefined) => {
    if (transfer !== undefined) {
      campaign.inflows.push({ class: what, address: donation, units: transfer.units, made: transfer })
    }
  }
  const person = () => random.pick(cast.people).tron
  const days = daysBetween(times.tron + DAY_SECONDS, times.last - DAY_SECONDS)
  for (let i = 0; i < 110; i++) {
    const day = days[Math.floor(random.next() ** 2 * days.length)]!
    agenda.add(timeIn(random, day - (day % DAY_SECONDS)), at => {
      note(
        'receipts',
        tron.move(at, USDT, person(), donation, BigInt(10 + Math.floor(random.next() ** 2 * 390)) * 1_000_000n),
      )
    })
  }
  for (const day of [20, 27])
    agenda.add(fromDay(2025, 6, day) + 7, at => note('dust', tron.move(at, USDT, person(), donation, 1n)))
  agenda.add(times.freeze + 9 * DAY_SECONDS, at =>
    note('afterFreeze', tron.move(at, USDT, person(), donation, 250_000_000n)),
  )
  // Fuel: TRX that an exchange's customer sends so that the address can pay fees. Nobody's gift, and not decided.
  agenda.add(times.tron + 3600, at =>
    note('undecided', tron.move(at, TRX, cast.exchanges[0]!.tronHot, donation, 900_000_000n)),
  )
  agenda.add(times.tron + 7200, at => tron.move(at, TRX, donation, collector, 300_000_000n))
  for (const day of daysBetween(fromDay(2025, 6, 29), fromDay(2025, 8, 31)).filter((_, i) => i % 7 === 0)) {
    agenda.add(day + 2 * 3600, at => sweepDonations(stage, campaign, at))
  }
  planTronRefund(stage, note, donation)
}

/** The donation address empties into the collector, the collector into a deposit address of Exchange Jim. */
function sweepDonations({ tron, cast }: Stage, campaign: Campaign, at: number): void {
  const { donation, collector, deposit } = campaign.tron
  tron.move(at, USDT, donation, collector, tron.balance(USDT, donation))
  const moved = tron.move(at + 1800, USDT, collector, deposit, tron.balance(USDT, collector))
  if (moved === undefined) return
  const exchange = cast.exchanges[2]!
  campaign.cashOuts.push({ service: exchange.id, address: deposit, units: moved.units })
  sweepTron(tron, at + 5400, exchange, deposit)
}

function planTronRefund(
  { agenda, tron, random }: Stage,
  note: (what: InflowClass, transfer: Transfer | undefined) => void,
  donation: string,
): void {
  const supplier = createAddress(random)
  agenda.add(fromDay(2025, 7, 10) + 8 * 3600, at => {
    tron.move(at, TRX, donation, supplier, 20_000_000n)
    tron.move(at + 600, USDT, donation, supplier, 300_000_000n)
  })
  agenda.add(fromDay(2025, 7, 12) + 8 * 3600, at =>
    note('refund', tron.move(at, USDT, supplier, donation, 300_000_000n)),
  )
}
