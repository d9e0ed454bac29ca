import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { seededRandom } from '../std/random.ts'
import { type Manners, openClient } from './client.ts'
import * as Endpoint from './endpoint.ts'
import { sendMail } from './mail.ts'
import { fetchPage } from './page.ts'

const manners = (more: Partial<Manners> = {}): Manners => ({
  ...{ clock: () => 7, random: seededRandom(1), signal: new AbortController().signal, forbidden: false, proxy: null },
  ...{ record: () => {}, wait: async () => {}, ...more },
})

test('what was typed is quoted without user name, password, query and keys', () => {
  for (const [typed, quoted] of [
    ['ftp://user:SEKRETpw@x/?apikey=SEKRETkey', 'ftp://…@x/?…'],
    ['user:SEKRET@h:8332', '…@h:8332'],
    ['ws://us:a@SEKRET/b?c@h/', 'ws://…@h/'],
    ['wss://h/v3/0123456789abcdef0123456789abcdef', 'wss://h/v3/…'],
    ['h:8332', 'h:8332'],
  ] as const) {
    assert.equal(Endpoint.shown(typed), quoted)
  }
  assert.deepEqual(['http://u:p@h:1/x', 'u:p@h:8332'].map(Endpoint.hostOf), ['h:1', '…@h:8332'])
})

test('a proxy that cannot be gone through is refused; nothing goes around it', async () => {
  let asked = 0
  const server = createServer((_, response) => response.end(`${++asked}`))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const refused = (cause: Error): boolean =>
    cause.name === 'Source.NotAProxy' && !/pw/.test(JSON.stringify(cause) + cause.message)
  const letter = { from: 'a@x.invalid', to: 'b@x.invalid', subject: 's', text: 't', id: 'i' }
  for (const proxy of ['socks5://user:pw@h:1', 'user:pw@h:1', 'h:3128', '']) {
    assert.throws(() => openClient(manners({ proxy })), refused)
    const strict = { allowPrivate: true, ignoreRobots: true, userAgent: 't', bytesMax: 9, secondsMax: 9 }
    await assert.rejects(fetchPage(`http://127.0.0.1:${port}/`, { ...manners({ proxy }), ...strict }), refused)
    await assert.rejects(sendMail(`smtp://127.0.0.1:${port}`, null, letter, manners({ proxy })), refused)
  }
  assert.equal(asked, 0)
  const wanted: string[] = []
  server.on('connect', (request, socket) => {
    wanted.push(request.url!)
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  const through = manners({ proxy: `http://127.0.0.1:${port}` })
  await assert.rejects(sendMail('smtp://mail.invalid:25', null, letter, through), { name: 'Source.Unreachable' })
  assert.deepEqual(wanted, ['mail.invalid:25'])
  server.close()
  server.closeAllConnections()
})

test('a node that drips for ever is left, and who waits is told which try it is', async () => {
  let busy = 2
  const server = createServer((request, response) => {
    if (request.url === '/drip') return void setInterval(() => response.write('x'), 20).unref()
    response.statusCode = busy-- > 0 ? 503 : 200
    response.end('{}')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const base = `http://us%er:pw@127.0.0.1:${(server.address() as AddressInfo).port}`
  const told: string[] = []
  const client = openClient(manners({ longest: 200, told: note => told.push(note) }))
  assert.equal((await client.ask({ url: base })).status, 200)
  assert.deepEqual(
    told.map(one => one.replace(/^.*, /, '')),
    ['try 2 of 5', 'try 3 of 5'],
  )
  await assert.rejects(client.ask({ url: `${base}/drip` }), /no whole answer in 0.2 s/)
  client.close()
  server.close()
  server.closeAllConnections()
})

test('what waits for its next try when the client closes asks nothing more, and notes nothing more', async () => {
  let asked = 0
  const server = createServer((_, response) => {
    asked++
    response.statusCode = 503
    response.end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const notes: string[] = []
  const waits: (() => void)[] = []
  const client = openClient(
    manners({
      record: query => notes.push(query.note),
      wait: (_, signal) =>
        new Promise(resolve => {
          signal.addEventListener('abort', () => resolve())
          for (const tell of waits.splice(0)) tell()
        }),
    }),
  )
  const waiting = new Promise<void>(resolve => waits.push(resolve))
  const answer = client.ask({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  await waiting
  client.close()
  await assert.rejects(answer, { kind: 'cancelled' })
  assert.deepEqual([asked, notes], [1, ['answered']])
  server.close()
  server.closeAllConnections()
})
