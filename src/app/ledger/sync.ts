import * as Rules from '../../chain/block-rules.ts'
import { ClickHouse, coverageOf } from '../../ledger/ledger.ts'
import { type Coverage, unread } from '../../model/coverage.ts'
import * as Network from '../../model/network.ts'
import { hostOf } from '../../source/json-rpc.ts'
import { type Bell, type BellState, openBell, TOPICS, type Topic } from '../../source/zmq.ts'
import { Failure } from '../../std/failure.ts'
import { ledgerPlace } from '../config.ts'
import { openCourier } from '../monitor/deliver.ts'
import type { Context, Operation } from '../operation.ts'
import { type Outside, type OutsideInput, openOutside, outsideFields, secretFrom } from '../outside.ts'
import { connected, mayMakeTables } from './clickhouse.ts'
import { upTo } from './finality.ts'
import { hasPool, openPool } from './pool.ts'
import { openFarRound } from './sync-clickhouse.ts'
import { openNode } from './sync-core.ts'
import { type Followed, follow } from './sync-follow.ts'
import { openAccountSource, openRound, type Round, type Wanted } from './sync-round.ts'

type Input = OutsideInput &
  Wanted & {
    readonly follow: boolean
    readonly watch: boolean
    readonly every: number
    readonly zmq?: string
    readonly into?: string
  }

const PLACES = ['embedded', 'clickhouse']

/** What `ledger sync` answers: of one catching up, or with `--follow` of all of them together. */
export type Synced = Followed & {
  /** Where the node rings by ZMQ, and how often it did; null: nobody listened. */
  readonly zmq: (BellState & { readonly address: string }) | null
  readonly coverage: Coverage
}

export const ledgerSync: Operation = {
  name: 'ledger sync',
  summary: 'Read blocks from a node up to its tip, and with --follow each new one',
  access: 'write',
  fields: {
    network: {
      ...{ type: 'string', positional: true, required: true, says: 'the network of the node' },
      choices: Network.all.map(network => network.id),
    },
    from: { type: 'string', required: true, says: 'address of the node; {key} in it stands for the secret' },
    start: { type: 'integer', says: 'height to begin at [after what was read; else 0]' },
    until: { type: 'integer', says: 'height to end at [the node’s tip]' },
    cookie: { type: 'string', says: 'path of a Bitcoin node’s cookie file' },
    secret: { type: 'string', says: 'path of a file with user:password or a key; else ATHAR_SOURCE_SECRET' },
    spent: { type: 'boolean', default: false, says: 'ask for the outputs that each block spends (Core 24 or newer)' },
    confirmations: {
      type: 'integer',
      says: 'blocks after which a block is final [what the network says; Bitcoin and Litecoin: 6]',
    },
    follow: { type: 'boolean', default: false, says: 'go on with each new block until it is stopped' },
    every: { type: 'integer', default: 10, says: 'with --follow: seconds between two looks' },
    zmq: { type: 'string', says: 'where a Bitcoin node rings, tcp://host:port [what it says itself, on its own host]' },
    into: {
      ...{ type: 'string', choices: PLACES },
      says: 'where an account chain goes: what is read of it is kept there alone [ATHAR_LEDGER; else embedded]',
    },
    watch: { type: 'boolean', default: false, says: 'hold what is new against the watches, and deliver alerts' },
    ...outsideFields,
  },
  examples: [
    {
      command: 'athar ledger sync bitcoin --from http://127.0.0.1:8332 --cookie ~/.bitcoin/.cookie --start 800000',
      says: 'blocks of a node of one’s own, from a height on',
    },
    {
      command: 'athar ledger sync ethereum --from http://127.0.0.1:8545 --follow',
      says: 'catch up, then follow the tip',
    },
    {
      command: 'athar ledger sync bitcoin --from http://127.0.0.1:8332 --follow --watch --zmq tcp://127.0.0.1:28332',
      says: 'woken by the node, and told of payments to watched addresses before they are mined',
    },
    {
      command: 'athar ledger sync tron --from https://api.trongrid.io --start 70000000 --secret key.txt',
      says: 'with a key from a file, never from the command line',
    },
    {
      command: 'athar ledger sync tron --from http://127.0.0.1:8090 --into clickhouse --follow',
      says: 'final blocks straight into the cluster that ATHAR_CLICKHOUSE names: nothing of the chain is held here',
    },
  ],
  verdict: (answer: Synced) => (answer.rejected.length > 0 ? 'no' : 'ok'),
  list: 'rejected',
  run: (input: Input, context: Context) => sync(input, context),
}

async function sync(input: Input, context: Context): Promise<Synced> {
  const { network, watch } = input
  checkSpan(input)
  const isFar = placeOf(input) === 'clickhouse'
  const secret = secretFrom(input.secret)
  const client = openOutside(input, 'ledger sync', context, { hide: secret === null ? [] : [secret] })
  const courier = watch ? openCourier(input, context) : null
  let bell = null as Rung | null
  const work = async (round: Round): Promise<Omit<Synced, 'coverage'>> => {
    const pool = watch && input.follow && hasPool(network) ? openPool(client, network, input) : null
    const every = input.follow ? input.every : null
    bell = every === null ? null : await bellOf(client, input, pool === null ? ['hashblock'] : TOPICS)
    const isWoken = (): boolean => bell?.rang() ?? false
    const followed = await follow(
      { network, provider: hostOf(input.from), round, pool, courier, every, isWoken },
      context,
    )
    if (followed.note !== undefined && !input.follow) throw beyondTip(followed.note, followed.tip.height)
    return { ...followed, zmq: bell === null ? null : { address: bell.address, ...bell.state() } }
  }
  try {
    if (isFar) return await syncFar(client, input, work, context)
    const synced = await work(openRound(client, input))
    return { ...synced, coverage: upTo(coverageOf(context.store, network), synced.finalHeight) }
  } finally {
    bell?.close()
    courier?.close()
    client.close()
  }
}

/** Where what is read goes. Failures: ClickHouse.NoPlace. */
function placeOf({ network, into, watch }: Input): string {
  const place = into ?? ledgerPlace() ?? 'embedded'
  if (!PLACES.includes(place)) throw noPlace(`ATHAR_LEDGER is “${place}”: it is embedded or clickhouse.`)
  const isCoin = Rules.find(network) !== undefined
  if (place === 'clickhouse' && isCoin && into !== undefined) {
    throw noPlace(`${network} is a chain of coins: it stays in the embedded ledger.`)
  }
  if (isCoin) return 'embedded'
  if (place === 'clickhouse' && watch) throw noPlace('Watches are held against the embedded ledger: --watch needs it.')
  return place
}

/** The same into ClickHouse, as the user who loads. */
async function syncFar(
  client: Outside,
  input: Input,
  work: (round: Round) => Promise<Omit<Synced, 'coverage'>>,
  context: Context,
): Promise<Synced> {
  if (mayMakeTables()) await connected('admin', context.signal, ClickHouse.makeTables)
  const { network } = input
  return connected('loader', context.signal, async connection => {
    const source = openAccountSource(client, input)
    const far = openFarRound(connection, source, network, hostOf(input.from), input)
    const synced = await work(far.round)
    return { ...synced, coverage: upTo(far.coverage() ?? unread(network), synced.finalHeight) }
  })
}

type Rung = Bell & { readonly address: string }

/** Where somebody says that the node rings, or the node itself does. Failures: Source.NoZmq, those of the bell. */
async function bellOf(client: Outside, input: Input, topics: readonly Topic[]): Promise<Rung | null> {
  const isCore = Rules.find(input.network) !== undefined
  if (input.zmq !== undefined && !isCore) throw noZmq(input.network)
  const { manners } = client
  if (!isCore || (input.zmq === undefined && manners.proxy !== null)) return null
  const address = input.zmq ?? ownBell(input.from, await notified(client, input))
  return address === null ? null : { ...openBell(address, topics, manners), address }
}

/** What the node says of its own publishers; a node without ZMQ, or one that is away just now, says nothing. */
async function notified(client: Outside, input: Input): Promise<unknown> {
  return openNode(client, input)
    .call('getzmqnotifications')
    .catch(() => null)
}

/** The publisher of blocks on the node's own host: what it names elsewhere is not connected to unasked. */
export function ownBell(from: string, notifications: unknown): string | null {
  const host = URL.parse(from)?.hostname
  for (const one of Array.isArray(notifications) ? (notifications as unknown[]) : []) {
    const { type, address } = (one ?? {}) as { type?: unknown; address?: unknown }
    const url = type === 'pubhashblock' && typeof address === 'string' ? URL.parse(address) : null
    if (url?.protocol !== 'tcp:' || url.port === '' || host === undefined) continue
    if (url.hostname === host || ANYWHERE.has(url.hostname)) return `tcp://${host}:${url.port}`
  }
  return null
}

/** It listens on each of its addresses. */
const ANYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '*', '[::]'])

/** What cannot be meant is refused before anything is asked. Failure: Source.BadSpan. */
function checkSpan({ start, until, confirmations, every }: Input): void {
  const least = { start: 0, until: 0, confirmations: 0, every: 1 }
  for (const [name, value] of Object.entries({ start, until, confirmations, every })) {
    const floor = least[name as keyof typeof least]
    if (value !== undefined && value < floor) throw badSpan(name, value, `--${name} is at least ${floor}.`)
  }
  if (start !== undefined && until !== undefined && start > until) {
    throw badSpan('start', start, `--start ${start} lies above --until ${until}.`)
  }
}

function badSpan(field: string, value: number, says: string): Failure {
  return new Failure('Source.BadSpan', 'usage', says, {
    hint: 'Heights and confirmations are whole numbers from 0, seconds from 1; the start is not above the end.',
    facts: { field, value },
  })
}

function beyondTip(says: string, tip: number): Failure {
  return new Failure('Source.BeyondTip', 'input', says, {
    hint: 'Name a height up to the tip, or wait for it with --follow.',
    facts: { tip },
  })
}

function noPlace(says: string): Failure {
  return new Failure('ClickHouse.NoPlace', 'usage', says, {
    hint: 'Choose with --into where what is read goes: embedded, or clickhouse for account chains without watches.',
  })
}

function noZmq(network: Network.NetworkId): Failure {
  return new Failure('Source.NoZmq', 'usage', `Nodes of ${network} do not ring by ZMQ.`, {
    hint: 'Leave out --zmq, and say with --every how often the node is asked.',
    facts: { network },
  })
}
