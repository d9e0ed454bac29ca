import { knowledge } from '../../attribution/attribution.ts'
import * as Addresses from '../../chain/address.ts'
import type { ControlEvent } from '../../chain/control-event.ts'
import {
  type Columns,
  listControlEvents,
  type Movement,
  movementsOf,
  type Totals,
  totalsOf,
} from '../../ledger/ledger.ts'
import * as Address from '../../model/address.ts'
import * as Amount from '../../model/amount.ts'
import { type Coverage, unread } from '../../model/coverage.ts'
import * as Instant from '../../model/instant.ts'
import type * as Network from '../../model/network.ts'
import { answering, ledgersOf } from '../ledger/ledgers.ts'
import type { Context, Operation } from '../operation.ts'
import { instantOf, networkOf } from '../when.ts'
import { type LabelJson, type ListingJson, labelJson, listingJson } from './label-json.ts'
import { type Messages, messagesOf } from './message.ts'

/** One address on one page: labels, designations, what the ledger shows of it, and what was read to say so. */
export type AddressAnswer = {
  readonly address: string
  readonly network: string
  readonly caip10: string
  readonly type: string
  readonly networks: readonly string[]
  readonly labels: readonly LabelJson[]
  readonly designations: readonly ListingJson[]
  /** Null: the ledger of this network was not read. That is not a zero. */
  readonly ledger: LedgerAnswer | null
  /** Only where any was told: who may act for it, or for whom it may act. Nobody of them is therefore a holder. */
  readonly control?: readonly ControlAnswer[]
  readonly coverage: Coverage
} & Messages

/** Kinds and what their parts mean: src/chain/control-event.ts. */
type ControlAnswer = Omit<ControlEvent, 'network' | 'time'> & { readonly time: string }

export type LedgerAnswer = {
  readonly received: readonly Amount.AmountJson[]
  readonly sent: readonly Amount.AmountJson[]
  /** Null where the address paid with value that was not read: then no balance can be said. */
  readonly balance: readonly Amount.AmountJson[] | null
  readonly transactions: number
  readonly first: string | null
  readonly last: string | null
  readonly movements: readonly MovementAnswer[]
}

type MovementAnswer = Omit<Movement, 'time' | 'received' | 'sent'> & {
  readonly time: string
  readonly received: Amount.AmountJson | null
  readonly sent: Amount.AmountJson | null
}

type Input = {
  readonly address: string
  readonly network?: string
  readonly offset: number
  readonly limit: number
  readonly asOf?: string
  readonly knownAt?: string
}

/** Most transactions on one page. */
const PAGE_MAX = 10_000

export const addressShow: Operation = {
  name: 'address show',
  summary: 'Show what is known of an address: labels, designations, transfers, coverage',
  access: 'read',
  fields: {
    address: { type: 'string', says: 'Address, plain or CAIP-10', positional: true, required: true },
    network: { type: 'string', says: 'Network, where the address may live on several' },
    offset: { type: 'integer', says: 'Leave out so many of the newest transactions', default: 0 },
    limit: { type: 'integer', says: `Show so many transactions (at most ${PAGE_MAX})`, default: 25 },
    asOf: { type: 'string', says: 'As it stood then (RFC 3339 or a day); default: now' },
    knownAt: { type: 'string', says: 'As it was known then; default: now' },
  },
  examples: [
    { command: 'athar address show 1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq', says: 'everything on one page' },
    { command: 'athar address show TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t --limit 100 --json', says: 'a longer page' },
  ],
  run: answering(show),
}

function show(input: Input, context: Context): AddressAnswer {
  const address = Addresses.from(input.address, input.network === undefined ? undefined : networkOf(input.network))
  const parsed = Addresses.parse(input.address)
  const at = onReadNetwork(address, parsed.ok ? parsed.networks : [], input.network !== undefined, context)
  const columns = ledgersOf(context).open(at.network)
  const ledger = columns === undefined ? null : ledgerAnswer(columns, at.address, input)
  return about(at, input, context, columns?.coverage() ?? unread(at.network), ledger, columns)
}

function about(
  at: Address.Address,
  input: Input,
  context: Context,
  coverage: Coverage,
  ledger: LedgerAnswer | null,
  columns?: Columns,
): AddressAnswer {
  const parsed = Addresses.parse(input.address)
  const now = context.clock()
  const asOf = instantOf('asOf', input.asOf) ?? now
  const knownAt = instantOf('knownAt', input.knownAt) ?? now
  const known = knowledge(context.store, { asOf, knownAt })
  return {
    address: at.address,
    network: at.network,
    caip10: Address.toCaip10(at),
    type: at.type,
    networks: parsed.ok ? parsed.networks : [at.network],
    labels: known.labelsOf(at.network, at.address).map(labelJson),
    designations: known.designationsOf(at.network, at.address).map(listingJson),
    ledger,
    ...controlAnswer(listControlEvents(context.store, at.network, at.address, { time: asOf, known: knownAt })),
    ...messagesOf(context.store, at, columns, { asOf, knownAt }),
    coverage: { ...coverage, lists: [...known.lists], labels: known.labelCount(at.network) },
  }
}

function controlAnswer(events: readonly ControlEvent[]): Pick<AddressAnswer, 'control'> {
  if (events.length === 0) return {}
  return { control: events.map(({ network: _, time, ...event }) => ({ ...event, time: Instant.format(time) })) }
}

/** Where nobody named a network, the first plausible one whose ledger was read; else the first plausible one. */
function onReadNetwork(
  address: Address.Address,
  networks: readonly Network.NetworkId[],
  named: boolean,
  context: Context,
): Address.Address {
  const ledgers = ledgersOf(context)
  if (named || ledgers.open(address.network) !== undefined) return address
  const read = networks.find(network => ledgers.open(network) !== undefined)
  return read === undefined ? address : (Addresses.on(address, read) ?? address)
}

function ledgerAnswer(columns: Columns, address: string, input: Input): LedgerAnswer {
  const row = columns.addresses.find(address)
  if (row === undefined) return EMPTY
  return told(totalsOf(columns, row), movementsOf(columns, row, input.offset, Math.min(input.limit, PAGE_MAX)))
}

const EMPTY: LedgerAnswer = {
  ...{ received: [], sent: [], balance: [], transactions: 0, first: null, last: null, movements: [] },
}

function told(totals: Totals, movements: readonly Movement[]): LedgerAnswer {
  const known = totals.balance.filter(amount => amount !== null)
  return {
    received: totals.received.map(amount => Amount.toJson(amount)),
    sent: totals.sent.map(amount => Amount.toJson(amount)),
    balance: known.length < totals.balance.length ? null : known.map(amount => Amount.toJson(amount)),
    transactions: totals.transactions,
    first: totals.first === null ? null : Instant.format(totals.first),
    last: totals.last === null ? null : Instant.format(totals.last),
    movements: movements.map(movementAnswer),
  }
}

function movementAnswer(movement: Movement): MovementAnswer {
  return {
    ...movement,
    time: Instant.format(movement.time),
    received: movement.received === null ? null : Amount.toJson(movement.received),
    sent: movement.sent === null ? null : Amount.toJson(movement.sent),
  }
}
