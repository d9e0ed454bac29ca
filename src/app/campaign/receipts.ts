import * as Attribution from '../../attribution/attribution.ts'
import * as Campaign from '../../campaign/campaign.ts'
import * as Address from '../../chain/address.ts'
import * as Ledger from '../../ledger/ledger.ts'
import * as Asset from '../../model/asset.ts'
import { unread } from '../../model/coverage.ts'
import type { Instant } from '../../model/instant.ts'
import type * as Network from '../../model/network.ts'
import { Failure } from '../../std/failure.ts'
import type { Store } from '../../store/store.ts'
import { answering, ledgersOf } from '../ledger/ledgers.ts'
import type { Context, Operation } from '../operation.ts'
import { endOf, instantOf } from '../when.ts'

type Input = {
  readonly name?: string
  readonly addresses?: string
  readonly by: Campaign.By
  readonly asOf?: string
  readonly knownAt?: string
}

export const campaignReceipts: Operation = {
  name: 'campaign receipts',
  summary: 'Tell what a campaign or a set of addresses took in, in classes that sum to the inflow',
  access: 'read',
  fields: {
    name: { type: 'string', says: 'A campaign', positional: true },
    addresses: { type: 'string', says: 'Addresses instead, with commas between: you say that they belong together' },
    by: { type: 'string', says: 'What the periods are', choices: Campaign.bys, default: 'month' },
    asOf: { type: 'string', says: 'Count until this day, and judge by labels valid then' },
    knownAt: { type: 'string', says: 'With what was known at this time' },
  },
  examples: [
    { command: 'athar campaign receipts winter', says: 'its receipts by month' },
    {
      command: 'athar campaign receipts --addresses 1BoatSLRHtKNngkdXEeobR76b53LETtpyT --by year --json',
      says: 'a set of one',
    },
  ],
  list: 'periods',
  print: (answer: Campaign.Answer) => lines(answer),
  run: answering(receipts),
}

/** Limit on the addresses of one question. */
const ADDRESSES_MAX = 10_000

/** What the report asks too: the figures with their rows, each with its transaction. */
export type Measured = {
  readonly receipts: Campaign.Receipts
  readonly answer: Campaign.Answer
  /** The same of some of the rows. */
  answerOf(rows: Campaign.Receipts['rows']): Campaign.Answer
}

export function receipts(input: Input, context: Context): Campaign.Answer {
  return measured(input, context).answer
}

export function measured(input: Input, context: Context): Measured {
  const { store, clock } = context
  const at = ledgersOf(context)
  const asOf = input.asOf === undefined ? clock() : endOf('asOf', input.asOf)
  const knownAt = instantOf('knownAt', input.knownAt)
  const knowledge = Attribution.knowledge(store, { asOf, knownAt: knownAt ?? clock() })
  const members = membersOf(input, context, knowledge, knownAt)
  const networks = [...new Set(members.map(member => member.network))]
  const ledgers = networks.map(network => at.open(network, knownAt)).filter(one => one !== undefined)
  const found = Campaign.measure(ledgers, members, knowledge, input.asOf === undefined ? undefined : asOf)
  const prices = Ledger.prices(store, knownAt)
  const answerOf = (rows: Campaign.Receipts['rows']) => Campaign.answer({ ...found, rows }, asked)
  const asked: Campaign.AnswerAsked = {
    ...{ campaign: input.name ?? null, addresses: members.length, by: input.by },
    priceOf: (asset, day) => (Asset.isPriced(asset) ? prices.on(asset.symbol, day) : undefined),
    countryOf: label => countryOf(store, label, knownAt ?? clock()),
  }
  return { receipts: found, answer: withUnread(answerOf(found.rows), networks, knowledge), answerOf }
}

/** Networks of which nothing was read are named, and each coverage tells the lists and labels that were asked. */
function withUnread(
  answer: Campaign.Answer,
  networks: readonly Network.NetworkId[],
  knowledge: Attribution.Knowledge,
): Campaign.Answer {
  const read = new Set(answer.coverage.map(coverage => coverage.network))
  const missing = networks.filter(network => !read.has(network))
  const coverage = [...answer.coverage, ...missing.map(unread)].map(one => ({
    ...one,
    lists: [...knowledge.lists],
    labels: knowledge.labelCount(one.network as Network.NetworkId),
  }))
  const notes = missing.map(network => `the ledger of ${network} was not read: nothing is said of its addresses`)
  return { ...answer, coverage, notes: [...answer.notes, ...notes] }
}

/** The set that was asked about. Failures: Campaign.WhichSet, .NoAddresses, .TooManyAddresses. */
export function membersOf(
  { name, addresses }: Pick<Input, 'name' | 'addresses'>,
  context: Pick<Context, 'store' | 'ledgers'>,
  knowledge: Attribution.Knowledge,
  knownAt: Instant | undefined,
): Campaign.Member[] {
  if ((name === undefined) === (addresses === undefined)) throw oneOfTwo()
  if (name !== undefined) {
    const linked = Campaign.from(context.store, name, knownAt).addresses
    const inside = linked.filter(one => !Campaign.outsideRoles.has(one.role))
    if (inside.length === 0) throw noAddresses(name)
    return inside.map(one => Campaign.toMember(one, knowledge))
  }
  const texts = addresses!.split(/[,\s]+/).filter(text => text !== '')
  if (texts.length === 0) throw oneOfTwo()
  if (texts.length > ADDRESSES_MAX) throw tooMany(texts.length)
  const read = new Set(ledgersOf(context).networks())
  const members = texts.flatMap(text => {
    return onNetworks(text, read).map(({ network, address }) => {
      return Campaign.withOrders(Campaign.asserted(network, address), knowledge)
    })
  })
  return [...new Map(members.map(member => [`${member.network} ${member.address}`, member])).values()]
}

/** An address on each network that reads it and has a ledger; where none has, on the one that it is likeliest of. */
function onNetworks(text: string, read: ReadonlySet<Network.NetworkId>) {
  const first = Address.from(text)
  const parsed = Address.parse(text)
  const plausible = parsed.ok ? parsed.networks.filter(network => read.has(network)) : []
  const found = plausible.map(network => Address.on(first, network)).filter(address => address !== undefined)
  return found.length === 0 ? [first] : found
}

/** The one jurisdiction that the label's actor has in its pack; null where there is none or several. */
function countryOf(store: Store, label: Attribution.Label, knownAt: Instant): string | null {
  const actor = label.entity === null ? undefined : Attribution.actor(store, label.entity, knownAt)
  return actor?.jurisdictions.length === 1 ? actor.jurisdictions[0]! : null
}

function lines({ lower, upper, classes, transactions, first, last, periods, notes }: Campaign.Answer): string {
  const amount = (one: Campaign.Answer['lower'][number]) => {
    return `${one.value} ${one.asset} (${one.network}${one.usd === null ? '' : `, ${one.usd.value} USD`})`
  }
  const some = Object.entries(classes).flatMap(([name, list]) => {
    return list.filter(one => one.amount !== '0').map(one => `  ${name.padEnd(18)} ${amount(one)}`)
  })
  return [
    ...lower.map((one, i) => `Receipts: at least ${amount(one)}, at most ${amount(upper[i]!)}`),
    `${transactions} transactions${first === null ? '' : `, from ${first} to ${last}`}`,
    ...some,
    ...periods.map(one => `  ${one.period}  ${one.amount.map(amount).join(', ')}`),
    ...notes.map(note => `Note: ${note}.`),
  ].join('\n')
}

function oneOfTwo(): Failure {
  return new Failure(
    'Campaign.WhichSet',
    'usage',
    'Receipts are asked of a campaign, or of addresses: name one of the two.',
    {
      hint: '`athar campaign receipts NAME`, or `athar campaign receipts --addresses A,B`.',
      facts: {},
    },
  )
}

function noAddresses(name: string): Failure {
  return new Failure('Campaign.NoAddresses', 'missing', `No address that takes money in is linked to “${name}”.`, {
    hint: 'Link some with `athar campaign link`.',
    facts: { campaign: name },
  })
}

function tooMany(count: number): Failure {
  return new Failure(
    'Campaign.TooManyAddresses',
    'limit',
    `${count} addresses were given; the limit is ${ADDRESSES_MAX}.`,
    {
      hint: 'Link them to a campaign, or ask in parts.',
      facts: { count, limit: ADDRESSES_MAX },
    },
  )
}
