import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createPlain } from 'node:http'
import { createServer, type Server } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { sha256Hex } from '../std/digest.ts'
import { fetchPage, type Manners } from './page.ts'

// Pages over TLS: the certificate is kept by its digest, directly and through a proxy that only passes bytes on.

const HOST = 'secure.example'
const folder = mkdtempSync(join(tmpdir(), 'athar-tls-'))
const closers: (() => void)[] = [() => rmSync(folder, { recursive: true, force: true })]
after(() => {
  for (const close of closers) close()
})

const pair = selfSigned()
const skip = pair === null ? 'openssl is not installed: the TLS of pages is NOT tested here' : false

function selfSigned(): { key: Buffer; cert: Buffer } | null {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${HOST}`]
  const names = ['-addext', `subjectAltName=DNS:${HOST}`, '-keyout', key, '-out', cert]
  const { status } = spawnSync('openssl', [...request, ...names])
  return status === 0 ? { key: readFileSync(key), cert: readFileSync(cert) } : null
}

async function listen(server: Server | ReturnType<typeof createPlain>): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

function manners(more: Partial<Manners>): Manners {
  return {
    ...{ clock: () => 7, signal: new AbortController().signal, forbidden: false, proxy: null, allowPrivate: true },
    ...{ record: () => {}, userAgent: 'Athar/test', ignoreRobots: true, bytesMax: 1_000_000, secondsMax: 5 },
    ...{ resolve: async () => ['127.0.0.1'], ...more },
  }
}

test('TLS: an unknown certificate is no answer; a known one is kept by its digest, also through CONNECT', {
  skip,
}, async () => {
  const { key, cert } = pair!
  const port = await listen(
    createServer({ key, cert }, (request, response) => response.end(`host ${request.headers.host}`)),
  )
  const url = `https://${HOST}:${port}/x`
  await assert.rejects(fetchPage(url, manners({})), { name: 'Page.Unreachable' })

  const known = getCACertificates('default')
  setDefaultCACertificates([...known, cert.toString()])
  closers.push(() => setDefaultCACertificates(known))
  const digest = sha256Hex(new X509Certificate(cert).raw)
  const page = await fetchPage(url, manners({}))
  assert.equal(Buffer.from(page.body).toString(), `host ${HOST}:${port}`)
  const seen = ({ ip, certificate, certificateSubject }: (typeof page.steps)[number]) => [
    ip,
    certificate,
    certificateSubject,
  ]
  assert.deepEqual(page.steps.map(seen), [['127.0.0.1', digest, HOST]])
  // The name is asked of the certificate, not only the chain.
  await assert.rejects(fetchPage(`https://other.example:${port}/`, manners({})), { name: 'Page.Unreachable' })

  const tunnels: string[] = []
  const open: Socket[] = []
  closers.push(() => {
    for (const socket of open) socket.destroy()
  })
  const proxy = createPlain((_, response) => response.writeHead(500).end('only CONNECT is expected'))
  proxy.on('connect', (request, client: Socket) => {
    tunnels.push(request.url!)
    const server = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      server.pipe(client).pipe(server)
    })
    open.push(server, client)
    for (const socket of [server, client]) socket.on('error', () => {})
  })
  const through = { proxy: `http://127.0.0.1:${await listen(proxy)}`, allowPrivate: false }
  const resolve = () => assert.fail('the proxy resolves, not we')
  const carried = await fetchPage(`https://${HOST}/y`, manners({ ...through, resolve }))
  assert.deepEqual([Buffer.from(carried.body).toString(), tunnels], [`host ${HOST}`, [`${HOST}:443`]])
  assert.deepEqual(carried.steps.map(seen), [[null, digest, HOST]])
  assert.deepEqual(carried.notes, ['It came through a proxy, which resolved the name.'])
})
