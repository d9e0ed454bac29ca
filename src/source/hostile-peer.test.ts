import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createSecure } from 'node:https'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { seededRandom } from '../std/random.ts'
import { type Manners, openClient } from './client.ts'
import { openLines } from './line-socket.ts'

/** What a peer can do below JSON: each is an answer as it stands, or a failure by name, and never another's answer. */
const closers: (() => void)[] = []
after(() => {
  for (const close of closers) close()
})

const manners = (more: Partial<Manners> = {}): Manners => ({
  ...{ clock: () => 0, random: seededRandom(1), signal: new AbortController().signal, forbidden: false, proxy: null },
  ...{ record: () => {}, wait: async () => {}, ...more },
})

async function listen(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return (server.address() as AddressInfo).port
}

/** A server that answers each question's bytes with bytes. */
async function raw(answer: (question: string, socket: Socket) => void): Promise<string> {
  const server = createServer(socket => {
    closers.push(() => socket.destroy())
    socket.on('error', () => {})
    socket.on('data', part => answer(part.toString(), socket))
  })
  return `http://127.0.0.1:${await listen(server)}`
}

const head = (more: string): string => `HTTP/1.1 200 OK\r\n${more}\r\n`
const plain = (body: string): string => `${head(`content-length: ${body.length}\r\n`)}${body}`

test('a redirect is an answer: nobody is asked in its place', async () => {
  let other = 0
  const inside = await raw((_, socket) => {
    other++
    socket.end(plain('{}'))
  })
  const url = await raw((_, socket) =>
    socket.end(`HTTP/1.1 302 Found\r\nlocation: ${inside}/latest/meta-data\r\ncontent-length: 0\r\n\r\n`),
  )
  const client = openClient(manners())
  assert.deepEqual([(await client.ask({ url })).status, other], [302, 0])
  client.close()
})

test('a compressed answer is not blown up', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000))
  const url = await raw((_, socket) => {
    socket.write(head(`content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n`))
    socket.end(bomb)
  })
  const client = openClient(manners())
  assert.equal((await client.ask({ url })).body.length, bomb.length)
  client.close()
})

test('chunks without end stop at the limit', async () => {
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
  const url = await raw((_, socket) => {
    socket.write(head('transfer-encoding: chunked\r\n'))
    const more = (): void => {
      while (!socket.destroyed && socket.write(chunk));
      if (!socket.destroyed) socket.once('drain', more)
    }
    more()
  })
  const client = openClient(manners())
  await assert.rejects(client.ask({ url, most: 4_000_000 }), { name: 'Source.TooLarge' })
  client.close()
})

test('an answer that comes before its question is nobody’s', async () => {
  let questions = 0
  const url = await raw((_, socket) => socket.write(plain(`{"n":${++questions}}`) + plain('{"n":"forged"}')))
  const client = openClient(manners())
  const bodies: string[] = []
  for (let k = 0; k < 3; k++) bodies.push(Buffer.from((await client.ask({ url })).body).toString())
  assert.ok(!bodies.join().includes('forged'), bodies.join())
  client.close()
})

test('garbage for a head, and a body shorter than it says, are no answers', async () => {
  for (const bytes of ['\0\0\0\0\r\n\r\n', 'HTTP/1.1 9x9 \r\n\r\n', head('content-length: 100\r\n').concat('{}')]) {
    const url = await raw((_, socket) => socket.end(bytes))
    const client = openClient(manners({ tries: 2 }))
    await assert.rejects(client.ask({ url }), { name: 'Source.Unreachable' })
    client.close()
  }
})

test('who asks to come back in a year is told of, and not waited for', async () => {
  const url = await raw((_, socket) =>
    socket.end('HTTP/1.1 429 Too Many Requests\r\nretry-after: 31536000\r\ncontent-length: 0\r\n\r\n'),
  )
  const client = openClient(manners({ wait: () => assert.fail('it waited') }))
  await assert.rejects(client.ask({ url }), { name: 'Source.Busy' })
  client.close()
})

const folder = mkdtempSync(join(tmpdir(), 'athar-peer-'))
closers.push(() => rmSync(folder, { recursive: true, force: true }))
const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
const made = spawnSync('openssl', [
  ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
  ...['-subj', '/CN=127.0.0.1', '-keyout', key, '-out', cert],
])
const skip = made.status === 0 ? false : 'openssl is not installed: certificates are NOT tested here'

test('a certificate that nobody vouches for is refused at once, by its name', { skip }, async () => {
  let tries = 0
  const server = createSecure({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => response.end('{}'))
  server.on('connection', () => tries++)
  const url = `https://127.0.0.1:${await listen(server)}`
  const client = openClient(manners())
  await assert.rejects(client.ask({ url }), { name: 'Source.Untrusted', message: /certificate/ })
  assert.equal(tries, 1)
  client.close()
  server.closeAllConnections()
})

test('lines that nobody asked for are passed over, also long ones; one without end is refused', async () => {
  const server = createServer(socket => {
    closers.push(() => socket.destroy())
    socket.on('error', () => {})
    socket.on('data', part => {
      const notice = '{"method":"blockchain.headers.subscribe","params":[]}\n'
      if (part.toString().startsWith('endless')) return void socket.write('x'.repeat(40 * 2 ** 20))
      socket.write(`${notice.repeat(1000)}${'y'.repeat(10 * 2 ** 20)}\n${part.toString().trim()} answered\n`)
    })
  })
  const lines = await openLines(`tcp://127.0.0.1:${await listen(server)}`, manners(), false)
  const mine = (line: string): boolean => line.endsWith('answered')
  for (const word of ['one', 'two']) assert.equal(await lines.ask(word, mine), `${word} answered`)
  await assert.rejects(lines.ask('endless', mine), { name: 'Source.TooLarge' })
  lines.close()
})
