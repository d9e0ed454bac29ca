import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createServer, type Server } from 'node:tls'
import * as Shards from '../../../test/clickhouse.ts'
import { ClickHouse } from '../ledger.ts'

/**
 * One real server over TLS, with a certificate that an authority of ours gave to the name `localhost` alone. The server
 * of the tests cannot listen to TLS itself (“supports only TCP and HTTP listeners”): the TLS ends in front of it, as in
 * a cluster behind a proxy, and what comes out goes to it as it is.
 */
const hasTool = spawnSync('openssl', ['version']).status === 0
const skip = Shards.skip || (hasTool ? false : 'openssl is not installed: TLS to ClickHouse is NOT tested here')
const folder = mkdtempSync(join(tmpdir(), 'athar-clickhouse-tls-'))
const at = (name: string): string => join(folder, name)
/** What makes a key of its own. */
const KEY = ['-newkey', 'rsa:2048', '-nodes']
let cluster: Shards.Cluster
let front: Server
/** Bytes that arrived at the server's side of the TLS. */
let arrived = 0
const secure = (host: string): string => `https://${host}:${(front.address() as AddressInfo).port}`

before(async () => {
  if (skip !== false) return
  makeAuthority('ca')
  makeAuthority('other')
  cluster = await Shards.startCluster(1)
  front = createServer(certificateOf('ca', 'localhost'), socket => {
    const behind = connect({ host: '127.0.0.1', port: Number(new URL(cluster.urls[0]!).port) })
    socket.on('data', bytes => {
      arrived += bytes.length
    })
    socket.on('error', () => behind.destroy())
    behind.on('error', () => socket.destroy())
    socket.pipe(behind).pipe(socket)
  })
  front.on('tlsClientError', () => {})
  await new Promise<void>(resolve => front.listen(0, resolve))
})

after(async () => {
  front?.close()
  await cluster?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a server whose certificate our authority gave is asked', { skip }, async () => {
  await withServer(secure('localhost'), 'ca', async connection => {
    assert.deepEqual(await connection.rows('SELECT 1 AS one, currentUser() AS user'), [
      { one: 1, user: 'athar_reader' },
    ])
    const frontier = { structure: 'account UInt64', bytes: new Uint8Array(BigUint64Array.of(4n, 7n).buffer) }
    assert.equal((await connection.select(0, 'SELECT account FROM frontier', {}, frontier)).count, 2)
    assert.ok(arrived > 0)
  })
})

const REFUSED = { name: 'ClickHouse.Untrusted', kind: 'denied' }

test('without that authority, with another, or under another name nothing is sent', { skip }, async () => {
  arrived = 0
  for (const [host, ca] of [
    ['localhost', null],
    ['localhost', 'other'],
    ['127.0.0.1', 'ca'],
  ] as const) {
    await withServer(secure(host), ca, async connection => {
      await assert.rejects(connection.rows('SELECT 1 AS one'), REFUSED)
      await assert.rejects(connection.insert(0, 'INSERT INTO athar.txid_local', bytes(), 'x'), REFUSED)
    })
  }
  assert.equal(arrived, 0)
})

async function withServer(
  url: string,
  ca: string | null,
  work: (connection: ClickHouse.Connection) => Promise<void>,
): Promise<void> {
  const connection = await ClickHouse.connect({
    ...{ urls: [url], user: 'athar_reader', password: cluster.passwords.reader },
    ca: ca === null ? null : new Uint8Array(readFileSync(at(`${ca}.pem`))),
  })
  try {
    await work(connection)
  } finally {
    await connection.close()
  }
}

async function* bytes(): AsyncGenerator<Uint8Array, void, void> {
  yield new Uint8Array(8)
}

function openssl(...given: string[]): void {
  execFileSync('openssl', given, { stdio: 'ignore' })
}

function makeAuthority(name: string): void {
  const files = ['-keyout', at(`${name}.key`), '-out', at(`${name}.pem`)]
  openssl('req', '-x509', ...KEY, '-days', '2', '-subj', `/CN=${name} of a test`, ...files)
}

function certificateOf(authority: string, host: string): { cert: Buffer; key: Buffer } {
  const [cert, key] = [at('server.pem'), at('server.key')]
  openssl('req', ...KEY, '-subj', `/CN=${host}`, '-keyout', key, '-out', at('server.csr'))
  writeFileSync(at('names'), `subjectAltName=DNS:${host}\n`)
  const by = ['-CA', at(`${authority}.pem`), '-CAkey', at(`${authority}.key`), '-CAcreateserial']
  openssl('x509', '-req', '-in', at('server.csr'), ...by, '-days', '2', '-extfile', at('names'), '-out', cert)
  return { cert: readFileSync(cert), key: readFileSync(key) }
}
