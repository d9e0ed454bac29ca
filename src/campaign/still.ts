import { isCustodial, type Knowledge, strongest } from '../attribution/attribution.ts'
import { type Columns, NONE, newestOf, timeOf, totalsOf, txidOf } from '../ledger/ledger.ts'
import * as Asset from '../model/asset.ts'
import type { Coverage } from '../model/coverage.ts'
import type { Instant } from '../model/instant.ts'
import { DAY_SECONDS } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import type { Member } from './member.ts'
import { serviceReason } from './service.ts'
import { type Habit, habitsOf, type Left } from './still-habit.ts'
import { type Lot, lotsOf, type Move, type Own, type Paid } from './still-lots.ts'

/**
 * What of a campaign's value can still be stopped: what lies at its addresses, and what has just come to a service,
 * each with who could hold it. docs/methods/still.md defines every word; version 1. Pure.
 */
export type Still = {
  readonly resting: readonly Resting[]
  readonly arrived: readonly Arrived[]
  readonly habits: readonly Habit[]
  readonly services: readonly Member[]
  readonly unseen: readonly Member[]
  /** Inputs of the set whose value nothing tells, and transfers of fake tokens. */
  readonly unread: number
  readonly impostors: number
  readonly coverage: readonly Coverage[]
}

/** Who could hold value where it lies. */
export type Control = {
  readonly kind: 'issuer' | 'exchange' | 'none'
  readonly who: string | null
  /** `stated`: by a label, the campaign's record or the token's contract; `inferred`: by its place in the graph. */
  readonly grade: 'stated' | 'inferred'
}

/** What an issuer has done about an address already; null: nothing that is known. */
export type Held = 'frozen' | 'asked' | null

/** Value of one asset at one address of the set. */
export type Resting = {
  readonly network: NetworkId
  readonly address: string
  readonly asset: Asset.Asset
  readonly units: bigint
  readonly control: Control
  readonly held: Held
  readonly lots: readonly RestingLot[]
}

export type RestingLot = {
  readonly units: bigint
  readonly txid: string | null
  /** Since when the set has it, and how long that is; null: since before what was read. */
  readonly since: Instant | null
  readonly age: number | null
  /** What usually remains at that age; null: the campaign's past does not say. */
  readonly left: Left | null
}

/** What the set paid to a service lately. */
export type Arrived = {
  readonly network: NetworkId
  readonly address: string
  readonly asset: Asset.Asset
  readonly units: bigint
  readonly txid: string
  readonly time: Instant
  readonly age: number
  readonly control: Control
  /** How much of it has not moved on from there at most; null: it lies pooled with what others paid. */
  readonly there: bigint | null
}

export type Question = {
  readonly until: Instant
  readonly knowledge: Knowledge
  readonly heldBy: (network: NetworkId, address: string, asset: Asset.Asset) => Held
}

/** How far back a payment to a service counts as just arrived. Ours: exchanges hold deposits for days, not months. */
export const ARRIVED_SECONDS = 30 * DAY_SECONDS

export function still(ledgers: readonly Columns[], members: readonly Member[], question: Question): Still {
  const resting: Resting[] = []
  const arrived: Arrived[] = []
  const moves: Move[] = []
  const services: Member[] = []
  const unseen = new Set(members)
  const lots: { columns: Columns; lot: Lot }[] = []
  let [unread, impostors] = [0, 0]
  for (const columns of ledgers) {
    const own = new Map<number, Member>()
    for (const member of members) {
      const row = member.network === columns.network ? columns.addresses.find(member.address) : undefined
      if (row === undefined) continue
      unseen.delete(member)
      if (serviceReason(columns, row, member, question.knowledge) === null) own.set(row, member)
      else services.push(member)
    }
    const found = lotsOf(columns, own, question.until)
    for (const move of found.moves) moves.push(move)
    for (const lot of found.resting) lots.push({ columns, lot })
    unread += found.unread
    impostors += found.impostors
    arrived.push(...arrivedOf(columns, own, found.paid, question))
  }
  const habits = habitsOf(moves)
  const places = Map.groupBy(lots, ({ lot }) => `${lot.member.address} ${Asset.key(lot.asset)}`)
  for (const own of places.values()) resting.push(restingOf(own[0]!.columns, own, habits, question))
  resting.sort((a, b) => compare(Asset.key(a.asset), Asset.key(b.asset)) || compare(b.units, a.units))
  arrived.sort((a, b) => b.time - a.time || compare(a.txid, b.txid))
  const networks = new Set(members.map(member => member.network))
  const coverage = ledgers.filter(columns => networks.has(columns.network)).map(columns => columns.coverage())
  return { resting, arrived, habits: [...habits.values()], services, unseen: [...unseen], unread, impostors, coverage }
}

function restingOf(
  columns: Columns,
  own: readonly { lot: Lot }[],
  habits: ReadonlyMap<string, Habit>,
  { until, knowledge, heldBy }: Question,
): Resting {
  const { member, asset } = own[0]!.lot
  const habit = habits.get(Asset.key(asset))
  const lots = own.map(({ lot: { units, since, transaction } }): RestingLot => {
    const age = since === null ? null : Math.max(0, until - since)
    const txid = transaction === null ? null : txidOf(columns, transaction)
    return { units, txid, since, age, left: age === null ? null : (habit?.leftAt(age) ?? null) }
  })
  lots.sort((a, b) => (b.since ?? -1) - (a.since ?? -1))
  const { network, address, hostedAt } = member
  return {
    ...{ network, address, asset, lots },
    units: lots.reduce((sum, lot) => sum + lot.units, 0n),
    control: controlOf(asset, hostedAt ?? custodian(knowledge, network, address)),
    held: heldBy(network, address, asset),
  }
}

/** An exchange stops more than one asset and answers faster than an issuer; where both could, it is named. */
function controlOf(asset: Asset.Asset, service: string | null): Control {
  if (service !== null) return { kind: 'exchange', who: service, grade: 'stated' }
  const issuer = issuerOf(asset)
  return issuer === null
    ? { kind: 'none', who: null, grade: 'stated' }
    : { kind: 'issuer', who: issuer, grade: 'stated' }
}

/** Who can freeze a token at its checked contract: tether.to and circle.com, the issuers' own pages. */
export function issuerOf(asset: Asset.Asset): string | null {
  if (asset.contract === null) return null
  const checked = Asset.token(asset.network, asset.contract)
  return checked === undefined ? null : checked.symbol === 'USDC' ? 'Circle' : 'Tether'
}

function custodian(knowledge: Knowledge, network: NetworkId, address: string): string | null {
  return strongest(knowledge.labelsOf(network, address).filter(isCustodial))?.name ?? null
}

function arrivedOf(columns: Columns, own: Own, paid: readonly Paid[], { until, knowledge }: Question): Arrived[] {
  const known = new Map<number, Control | null>()
  const balances = new Map<string, bigint | null>()
  // The newest first: what an address pays on is what it got first.
  return paid.toReversed().flatMap(({ asset, units, to, time, transaction, output }) => {
    if (until - time > ARRIVED_SECONDS) return []
    if (!known.has(to)) known.set(to, placeOf(columns, own, to, knowledge))
    const control = known.get(to)!
    if (control === null) return []
    const key = `${to} ${Asset.key(asset)}`
    if (!balances.has(key)) balances.set(key, balanceAt(columns, to, asset, control, until))
    const balance = balances.get(key)!
    const most = balance === null ? null : balance < units ? balance : units
    if (balance !== null) balances.set(key, balance - most!)
    const there = output === null ? most : outputAt(columns, output, until)
    const [address, txid] = [columns.addresses.format(to), txidOf(columns, transaction)]
    const age = Math.max(0, until - time)
    return [{ network: columns.network, address, asset, units, txid, time, age, control, there }]
  })
}

/** A labelled service, or an address that has paid nobody but one, as a deposit address does; null: neither. */
function placeOf(columns: Columns, own: Own, to: number, knowledge: Knowledge): Control | null {
  const named = (row: number): string | null => custodian(knowledge, columns.network, columns.addresses.format(row))
  const stated = named(to)
  if (stated !== null) return { kind: 'exchange', who: stated, grade: 'stated' }
  const payees = payeesOf(columns, to)
  if (payees === null || payees.size === 0) return null
  const names = new Set([...payees].map(row => (own.has(row) ? null : named(row))))
  const [only] = names
  return names.size === 1 && only != null ? { kind: 'exchange', who: only, grade: 'inferred' } : null
}

/** Transactions of one payee that are looked at: a deposit address has few. Ours. */
const TOUCHED_MAX = 1000

/** Everybody whom an address was seen to pay; null: too many transactions, or a payee is not known. */
function payeesOf(columns: Columns, row: number): Set<number> | null {
  const touched = newestOf(columns, row, TOUCHED_MAX + 1)
  if (touched.length > TOUCHED_MAX) return null
  const payees = new Set<number>()
  for (const transaction of touched) {
    if (columns.shape === 'account') {
      const { transactions, transfers } = columns
      const end = transactions.firstTransfer[transaction + 1]!
      for (let t = transactions.firstTransfer[transaction]!; t < end; t++) {
        const pays = transfers.from[t] === row && transfers.moves[t] === 1
        if (pays && transfers.to[t] !== NONE && transfers.to[t] !== row) payees.add(transfers.to[t]!)
      }
      continue
    }
    const { firstInput, firstOutput } = columns.transactions
    const payers = columns.inputs.address.subarray(firstInput[transaction], firstInput[transaction + 1])
    if (!payers.includes(row)) continue
    for (const to of columns.outputs.address.subarray(firstOutput[transaction], firstOutput[transaction + 1])) {
      if (to === NONE) return null
      if (to !== row) payees.add(to)
    }
  }
  return payees
}

function outputAt(columns: Columns, output: number, until: Instant): bigint {
  if (columns.shape !== 'utxo') return 0n
  const spender = columns.outputs.spender[output]!
  const spent = spender !== NONE && timeOf(columns, columns.inputs.transaction[spender]!) <= until
  return spent ? 0n : columns.outputs.units[output]!
}

/** Of an account that others fill too nothing can be told; of a deposit address, its balance is the most. */
function balanceAt(
  columns: Columns,
  row: number,
  asset: Asset.Asset,
  { grade }: Control,
  until: Instant,
): bigint | null {
  if (grade === 'stated' || columns.shape === 'utxo') return null
  const balances = totalsOf(columns, row, until).balance
  return balances.find(one => one !== null && Asset.equals(one.asset, asset))?.units ?? null
}

function compare<T extends string | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}
