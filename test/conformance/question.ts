import type { Knowledge } from '../../src/attribution/attribution.ts'
import * as Campaign from '../../src/campaign/campaign.ts'
import * as Address from '../../src/chain/address.ts'
import type { BridgeEvent } from '../../src/chain/bridge-event.ts'
import * as Key from '../../src/chain/key.ts'
import { measure } from '../../src/exposure/exposure.ts'
import {
  type AccountColumns,
  activityOf,
  type Columns,
  KINDS,
  movementsOf,
  NONE,
  neighboursOf,
  newestOf,
  paymentsBetween,
  totalsOf,
  txidOf,
  unitsOf,
} from '../../src/ledger/ledger.ts'
import * as Asset from '../../src/model/asset.ts'
import type { Transfer } from '../../src/model/transaction.ts'
import type { Random } from '../../src/std/random.ts'
import {
  bridgesOf,
  declare,
  findTransaction,
  fundingOf,
  nearestService,
  offramps,
  onward,
  path,
  run,
} from '../../src/trace/trace.ts'

/**
 * Everything that is asked of a ledger of transfers, as one question about one address each: wherever the ledger lies,
 * the whole answers are the same.
 */
export type Question = { readonly name: string; readonly ask: (columns: Columns) => unknown }

const USDT = Asset.token('tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')!
const TRX = Asset.coin('tron')

export function namesOf(count: number): string[] {
  return Array.from({ length: count }, (_, n) => {
    return Address.fromKey('tron', Key.TRON, new Uint8Array(20).fill(n + 1)).address
  })
}

export function knowledgeOf(labelled: Readonly<Record<string, Category>>): Knowledge {
  return {
    labelsOf(network, address) {
      const category = labelled[address]
      if (category === undefined) return []
      const rest = { entity: null, role: null, confidence: { id: 'test', level: 50 }, source: 'test', citations: [] }
      return [{ network, address, name: category, category, ...rest }]
    },
    ...{ designationsOf: () => [], lists: [], labelCount: () => Object.keys(labelled).length },
  }
}

type Category = 'exchange' | 'dex' | 'mixer' | 'scam' | 'bridge'

/** The time at which everything in these worlds has happened. */
export const END = 1_700_100_000

export function questionsOf(columns: Columns, names: readonly string[], knowledge: Knowledge, k: number): Question[] {
  const [address, other, third] = [0, 3, 5].map(step => names[(k + step) % names.length]!) as [string, string, string]
  const rowOf = (at: Columns) => at.addresses.find(address)
  const half = 1_700_000_000 + 3 * Math.floor(columns.transactions.count / 6)
  const txid = txidOf(columns, movingFrom(columns as AccountColumns, 37 * k))
  const declared = declare({ direction: 'forward', hops: 3, to: END })
  const members = [address, other].map(one => Campaign.asserted('tron', one))
  const events = eventsOf(columns as AccountColumns, knowledge)
  const seen = (ask: (at: Columns, row: number) => unknown) => (at: Columns) => {
    const row = rowOf(at)
    return row === undefined ? null : ask(at, row)
  }
  return [
    { name: 'totals', ask: seen((at, row) => [totalsOf(at, row), totalsOf(at, row, half), totalsOf(at, row, 5)]) },
    { name: 'movements', ask: seen((at, row) => [movementsOf(at, row, 0, 7), movementsOf(at, row, 5, 100)]) },
    { name: 'activity', ask: seen(activityOf) },
    { name: 'newest', ask: seen((at, row) => [1, 4, 500].map(n => idsOf(at, newestOf(at, row, n)))) },
    { name: 'touching', ask: seen((at, row) => idsOf(at, at.addresses.transactionsOf(row))) },
    { name: 'neighbours', ask: seen((at, row) => neighboursIn(at, row, half)) },
    { name: 'between', ask: seen((at, row) => betweenIn(at, row, other)) },
    { name: 'funding', ask: at => fundingOf(at, knowledge, address) },
    { name: 'path', ask: at => [other, third, NOWHERE].map(to => path(at, knowledge, address, to)) },
    { name: 'path back', ask: at => path(at, knowledge, other, address, 25) },
    { name: 'nearest', ask: at => [nearestService(at, knowledge, address), nearestService(at, knowledge, third, 9)] },
    { name: 'trace', ask: at => run(at, knowledge, [address, NOWHERE], declared) },
    { name: 'offramps', ask: at => offramps(at, knowledge, run(at, knowledge, [address], declared)) },
    { name: 'outpoint', ask: at => run(at, knowledge, [`${txid}:0`], declare({ direction: 'backward', hops: 2 })) },
    { name: 'transaction', ask: at => findTransaction(at, txid) !== undefined },
    { name: 'exposure', ask: at => [0, 1, 4].map(hops => exposureIn(at, knowledge, address, half, hops)) },
    ...(['forward', 'backward'] as const).map(direction => ({
      name: `${direction} over bridges`,
      ask: (at: Columns) => bridgedIn(at, knowledge, address, direction, events),
    })),
    { name: 'receipts', ask: at => Campaign.measure([at], members, knowledge) },
    { name: 'still', ask: at => stillIn(at, knowledge, members, half) },
  ]
}

/** What a bridge would tell of each payment to it and by it. */
function eventsOf({ transfers, transactions, addresses, ...columns }: AccountColumns, knowledge: Knowledge) {
  const base = { protocol: 'layerzero-oft', network: 'tron', logIndex: 9, token: null } as const
  const far = { farChain: '30101', farParty: null, farUnits: null }
  const isBridge = (row: number) =>
    row !== NONE && knowledge.labelsOf('tron', addresses.format(row)).some(label => label.category === 'bridge')
  const nameOf = (row: number) => (row === NONE ? null : addresses.format(row))
  const events: BridgeEvent[] = []
  for (let row = 0; row < transfers.count; row++) {
    const [from, to, t] = [transfers.from[row]!, transfers.to[row]!, transfers.transaction[row]!]
    if (transfers.moves[row] === 0 || transfers.kind[row] === FEE || isBridge(from) === isBridge(to)) continue
    const side = isBridge(to) ? ('sent' as const) : ('received' as const)
    const [contract, party] = side === 'sent' ? [nameOf(to)!, nameOf(from)] : [nameOf(from)!, nameOf(to)]
    const place = { txid: txidOf({ transactions, transfers, addresses, ...columns }, t), id: `${row}` }
    const when = { height: transactions.height[t]!, time: transactions.time[t]! }
    events.push({ ...base, ...place, ...far, ...when, side, contract, party, units: unitsOf(transfers.units, row) })
  }
  return events
}

/** Exits name rows of the columns that were walked: here their transactions. */
function bridgedIn(
  columns: Columns,
  knowledge: Knowledge,
  address: string,
  direction: 'forward' | 'backward',
  events: readonly BridgeEvent[],
) {
  const bridges = bridgesOf(
    side => events.filter(one => one.side === side).map(one => one.txid),
    txid => events.filter(one => one.txid === txid),
  )
  const declared = declare({ direction, hops: 4 })
  const { exits = [], ...found } = run(columns, knowledge, [address], declared, undefined, bridges)
  const plain = (list: typeof exits) => list.map(({ row: _, ...exit }) => exit)
  // What left comes in again by payments of the other side, as if they were on another network.
  const arrivals = events.filter(one => one.side !== (direction === 'forward' ? 'sent' : 'received')).slice(0, 3)
  const entries = exits.slice(0, 3).flatMap(({ parcels }, k) => {
    const row = arrivals[k] === undefined ? undefined : rowOf(columns as AccountColumns, arrivals[k])
    return row === undefined ? [] : [{ row, parcels }]
  })
  const over = onward(columns as AccountColumns, knowledge, declared, entries, bridges)
  const { exits: further = [], ...rest } = over.found
  return {
    ...found,
    exits: plain(exits),
    onward: { ...rest, exits: plain(further) },
    left: over.left.map(one => one.why),
  }
}

function rowOf(columns: AccountColumns, { txid, side, contract, units }: BridgeEvent): number | undefined {
  const { transfers, transactions, addresses } = columns
  const transaction = findTransaction(columns, txid)
  if (transaction === undefined) return undefined
  const near = side === 'sent' ? transfers.to : transfers.from
  for (let row = transactions.firstTransfer[transaction]!; row < transactions.firstTransfer[transaction + 1]!; row++) {
    const isIt = near[row] !== NONE && addresses.format(near[row]!) === contract
    if (transfers.moves[row] === 1 && isIt && unitsOf(transfers.units, row) === units) return row
  }
  return undefined
}

/** The first transaction from there on that moves value: what only failed is not found by its id. */
function movingFrom({ transactions, transfers }: AccountColumns, from: number): number {
  for (let t = from % transactions.count; t < transactions.count; t++) {
    const [first, end] = [transactions.firstTransfer[t]!, transactions.firstTransfer[t + 1]!]
    if (transfers.moves.subarray(first, end).some((moves, i) => moves === 1 && transfers.kind[first + i] !== FEE))
      return t
  }
  return 0
}

const FEE = KINDS.indexOf('fee')

const NOWHERE = Address.fromKey('tron', Key.TRON, new Uint8Array(20).fill(251)).address

function idsOf(columns: Columns, transactions: Uint32Array): string[] {
  return Array.from(transactions, transaction => txidOf(columns, transaction))
}

function neighboursIn(columns: Columns, row: number, half: number) {
  const base = { rows: [row], counts: () => true, groupOf: (one: number) => one }
  const asked = [
    { direction: 'in', from: null, to: null, limit: 1000 },
    { direction: 'out', from: null, to: null, limit: 12 },
    { direction: 'out', from: null, to: half, limit: 5 },
  ] as const
  return asked.map(one => {
    const { list, truncated } = neighboursOf(columns, { ...base, ...one })
    const named = list.map(({ row: at, ...rest }) => {
      return { ...rest, address: at === null ? null : columns.addresses.format(at) }
    })
    return { truncated, list: named.sort((a, b) => ((a.address ?? '') < (b.address ?? '') ? -1 : 1)) }
  })
}

function betweenIn(columns: Columns, row: number, other: string) {
  const to = columns.addresses.find(other)
  const question = {
    ...({ rows: [row], direction: 'out', from: null, to: null, counts: () => true } as const),
    ...{ groupOf: (one: number) => one, limit: 30 },
  }
  const { list, truncated } = paymentsBetween(columns, question, to ?? -1)
  return { truncated, list: list.map(({ transaction, ...rest }) => ({ ...rest, txid: txidOf(columns, transaction) })) }
}

function exposureIn(columns: Columns, knowledge: Knowledge, address: string, asOf: number, hops: number) {
  return measure({ columns, knowledge, network: 'tron', address, asOf, hops })
}

function stillIn(columns: Columns, knowledge: Knowledge, members: readonly Campaign.Member[], until: number) {
  const found = Campaign.still([columns], members, { until, knowledge, heldBy: () => null })
  return Campaign.stillAnswer(found, until, null, members.length)
}

/** Transfers of one to three to a transaction: payments, fees, failures, permissions, minting, and what swaps pay. */
export function worldOf(random: Random, count: number, names: readonly string[], swaps: readonly string[]): Transfer[] {
  const rows: Transfer[] = []
  for (let t = 0; t < count; t++) {
    const place = {
      txid: (t + 1).toString(16).padStart(64, `${t % 9}`),
      txIndex: t % 3,
      height: 10 + Math.floor(t / 3),
    }
    const base = { ...place, time: 1_700_000_000 + 3 * place.height, status: 'ok' as const }
    const pick = () => names[Math.min(random.below(names.length), random.below(names.length))]!
    const payer = pick()
    for (let k = 0; k <= random.below(3); k++) {
      const asset = random.below(2) === 0 ? USDT : TRX
      const kind = (['transfer', 'transfer', 'transfer', 'internal', 'approve'] as const)[random.below(5)]!
      const from = random.below(25) === 0 ? null : random.below(4) === 0 ? pick() : payer
      const [to, units] = [pick(), BigInt(random.below(20) === 0 ? 0 : 1 + random.below(1_000_000))]
      const status = random.below(12) === 0 ? ('failed' as const) : base.status
      rows.push({ ...base, status, logIndex: 2 * k, kind, from, to, asset, units })
      if (from !== null && status === 'ok' && kind === 'transfer' && swaps.includes(to)) {
        const back = { asset: asset === USDT ? TRX : USDT, units: BigInt(1 + random.below(99)) }
        rows.push({ ...base, logIndex: 2 * k + 1, kind, from: to, to: from, ...back })
      }
    }
    if (random.below(4) === 0)
      rows.push({ ...base, logIndex: -1, kind: 'fee', from: payer, to: null, asset: TRX, units: 7n })
  }
  return rows
}
