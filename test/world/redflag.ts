import type { Random } from '../../src/std/random.ts'
import { createAddress } from '../../src/world/tron.ts'

/**
 * A Tron ledger made up from a seed in which red flags are planted, and beside each the innocent things that look like
 * it. Who is which is known: it is what rules over links are measured on. Written by the definitions of the rules, so a
 * planted flag that is found shows that the rule does what it says; the news is what else it fires on.
 */
export type RedFlags = {
  /** Lines of a transfers CSV, in order of time. */
  readonly transfers: string
  /** Addresses to look at, by what was planted. */
  readonly subjects: Readonly<Record<Kind, readonly string[]>>
  /** Donation addresses, with their property and the day since when it shows them. */
  readonly donations: readonly { readonly address: string; readonly publisher: string; readonly day: number }[]
  /** A tag pack: the services that are labelled. */
  readonly labels: string
  /** Energy lent: by whom, to whom, when. */
  readonly lent: readonly { readonly from: string; readonly to: string; readonly time: number }[]
}

export const KINDS = [
  // Rotation: planted, and what looks like it.
  ...(['published-anew', 'published-beside', 'swept-alike', 'swept-to-exchange', 'swept-to-shop'] as const),
  ...(['swept-side-by-side'] as const),
  // Gas sponsor: planted, and what looks like it.
  ...(['sponsored', 'sponsored-by-seller', 'sponsored-by-service', 'sponsored-unnamed'] as const),
  // Energy that one lends: planted, and what looks like it.
  ...(['lent', 'lent-and-funded', 'lent-by-seller', 'lent-by-service', 'lent-for-pay', 'lent-by-two'] as const),
  ...(['lent-unnamed'] as const),
  // Inflow after an event: planted, and the same without.
  ...(['risen', 'steady', 'growing'] as const),
  'crowd',
] as const

export type Kind = (typeof KINDS)[number]

export const EVENT = '2024-04-10'
const DAY = 86_400
const START = Date.parse('2024-01-01T00:00:00Z') / 1000
const EVENT_DAY = (Date.parse(EVENT) / 1000 - START) / DAY
const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'

type Stage = {
  readonly random: Random
  pay(day: number, from: string, to: string, usdt: number): void
  fuel(day: number, from: string, to: string): void
  lend(day: number, from: string, to: string): void
  address(): string
}

export function plant(random: Random, each: number): RedFlags {
  const rows: { at: number; line: (height: number) => string }[] = []
  const add = (day: number, from: string, to: string, amount: number, asset: string, contract: string): void => {
    const at = Math.floor(START + DAY * day)
    const txid = (rows.length + 1).toString(16).padStart(64, '0')
    const time = new Date(1000 * at).toISOString().replace('.000', '')
    const kind = `tron,${asset},${contract},${txid},0,${contract === '' ? -1 : 0},transfer,ok`
    rows.push({ at, line: height => `${kind},${height},${time},${from},${to},${amount.toFixed(6)}` })
  }
  const stage: Stage = {
    random,
    pay: (day, from, to, usdt) => add(day, from, to, usdt, 'USDT', USDT),
    fuel: (day, from, to) => add(day, from, to, 20 + random.below(80), 'TRX', ''),
    lend: (day, from, to) => lent.push({ from, to, time: Math.floor(START + DAY * day) }),
    address: () => createAddress(random),
  }
  const subjects = Object.fromEntries(KINDS.map(kind => [kind, [] as string[]])) as Record<Kind, string[]>
  const donations: RedFlags['donations'][number][] = []
  const services: { address: string; category: string }[] = []
  const lent: RedFlags['lent'][number][] = []
  for (let k = 0; k < each; k++) {
    plantPublished(stage, subjects, donations, k)
    plantSweeps(stage, subjects, services)
    plantSponsors(stage, subjects, donations, services, k)
    plantInflow(stage, subjects)
  }
  plantCrowd(stage, subjects, 6 * each)
  for (let k = 0; k < each; k++) plantLent(stage, subjects, donations, services, k)
  rows.sort((a, b) => a.at - b.at)
  const head = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount'
  return {
    ...{ subjects, donations, lent },
    transfers: `${[head, ...rows.map(({ line }, k) => line(1000 + k))].join('\n')}\n`,
    labels: labelsOf(services),
  }
}

/** A property that shows a new address; the old one is given to no longer, or as before. */
function plantPublished(
  { random, pay, address }: Stage,
  subjects: Record<Kind, string[]>,
  donations: RedFlags['donations'][number][],
  k: number,
): void {
  for (const kind of ['published-anew', 'published-beside'] as const) {
    const [old, fresh, publisher] = [address(), address(), `t.me/${kind}-${k}`]
    const day = 60 + random.below(40)
    donations.push({ address: old, publisher, day: 1 }, { address: fresh, publisher, day })
    // Given to every few days, the last time within a week of the new one, or on and on.
    for (let at = 5; at < day - 2; at += 1 + 4 * random.next()) pay(at, address(), old, 10 + random.below(200))
    pay(day - 2 + 4 * random.next(), address(), old, 50)
    if (kind === 'published-beside')
      for (let at = day + 4; at < 160; at += 1 + 4 * random.next()) pay(at, address(), old, 10 + random.below(200))
    for (let at = day + 1; at < 160; at += 1 + 4 * random.next()) pay(at, address(), fresh, 10 + random.below(200))
    subjects[kind].push(fresh)
  }
}

/** Two addresses that empty into one place, one after the other; the place is private, an exchange's, or a shop's. */
function plantSweeps(
  { random, pay, address }: Stage,
  subjects: Record<Kind, string[]>,
  services: { address: string; category: string }[],
): void {
  for (const kind of ['swept-alike', 'swept-to-exchange', 'swept-to-shop', 'swept-side-by-side'] as const) {
    const [one, two, place] = [address(), address(), address()]
    const day = 50 + random.below(40)
    const beside = kind === 'swept-side-by-side'
    emptied(one, place, 5, beside ? 140 : day)
    emptied(two, place, beside ? 20 : day + 5 * random.next(), 140)
    if (kind === 'swept-to-exchange') services.push({ address: place, category: 'exchange' })
    if (kind === 'swept-to-shop')
      for (let n = 0; n < 20; n++) pay(10 + 120 * random.next(), address(), place, 5 + random.below(100))
    subjects[kind].push(two)
  }

  function emptied(from: string, to: string, since: number, until: number): void {
    for (let at = since; at + 1.5 < until; at += 6 + 4 * random.next()) {
      pay(at, address(), from, 100 + random.below(400))
      pay(at + 1, from, to, 95 + random.below(5))
    }
    pay(until - 1, address(), from, 100)
    pay(until, from, to, 100)
  }
}

/** Who pays the fees: a private payer of this and of a donation address, a seller of energy, a wallet's service. */
function plantSponsors(
  { random, pay, fuel, address }: Stage,
  subjects: Record<Kind, string[]>,
  donations: RedFlags['donations'][number][],
  services: { address: string; category: string }[],
  k: number,
): void {
  const kinds = ['sponsored', 'sponsored-by-seller', 'sponsored-by-service', 'sponsored-unnamed'] as const
  for (const kind of kinds) {
    const [payer, one, two] = [address(), address(), address()]
    for (const own of [one, two]) {
      const day = 10 + random.below(50)
      fuel(day, payer, own)
      for (let at = day + 1; at < 150; at += 10 + 10 * random.next()) {
        pay(at, address(), own, 100 + random.below(100))
        pay(at + 2, own, address(), 50)
      }
    }
    if (kind !== 'sponsored-unnamed') donations.push({ address: one, publisher: `t.me/${kind}-${k}`, day: 20 })
    if (kind === 'sponsored-by-seller') for (let n = 0; n < 30; n++) fuel(10 + random.below(100), payer, address())
    if (kind === 'sponsored-by-service') services.push({ address: payer, category: 'wallet_service' })
    subjects[kind].push(two)
  }
}

/** Who lends the energy: one private owner of staked coins, a seller of it, a wallet's service, or two people. */
function plantLent(
  { random, pay, fuel, lend, address }: Stage,
  subjects: Record<Kind, string[]>,
  donations: RedFlags['donations'][number][],
  services: { address: string; category: string }[],
  k: number,
): void {
  const kinds = ['lent', 'lent-and-funded', 'lent-by-seller', 'lent-by-service', 'lent-for-pay', 'lent-by-two'] as const
  for (const kind of [...kinds, 'lent-unnamed'] as const) {
    const [lender, one, two] = [address(), address(), address()]
    for (const own of [one, two]) {
      const first = 10 + random.below(50)
      // Coins come from many sides: they tie it to nobody. Or the lender gives one of the two its coins instead.
      if (kind === 'lent-and-funded' && own === one) fuel(first, lender, own)
      else for (let n = 0; n < 2; n++) fuel(first - 2 + n, address(), own)
      for (let at = first + 1; at < 150; at += 10 + 10 * random.next()) {
        if (kind === 'lent-for-pay') fuel(at, own, lender)
        if (kind !== 'lent-and-funded' || own === two) lend(at + 0.01, lender, own)
        pay(at + 0.5, address(), own, 100 + random.below(100))
        pay(at + 2, own, address(), 50)
      }
      if (kind === 'lent-by-two') lend(first + 1, address(), own)
    }
    if (kind !== 'lent-unnamed') donations.push({ address: one, publisher: `t.me/${kind}-${k}`, day: 20 })
    if (kind === 'lent-by-seller') for (let n = 0; n < 30; n++) lend(10 + random.below(100), lender, address())
    if (kind === 'lent-by-service') services.push({ address: lender, category: 'wallet_service' })
    subjects[kind].push(two)
  }
}

/** Gifts day by day; three times as many for a fortnight after the event, as many as ever, or slowly more all along. */
function plantInflow({ random, pay, address }: Stage, subjects: Record<Kind, string[]>): void {
  for (const kind of ['risen', 'steady', 'growing'] as const) {
    const own = address()
    for (let day = 0; day < 130; day++) {
      const isAfter = day >= EVENT_DAY && day < EVENT_DAY + 14
      const mean = kind === 'risen' && isAfter ? 6 : kind === 'growing' ? 1 + day / 65 : 2
      for (let left = mean + random.next() * 2 - 1; left > 0; left -= 1) {
        if (random.next() < Math.min(1, left)) pay(day + random.next(), address(), own, 5 + random.below(120))
      }
    }
    subjects[kind].push(own)
  }
}

/** People who pay each other at random. */
function plantCrowd({ random, pay, fuel, address }: Stage, subjects: Record<Kind, string[]>, people: number): void {
  const all = Array.from({ length: people }, address)
  for (let n = 0; n < 12 * people; n++) {
    const [from, to] = [random.pick(all), random.pick(all)]
    if (from !== to)
      n % 4 === 0 ? fuel(150 * random.next(), from, to) : pay(150 * random.next(), from, to, 1 + random.below(300))
  }
  subjects.crowd.push(...all)
}

function labelsOf(services: readonly { address: string; category: string }[]): string {
  const head =
    'title: services\ncreator: test\nsource: test\nconfidence: forensic\ncurrency: TRX\nlastmod: 2024-01-01\ntags:\n'
  return head + services.map(({ address, category }, k) => tag(address, category, k)).join('')
}

function tag(address: string, category: string, k: number): string {
  return `- address: ${address}\n  label: Service ${k} (SYNTHETIC)\n  category: ${category}\n`
}
