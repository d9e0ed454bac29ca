import { Readable } from 'node:stream'
import type { ClickHouseClient } from '@clickhouse/client'
import { Failure } from '../../std/failure.ts'
import { randomId } from '../../std/random.ts'
import * as Native from './native.ts'

/** Where the database beyond one machine is, and as whom it is asked. */
export type Access = {
  /** One address for each shard, in the order in which the cluster names them. The first is asked. */
  readonly urls: readonly string[]
  readonly user: string
  readonly password: string
  /** Certificates (PEM) to trust instead of the system's; null: the system's. Used where an address is https. */
  readonly ca: Uint8Array | null
}

/** What a statement is given: parameters, never text of a user within the statement. */
export type Parameters = Readonly<Record<string, string | number | bigint | readonly bigint[]>>

/** Open connections to every shard. */
export type Connection = {
  readonly shards: number
  /** Runs a statement that answers nothing. */
  run(shard: number, sql: string, parameters?: Parameters, more?: More): Promise<void>
  /** Adds one block; a token that was seen before adds nothing. */
  insert(shard: number, sql: string, block: readonly Uint8Array[], more?: More): Promise<void>
  /** Asks the first shard, and through it all; an answer is whole or it is a failure. `sql` has no FORMAT. */
  select(sql: string, parameters?: Parameters, session?: string): Promise<Native.NativeResult>
  /** The same as rows of JSON, for what is small. */
  rows<T>(sql: string, parameters?: Parameters): Promise<T[]>
  close(): Promise<void>
}

/** A session keeps temporary tables from one statement to the next. */
export type More = { readonly token?: string; readonly session?: string }

/** Opens lazily: nothing is asked before the first statement. `signal` cancels what is running, there too. */
export async function connect(access: Access, signal?: AbortSignal): Promise<Connection> {
  // Loaded only where it is used: the command line starts without it.
  const { createClient } = await import('@clickhouse/client')
  const clients = access.urls.map(url =>
    createClient({
      ...{ url, username: access.user, password: access.password, application: 'athar' },
      ...{ request_timeout: 600_000, max_open_connections: 4, log: { level: 127 as never } },
      ...(access.ca === null || !url.startsWith('https:') ? {} : { tls: { ca_cert: Buffer.from(access.ca) } }),
      clickhouse_settings: WHOLE,
    }),
  )
  const first = clients[0]!
  const options = (parameters: Parameters = {}, { session, token }: More = {}) => ({
    query_params: { ...parameters },
    clickhouse_settings: token === undefined ? WHOLE : { ...WHOLE, insert_deduplication_token: token },
    query_id: randomId(),
    ...(session === undefined ? {} : { session_id: session }),
    ...(signal === undefined ? {} : { abort_signal: signal }),
  })
  return {
    shards: clients.length,
    run: (shard, query, parameters, more) =>
      told(clients[shard]!, options(parameters, more), async given => {
        await clients[shard]!.command({ query, ...given })
      }),
    insert: (shard, query, block, more) =>
      told(clients[shard]!, options({}, more), async given => {
        const values = Readable.from(block, { objectMode: false })
        const { stream } = await clients[shard]!.exec({ query: `${query} FORMAT Native`, values, ...given })
        await collect(stream)
      }),
    select: (query, parameters, session) =>
      told(first, options(parameters, session === undefined ? {} : { session }), async given => {
        const { stream } = await first.exec({ query: `${query} FORMAT Native`, ...given })
        return Native.decode(await collect(stream))
      }),
    rows: <T>(query: string, parameters?: Parameters) =>
      told(first, options(parameters), given => rowsOf<T>(first, query, given)),
    close: async () => {
      await Promise.all(clients.map(client => client.close()))
    },
  }
}

/**
 * An error in the middle of an answer comes as an error, not as an answer that ends early; and what a dead shard holds
 * is never left out.
 */
const WHOLE = { wait_end_of_query: 1, output_format_json_quote_64bit_integers: 1 } as const

async function rowsOf<T>(client: ClickHouseClient, query: string, options: object): Promise<T[]> {
  const answer = await client.query({ query, format: 'JSONEachRow', ...options })
  return answer.json<T>()
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
}

type Given = { readonly query_id: string }

/** What goes wrong as a failure. A server does not notice that nobody waits any more: it is told. */
async function told<T, G extends Given>(
  client: ClickHouseClient,
  given: G,
  work: (given: G) => Promise<T>,
): Promise<T> {
  try {
    return await work(given)
  } catch (cause) {
    if (cause instanceof Failure || cause instanceof TypeError) throw cause
    const failure = failureOf(cause)
    if (failure.name === 'ClickHouse.Cancelled') await kill(client, given.query_id)
    throw failure
  }
}

/** Everybody may end what he asked himself. Where it ended by itself, or the server is gone, nothing is left to do. */
async function kill(client: ClickHouseClient, id: string): Promise<void> {
  const query = 'KILL QUERY WHERE query_id = {id:String} AND user = currentUser() ASYNC'
  await client.command({ query, query_params: { id } }).catch(() => undefined)
}

/** Codes of src/Common/ErrorCodes.cpp. */
const LIMITS = new Set(['158', '159', '160', '241', '396'])
const DENIED = new Set(['164', '192', '193', '194', '452', '497', '516'])
const DEAD = new Set(['198', '209', '210', '279', '425'])

function failureOf(cause: unknown): Failure {
  const { code = '', message = '' } = cause as { code?: string; message?: string }
  const said = message.replace(/\s+/g, ' ').slice(0, 300)
  const facts = { code: `${code}` }
  if (/aborted/i.test(message) || code === '394') {
    return new Failure('ClickHouse.Cancelled', 'cancelled', 'The question to ClickHouse was cancelled.', {
      cause,
      facts,
    })
  }
  if (LIMITS.has(code)) {
    const hint = 'Ask for less (fewer hops, a shorter window), or raise the limit in the reader’s profile.'
    return new Failure('ClickHouse.Limit', 'limit', `ClickHouse stopped at a limit: ${said}`, { hint, cause, facts })
  }
  if (DENIED.has(code)) {
    const hint = 'Check the user’s password and grants: deploy/clickhouse/users.xml.'
    return new Failure('ClickHouse.Denied', 'denied', `ClickHouse refused: ${said}`, { hint, cause, facts })
  }
  if (DEAD.has(code) || /^(E[A-Z]+|UND_ERR_.*)$/.test(code) || /timeout|socket hang up/i.test(message)) {
    const hint = 'Every shard must answer; an answer without one would be short.'
    return new Failure('ClickHouse.Unreachable', 'unreachable', `ClickHouse did not answer: ${said}`, {
      ...{ hint, cause, facts },
    })
  }
  return new Failure('ClickHouse.Failed', 'corrupt', `ClickHouse could not do it: ${said}`, { cause, facts })
}
