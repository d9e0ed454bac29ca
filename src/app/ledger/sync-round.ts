import type { IssuerEvent } from '../../chain/account-block.ts'
import * as Rules from '../../chain/block-rules.ts'
import * as Network from '../../model/network.ts'
import type { Transfer } from '../../model/transfer.ts'
import type { AccountSource } from '../../source/account-source.ts'
import type { Client } from '../../source/client.ts'
import { openEvm } from '../../source/evm.ts'
import { hostOf, openJsonRpc } from '../../source/json-rpc.ts'
import { openTron } from '../../source/tron.ts'
import type { Context } from '../operation.ts'
import { addressWith, secretFrom } from '../outside.ts'
import { CONFIRMATIONS } from './finality.ts'
import type { Rejected } from './ledger.ts'
import type { Mended } from './mend.ts'
import { openAccountCatchUp, type Reorganisation } from './sync-account.ts'
import { catchUp as catchUpCore, openNode } from './sync-core.ts'

/** Which node, and what of it. */
export type Wanted = {
  readonly network: Network.NetworkId
  readonly from: string
  readonly start?: number
  readonly until?: number
  readonly cookie?: string
  readonly secret?: string
  readonly confirmations?: number
  readonly spent: boolean
  readonly follow?: boolean
}

/** What one catching up with a node did. */
export type Step = {
  readonly network: Network.NetworkId
  readonly provider: string
  readonly node: { readonly version: string }
  readonly tip: { readonly height: number; readonly hash: string }
  /**
   * Up to which height no reorganisation is to be feared: `--confirmations` below the tip, else as the network says
   * it (null: it says nothing of the kind), else, on the Bitcoin family, six below the tip.
   */
  readonly finalHeight: number | null
  /** Heights that were asked for, or null: there was nothing new. */
  readonly asked: { readonly from: number; readonly to: number } | null
  readonly blocks: number
  readonly transactions: number
  /** Of account chains: transfers taken; null for the others. */
  readonly transfers: number | null
  /** Whether internal transfers were told; null where the chain has none. */
  readonly internal: boolean | null
  /** Freezes and destructions of funds by issuers, as their contracts told them. */
  readonly issuer: readonly IssuerEvent[]
  /** Steps of freezes registered in the issuers' lists, and those that a reorganisation took out; null: no issuers. */
  readonly freezes: { readonly registered: number; readonly withdrawn: number } | null
  readonly reorganised: Reorganisation | null
  readonly rejected: readonly Rejected[]
  /** Blocks between what is read and the node's tip. */
  readonly lag: number
  /** There only where --start lies beyond the node's tip, so that nothing could be read. */
  readonly note?: string
  /** There only where the ledger was found damaged: what was kept of it, and what was derived again. */
  readonly mended?: readonly Mended[]
}

/** Transfers that have just been kept, block by block: for whoever watches while they come. */
export type Came = (transfers: readonly Transfer[]) => void

/** Catching up with a node, again and again: what one round learns, the next one knows. */
export type Round = (context: Context, came: Came) => Promise<Step>

export function openRound(client: Client, input: Wanted): Round {
  const { network } = input
  const provider = hostOf(input.from)
  const rules = Rules.find(network)
  if (rules === undefined) return accountRound(openAccountSource(client, input), input, provider)
  const core = openNode(client, input)
  let again = false
  return async context => {
    const { status, reached, ...done } = await catchUpCore(core, rules.network, provider, { ...input, again }, context)
    again = true
    const tip = { height: status.blocks, hash: status.best }
    const finalHeight = Math.max(0, tip.height - (input.confirmations ?? CONFIRMATIONS))
    const none = { finalHeight, transfers: null, internal: null, issuer: [], freezes: null }
    const lag = Math.max(0, tip.height - reached)
    return {
      network,
      provider,
      tip,
      node: { version: status.version },
      ...none,
      ...done,
      lag,
      ...beyond(input.start, tip.height),
    }
  }
}

/** The same with a node of an account chain. */
export function accountRound(
  source: AccountSource,
  input: Pick<Wanted, 'network' | 'start' | 'until' | 'follow'>,
  provider: string,
): Round {
  const { network } = input
  const catchUp = openAccountCatchUp(source, network, provider, input)
  return async (context, came) => {
    const { status, reached, ...done } = await catchUp(context, came)
    const { tip, finalHeight, internal, version } = status
    const lag = Math.max(0, tip.height - reached)
    return {
      network,
      provider,
      tip,
      // A node that tells of no final block, and nobody who said how deep one is.
      finalHeight: finalHeight < 0 ? null : finalHeight,
      internal,
      node: { version },
      ...done,
      lag,
      ...beyond(input.start, tip.height),
    }
  }
}

function beyond(start: number | undefined, tip: number): { note?: string } {
  if (start === undefined || start <= tip) return {}
  return { note: `Nothing was read: height ${start}, to begin at, lies beyond the node's tip, ${tip}.` }
}

export function openAccountSource(client: Client, input: Wanted): AccountSource {
  const { url, key } = addressWith(input.from, secretFrom(input.secret))
  if (Network.from(input.network).family === 'tron') return openTron(client, url, key)
  return openEvm(openJsonRpc(client, url), url, input.network, input.confirmations ?? null)
}
