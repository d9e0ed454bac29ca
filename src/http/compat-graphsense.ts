import type { FastifyInstance } from 'fastify'
import type { NeighboursAnswer } from '../app/follow/neighbours.ts'
import type { AddressAnswer, LedgerAnswer } from '../app/screen/address.ts'
import type { AmountJson } from '../model/amount.ts'
import type { NetworkId } from '../model/network.ts'
import { sha256Hex } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import { type Ask, send } from './compat-ask.ts'

/**
 * GraphSense's `/{currency}/addresses/{address}` with `/txs`, `/neighbors` and `/tags` (REST 1.15). What is not known
 * stays out where the shape lets it, else null; `status` is `dirty` (GraphSense's word for "may still change"), never
 * `clean`, which a reader would take for a finding; `athar` holds the coverage.
 */
export function addGraphSense(app: FastifyInstance, ask: Ask): void {
  type Route = { Params: { currency: string; address: string }; Querystring: Record<string, string> }
  const base = '/:currency/addresses/:address'
  app.get<Route>(base, async ({ params }, reply) => {
    const { answer, ledger, currency } = await lookUp(ask, params, { limit: 1 })
    const [inward, outward] = await Promise.all([degree(ask, answer, 'in'), degree(ask, answer, 'out')])
    return send(
      reply,
      { ...(await describe(ask, answer, ledger, currency)), in_degree: inward, out_degree: outward },
      asideOf(answer),
    )
  })
  app.get<Route>(`${base}/txs`, async ({ params, query }, reply) => {
    const { offset, size } = pageOf(query)
    const { answer, ledger, currency } = await lookUp(ask, params, { offset, limit: size })
    const rows = ledger.movements
      .flatMap(movement => txOf(movement, answer, currency))
      .filter(one => isWanted(one, query, answer.address))
    const ordered = query['order'] === 'asc' ? rows.toReversed() : rows
    const next = offset + size < ledger.transactions ? { next_page: String(offset + size) } : {}
    return send(reply, { address_txs: ordered, ...next, athar: aside(answer) }, asideOf(answer))
  })
  app.get<Route>(`${base}/neighbors`, async ({ params, query }, reply) => {
    const direction = query['direction']
    if (direction !== 'in' && direction !== 'out') throw badQuery('direction', direction ?? '')
    const { answer, currency } = await lookUp(ask, params, { limit: 1 })
    const { size } = pageOf(query)
    const found = await neighbours(ask, answer, direction, Math.min(size, NEIGHBOURS_MAX), query['page'])
    const rows = await Promise.all(found.neighbours.map(one => neighborOf(ask, one, answer.network, currency)))
    const next = found.cursor === null ? {} : { next_page: found.cursor }
    return send(reply, { neighbors: rows.filter(one => one !== null), ...next, athar: aside(answer) }, asideOf(answer))
  })
  app.get<Route>(`${base}/tags`, async ({ params }, reply) => {
    const { answer, currency } = await lookUp(ask, params, { limit: 1 }, false)
    return send(
      reply,
      { address_tags: answer.labels.map(label => tagOf(label, currency)), athar: aside(answer) },
      asideOf(answer),
    )
  })
}

/** Rows of a page of neighbours: each is looked up by itself. */
const NEIGHBOURS_MAX = 50

/** Most rows that one page may ask for. */
const PAGE_MAX = 100

/** Each currency of GraphSense that Athar reads. */
const CURRENCIES: ReadonlyMap<string, NetworkId> = new Map([
  ['btc', 'bitcoin'],
  ['ltc', 'litecoin'],
  ['eth', 'ethereum'],
  ['trx', 'tron'],
])

type Found = { answer: AddressAnswer; ledger: LedgerAnswer; currency: string }

async function lookUp(
  ask: Ask,
  { currency, address }: { currency: string; address: string },
  page: { offset?: number; limit: number },
  isRead = true,
): Promise<Found> {
  const network = CURRENCIES.get(currency)
  if (network === undefined) throw unknownCurrency(currency)
  const answer = await ask<AddressAnswer>('address show', { address, network, ...page })
  if (isRead && (answer.ledger === null || answer.ledger.transactions === 0)) throw unseen(answer)
  return { answer, ledger: answer.ledger!, currency }
}

async function describe(ask: Ask, answer: AddressAnswer, ledger: LedgerAnswer, currency: string): Promise<object> {
  const { address } = answer
  const first = await ask<AddressAnswer>('address show', {
    address,
    network: answer.network,
    offset: ledger.transactions - 1,
    limit: 1,
  })
  const coin = (list: readonly AmountJson[]) => values(list.find(one => one.contract === undefined))
  const tokens = (list: readonly AmountJson[]) => {
    const found = list.filter(one => one.contract !== undefined).map(one => [one.asset.toLowerCase(), values(one)])
    return found.length === 0 ? undefined : Object.fromEntries(found)
  }
  const outgoing = ledger.sent.some(one => one.amount !== '0')
  return {
    ...{ currency, address, entity: numberOf(answer) },
    balance: ledger.balance === null ? null : coin(ledger.balance),
    token_balances: ledger.balance === null ? undefined : tokens(ledger.balance),
    ...{ first_tx: summaryOf(first.ledger!.movements.at(-1)!), last_tx: summaryOf(ledger.movements[0]!) },
    ...(await countsOf(ask, answer, ledger, outgoing)),
    ...{ total_received: coin(ledger.received), total_spent: coin(ledger.sent) },
    ...{ total_tokens_received: tokens(ledger.received), total_tokens_spent: tokens(ledger.sent) },
    actors: answer.labels.map(label => ({ id: label.entity ?? label.name, label: label.name })),
    status: 'dirty',
    athar: aside(answer),
  }
}

/** Transactions that are counted for their direction; beyond them the counts are null. */
const COUNTED_MAX = 10_000

async function countsOf(ask: Ask, { address, network }: AddressAnswer, ledger: LedgerAnswer, outgoing: boolean) {
  if (!outgoing) return { no_incoming_txs: ledger.transactions, no_outgoing_txs: 0 }
  if (ledger.transactions > COUNTED_MAX) return { no_incoming_txs: null, no_outgoing_txs: null }
  const { ledger: all } = await ask<AddressAnswer>('address show', { address, network, limit: COUNTED_MAX })
  const out = new Set(all!.movements.filter(one => one.sent !== null || one.unread).map(one => one.txid))
  const incoming = new Set(
    all!.movements.filter(one => one.received !== null && !out.has(one.txid)).map(one => one.txid),
  )
  return { no_incoming_txs: incoming.size, no_outgoing_txs: out.size }
}

async function degree(ask: Ask, answer: AddressAnswer, direction: 'in' | 'out'): Promise<number> {
  return (await neighbours(ask, answer, direction, 1)).total
}

function neighbours(
  ask: Ask,
  { address, network }: AddressAnswer,
  direction: 'in' | 'out',
  limit: number,
  cursor?: string,
) {
  const page = cursor === undefined ? {} : { cursor }
  return ask<NeighboursAnswer>('neighbours', { address, network, direction, limit, ...page })
}

/** A neighbour with its own totals; what no address stands behind (a coinbase, an unread input) is none. */
async function neighborOf(ask: Ask, one: NeighboursAnswer['neighbours'][number], network: string, currency: string) {
  if (one.address === null) return null
  const { answer, ledger } = await lookUp(ask, { currency, address: one.address }, { limit: 1 })
  const described = await describe(ask, answer, ledger, currency)
  const coin = one.amounts.find(({ least }) => least.contract === undefined)
  const tokens = one.amounts.filter(({ least }) => least.contract !== undefined)
  return {
    address: { ...described, in_degree: await degree(ask, answer, 'in'), out_degree: await degree(ask, answer, 'out') },
    ...{ value: values(coin?.least), no_txs: one.transactions },
    token_values: Object.fromEntries(tokens.map(({ least }) => [least.asset.toLowerCase(), values(least)])),
    labels: one.label === null ? [] : [one.label.name],
    athar: { network, most: one.amounts.map(({ most }) => most) },
  }
}

type Movement = LedgerAnswer['movements'][number]

function txOf(movement: Movement, { address, network }: AddressAnswer, currency: string): Record<string, unknown>[] {
  const { txid, received, sent, counterparties } = movement
  const shared = { ...summaryOf(movement), currency }
  if (network === 'bitcoin' || network === 'litecoin') {
    const net = BigInt(received?.amount ?? '0') - BigInt(sent?.amount ?? '0')
    const coinbase = sent === null && !movement.unread && counterparties.length === 0
    return [{ tx_type: 'utxo', ...shared, coinbase, value: { value: raw(String(net)), fiat_values: [] } }]
  }
  const sides = [
    ...(received === null ? [] : [[received, counterparties[0] ?? null, address] as const]),
    ...(sent === null ? [] : [[sent, address, counterparties[0] ?? null] as const]),
  ]
  return sides.map(([amount, from, to]) => ({
    ...{ tx_type: 'account', identifier: txid, ...shared, network: currency },
    currency: amount.contract === undefined ? currency : amount.asset.toLowerCase(),
    ...{ value: values(amount), from_address: from, to_address: to },
  }))
}

function isWanted(tx: Record<string, unknown>, query: Record<string, string>, address: string): boolean {
  const { direction, min_height: min, max_height: max } = query
  const height = tx['height'] as number | null
  if (min !== undefined && (height === null || height < Number(min))) return false
  if (max !== undefined && (height === null || height > Number(max))) return false
  if (direction === undefined) return true
  const value = JSON.stringify((tx['value'] as { value: unknown }).value)
  const outgoing = tx['tx_type'] === 'utxo' ? value.startsWith('-') : tx['from_address'] === address
  return direction === 'out' ? outgoing : !outgoing
}

function summaryOf({ txid, height, time }: Movement): { tx_hash: string; height: number | null; timestamp: number } {
  return { tx_hash: txid, height, timestamp: Date.parse(time) / 1000 }
}

function tagOf(label: AddressAnswer['labels'][number], currency: string): object {
  const { name, category, entity, source, confidence, address } = label
  return {
    ...{ address, currency, label: name, category, ...(entity === null ? {} : { actor: entity }) },
    ...{ source, confidence: confidence.id, confidence_level: confidence.level },
    ...{
      is_cluster_definer: false,
      tag_type: 'actor',
      tagpack_creator: source,
      tagpack_is_public: false,
      tagpack_title: source,
    },
  }
}

/** `entity` is a number in this shape: 31 bits of the digest of the address. Clusters have names here, not numbers. */
function numberOf({ caip10 }: AddressAnswer): number {
  return Number.parseInt(sha256Hex(caip10).slice(0, 8), 16) >>> 1
}

function values(amount: AmountJson | undefined): object {
  const usd = amount?.usd?.value
  return { value: raw(amount?.amount ?? '0'), fiat_values: usd === undefined ? [] : [{ code: 'usd', value: raw(usd) }] }
}

/** A number as its digits: beyond 2^53 a float would change it. */
function raw(digits: string): object {
  return (JSON as unknown as { rawJSON(text: string): object }).rawJSON(digits)
}

function aside({ coverage, ledger, designations }: AddressAnswer): object {
  const notChecked = ledger === null ? ['the ledger of this network was not read'] : []
  return {
    coverage,
    notChecked: [...notChecked, 'value in euro and dollars, where fiat_values is empty'],
    designations: designations.length,
  }
}

function asideOf({ coverage, ledger }: AddressAnswer): Record<string, string> {
  const read = `${coverage.transactionsRead ?? 'unknown'} of ${coverage.transactionsExpected ?? 'unknown'} transactions`
  return { 'athar-status': ledger === null ? 'not-checked' : 'read', 'athar-coverage': read }
}

function pageOf(query: Record<string, string>): { offset: number; size: number } {
  const [page, size] = [query['page'] ?? '0', query['pagesize'] ?? '25']
  if (!/^\d{1,9}$/.test(page)) throw badQuery('page', page)
  if (!/^\d{1,4}$/.test(size) || Number(size) < 1) throw badQuery('pagesize', size)
  return { offset: Number(page), size: Math.min(PAGE_MAX, Number(size)) }
}

function unknownCurrency(currency: string): Failure {
  return new Failure('Compat.UnknownCurrency', 'missing', `“${currency.slice(0, 20)}” is no currency of this route.`, {
    hint: `There are: ${[...CURRENCIES.keys()].join(', ')}.`,
    facts: { currency: currency.slice(0, 20) },
  })
}

function unseen({ address, network, ledger }: AddressAnswer): Failure {
  const why =
    ledger === null ? `the ledger of ${network} was not read` : `it does not occur in what was read of ${network}`
  return new Failure('Compat.Unseen', 'missing', `Nothing can be told of ${address}: ${why}.`, {
    hint: 'That is no finding: read the ledger first (athar ledger add, sync, fetch or import).',
    facts: { address, network },
  })
}

function badQuery(name: string, value: string): Failure {
  return new Failure('Compat.BadQuery', 'usage', `“${value.slice(0, 60)}” cannot stand as ${name}.`, {
    hint: 'direction: in or out; page: the next_page of the page before; pagesize: 1 to 100.',
    facts: { field: name, value: value.slice(0, 60) },
  })
}
