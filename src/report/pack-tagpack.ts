import * as Attribution from '../attribution/attribution.ts'
import * as Category from '../model/category.ts'
import * as Instant from '../model/instant.ts'
import * as Network from '../model/network.ts'

/**
 * GraphSense tag packs. Tags come back as they were; a designation leaves as a tag of its entity with what the list
 * says in the context. Only what its schema knows stands in a field: a concept or level outside the taxonomy is left
 * out. Parties, accounts and actors have no place in it.
 */
export function* toTagpack(packs: readonly Attribution.Pack[], creator: string): Generator<string> {
  const title = packs.length === 1 ? packs[0]!.title : `${packs.length} lists`
  yield `title: ${scalar(title)}\ncreator: ${scalar(creator)}\ntags:\n`
  for (const pack of packs) {
    for (const entry of pack.entries) {
      const fields = fieldsOf(entry, pack)
      if (fields !== null) yield tagText(fields)
    }
  }
}

/** Whether anything of the packs has a place in a tag pack: one without tags is none. */
export function hasTags(packs: readonly Attribution.Pack[]): boolean {
  return packs.some(pack => pack.entries.some(entry => fieldsOf(entry, pack) !== null))
}

type Fields = Readonly<Record<string, string | readonly string[] | null>>

function fieldsOf(entry: Attribution.Entry, pack: Attribution.Pack): Fields | null {
  if (entry.address === null || entry.address === '') return null
  if (entry.kind === 'tag') return tagFields(entry, entry.content as Attribution.Tag, pack)
  return entry.kind === 'address' ? listedFields(entry, entry.content as Attribution.ListedAddress, pack) : null
}

function tagFields({ address, networks }: Attribution.Entry, tag: Attribution.Tag, pack: Attribution.Pack): Fields {
  const only = networks.length === 1 ? symbolOf(networks[0]!) : null
  const currency = tag.currency ?? tag.network ?? only ?? tag.foreign ?? 'unknown'
  return {
    ...{ address, label: tag.name, source: tag.source === '' ? sourceOf(pack) : tag.source, currency },
    network: tag.network ?? (tag.currency === null || only === null ? currency : only),
    ...conceptFields(tag.concepts),
    confidence: Attribution.Confidence.parse(tag.confidence) === undefined ? 'unknown' : tag.confidence,
    ...{ actor: tag.actor, is_cluster_definer: tag.clusterDefiner ? 'true' : null },
    ...{ tag_type: tag.tagType !== null && TAG_TYPES.has(tag.tagType) ? tag.tagType : null },
    ...{ lastmod: tag.lastmod, context: tag.context },
  }
}

/** Ids of tag_types.csv. */
const TAG_TYPES: ReadonlySet<string> = new Set(['actor', 'event', 'mention'])

function listedFields(
  { address, networks }: Attribution.Entry,
  listed: Attribution.ListedAddress,
  pack: Attribution.Pack,
): Fields {
  const { authority } = pack
  const { conflict } = listed
  const only = networks.length === 1 ? symbolOf(networks[0]!) : null
  const currency = listed.asset ?? only ?? listed.foreign ?? 'unknown'
  const concept = Category.toConcept(Attribution.categoryOf({ authority, program: listed.program }))
  const {
    kind: _,
    address: __,
    network: ___,
    entity: ____,
    ...said
  } = Attribution.Sheet.toSheet({
    ...{ kind: 'address', key: '', address, networks, content: listed },
  })
  return {
    ...{ address, label: listed.entity, source: sourceOf(pack), currency, network: only ?? currency },
    ...conceptFields(Attribution.isConcept(concept) && concept !== 'entity' ? [concept] : []),
    confidence: listed.grade === 'comment' ? 'web_crawl' : 'authority_data',
    ...{ actor: null, tag_type: 'actor', lastmod: Instant.formatDay(pack.publishedAt) },
    context: JSON.stringify({ authority, version: pack.version, ...said, ...(conflict === null ? {} : { conflict }) }),
  }
}

/** In the order in which the reader puts them together again: abuse, concepts, category. */
function conceptFields(concepts: readonly string[]): Fields {
  const known = concepts.filter(Attribution.isConcept)
  const [first, second] = known
  if (known.length === 1) return Attribution.isAbuse(first!) ? { abuse: first! } : { category: first! }
  if (known.length === 2 && Attribution.isAbuse(first!) && !Attribution.isAbuse(second!)) {
    return { abuse: first!, category: second! }
  }
  return known.length === 0 ? {} : { concepts: known }
}

function sourceOf({ authority, list, version }: Attribution.Pack): string {
  return `${authority}: ${list}, ${version}`
}

/** GraphSense names networks by the symbol of their coin. */
function symbolOf(network: Network.NetworkId): string {
  const { family, coin } = Network.from(network)
  return family === 'evm' && network !== 'ethereum' ? network.toUpperCase() : coin.symbol
}

function tagText(fields: Fields): string {
  const lines = Object.entries(fields).flatMap(([name, value]) => {
    if (value === null) return []
    return [`${name}: ${typeof value === 'string' ? scalar(value) : `[${value.map(scalar).join(', ')}]`}`]
  })
  return `- ${lines.join('\n  ')}\n`
}

/** Always quoted: an address without quotes may be read as a number, and `no` as a truth value. */
function scalar(text: string): string {
  if (BARE.test(text)) return text
  return PLAIN.test(text) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text)
}

const BARE = /^(true|[a-z]{3,}(_[a-z]+)*)$/

/** One line without control or format characters or blanks at its ends. */
const PLAIN = /^(?! )[^\p{C}\u2028\u2029\u0085]*(?<! )$/u
