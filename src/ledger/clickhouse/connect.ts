import { Readable } from 'node:stream'
import type { ClickHouseClient } from '@clickhouse/client'
import { Failure } from '../../std/failure.ts'
import { randomId } from '../../std/random.ts'
import { SIDES } from './batch.ts'
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
export type Parameters = Readonly<Record<string, string | number | bigint | readonly bigint[] | readonly string[]>>

/**
 * Rows that go along with a question, to be read there as the table `frontier`: a long list in the text would cost
 * seconds, a table made beforehand two questions more.
 */
export type Frontier = {
  /** Name and type of its one column, as `account UInt64`. */
  readonly structure: string
  /** The values side by side, little-endian. */
  readonly bytes: Uint8Array
}

/** Open connections to every shard. */
export type Connection = {
  readonly shards: number
  /** Runs a statement that answers nothing. */
  run(shard: number, sql: string, parameters?: Parameters, token?: string): Promise<void>
  /** Adds blocks as they come, together; a token that was seen before adds nothing. */
  insert(shard: number, sql: string, blocks: AsyncIterable<Uint8Array>, token: string): Promise<void>
  /** Asks one shard; an answer is whole or it is a failure. `sql` has no FORMAT. */
  select(shard: number, sql: string, parameters: Parameters, frontier?: Frontier): Promise<Native.NativeResult>
  /** The same as rows of JSON, for what is small; of the first shard, and through it of all. */
  rows<T>(sql: string, parameters?: Parameters, shard?: number): Promise<T[]>
  close(): Promise<void>
}

/** Opens lazily: nothing is asked before the first statement. `signal` cancels what is running, there too. */
export async function connect(access: Access, signal?: AbortSignal): Promise<Connection> {
  // Loaded only where it is used: the command line starts without it.
  const { createClient } = await import('@clickhouse/client')
  const clients = access.urls.map(url =>
    createClient({
      ...{ url, username: access.user, password: access.password, application: 'athar' },
      ...{ request_timeout: 600_000, max_open_connections: 6, log: { level: 127 as never } },
      ...(access.ca === null || !url.startsWith('https:') ? {} : { tls: { ca_cert: Buffer.from(access.ca) } }),
      clickhouse_settings: WHOLE,
    }),
  )
  const options = (parameters: Parameters = {}, settings: object = {}) => ({
    query_params: { ...parameters },
    clickhouse_settings: { ...WHOLE, ...settings },
    query_id: randomId(),
    ...(signal === undefined ? {} : { abort_signal: signal }),
  })
  return {
    shards: clients.length,
    run: (shard, query, parameters, token) =>
      told(clients[shard]!, options(parameters, tokenOf(token)), async given => {
        await clients[shard]!.command({ query, ...given })
      }),
    insert: (shard, query, blocks, token) =>
      told(clients[shard]!, options({}, { ...tokenOf(token), ...TOGETHER }), async given => {
        const values = Readable.from(blocks, { objectMode: false })
        const { stream } = await clients[shard]!.exec({ query: `${query} FORMAT Native`, values, ...given })
        await collect(stream)
      }),
    select: (shard, query, parameters, frontier) =>
      told(clients[shard]!, options(parameters, settingsOf(frontier)), async given => {
        const { stream } = await clients[shard]!.exec({
          query: `${query} FORMAT Native`,
          ...given,
          ...bodyOf(frontier),
        })
        return Native.decode(await collect(stream))
      }),
    rows: <T>(query: string, parameters?: Parameters, shard = 0) =>
      told(clients[shard]!, options(parameters), given => rowsOf<T>(clients[shard]!, query, given)),
    close: async () => {
      await Promise.all(clients.map(client => client.close()))
    },
  }
}

function tokenOf(token: string | undefined): object {
  return token === undefined ? {} : { insert_deduplication_token: token }
}

/** How a server reads what goes along (https://clickhouse.com/docs/engines/table-engines/special/external-data). */
function settingsOf(frontier: Frontier | undefined): object {
  return frontier === undefined ? {} : { frontier_structure: frontier.structure, frontier_format: 'RowBinary' }
}

/** The rows as a file of a form: the client knows no other way to send any beside a question. */
function bodyOf(frontier: Frontier | undefined): object {
  if (frontier === undefined) return {}
  const boundary = randomId()
  const head =
    `--${boundary}\r\nContent-Disposition: form-data; name="frontier"; filename="frontier"\r\n` +
    'Content-Type: application/octet-stream\r\n\r\n'
  const body = Buffer.concat([Buffer.from(head), frontier.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
  return {
    values: Readable.from([body], { objectMode: false }),
    http_headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
  }
}

/**
 * An error in the middle of an answer comes as an error, not as an answer that ends early; and what a dead shard holds
 * is never left out.
 */
const WHOLE = {
  wait_end_of_query: 1,
  // Held in memory up to here: past it an answer waits in a file.
  http_response_buffer_size: '268435456',
  output_format_json_quote_64bit_integers: 1,
} as const

/** An insert becomes one part, up to a quarter more than what the loader sends as one. */
const TOGETHER = {
  min_insert_block_size_rows: `${(5 * SIDES) / 4}`,
  min_insert_block_size_bytes: `${2 ** 31}`,
} as const

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
/** A table that is not there: nothing was loaded since these tables have their present form. */
const ABSENT = new Set(['60', '81'])
/** What Node says of certificates (nodejs.org, “X509 certificate error codes”), and of a handshake that fails. */
const UNTRUSTED = /^(ERR_TLS_.*|ERR_SSL_.*|.*CERT.*|UNABLE_TO_.*|EPROTO)$/
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
  if (ABSENT.has(code)) {
    const hint = 'Load it: athar ledger load, with the administrator’s password.'
    return new Failure('ClickHouse.NotLoaded', 'missing', 'ClickHouse has no tables of this version of Athar.', {
      ...{ hint, cause, facts },
    })
  }
  if (UNTRUSTED.test(code)) {
    const hint = 'Name the authority’s certificates in ATHAR_CLICKHOUSE_CA, and the server by the name it was given.'
    return new Failure('ClickHouse.Untrusted', 'denied', `The server of ClickHouse is not who it should be: ${said}`, {
      ...{ hint, cause, facts },
    })
  }
  if (DEAD.has(code) || /^(E[A-Z]+|UND_ERR_.*)$/.test(code) || /timeout|socket hang up/i.test(message)) {
    const hint = 'Every shard must answer; an answer without one would be short.'
    return new Failure('ClickHouse.Unreachable', 'unreachable', `ClickHouse did not answer: ${said}`, {
      ...{ hint, cause, facts },
    })
  }
  return new Failure('ClickHouse.Failed', 'corrupt', `ClickHouse could not do it: ${said}`, { cause, facts })
}
