import { readFileSync } from 'node:fs'
import { ClickHouse } from '../../ledger/ledger.ts'
import { Failure } from '../../std/failure.ts'
import { clickhouse, outside, type Secret } from '../config.ts'
import type { Context } from '../operation.ts'

/** Whether ledgers may lie in ClickHouse: ATHAR_CLICKHOUSE is set. */
export function isConfigured(): boolean {
  return clickhouse() !== null
}

/**
 * Connects as one of the users of deploy/clickhouse/users.xml, and lets go when the work ends, however it does.
 * Failures: ClickHouse.NotConfigured, ClickHouse.BadAddress, those of the connection.
 */
export async function connected<T>(
  user: 'admin' | 'loader' | 'reader',
  signal: Context['signal'],
  work: (connection: ClickHouse.Connection) => Promise<T>,
): Promise<T> {
  const settings = clickhouse()
  if (settings === null) throw unconfigured('ATHAR_CLICKHOUSE', 'the addresses of its shards')
  const { forbidden } = outside()
  for (const url of settings.urls) check(url, forbidden)
  const password = textOf(settings.password[user])
  if (password === null) {
    throw unconfigured(`ATHAR_CLICKHOUSE_${user.toUpperCase()}_PASSWORD`, `the password of athar_${user}`)
  }
  const ca = settings.ca === null ? null : new Uint8Array(readFileSync(settings.ca))
  const { urls } = settings
  const connection = await ClickHouse.connect({ urls, user: `athar_${user}`, password, ca }, signal)
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}

/** Whether tables can be made: the administrator's password is there. */
export function mayMakeTables(): boolean {
  return clickhouse()?.password.admin !== null
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Passwords go over the wire: beyond loopback only in TLS. */
function check(url: string, forbidden: boolean): void {
  const parsed = URL.parse(url)
  const plain = parsed?.username === '' && parsed.password === '' && ['', '/'].includes(parsed.pathname)
  if (parsed === null || !plain || !['http:', 'https:'].includes(parsed.protocol)) {
    throw badAddress('An address in ATHAR_CLICKHOUSE is none, or holds more than a host and a port.')
  }
  const near = LOOPBACK.has(parsed.hostname)
  if (!near && parsed.protocol !== 'https:')
    throw badAddress(`${parsed.host} is another machine: its address needs https.`)
  if (!near && forbidden) throw badAddress(`${parsed.host} is another machine, and ATHAR_NO_EGRESS forbids asking it.`)
}

function textOf(secret: Secret): string | null {
  if (secret === null) return null
  return 'text' in secret ? secret.text : readFileSync(secret.file, 'utf8').trim()
}

function unconfigured(name: string, what: string): Failure {
  return new Failure('ClickHouse.NotConfigured', 'usage', `${name} is not set: ${what}.`, {
    hint: 'docs/scale.md says what ClickHouse needs.',
    facts: { setting: name },
  })
}

function badAddress(message: string): Failure {
  return new Failure('ClickHouse.BadAddress', 'usage', message, {
    hint: 'Write it like https://shard-1.example.org:8443, one for each shard, by comma.',
  })
}
