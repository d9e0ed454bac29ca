import * as Attribution from '../attribution/attribution.ts'
import * as Campaign from '../campaign/campaign.ts'
import * as Capture from '../capture/capture.ts'
import * as CaseFile from '../casefile/casefile.ts'
import * as Address from '../chain/address.ts'
import { type Columns, networksOf, openColumns } from '../ledger/ledger.ts'
import { fold } from '../std/folded.ts'
import type { Store } from '../store/store.ts'
import { findTransaction } from '../trace/trace.ts'
import { answered, ledgersOf } from './ledger/ledgers.ts'
import type { Context, Operation } from './operation.ts'

/** One thing that was found, and how to get to it. */
export type SearchResult = {
  readonly kind: 'address' | 'txid' | 'label' | 'entity' | 'campaign' | 'case' | 'capture'
  readonly title: string
  readonly network: string | null
  /** Of an address, or of the address that bears a name. */
  readonly address: string | null
  /** Of a capture. */
  readonly sha256: string | null
  /** Of a campaign or case. */
  readonly name: string | null
  /** Words around the place, where it stands in a text. */
  readonly snippet: { readonly before: string; readonly match: string; readonly after: string } | null
}

export type SearchAnswer = {
  readonly query: string
  readonly results: readonly SearchResult[]
  /** The question names exactly the first result. */
  readonly exact: boolean
  /** There may be more: a limit was hit. */
  readonly truncated: boolean
}

type Input = { readonly text: string; readonly limit: number }

export const search: Operation = {
  name: 'search',
  summary: 'Search addresses, transactions, names, campaigns, cases and captures',
  access: 'read',
  fields: {
    text: { type: 'string', says: 'What is searched, in any script', positional: true, required: true },
    limit: { type: 'integer', says: 'Most results', default: 50 },
  },
  examples: [
    { command: 'athar search 1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq', says: 'where an address stands' },
    { command: 'athar search "اغاثة"', says: 'letter forms are folded: إغاثه is found too' },
  ],
  list: 'results',
  run: (input: Input, context: Context) => find(input, context),
}

/** Captures and bytes that are read for one search, the newest first; entries that a name is looked for in. Ours. */
const CAPTURES_MAX = 500
const BYTES_MAX = 32 * 2 ** 20
const NAMED_MAX = 200
const TEXT_MAX = 500

async function find({ text, limit }: Input, context: Context): Promise<SearchAnswer> {
  const query = text.trim().slice(0, TEXT_MAX)
  const wanted = fold(query).text
  if (wanted === '') return { query, results: [], exact: false, truncated: false }
  const { store } = context
  const direct = [...addresses(query), ...(await answered(context, at => transactions(at, query)))]
  const texts = inCaptures(store, wanted)
  const all = [
    ...direct,
    ...campaigns(store, wanted),
    ...cases(store, wanted),
    ...names(query, wanted, context),
    ...texts.results,
  ]
  const results = all.slice(0, Math.max(1, Math.min(limit, 500)))
  return { query, results, exact: direct.length === 1, truncated: texts.truncated || all.length > results.length }
}

const NOTHING = { network: null, address: null, sha256: null, name: null, snippet: null }

function addresses(query: string): SearchResult[] {
  const parsed = Address.parse(query)
  if (!parsed.ok) return []
  const { address, network } = parsed.address
  const on = parsed.networks.length === 1 ? network : null
  return [{ ...NOTHING, kind: 'address', title: address, network: on, address }]
}

function transactions(context: Pick<Context, 'store' | 'ledgers'>, query: string): SearchResult[] {
  const txid = /^(?:0x)?([0-9a-f]{64})$/i.exec(query)?.[1]?.toLowerCase()
  if (txid === undefined) return []
  const ledgers = ledgersOf(context)
  return ledgers
    .networks()
    .filter(network => [ledgers.open(network), openColumns(context.store, network)].some(one => isIn(one, txid)))
    .map(network => ({ ...NOTHING, kind: 'txid', title: txid, network }))
}

/** What only failed stands in the embedded ledger alone. */
function isIn(columns: Columns | undefined, txid: string): boolean {
  return columns !== undefined && findTransaction(columns, txid) !== undefined
}

function campaigns(store: Store, wanted: string): SearchResult[] {
  return Campaign.list(store)
    .filter(({ name, claimedActor, purpose, addresses: linked }) => {
      const texts = [name, claimedActor ?? '', ...purpose, ...linked.map(one => one.address)]
      return texts.some(text => fold(text).text.includes(wanted))
    })
    .map(({ name }) => ({ ...NOTHING, kind: 'campaign', title: name, name }))
}

function cases(store: Store, wanted: string): SearchResult[] {
  return CaseFile.names(store)
    .map(name => CaseFile.read(store, name))
    .filter(({ name, title, notes, evidence }) => {
      const texts = [name, title, ...notes.map(note => note.text), ...evidence.map(one => one.value)]
      return texts.some(text => fold(text).text.includes(wanted))
    })
    .map(({ name, title }) => ({ ...NOTHING, kind: 'case', title, name }))
}

/** Labels and listed entities whose name holds the words, each name once per address. */
function names(query: string, wanted: string, { store, clock }: Context): SearchResult[] {
  if (wanted.length < 2) return []
  const now = clock()
  const known = Attribution.knowledge(store, { asOf: now, knownAt: now })
  const holds = (text: string) => fold(text).text.includes(wanted)
  const found = Attribution.addressesNamed(store, query, NAMED_MAX).flatMap(({ address }) =>
    known.networksOf(address).flatMap(network => {
      const at = { ...NOTHING, network, address }
      const entities = known.designationsOf(network, address).map(({ entity }) => entity)
      const labels = known.labelsOf(network, address).map(({ name }) => name)
      return [
        ...[...new Set(entities)].filter(holds).map(title => ({ ...at, kind: 'entity' as const, title })),
        ...[...new Set(labels)].filter(holds).map(title => ({ ...at, kind: 'label' as const, title })),
      ]
    }),
  )
  const read = new Set(networksOf(store))
  const same = Map.groupBy(found, ({ kind, title, address }) => [kind, title, address].join('\n'))
  return [...same.values()].map(group => {
    // One address may be written the same on several networks: the one that was read is named, or none.
    const networks = group.length === 1 ? group : group.filter(one => read.has(one.network))
    return { ...group[0]!, network: networks.length === 1 ? networks[0]!.network : null }
  })
}

/** No index: reads what is sealed, so it is bounded. */
function inCaptures(store: Store, wanted: string): { results: SearchResult[]; truncated: boolean } {
  const all = Capture.list(store).toReversed()
  const results: SearchResult[] = []
  let left = BYTES_MAX
  let read = 0
  for (const { sha256, bytes, origins } of all) {
    if (read >= CAPTURES_MAX || bytes > left) break
    left -= bytes
    read++
    const path = origins[0]?.path ?? sha256
    const held = Capture.openUnlessWithheld(store, sha256)
    if (held === null) continue
    for (const { document } of Capture.readBytes(path, held)) {
      const snippet = document === null ? null : snippetOf(document.text, wanted)
      if (snippet === null) continue
      const title = document!.title ?? origins[0]?.sourceUrl ?? path.split('/').at(-1)!
      results.push({ ...NOTHING, kind: 'capture', title, sha256, snippet })
      break
    }
  }
  return { results, truncated: read < all.length }
}

const AROUND = 50

function snippetOf(text: string, wanted: string): SearchResult['snippet'] {
  const folded = fold(text)
  const at = folded.text.indexOf(wanted)
  if (at === -1) return null
  const start = folded.from[at]!
  const end = folded.from[at + wanted.length] ?? text.length
  return {
    before: text.slice(Math.max(0, start - AROUND), start),
    match: text.slice(start, end),
    after: text.slice(end, end + AROUND),
  }
}
