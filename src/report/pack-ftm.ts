import * as Attribution from '../attribution/attribution.ts'
import * as Instant from '../model/instant.ts'
import { sha256Hex } from '../std/digest.ts'

/**
 * FollowTheMoney entities, one a line, as OpenSanctions writes them: parties, wallets and accounts, each designation
 * with its `Sanction`. What FtM has no field for stands in `keywords` as `athar:field=value`.
 */
export function* toFtm(packs: readonly Attribution.Pack[]): Generator<string> {
  for (const pack of packs) {
    const listed = pack.entries.filter(entry => entry.kind === 'entity')
    const parties = new Map(listed.map(entry => [entry.key, (entry.content as Attribution.Party).remarks ?? '']))
    const holders = new Set<string>()
    const written = new Set<string>()
    for (const entry of pack.entries) {
      for (const entity of entitiesOf(entry, pack, parties, holders)) {
        if (written.has(entity.id)) continue
        written.add(entity.id)
        yield `${JSON.stringify(wireOf(entity, pack))}\n`
      }
    }
  }
}

type Entity = {
  readonly id: string
  readonly schema: string
  readonly caption: string
  readonly properties: Readonly<Record<string, readonly (string | null | undefined)[]>>
  readonly target: boolean
}

function wireOf({ properties, ...entity }: Entity, pack: Attribution.Pack): object {
  const kept = Object.entries(properties).flatMap(([name, values]) => {
    const texts = [...new Set(values.filter(value => value != null && value !== ''))]
    return texts.length === 0 ? [] : [[name, texts] as const]
  })
  const seen = momentOf(pack.publishedAt)
  return {
    ...entity,
    properties: Object.fromEntries(kept),
    ...{ datasets: [slug(`${pack.authority} ${pack.list}`)], referents: [], last_seen: seen, last_change: seen },
  }
}

function entitiesOf(
  entry: Attribution.Entry,
  pack: Attribution.Pack,
  parties: ReadonlyMap<string, string>,
  holders: Set<string>,
): Entity[] {
  if (entry.kind === 'entity') return partyEntities(entry.content as Attribution.Party, pack)
  if (entry.kind === 'address') return walletEntities(entry, pack, parties)
  if (entry.kind === 'account') return accountEntities(entry.content as Attribution.Account, pack)
  return entry.kind === 'tag' ? tagEntities(entry, entry.content as Attribution.Tag, pack, holders) : []
}

function partyEntities(party: Attribution.Party, pack: Attribution.Pack): Entity[] {
  const id = partyId(party.entry, pack)
  const named = (match: (name: Attribution.PartyName) => boolean) => party.names.filter(match).map(name => name.text)
  const properties = {
    name: named(name => name.kind === 'primary'),
    alias: named(name => (name.kind === 'aka' || name.kind === 'nka') && !name.weak),
    weakAlias: named(name => name.kind === 'aka' && name.weak),
    previousName: named(name => name.kind === 'fka'),
    ...{ notes: [party.remarks], birthDate: party.born ?? [], country: party.countries ?? [] },
    topics: topicsOf(pack.authority, party.program),
  }
  const caption = party.names[0]?.text ?? party.entry
  const { program, listedAt } = party
  const sanction = sanctionOf(id, pack, { entry: party.entry, program, listedAt, expiresAt: null, endedAt: null })
  return [{ id, schema: Attribution.schemaOf(party.type), caption, properties, target: true }, sanction]
}

function walletEntities(
  entry: Attribution.Entry,
  pack: Attribution.Pack,
  parties: ReadonlyMap<string, string>,
): Entity[] {
  const listed = entry.content as Attribution.ListedAddress
  const held = parties.has(listed.entry)
  // A wallet that the party's remarks name comes back out of its notes.
  if (listed.grade === 'comment' && parties.get(listed.entry)?.includes(listed.raw) === true) return []
  const id = idOf('wallet', pack, entry.key)
  const properties = {
    publicKey: [entry.address],
    currency: [listed.asset],
    holder: [held ? partyId(listed.entry, pack) : null],
    name: [held ? null : listed.entity],
    topics: topicsOf(pack.authority, listed.program),
    notes: [listed.note, listed.conflict],
    keywords: [listed.grade === 'comment' ? 'athar:grade=comment' : null],
  }
  const endedAt = listed.endedAt ?? null
  return [
    { id, schema: 'CryptoWallet', caption: entry.address!, properties, target: true },
    sanctionOf(id, pack, { ...listed, endedAt }),
  ]
}

function accountEntities(account: Attribution.Account, pack: Attribution.Pack): Entity[] {
  const id = idOf('account', pack, `${account.entry}/${account.platform}/${account.account}`)
  const topics = topicsOf(pack.authority, account.program)
  const { platform, account: username, entity } = account
  const properties = { service: [platform], username: [username], name: [entity], topics }
  return [
    { id, schema: 'UserAccount', caption: username, properties, target: true },
    sanctionOf(id, pack, { ...account, endedAt: null }),
  ]
}

/** A label is no sanction: it leaves without one, whatever its category. */
function tagEntities(entry: Attribution.Entry, tag: Attribution.Tag, pack: Attribution.Pack, holders: Set<string>) {
  const isLink = /^https?:\/\//i.test(tag.source)
  const actor = tag.actor === null ? null : `athar-actor-${slug(tag.actor)}`
  const extra = [
    ['confidence', tag.confidence],
    ['network', tag.network],
    ['tag_type', tag.tagType],
    ['actor', tag.actor],
    ['cluster_definer', tag.clusterDefiner ? 'true' : null],
  ].flatMap(([name, value]) => (value === null ? [] : [`athar:${name}=${value}`]))
  const properties = {
    ...{ publicKey: [entry.address], currency: [tag.currency], name: [tag.name], holder: [actor] },
    ...{ sourceUrl: [isLink ? tag.source : null], publisher: [isLink ? null : tag.source] },
    ...{ modifiedAt: [tag.lastmod], notes: [tag.context], keywords: [...tag.concepts, ...extra] },
    topics: tag.category === 'terrorist-financing' ? ['crime.terror'] : [],
  }
  const id = idOf('label', pack, entry.key)
  const wallet = { id, schema: 'CryptoWallet', caption: entry.address!, properties, target: false }
  if (actor === null || holders.has(actor)) return [wallet]
  holders.add(actor)
  const holder = { name: [tag.actor] }
  return [{ id: actor, schema: 'LegalEntity', caption: tag.actor!, properties: holder, target: false }, wallet]
}

type Listing = Pick<Attribution.ListedAddress, 'entry' | 'program' | 'listedAt' | 'expiresAt'> & {
  readonly endedAt: Instant.Instant | null
}

/** `status: lapses` marks an end that the order itself sets, as against one that the authority decided on. */
function sanctionOf(target: string, pack: Attribution.Pack, listing: Listing): Entity {
  const { entry, program, listedAt, expiresAt, endedAt } = listing
  const end = endedAt ?? expiresAt
  const properties = {
    ...{ entity: [target], authority: [pack.authority], authorityId: [entry], program },
    listingDate: [listedAt === null ? null : momentOf(listedAt)],
    endDate: [end === null ? null : momentOf(end)],
    status: [endedAt === null && expiresAt !== null ? 'lapses' : null],
  }
  return {
    id: `${target}-sanction`,
    schema: 'Sanction',
    caption: program[0] ?? pack.authority,
    properties,
    target: false,
  }
}

function topicsOf(authority: string, program: readonly string[]): string[] {
  const category = Attribution.categoryOf({ authority, program })
  if (category === 'other') return []
  return category === 'terrorist-financing' ? ['sanction', 'crime.terror'] : ['sanction']
}

/** OpenSanctions' own ids come back as they are. */
function partyId(entry: string, pack: Attribution.Pack): string {
  return pack.authority === 'OpenSanctions' ? entry : `${slug(pack.authority)}-${slug(entry)}`
}

function idOf(kind: string, pack: Attribution.Pack, key: string): string {
  return `athar-${kind}-${sha256Hex(JSON.stringify([pack.authority, pack.list, key])).slice(0, 40)}`
}

/** A day where it is one, else a time; FtM's dates name no zone and are UTC. */
function momentOf(at: Instant.Instant): string {
  return at % Instant.DAY_SECONDS === 0 ? Instant.formatDay(at) : Instant.format(at).slice(0, 19)
}

function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return plain === '' || plain.length > 60 ? sha256Hex(text).slice(0, 16) : plain
}
