import {
  digestOf,
  findManifest,
  findTip,
  listGround,
  networksOf,
  openColumns,
  pricedAssets,
  UNREAD,
} from '../../ledger/ledger.ts'
import type { Coverage } from '../../model/coverage.ts'
import * as Instant from '../../model/instant.ts'
import type { NetworkId } from '../../model/network.ts'
import type { Context, Operation } from '../operation.ts'
import { CONFIRMATIONS, upTo } from './finality.ts'
import { type FollowStatus, listFollowed } from './followed.ts'

/** What `ledger status` answers. */
export type StatusAnswer = {
  readonly networks: readonly NetworkStatus[]
  /** Networks that are or were followed from here: last look, lag, and since when and why one waits. */
  readonly following: readonly FollowStatus[]
  readonly prices: readonly {
    readonly asset: string
    readonly days: number
    readonly first: string
    readonly last: string
  }[]
}

export type NetworkStatus = {
  readonly network: NetworkId
  /** Null on account chains, whose files do not hold blocks. */
  readonly blocks: number | null
  readonly anchoredBlocks: number | null
  readonly transactions: number
  /** Inputs and how many of them are known; null on account chains. */
  readonly inputs: number | null
  readonly inputsResolved: number | null
  readonly transfers: number | null
  readonly addresses: number
  readonly files: number
  readonly committedAt: string
  /** How far the network had got when a source was last asked for its tip, and when; null: no source was followed. */
  readonly tip: {
    readonly height: number
    readonly provider: string
    readonly seenAt: string
    /** Blocks between what is read and that tip. */
    readonly lag: number
  } | null
  /** Digest of the canonical export: equal wherever the ledger says the same. Only with `--digest`. */
  readonly digest?: string
  readonly coverage: Coverage
}

export const ledgerStatus: Operation = {
  name: 'ledger status',
  summary: 'Say what the ledger holds, per network, and which prices',
  access: 'read',
  fields: {
    digest: { type: 'boolean', default: false, says: 'with the SHA-256 of the canonical export of each ledger' },
  },
  examples: [{ command: 'athar ledger status', says: 'networks, heights, transactions, prices' }],
  list: 'networks',
  run: ({ digest }: { readonly digest: boolean }, { store, clock }: Context): StatusAnswer => ({
    networks: networksOf(store).map(network => statusOf(store, network, digest)),
    following: listFollowed(store.directory, clock()),
    prices: pricedAssets(store),
  }),
}

function statusOf(store: Context['store'], network: NetworkId, withDigest: boolean): NetworkStatus {
  const columns = openColumns(store, network)!
  const manifest = findManifest(store, network)!
  const isUtxo = columns.shape === 'utxo'
  const coverage = columns.coverage()
  const tip = tipOf(store, network, coverage.toHeight)
  return {
    network,
    blocks: isUtxo ? columns.blocks.count : null,
    anchoredBlocks: isUtxo ? columns.blocks.anchored.reduce((sum, one) => sum + one, 0) : null,
    transactions: columns.transactions.count,
    inputs: isUtxo ? columns.inputs.count : null,
    inputsResolved: isUtxo ? resolved(columns.inputs.units) : null,
    transfers: isUtxo ? null : columns.transfers.count,
    addresses: columns.addresses.count,
    files: listGround(store, network).length,
    committedAt: Instant.format(manifest.committedAt),
    tip,
    ...(withDigest ? { digest: digestOf(columns) } : {}),
    coverage: tip === null ? coverage : upTo(coverage, tip.height - CONFIRMATIONS),
  }
}

function tipOf(store: Context['store'], network: NetworkId, read: number | null): NetworkStatus['tip'] {
  const tip = findTip(store, network)
  if (tip === undefined) return null
  const { height, provider, seenAt } = tip
  return { height, provider, seenAt: Instant.format(seenAt), lag: Math.max(0, height - (read ?? -1)) }
}

function resolved(units: BigUint64Array): number {
  let known = 0
  for (let row = 0; row < units.length; row++) if (units[row] !== UNREAD) known++
  return known
}
