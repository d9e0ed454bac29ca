import { type Partition, partitionOf } from '../../cluster/cluster.ts'
import { type Columns, type Neighbour, NONE, neighboursOf } from '../../ledger/ledger.ts'
import * as Amount from '../../model/amount.ts'
import type { Asset } from '../../model/asset.ts'
import { type Coverage, unread } from '../../model/coverage.ts'
import * as Instant from '../../model/instant.ts'
import { Failure } from '../../std/failure.ts'
import { answering } from '../ledger/ledgers.ts'
import type { Context, Operation } from '../operation.ts'
import { endOf, startOf } from '../when.ts'
import { nameOf } from './cluster-name.ts'
import { type Label, labelsAmong } from './labelled.ts'
import { subjectOf } from './subject.ts'
import { knowledgeAt } from './walk.ts'

/** Whom an address or its cluster paid and was paid by, each summed: the counterparties, one page at a time. */
export type NeighboursAnswer = {
  readonly address: string
  readonly network: string
  readonly direction: 'in' | 'out' | 'both'
  readonly by: 'address' | 'cluster'
  /** Addresses that were asked about together; 1 unless `by` is cluster. */
  readonly asked: number
  /** The cluster's name (the member that sorts first) where `by` is cluster. */
  readonly cluster: string | null
  readonly neighbours: readonly NeighbourAnswer[]
  /** Of all pages, and how many come after this one. */
  readonly total: number
  readonly left: number
  /** For the next page; null: this is the last. */
  readonly cursor: string | null
  readonly notes: readonly string[]
  readonly coverage: Coverage
}

export type NeighbourAnswer = {
  /** Null: nobody that was read; `nobody` says why. */
  readonly address: string | null
  readonly nobody: Neighbour['nobody']
  readonly direction: 'in' | 'out'
  readonly cluster: { readonly name: string; readonly size: number } | null
  readonly transactions: number
  readonly first: string
  readonly last: string
  /** What moved between the two for certain, and at most: they differ only where several pay together. */
  readonly amounts: readonly { readonly least: Amount.AmountJson; readonly most: Amount.AmountJson }[]
  readonly label: Label | null
}

type Input = {
  readonly address: string
  readonly network?: string
  readonly direction: 'in' | 'out' | 'both'
  readonly by: 'address' | 'cluster'
  readonly limit: number
  readonly cursor?: string
  readonly asset?: string
  readonly from?: string
  readonly to?: string
  readonly edges: number
  readonly asOf?: string
  readonly knownAt?: string
}

/** Most rows of one page. */
const PAGE_MAX = 1000

export const neighbours: Operation = {
  name: 'neighbours',
  summary: 'List whom an address paid and was paid by, each with sums, times and labels',
  access: 'read',
  fields: {
    address: { type: 'string', says: 'Address, plain or CAIP-10', positional: true, required: true },
    network: { type: 'string', says: 'Network, where the address may live on several' },
    direction: {
      type: 'string',
      says: 'in: who paid it · out: whom it paid',
      choices: ['in', 'out', 'both'],
      default: 'both',
    },
    by: {
      type: 'string',
      says: 'Sum by address, or ask about its whole cluster and sum by cluster',
      choices: ['address', 'cluster'],
      default: 'address',
    },
    limit: { type: 'integer', says: `Rows of a page (at most ${PAGE_MAX})`, default: 25 },
    cursor: { type: 'string', says: 'Where the page begins, as the page before said' },
    asset: { type: 'string', says: 'Count only this asset: its symbol, or the contract of a token' },
    from: { type: 'string', says: 'Count only transactions since this day or time' },
    to: { type: 'string', says: 'Count only transactions until this day or time' },
    edges: { type: 'integer', says: 'Look at no more than so many inputs and outputs', default: 2_000_000 },
    asOf: { type: 'string', says: 'Labels as they stood then; default: now' },
    knownAt: { type: 'string', says: 'Labels as they were known then; default: now' },
  },
  examples: [
    { command: 'athar neighbours 1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK', says: 'its counterparties, largest first' },
    {
      command: 'athar neighbours 1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK --direction out --by cluster --limit 100',
      says: 'whom its cluster paid, cluster by cluster',
    },
  ],
  list: 'neighbours',
  run: answering(list),
}

function list(input: Input, context: Context): NeighboursAnswer {
  const { direction, by } = input
  const offset = offsetOf(input.cursor)
  const subject = subjectOf(context, [input.address], input.network)
  const { network, columns } = subject
  const address = subject.names[0]!
  const head = { address, network, direction, by }
  const nothing = { asked: 1, cluster: null, neighbours: [], total: 0, left: 0, cursor: null }
  if (columns === undefined) {
    const notes = [`The ledger of ${network} was not read: nothing was looked up.`]
    return { ...head, ...nothing, notes, coverage: unread(network) }
  }
  const known = knowledgeAt(input, context)
  const coverage: Coverage = { ...columns.coverage(), lists: [...known.lists], labels: known.labelCount(network) }
  const row = columns.addresses.find(address)
  if (row === undefined) {
    return { ...head, ...nothing, notes: [`${address} is nowhere in what was read of ${network}.`], coverage }
  }
  const clusters = partitionOf(columns, null, context.store)
  const { found, asked, cluster, truncated } = search(columns, row, input, clusters)
  const limit = Math.min(Math.max(1, input.limit), PAGE_MAX)
  const page = found.slice(offset, offset + limit)
  const left = Math.max(0, found.length - offset - page.length)
  const labelOf = labelsAmong(known, network)
  return {
    ...{ ...head, asked, cluster },
    neighbours: page.map(one => answerOf(columns, clusters, one, by, labelOf)),
    ...{ total: found.length, left, cursor: left === 0 ? null : String(offset + page.length) },
    notes: truncated ? [`Only the newest transactions were looked at, up to ${input.edges} inputs and outputs.`] : [],
    coverage: { ...coverage, truncated: truncated || coverage.truncated },
  }
}

type Found = Neighbour & { readonly direction: 'in' | 'out' }

function search(columns: Columns, row: number, input: Input, clusters: Partition | null) {
  const partition = input.by === 'cluster' ? clusters : null
  const rows = partition === null ? [row] : [...partition.membersOf(row)]
  const cluster = partition === null ? null : nameOf(columns, rows)
  const counts = assetFilter(columns, input.asset)
  const question = {
    ...{ rows, counts, limit: input.edges },
    groupOf: partition === null ? (one: number) => one : (one: number) => partition.find(one),
    from: input.from === undefined ? null : startOf('from', input.from),
    to: input.to === undefined ? null : endOf('to', input.to),
  }
  const directions = input.direction === 'both' ? (['in', 'out'] as const) : [input.direction]
  const answers = directions.map(direction => ({ direction, ...neighboursOf(columns, { ...question, direction }) }))
  const found = answers.flatMap(({ direction, list }) => list.map((one): Found => ({ ...one, direction })))
  return { found: found.sort(byWeight), asked: rows.length, cluster, truncated: answers.some(one => one.truncated) }
}

/** One asset: the largest first. Several cannot be compared: the most transactions first, then the latest. */
function byWeight(a: Found, b: Found): number {
  const [x, y] = [a.sums[0], b.sums[0]]
  const alike = a.sums.length === 1 && b.sums.length === 1 && x!.asset === y!.asset
  if (alike && x!.most !== y!.most) return x!.most > y!.most ? -1 : 1
  return b.transactions - a.transactions || b.last - a.last || (a.row ?? NONE) - (b.row ?? NONE)
}

function answerOf(
  columns: Columns,
  partition: Partition | null,
  { row, nobody, direction, transactions, first, last, sums }: Found,
  by: Input['by'],
  labelOf: (addresses: Iterable<string>) => Label | null,
): NeighbourAnswer {
  const members = row === null || partition === null ? null : [...partition.membersOf(row)]
  const name = row === null ? null : by === 'cluster' && members !== null ? nameOf(columns, members) : format(row)
  function format(one: number): string {
    return columns.addresses.format(one)
  }
  const about = row === null ? [] : by === 'cluster' && members !== null ? members.slice(0, LABELLED_MAX) : [row]
  return {
    ...{ address: name, nobody, direction },
    cluster: members === null ? null : { name: nameOf(columns, members), size: members.length },
    ...{ transactions, first: Instant.format(first), last: Instant.format(last) },
    amounts: sums.map(({ asset, least, most }) => ({
      least: Amount.toJson({ asset, units: least }),
      most: Amount.toJson({ asset, units: most }),
    })),
    label: labelOf(about.map(format)),
  }
}

/** Members of a cluster whose labels are asked. */
const LABELLED_MAX = 1000

function assetFilter(columns: Columns, text: string | undefined): (asset: Asset) => boolean {
  if (text === undefined) return () => true
  const wanted = text.toLowerCase()
  const fits = (asset: Asset) => asset.symbol.toLowerCase() === wanted || asset.contract?.toLowerCase() === wanted
  const assets = columns.shape === 'utxo' ? [columns.asset] : columns.assets
  if (assets.some(fits)) return fits
  throw new Failure('Neighbour.UnknownAsset', 'usage', `Nothing called "${text.slice(0, 60)}" moves there.`, {
    hint: `Known: ${[...new Set(assets.map(one => one.symbol))].slice(0, 20).join(', ')}.`,
    facts: { asset: text.slice(0, 60) },
  })
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor)
  throw new Failure('Neighbour.BadCursor', 'usage', `"${cursor.slice(0, 40)}" is no place in a list of neighbours.`, {
    hint: 'Give the cursor that the page before gave, or none for the first page.',
    facts: { cursor: cursor.slice(0, 40) },
  })
}
