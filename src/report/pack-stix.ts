import * as Attribution from '../attribution/attribution.ts'
import * as Instant from '../model/instant.ts'
import { version5 } from '../std/uuid.ts'

/**
 * A STIX 2.1 bundle: a `cryptocurrency-wallet` for each address (dogesec's new-sco, which OpenCTI reads as well), an
 * `identity` for each party, `observed-data` for each entry about an address, an `indicator` for each designated one
 * and a `report` over each list. Each entry travels whole in an extension. Ids are derived from content, so the same
 * lists give the same bundle. Notes, groupings and extension definitions are not used: the bundle schema of OASIS
 * (master, 2025-11) refuses them, since both of its cores fit.
 */
export function* toStix(packs: readonly Attribution.Pack[]): Generator<string> {
  const bundle = `bundle--${uuid(['bundle', ...packs.map(pack => [pack.authority, pack.list, pack.version])])}`
  yield `{"type":"bundle","id":"${bundle}","objects":[`
  let first = true
  for (const object of objectsOf(packs)) {
    yield `${first ? '' : ','}\n${JSON.stringify(object)}`
    first = false
  }
  yield '\n]}\n'
}

/** Namespace of deterministic ids (STIX 2.1, section 2.9), and of dogesec's wallets. */
const NAMESPACE = '00abedb4-aa42-466c-9c01-fed23315a9b7'
const WALLET = 'extension-definition--be78509e-6958-51b1-8b26-d17ee0eba2d7'

type Object_ = Readonly<Record<string, unknown>>

function uuid(parts: readonly unknown[]): string {
  return version5(NAMESPACE, JSON.stringify(parts))
}

function* objectsOf(packs: readonly Attribution.Pack[]): Generator<Object_> {
  const written = new Set<string>()
  for (const pack of packs) {
    const refs: string[] = []
    const own = makerOf(pack.authority, pack.publishedAt)
    for (const object of [own, ...packObjects(pack)]) {
      const id = object['id'] as string
      refs.push(id)
      if (written.has(id)) continue
      written.add(id)
      yield object
    }
    if (refs.length > 1) yield reportOf(pack, own['id'] as string, refs)
  }
}

function* packObjects(pack: Attribution.Pack): Generator<Object_> {
  const parties = new Map<string, string>()
  for (const entry of pack.entries) {
    if (entry.kind === 'entity') {
      const party = entry.content as Attribution.Party
      const object = identityOf(party, entry, pack)
      parties.set(party.entry, object['id'] as string)
      yield object
    } else if (entry.kind === 'account') yield accountOf(entry, pack)
    else if (entry.address !== null && entry.address !== '') yield* walletObjects(entry, pack, parties)
  }
}

function* walletObjects(
  entry: Attribution.Entry,
  pack: Attribution.Pack,
  parties: ReadonlyMap<string, string>,
): Generator<Object_> {
  if (entry.kind !== 'address' && entry.kind !== 'tag') return
  const wallet = walletOf(entry.address!)
  yield wallet
  const id = wallet['id'] as string
  yield observedOf(entry, pack, id)
  if (entry.kind === 'tag') {
    const holder = labelled(entry.content as Attribution.Tag, pack)
    yield holder
    yield linkOf(entry, pack, id, holder['id'] as string)
    return
  }
  const listed = entry.content as Attribution.ListedAddress
  const holder = parties.get(listed.entry)
  if (holder !== undefined) yield linkOf(entry, pack, id, holder)
  if (entry.networks.length > 0 && listed.grade === 'stated') yield indicatorOf(entry, listed, pack)
}

/** What a label says that the address is, in the source's words. */
function labelled({ name }: Attribution.Tag, pack: Attribution.Pack): Object_ {
  return { ...core('identity', ['label', pack.authority, pack.list, name], pack), name: name || '-' }
}

function linkOf(entry: Attribution.Entry, pack: Attribution.Pack, wallet: string, holder: string): Object_ {
  return {
    ...core('relationship', [pack.authority, pack.list, entry.kind, entry.key], pack),
    ...{ relationship_type: 'related-to', source_ref: wallet, target_ref: holder },
    description: `As ${pack.authority} says (${pack.list}, ${pack.version}).`,
  }
}

function walletOf(address: string): Object_ {
  return {
    ...{ type: 'cryptocurrency-wallet', spec_version: '2.1' },
    id: `cryptocurrency-wallet--${version5(NAMESPACE, JSON.stringify({ value: address }))}`,
    value: address,
    extensions: { [WALLET]: { extension_type: 'new-sco' } },
  }
}

function observedOf(entry: Attribution.Entry, pack: Attribution.Pack, wallet: string): Object_ {
  const { confidence, source, concepts } = entry.content as Partial<Attribution.Tag>
  const { program, listedAt } = entry.content as Partial<Attribution.ListedAddress>
  const labels = [...new Set([...(program ?? []), ...(concepts ?? [])])].filter(label => label !== '')
  const first = Math.min(listedAt ?? pack.publishedAt, pack.publishedAt)
  return {
    ...core('observed-data', [pack.authority, pack.list, pack.version, entry.kind, entry.key], pack),
    ...{ first_observed: stamp(first), last_observed: stamp(pack.publishedAt), number_observed: 1 },
    confidence: confidence === undefined ? 60 : Attribution.Confidence.from(confidence).level,
    ...(labels.length === 0 ? {} : { labels }),
    external_references: [referenceOf(pack, entry.key), ...(source === undefined ? [] : linksOf(source))],
    object_refs: [wallet],
    extensions: carried(entry),
  }
}

function carried(entry: Attribution.Entry): object {
  return { [Attribution.STIX_EXTENSION]: { extension_type: 'property-extension', ...Attribution.Sheet.toSheet(entry) } }
}

function accountOf(entry: Attribution.Entry, pack: Attribution.Pack): Object_ {
  const { account, platform, entity } = entry.content as Attribution.Account
  return {
    ...{ type: 'user-account', spec_version: '2.1' },
    id: `user-account--${uuid(['account', pack.authority, pack.list, entry.key])}`,
    ...{ user_id: account, account_login: account, display_name: `${platform}: ${entity}` },
    extensions: carried(entry),
  }
}

function indicatorOf(entry: Attribution.Entry, listed: Attribution.ListedAddress, pack: Attribution.Pack): Object_ {
  const until = listed.endedAt ?? listed.expiresAt
  const from = listed.listedAt ?? pack.publishedAt
  return {
    ...core('indicator', ['indicator', pack.authority, pack.list, entry.key], pack),
    name: `${listed.entity}: ${entry.address}`,
    pattern: `[cryptocurrency-wallet:value = '${entry.address}']`,
    pattern_type: 'stix',
    valid_from: stamp(from),
    ...(until === null || until <= from ? {} : { valid_until: stamp(until) }),
    external_references: [referenceOf(pack, listed.entry)],
  }
}

function identityOf(party: Attribution.Party, entry: Attribution.Entry, pack: Attribution.Pack): Object_ {
  const others = party.names.slice(1).map(name => name.text)
  return {
    ...core('identity', [pack.authority, pack.list, 'party', party.entry], pack),
    name: party.names[0]?.text ?? party.entry,
    identity_class: party.type === 'person' ? 'individual' : 'organization',
    ...(others.length === 0 ? {} : { description: `Also: ${others.join('; ')}` }),
    extensions: carried(entry),
  }
}

function reportOf(pack: Attribution.Pack, maker: string, refs: readonly string[]): Object_ {
  return {
    ...core('report', ['report', pack.authority, pack.list, pack.version], pack),
    ...{ name: pack.title, published: stamp(pack.publishedAt), created_by_ref: maker },
    external_references: [referenceOf(pack, pack.list)],
    object_refs: [...new Set(refs)],
  }
}

/** The list under its version, and the entry in it. */
function referenceOf(pack: Attribution.Pack, entry: string): object {
  const description = `${pack.list}, ${pack.version}${pack.sha256 === null ? '' : `, SHA-256 ${pack.sha256}`}`
  return { source_name: pack.authority, external_id: entry === '' ? pack.list : entry, description }
}

function linksOf(source: string): object[] {
  return /^https?:\/\/[\w.-]+(\/[\w./?=&%#~+-]*)?$/.test(source) ? [{ source_name: 'source', url: source }] : []
}

function makerOf(name: string, at: Instant.Instant): Object_ {
  const times = { created: stamp(at), modified: stamp(at) }
  return { type: 'identity', spec_version: '2.1', id: identityId(name), ...times, name, identity_class: 'organization' }
}

function identityId(name: string): string {
  return `identity--${uuid(['maker', name])}`
}

function core(type: string, parts: readonly unknown[], pack: Attribution.Pack): Object_ {
  const at = stamp(pack.publishedAt)
  return { type, spec_version: '2.1', id: `${type}--${uuid([type, ...parts])}`, created: at, modified: at }
}

function stamp(at: Instant.Instant): string {
  return Instant.format(at).replace('Z', '.000Z')
}
