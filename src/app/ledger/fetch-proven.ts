import * as Header from '../../chain/block-header.ts'
import * as Rules from '../../chain/block-rules.ts'
import * as Excerpt from '../../chain/excerpt.ts'
import * as Loose from '../../chain/loose-transaction.ts'
import {
  addCursor,
  addTip,
  EXCERPTS,
  type ExcerptShelf,
  findCursor,
  type Ingest,
  openColumns,
  openExcerpts,
  openIngest,
  totalsOf,
  txidOf,
  type UtxoColumns,
} from '../../ledger/ledger.ts'
import * as Amount from '../../model/amount.ts'
import * as Asset from '../../model/asset.ts'
import { openElectrum } from '../../source/electrum.ts'
import { type HistoryItem, openEsplora, type ProvenSource, type ProvenStatement } from '../../source/esplora.ts'
import { openLines } from '../../source/line-socket.ts'
import { parseHex } from '../../std/bytes.ts'
import { sha256Hex } from '../../std/digest.ts'
import { Failure } from '../../std/failure.ts'
import type { Context } from '../operation.ts'
import type { Outside } from '../outside.ts'
import { type Balance, cancelled, type FetchedHistory } from './fetched.ts'
import { mending } from './mend.ts'

export type OpenSource = ProvenSource & { close(): void }

/** Esplora over HTTP, or an Electrum server. */
export async function openProven(
  outside: Outside,
  from: string,
  network: Rules.BitcoinNetworkId,
  trust: boolean,
): Promise<OpenSource> {
  if (/^https?:/.test(from)) return { ...openEsplora(outside, from), close() {} }
  const lines = await openLines(from, outside.manners, trust)
  return { ...openElectrum(lines, from, network), close: lines.close }
}

type Subject = { readonly address: string; readonly network: Rules.BitcoinNetworkId; readonly provider: string }

/**
 * The history of an address of the Bitcoin family: each transaction with the proof that it is in its block. What was
 * read before is not asked for again; blocks of which more is read now keep what was known of them.
 */
export async function fetchProven(
  source: ProvenSource,
  subject: Subject,
  again: boolean,
  context: Context,
): Promise<FetchedHistory> {
  const { store, clock, signal, progress } = context
  const { address, network, provider } = subject
  await checkNetwork(source, subject)
  const tip = await source.tip()
  const { result: before } = mending(context, () => openColumns(store, network) as UtxoColumns | undefined)
  const done = !again && findCursor(store, network, address, provider)?.state === 'complete'
  const kept = openExcerpts(store, network)
  const known = txidsOf(before, address)
  const ingest = openIngest(store, network, clock, true)
  const sum = { pages: 0, transactions: 0, added: 0, present: 0 }
  const faults: string[] = []
  const keep = (state: 'reading' | 'complete' | 'partial'): void =>
    addCursor(store, { ...subject, cursor: String(tip.height), state, at: clock() })
  for await (const items of source.history(address)) {
    const fresh = items.filter(item => !known.has(item.txid))
    sum.pages++
    sum.transactions += items.length
    sum.present += items.length - fresh.length
    const excerpts = new Map<string, Read>()
    for (const item of fresh) {
      if (signal.aborted) throw cancelled(address)
      await take(source, Rules.of(network), item, kept, excerpts, faults)
      progress({ done: sum.transactions, total: null, unit: 'transactions', note: `height ${item.height}` })
    }
    sum.added += file(ingest, `${EXCERPTS} ${address} from ${provider}`, excerpts, kept, faults)
    for (const { txid } of fresh) known.add(txid)
    keep('reading')
    // Newest first: a page without news ends a reading that was whole before.
    if (done && fresh.length === 0) break
  }
  ingest.finish()
  addTip(store, network, { ...tip, provider, seenAt: clock() })
  const verdict = judge(
    openColumns(store, network) as UtxoColumns | undefined,
    subject,
    await source.statement(address),
    faults,
  )
  keep(verdict.complete ? 'complete' : 'partial')
  return { ...sum, ...verdict, faults: faults.slice(0, 100) }
}

/** What is read of a block, and how much of it was not known. */
type Read = { readonly header: string; readonly height: number; readonly parts: Excerpt.Part[]; fresh: number }

/** Ids of the transactions that are known to touch the address: each was read with its proof, or in its block. */
function txidsOf(columns: UtxoColumns | undefined, address: string): Set<string> {
  const row = columns?.addresses.find(address)
  if (columns === undefined || row === undefined) return new Set()
  return new Set(Array.from(columns.addresses.transactionsOf(row), transaction => txidOf(columns, transaction)))
}

/** What is said of its inputs against its own bytes, or null: nothing speaks against it. */
function lieOf({ hex, spent }: Excerpt.Part, rules: Rules.BlockRules): string | null {
  const transaction = Loose.parse(hex, rules)
  const values = spent.map(one => (one !== null && /^\d{1,19}$/.test(one.value) ? BigInt(one.value) : null))
  const known = values.filter(value => value !== null)
  const most = rules.network.startsWith('litecoin') ? SUPPLY.litecoin : SUPPLY.bitcoin
  const tooMuch = known.find(value => value > most)
  if (tooMuch !== undefined) return `it is said to spend an output of ${tooMuch} satoshi, more than there can be`
  if (transaction === undefined || known.length !== transaction.inputs.length || known.length === 0) return null
  const [taken, paid] = [sumOf(known), sumOf(transaction.outputs.map(output => output.units))]
  // What is moved into Litecoin's MWEB or out of it is no input or output here.
  const isShort = taken < paid && most === SUPPLY.bitcoin
  return isShort ? `it is said to spend ${taken} satoshi and pays ${paid}` : null
}

/** MAX_MONEY of each chain (consensus/amount.h), in satoshi. */
const SUPPLY = { bitcoin: 2_100_000_000_000_000n, litecoin: 8_400_000_000_000_000n }

function sumOf(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n)
}

async function take(
  source: ProvenSource,
  rules: Rules.BlockRules,
  item: HistoryItem,
  kept: ExcerptShelf,
  excerpts: Map<string, Read>,
  faults: string[],
): Promise<void> {
  const { header, part } = await source.proof(item)
  const bytes = parseHex(header)
  const hash = bytes?.length === 80 ? Header.parse(bytes)?.hash : undefined
  if (hash === undefined) {
    faults.push(`transaction ${item.txid}: its block has no header`)
    return
  }
  const lie = lieOf(part, rules)
  if (lie !== null) {
    faults.push(`transaction ${item.txid}: ${lie}`)
    return
  }
  const excerpt = excerpts.get(hash) ?? { header, height: item.height, parts: [...kept.partsOf(hash)], fresh: 0 }
  if (!excerpt.parts.some(one => one.position === part.position)) {
    excerpt.parts.push(part)
    excerpt.fresh++
  }
  excerpts.set(hash, excerpt)
}

/** Keeps excerpts as one file and takes them into the ledger; how many were taken. */
function file(
  ingest: Ingest,
  name: string,
  read: ReadonlyMap<string, Read>,
  kept: ExcerptShelf,
  faults: string[],
): number {
  if (read.size === 0) return 0
  const excerpts = [...read.values()]
  const hashes = [...read.keys()]
  const lines = excerpts.map(one => Excerpt.format(one.header, one.height, one.parts))
  const content = new TextEncoder().encode(`${lines.join('\n')}\n`)
  const whole = { sha256: sha256Hex(content), bytes: content.length, content, undo: null, path: null }
  ingest.begin({ kind: 'blocks', name, height: null, statedHeight: null, ...whole })
  let added = 0
  let offset = 0
  for (const [at, line] of lines.entries()) {
    const excerpt = Excerpt.parse(JSON.parse(line))
    const verdict =
      excerpt === undefined
        ? { reason: 'json-incomplete', offset: 0 }
        : ingest.add({ ...excerpt, offset, height: null, statedHeight: excerpt.height })
    if (verdict === 'added') {
      added += excerpts[at]!.fresh
      kept.note(hashes[at]!, { sha256: whole.sha256, offset })
    }
    if (typeof verdict === 'object') faults.push(`block ${excerpts[at]!.height}: ${verdict.reason}`)
    offset += line.length + 1
  }
  ingest.commit()
  return added
}

function judge(
  columns: UtxoColumns | undefined,
  { address, network }: Subject,
  stated: ProvenStatement,
  faults: readonly string[],
): { complete: boolean; why: string; balances: Balance[] } {
  const row = columns?.addresses.find(address)
  const totals = columns === undefined || row === undefined ? undefined : totalsOf(columns, row)
  const asset = Asset.coin(network)
  const computed = totals === undefined ? 0n : (totals.balance[0]?.units ?? null)
  const equal = computed === stated.balance
  const balances = [
    {
      computed: computed === null ? null : Amount.toJson({ asset, units: computed }),
      ...{ stated: Amount.toJson({ asset, units: stated.balance }), equal },
    },
  ]
  const say = (complete: boolean, why: string) => ({ complete, why, balances })
  if (faults.length > 0) return say(false, `What the provider told was refused in ${faults.length} places.`)
  const read = totals?.transactions ?? 0
  if (stated.transactions !== null && stated.transactions !== read) {
    return say(false, `${read} transactions were read and ${stated.transactions} stated.`)
  }
  const received = totals?.received[0]?.units ?? 0n
  if (stated.received !== null && stated.received !== received) {
    return say(false, `Receipts of ${received} satoshi were read and ${stated.received} stated.`)
  }
  if (!equal) return say(false, `A balance of ${computed ?? 'unknown'} satoshi was read and ${stated.balance} stated.`)
  return say(true, 'All pages were read, each transaction is proven in its block, and the balance agrees.')
}

async function checkNetwork(source: ProvenSource, { network, provider }: Subject): Promise<void> {
  const genesis = await source.genesis()
  if (genesis === null || genesis === Rules.of(network).genesis) return
  throw new Failure('Source.OtherNetwork', 'input', `The provider at ${provider} is not of ${network}.`, {
    hint: `Its block 0 is ${genesis.slice(0, 64)}. Name that network, or another provider.`,
    facts: { network, genesis: genesis.slice(0, 64) },
  })
}
