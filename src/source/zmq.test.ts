import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { after, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { seededRandom } from '../std/random.ts'
import type { Manners } from './client.ts'
import { type Bell, openBell } from './zmq.ts'

/**
 * A scripted publisher in the exact wire format of ZMTP 3.0 (rfc.zeromq.org/spec/23): Debian's litecoind is built
 * without ZMQ, so no real node rings here.
 */
const GREETING = Buffer.concat([
  Buffer.from('ff00000000000000007f0300', 'hex'),
  Buffer.from('NULL'),
  Buffer.alloc(16),
  Buffer.alloc(32),
])
const READY = Buffer.from('\u0004\u0019\u0005READY\u000bSocket-Type\0\0\0\u0003PUB', 'latin1')
const messageOf = (topic: string, body: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from([1, topic.length]),
    Buffer.from(topic),
    Buffer.from([1, body.length]),
    body,
    Buffer.from([0, 4, 7, 0, 0, 0]),
  ])
const BLOCK = messageOf('hashblock', new Uint8Array(32).fill(3))

const recorded: string[] = []
const manners = (more: Partial<Manners> = {}): Manners => ({
  ...{ clock: () => 1, random: seededRandom(1), signal: new AbortController().signal, forbidden: false, proxy: null },
  record: ({ method, url, note }) => recorded.push(`${method} ${url.replace(/\d+$/, '')} ${note}`),
  ...more,
})

const open: (() => void)[] = []
after(() => {
  for (const close of open) close()
})

/** A publisher that does this with each connection, and what it was sent. */
async function publisher(
  serve: (socket: Socket, number: number) => void,
): Promise<{ address: string; sent: Buffer[] }> {
  const sent: Buffer[] = []
  let number = 0
  const server = createServer(socket => {
    socket.on('error', () => {})
    const at = number++
    sent[at] = Buffer.alloc(0)
    socket.on('data', part => {
      sent[at] = Buffer.concat([sent[at]!, part as Buffer])
    })
    serve(socket, at)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push(() => server.close())
  return { address: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, sent }
}

function bellAt(address: string): Bell {
  const bell = openBell(address, ['hashblock'], manners())
  open.push(bell.close)
  return bell
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    assert.ok(tries < 9000, 'it does not happen')
    await pause(10)
  }
}

describe('a bell', () => {
  test('greets, subscribes, and rings once for what came, byte by byte or at once', async () => {
    const { address, sent } = await publisher(async socket => {
      for (const byte of Buffer.concat([GREETING, READY])) socket.write(Buffer.from([byte]))
      await pause(50)
      socket.write(Buffer.concat([BLOCK, BLOCK, messageOf('hashtx', new Uint8Array(32))]))
    })
    const bell = bellAt(address)
    await until(() => bell.state().rings === 2)
    assert.deepEqual([bell.rang(), bell.rang()], [true, false])
    const ready = '\u0004\u0026\u0005READY\u000bSocket-Type\0\0\0\u0003SUB\u0008Identity\0\0\0\0'
    assert.equal(sent[0]!.toString('latin1'), `${GREETING.toString('latin1')}${ready}\0\u000a\u0001hashblock`)
    assert.deepEqual(recorded, ['ZMQ tcp://127.0.0.1: connected'])
  })

  test('a lost connection is made again', async () => {
    const { address } = await publisher((socket, number) => {
      if (number === 0) return socket.end(Buffer.concat([GREETING, READY]))
      socket.write(Buffer.concat([GREETING, READY, BLOCK]))
    })
    const bell = bellAt(address)
    await until(() => bell.rang())
    assert.equal(bell.state().connected, true)
  })

  test('a heartbeat is answered', async () => {
    const ping = Buffer.from('\u0004\u0009\u0004PING\0\u0064ab', 'latin1')
    const { address, sent } = await publisher(socket => socket.write(Buffer.concat([GREETING, READY, ping])))
    bellAt(address)
    await until(() => sent[0]?.includes('\u0004\u0007\u0004PONGab') === true)
  })

  test('whoever speaks another language, or too much, is left, and rings nothing', async () => {
    const curve = Buffer.from(GREETING)
    curve.write('CURVE', 12)
    const wrong: [string, Buffer][] = [
      ['no ZMTP 3 greeting', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
      ['no ZMTP 3 greeting', Buffer.from('ff00000000000000017f01', 'hex')],
      ['it asks for another mechanism than NULL', curve],
      ['a frame of 281474976710656 bytes', Buffer.concat([GREETING, READY, Buffer.from('020001000000000000', 'hex')])],
      ['a frame of no known kind', Buffer.concat([GREETING, READY, Buffer.from('f800', 'hex')])],
      ['a message in too many parts', Buffer.concat([GREETING, READY, Buffer.from('0100'.repeat(9), 'hex')])],
      ['it refused the connection', Buffer.concat([GREETING, Buffer.from('\u0004\u0007\u0005ERROR\0', 'latin1')])],
      ['it closed the connection', Buffer.alloc(0)],
    ]
    for (const [why, bytes] of wrong) {
      const { address } = await publisher(socket => socket.end(bytes))
      const bell = bellAt(address)
      await until(() => bell.state().why !== null)
      assert.deepEqual([bell.state().why, bell.rang()], [why, false])
      bell.close()
    }
  })

  test('ten megabytes of nothing are not kept, and noise of any kind is survived', async () => {
    const { address } = await publisher(socket => {
      socket.write(Buffer.concat([GREETING, READY]))
      for (let k = 0; k < 160; k++) socket.write(Buffer.alloc(65_536))
    })
    const before = process.memoryUsage().rss
    const bell = bellAt(address)
    await pause(500)
    assert.ok(process.memoryUsage().rss - before < 100 * 2 ** 20)
    assert.equal(bell.rang(), false)
    bell.close()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (noise, isGreeted) => {
        const text = Buffer.concat([...(isGreeted ? [GREETING, READY] : []), noise])
        const { address: place } = await publisher(socket => socket.end(text))
        const one = bellAt(place)
        await until(() => one.state().why !== null)
        assert.equal(one.rang(), false)
        one.close()
      }),
      { numRuns: 20 },
    )
  })

  test('refused at once: no address, forbidden queries, a proxy', () => {
    const refusals: [string, Partial<Manners>, string][] = [
      ['http://127.0.0.1:1', {}, 'Source.NotAnAddress'],
      ['tcp://127.0.0.1', {}, 'Source.NotAnAddress'],
      ['tcp://127.0.0.1:1', { forbidden: true }, 'Source.NoEgress'],
      ['tcp://127.0.0.1:1', { proxy: 'http://127.0.0.1:3128' }, 'Source.PastProxy'],
    ]
    for (const [address, more, name] of refusals) {
      assert.throws(() => openBell(address, ['hashblock'], manners(more)), { name })
    }
  })
})
