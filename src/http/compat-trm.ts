import type { FastifyInstance } from 'fastify'
import type { ScreenResult } from '../app/screen/result.ts'
import { toCaip10 } from '../model/address.ts'
import * as Network from '../model/network.ts'
import { Failure } from '../std/failure.ts'
import { type Ask, send } from './compat-ask.ts'
import { asideOf, headersOf, screened } from './compat-screen.ts'

/**
 * `POST /public/v2/screening/addresses`, the shape of TRM's wallet screening: an array in, an array out, in its order.
 * Volumes are decimal texts in dollars, and null where no price was read: null is not nought.
 */
export function addTrm(app: FastifyInstance, ask: Ask): void {
  app.post('/public/v2/screening/addresses', async (request, reply) => {
    const asked = itemsOf(request.body)
    const results = await screened(ask, asked.map(toText))
    const answer = results.map((result, i) => row(result, asked[i]!, `${request.id}-${i}`))
    const worst = results.find(one => one.status === 'not-checked') ?? results[0]!
    return send(reply.code(201), answer, headersOf(asideOf(worst)))
  })
}

type Item = { readonly address: string; readonly chain: string; readonly accountExternalId: string | null }

/** Most addresses of one request; TRM's own limit is lower. */
const ITEMS_MAX = 1000

function itemsOf(body: unknown): Item[] {
  if (!Array.isArray(body) || body.length === 0) throw badBody('it is no array of addresses')
  if (body.length > ITEMS_MAX) throw badBody(`it has ${body.length} addresses, the limit is ${ITEMS_MAX}`)
  return body.map((one: unknown, i) => {
    const { address, chain, accountExternalId } = (one ?? {}) as Record<string, unknown>
    if (typeof address !== 'string' || address.length > 200) throw badBody(`item ${i} has no address`)
    if (typeof chain !== 'string') throw badBody(`item ${i} has no chain`)
    return { address, chain, accountExternalId: typeof accountExternalId === 'string' ? accountExternalId : null }
  })
}

/** The address on the chain that was named; a chain that Athar does not read leaves the address to name its own. */
function toText({ address, chain }: Item): string {
  const network = Network.parse(chain.toLowerCase().replaceAll('_', '-'))
  return network === undefined || address.includes(':') ? address : toCaip10({ network: network.id, address })
}

function row(result: ScreenResult, { address, chain, accountExternalId }: Item, externalId: string): object {
  const isKnown = Network.parse(chain.toLowerCase().replaceAll('_', '-')) !== undefined
  const entities = [...listedAs(result), ...labelledAs(result)]
  return {
    ...{
      accountExternalId,
      address: result.status === 'invalid' ? address : result.address,
      addressSubmitted: address,
    },
    chain,
    ...{ addressIncomingVolumeUsd: null, addressOutgoingVolumeUsd: null, addressTotalVolumeUsd: null },
    addressRiskIndicators: [...owned(result), ...touched(result)],
    ...{ entities, externalId, trmAppUrl: null },
    athar: {
      ...asideOf(result),
      reason: result.reason,
      ...(isKnown
        ? {}
        : { chain: `“${chain.slice(0, 40)}” is no chain that Athar reads; it was screened as ${result.network}` }),
    },
  }
}

/** Designations in force are ownership at the highest level. */
function owned(result: ScreenResult): object[] {
  const listed = result.designations.filter(one => one.status === 'listed')
  return listed.length === 0 ? [] : [indicator('sanctioned', 'OWNERSHIP', null, null)]
}

function touched({ exposure }: ScreenResult): object[] {
  return exposure
    .filter(one => !(one.relation === 'ownership' && one.category === 'sanctioned'))
    .map(one => {
      const usd = one.amount?.usd?.value ?? null
      const type = one.relation === 'ownership' ? 'OWNERSHIP' : one.relation === 'direct' ? 'COUNTERPARTY' : 'INDIRECT'
      return indicator(one.category, type, one.direction === 'in' ? usd : null, one.direction === 'out' ? usd : null)
    })
}

function indicator(category: string, riskType: string, incoming: string | null, outgoing: string | null): object {
  const level = levelOf(category)
  return {
    ...{ category: nameOf(category), categoryId: category },
    ...{ categoryRiskScoreLevel: level, categoryRiskScoreLevelLabel: LEVELS[level] },
    ...{ incomingVolumeUsd: incoming, outgoingVolumeUsd: outgoing, totalVolumeUsd: incoming ?? outgoing, riskType },
  }
}

function listedAs({ designations }: ScreenResult): object[] {
  return designations.filter(one => one.status === 'listed').map(one => entity(one.entity, 'sanctioned'))
}

function labelledAs({ labels }: ScreenResult): object[] {
  return labels.map(label => entity(label.name, label.category))
}

function entity(name: string, category: string): object {
  const level = levelOf(category)
  const risk = { riskScoreLevel: level, riskScoreLevelLabel: LEVELS[level] }
  return { category: nameOf(category), categoryId: category, entity: name, ...risk }
}

/** `terrorist-financing` → `Terrorist Financing`. */
function nameOf(category: string): string {
  return category.replace(/(?:^|-)(\w)/g, (_, letter: string) => ` ${letter.toUpperCase()}`).trim()
}

/** TRM's levels. Which category has which is ours; Unknown where we have no word on it. */
function levelOf(category: string): 0 | 1 | 5 | 10 | 15 {
  if (SEVERE.has(category)) return 15
  if (HIGH.has(category)) return 10
  return category === 'exchange' ? 1 : 0
}

const LEVELS = { 0: 'Unknown', 1: 'Low', 5: 'Medium', 10: 'High', 15: 'Severe' } as const
const SEVERE: ReadonlySet<string> = new Set(['sanctioned', 'terrorist-financing'])
const HIGH: ReadonlySet<string> = new Set(['mixer', 'ransomware', 'darknet', 'hack', 'scam'])

function badBody(why: string): Failure {
  return new Failure('Compat.BadBody', 'usage', `The body cannot be screened: ${why}.`, {
    hint: 'Send [{"address":"…","chain":"bitcoin","accountExternalId":null}].',
    facts: { limit: ITEMS_MAX },
  })
}
