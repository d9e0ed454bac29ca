import * as Addresses from '../../chain/address.ts'
import * as Rules from '../../chain/block-rules.ts'
import * as Amount from '../../model/amount.ts'
import * as Asset from '../../model/asset.ts'
import * as Instant from '../../model/instant.ts'
import * as Network from '../../model/network.ts'
import type { Client } from '../../source/client.ts'
import { hostOf, openJsonRpc } from '../../source/json-rpc.ts'
import type { Pool, Side, Waiting } from '../../source/pool.ts'
import { openCorePool } from '../../source/pool-core.ts'
import { openEvmPool } from '../../source/pool-evm.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Operation } from '../operation.ts'
import { addressWith, type OutsideInput, openOutside, outsideFields, secretFrom } from '../outside.ts'
import { openNode } from './sync-core.ts'

type Source = { readonly from: string; readonly cookie?: string; readonly secret?: string }

type Input = OutsideInput & Source & { readonly network: Network.NetworkId; readonly addresses?: string }

/** One address's side of a payment that waits: what it gets or gives, less what comes back to it. */
export type PoolEvent = {
  readonly network: Network.NetworkId
  readonly address: string
  readonly direction: 'in' | 'out'
  readonly asset: Asset.Asset
  readonly units: bigint
  readonly txid: string
  /** Whether its sender may still replace it; null: not known. */
  readonly replaceable: boolean | null
  /** The other side's first address, or null. */
  readonly other: string | null
}

/** What `ledger pool` answers. Nothing of it is kept: a payment that waits is no evidence. */
export type Pooled = {
  readonly network: Network.NetworkId
  readonly provider: string
  readonly seenAt: string
  readonly transactions: number
  /** Transactions that wait and could not be read. */
  readonly unread: number
  readonly payments: readonly PaymentJson[]
  readonly paymentCount: number
  readonly note: string
}

type PaymentJson = Omit<PoolEvent, 'units' | 'asset'> & { readonly amount: Amount.AmountJson }

/** Payments that are listed where no address is named. */
const LISTED_MAX = 1000

export const ledgerPool: Operation = {
  name: 'ledger pool',
  summary: 'Look at the payments that wait to be mined at a node; stores nothing',
  access: 'read',
  fields: {
    network: {
      ...{ type: 'string', positional: true, required: true, says: 'the network of the node' },
      choices: Network.all.map(network => network.id),
    },
    from: { type: 'string', required: true, says: 'address of the node; {key} in it stands for the secret' },
    addresses: { type: 'string', says: 'only payments that touch these, with commas between' },
    cookie: { type: 'string', says: 'path of a Bitcoin node’s cookie file' },
    secret: { type: 'string', says: 'path of a file with user:password or a key; else ATHAR_SOURCE_SECRET' },
    ...outsideFields,
  },
  examples: [
    {
      command: 'athar ledger pool bitcoin --from http://127.0.0.1:8332 --addresses 1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq',
      says: 'what is on its way to or from an address',
    },
  ],
  list: 'payments',
  run: (input: Input, context: Context) => pool(input, context),
}

async function pool(input: Input, context: Context): Promise<Pooled> {
  const secret = secretFrom(input.secret)
  const texts = input.addresses?.split(/[,\s]+/).filter(text => text !== '')
  const wanted = texts?.map(text => Addresses.from(text, input.network).address)
  const client = openOutside(input, 'ledger pool', context, { hide: secret === null ? [] : [secret] })
  try {
    const look = await openPool(client, input.network, input).look()
    const asked = wanted === undefined ? undefined : new Set(wanted)
    const events = eventsOf(look.waiting, input.network, address => asked === undefined || asked.has(address))
    return {
      ...{ network: input.network, provider: hostOf(input.from), seenAt: Instant.format(context.clock()) },
      ...{ transactions: look.waiting.length, unread: look.unread, paymentCount: events.length },
      payments: events.slice(0, LISTED_MAX).map(({ asset, units, ...event }) => {
        return { ...event, amount: Amount.toJson({ asset, units }) }
      }),
      note: 'Seen at one node, in no block: each may be replaced or never come true. It is no evidence.',
    }
  } finally {
    client.close()
  }
}

/**
 * The pool of a node, to be looked at again and again: it reads each transaction once.
 *
 * Failures: Source.NoPool where the network's nodes offer none.
 */
export function openPool(client: Client, network: Network.NetworkId, source: Source): Pool {
  const rules = Rules.find(network)
  if (rules !== undefined) return openCorePool(openNode(client, source), rules.network)
  if (!hasPool(network)) throw noPool(network)
  const { url } = addressWith(source.from, secretFrom(source.secret))
  return openEvmPool(openJsonRpc(client, url), url, network)
}

/** One look at a pool, as the sides of the addresses that are asked about. */
export async function poolEvents(
  pool: Pool,
  network: Network.NetworkId,
  isAsked: (address: string) => boolean,
): Promise<PoolEvent[]> {
  return eventsOf((await pool.look()).waiting, network, isAsked)
}

/** Whether the nodes of a network offer what waits. */
export function hasPool(network: Network.NetworkId): boolean {
  return Rules.find(network) !== undefined || Network.from(network).family === 'evm'
}

function eventsOf(
  waiting: readonly Waiting[],
  network: Network.NetworkId,
  isAsked: (address: string) => boolean,
): PoolEvent[] {
  return waiting.flatMap(({ txid, replaceable, paying, paid }) => {
    const net = new Map<string, { address: string; asset: Asset.Asset; units: bigint }>()
    const add = ({ address, asset, units }: Side, sign: bigint): void => {
      if (!isAsked(address)) return
      const key = `${address} ${Asset.key(asset)}`
      const held = net.get(key) ?? { address, asset, units: 0n }
      held.units += sign * units
      net.set(key, held)
    }
    for (const side of paying) add(side, -1n)
    for (const side of paid) add(side, 1n)
    return [...net.values()].flatMap(({ address, asset, units }): PoolEvent[] => {
      if (units === 0n) return []
      const direction = units > 0n ? 'in' : 'out'
      const others = direction === 'in' ? paying : paid
      const other = others.find(side => side.address !== address && Asset.equals(side.asset, asset))?.address ?? null
      return [{ network, address, direction, asset, units: units > 0n ? units : -units, txid, replaceable, other }]
    })
  })
}

function noPool(network: Network.NetworkId): Failure {
  return new Failure('Source.NoPool', 'input', `Nodes of ${network} do not offer the payments that wait.`, {
    hint: 'Their blocks come within seconds: `athar ledger sync` with --follow sees a payment as soon as it stands.',
    facts: { network },
  })
}
