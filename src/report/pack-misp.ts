import * as Attribution from '../attribution/attribution.ts'
import * as Instant from '../model/instant.ts'
import { version5 } from '../std/uuid.ts'

/**
 * MISP events, one for each list: a `coin-address` object for each address, `person` and `organization` for parties.
 * The whole entry stands in machine tags (`athar:field="value"`) of the object's first attribute. Nothing is marked for
 * detection, and the event is neither published nor shared beyond the organisation that takes it.
 */
export function* toMisp(packs: readonly Attribution.Pack[]): Generator<string> {
  yield '{"response":[\n'
  for (const [at, pack] of packs.entries()) {
    const { Object: _, ...head } = { ...headOf(pack), Object: null }
    yield `${at === 0 ? '' : ',\n'}{"Event":${JSON.stringify(head).slice(0, -1)},"Object":[`
    let first = true
    for (const entry of pack.entries) {
      const object = objectOf(entry, pack)
      if (object === null) continue
      yield `${first ? '\n' : ',\n'}${JSON.stringify(object)}`
      first = false
    }
    yield '\n]}}'
  }
  yield '\n]}\n'
}

/** Namespace of Athar's own ids in events: a UUID made once for it. */
const NAMESPACE = '5a2d6d0e-8b0f-5c43-9f6a-0d3b2f6f7c11'

function uuid(parts: readonly unknown[]): string {
  return version5(NAMESPACE, JSON.stringify(parts))
}

function headOf(pack: Attribution.Pack): object {
  return {
    uuid: uuid([pack.authority, pack.list, pack.version]),
    info: pack.title,
    date: Instant.formatDay(pack.publishedAt),
    ...{ distribution: '0', analysis: '2', threat_level_id: '4', published: false },
    Orgc: { name: pack.authority, uuid: uuid(['organisation', pack.authority]) },
    Tag: [{ name: machineTag('list', pack.list) }, { name: machineTag('version', pack.version) }],
  }
}

type Template = { readonly name: string; readonly uuid: string; readonly version: string; readonly meta: string }

/** Ids and versions of misp-objects (2026-06-27). */
const COIN: Template = {
  ...{ name: 'coin-address', uuid: 'd0e6997e-78da-4815-a6a1-cfc1c1cb8a46', version: '7', meta: 'financial' },
}
const ORGANIZATION: Template = {
  ...{ name: 'organization', uuid: 'f750e12b-127a-432c-b022-b3f9153c4e2a', version: '9', meta: 'misc' },
}
const PERSON: Template = { name: 'person', uuid: 'a15b0477-e9d1-4b9c-9546-abe78a4f4248', version: '21', meta: 'misc' }

type Attribute = { readonly relation: string; readonly type: string; readonly value: string; readonly comment?: string }

function objectOf(entry: Attribution.Entry, pack: Attribution.Pack): object | null {
  if (entry.kind === 'entity') {
    const party = entry.content as Attribution.Party
    const isPerson = party.type === 'person'
    const relation = isPerson ? 'full-name' : 'name'
    const [first, ...others] = party.names.map(name => name.text)
    const aliases = others.map((value): Attribute => ({ relation: 'alias', type: 'text', value }))
    const main = { relation, type: isPerson ? 'full-name' : 'text', value: first ?? party.entry }
    return templated(isPerson ? PERSON : ORGANIZATION, [main, ...aliases], entry, pack)
  }
  if (entry.kind === 'account') {
    const { account, platform, entity } = entry.content as Attribution.Account
    const name = { relation: 'name', type: 'text', value: entity, comment: `Account ${account} at ${platform}` }
    return templated(ORGANIZATION, [name], entry, pack)
  }
  if (entry.address === null || entry.address === '') return null
  if (entry.kind === 'address') {
    const { entity, asset, listedAt } = entry.content as Attribution.ListedAddress
    const seen = listedAt === null ? [] : [dated('first-seen', listedAt)]
    return templated(COIN, [addressOf(entry, entity), ...symbolOf(asset), textOf(entity), ...seen], entry, pack)
  }
  if (entry.kind !== 'tag') return null
  const { name, network, currency, source } = entry.content as Attribution.Tag
  return templated(COIN, [addressOf(entry, source), ...symbolOf(currency ?? network), textOf(name)], entry, pack)
}

/** Bitcoin and Monero have types of their own; everything else is a text. */
function addressOf({ address, networks, content }: Attribution.Entry, comment: string): Attribute {
  const { foreign } = content as Attribution.ListedAddress
  const base = { value: address!, comment }
  if (networks.length === 1 && networks[0] === 'bitcoin') return { relation: 'address', type: 'btc', ...base }
  return foreign === 'monero'
    ? { relation: 'address-xmr', type: 'xmr', ...base }
    : { relation: 'address-crypto', type: 'text', ...base }
}

function symbolOf(symbol: string | null): Attribute[] {
  if (symbol === null) return []
  return [{ relation: 'symbol', type: 'text', value: symbol === 'XBT' ? 'BTC' : symbol.toUpperCase() }]
}

function textOf(value: string): Attribute {
  return { relation: 'text', type: 'text', value }
}

function dated(relation: string, at: Instant.Instant): Attribute {
  return { relation, type: 'datetime', value: Instant.format(at) }
}

function templated(
  template: Template,
  attributes: readonly Attribute[],
  entry: Attribution.Entry,
  pack: Attribution.Pack,
): object {
  const key = [pack.authority, pack.list, pack.version, entry.kind, entry.key]
  const tags = Object.entries(Attribution.Sheet.toSheet(entry)).flatMap(([name, values]) =>
    values.map(value => ({ name: machineTag(name, value) })),
  )
  return {
    ...{ name: template.name, 'meta-category': template.meta, template_uuid: template.uuid },
    ...{ template_version: template.version, uuid: uuid(key), distribution: '5', sharing_group_id: '0' },
    Attribute: attributes
      .filter(({ value }) => value !== '')
      .map(({ relation, type, value, comment }, at) => ({
        ...{ uuid: uuid([...key, at]), object_relation: relation, type, value },
        category: template === COIN && relation.startsWith('address') ? 'Financial fraud' : 'Other',
        ...{ to_ids: false, distribution: '5', disable_correlation: relation === 'text' || relation === 'symbol' },
        ...(comment === undefined || comment === '' ? {} : { comment }),
        ...(at === 0 ? { Tag: tags } : {}),
      })),
  }
}

function machineTag(name: string, value: string): string {
  return `athar:${name}="${Attribution.encodeMispTag(value)}"`
}
