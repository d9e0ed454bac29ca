import { connect, type Socket } from 'node:net'
import { Failure } from '../std/failure.ts'
import type { Manners } from './client.ts'
import { forbidden, pastProxy } from './refusal.ts'

/**
 * A bell that a Bitcoin node rings: `zmqpubhashblock` and `zmqpubhashtx`. Nothing that it says is taken for true, since
 * ZMQ knows neither who speaks nor whether all came: that it rang is a reason to ask now instead of later. While it
 * cannot be reached, whoever listens asks as often as without it.
 *
 * Source: ZMTP 3.0 (rfc.zeromq.org/spec/23) with the NULL mechanism; Bitcoin Core, doc/zmq.md.
 */
export type Bell = {
  /** Whether it rang since it was asked last. */
  readonly rang: () => boolean
  readonly state: () => BellState
  close(): void
}

export type BellState = { readonly connected: boolean; readonly rings: number; readonly why: string | null }

export const TOPICS = ['hashblock', 'hashtx'] as const
export type Topic = (typeof TOPICS)[number]

/** What a node publishes under these topics is 32 bytes; a publisher that sends more than this is left. */
const FRAME_MAX = 1024
const FRAMES_MAX = 8
const HANDSHAKE_MILLISECONDS = 10_000
const [FIRST_WAIT, LONGEST_WAIT] = [1000, 60_000]

/**
 * Listens at `tcp://host:port`, and connects again whenever the connection ends.
 *
 * Failures: Source.NotAnAddress, Source.NoEgress, Source.PastProxy, at once.
 */
export function openBell(address: string, topics: readonly Topic[], manners: Manners): Bell {
  const url = checked(address, manners)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  let socket: Socket | null = null
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  let [isRung, isReady, rings, tries] = [false, false, 0, 0]
  let why: string | null = null

  const note = (says: string): void =>
    manners.record({
      at: manners.clock(),
      method: 'ZMQ',
      url: `tcp://${url.host}`,
      status: null,
      received: 0,
      note: says,
    })
  const begin = (): void => {
    const own = connect({ host, port: Number(url.port) })
    socket = own
    const leave = (says: string): void => {
      why ??= says
      own.destroy()
    }
    const patience = setTimeout(() => leave('no greeting in time'), HANDSHAKE_MILLISECONDS).unref()
    const reader = createReader({
      send: bytes => own.write(bytes),
      ready() {
        clearTimeout(patience)
        note('connected')
        for (const topic of topics) own.write(frame(0, Buffer.from(`\u0001${topic}`, 'latin1')))
        ;[isReady, tries, why] = [true, 0, null]
      },
      message(parts) {
        const isHash = topics.some(topic => topic === parts[0]?.toString('latin1')) && parts[1]?.length === 32
        if (isHash) rings++
        isRung ||= isHash
      },
    })
    own.setKeepAlive(true, 60_000)
    own.once('connect', () => own.write(GREETING))
    own.on('data', part => {
      const fault = reader(part as Buffer)
      if (fault !== null) leave(fault)
    })
    own.on('error', cause => leave((cause as NodeJS.ErrnoException).code ?? cause.message))
    own.once('close', () => {
      clearTimeout(patience)
      if (!isReady) note('Source.Unreachable')
      isReady = false
      why ??= 'it closed the connection'
      if (!isClosed) timer = setTimeout(begin, waitOf(tries++, manners)).unref()
    })
  }
  begin()
  return {
    rang() {
      const was = isRung
      isRung = false
      return was
    },
    state: () => ({ connected: isReady, rings, why }),
    close() {
      isClosed = true
      clearTimeout(timer)
      socket?.destroy()
    },
  }
}

/** Doubling, half of it chance. */
function waitOf(tries: number, { random }: Manners): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries) * (0.5 + random.next() / 2)
}

function checked(address: string, manners: Manners): URL {
  const url = URL.parse(address)
  if (url === null || url.protocol !== 'tcp:' || url.port === '') throw notAnAddress(address)
  if (manners.forbidden) throw forbidden(url)
  // Going around a proxy would show this machine to the node: that is done to nobody by accident.
  if (manners.proxy !== null)
    throw pastProxy(url, 'Leave out --zmq: the node is asked every so many seconds all the same.')
  return url
}

/** Signature, version 3.0, mechanism NULL, no server of it, filler. */
const GREETING = Buffer.concat([
  Buffer.from([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0]),
  Buffer.from('NULL'.padEnd(20, '\0'), 'latin1'),
  Buffer.alloc(32),
])

const [MORE, LONG, COMMAND] = [1, 2, 4]

type Peer = {
  readonly send: (bytes: Uint8Array) => void
  /** The handshake is over. */
  readonly ready: () => void
  readonly message: (parts: readonly Buffer[]) => void
}

/** Takes bytes as they come; what is wrong with them, or null. It never holds more than one frame. */
function createReader(peer: Peer): (part: Uint8Array) => string | null {
  let held = Buffer.alloc(0)
  let isGreeted = false
  let parts: Buffer[] = []
  const command = (body: Buffer): string | null => {
    const name = body.subarray(1, 1 + (body[0] ?? 0)).toString('latin1')
    if (name === 'READY') peer.ready()
    if (name === 'PING')
      peer.send(frame(COMMAND, Buffer.concat([Buffer.from('\u0004PONG', 'latin1'), body.subarray(7)])))
    return name === 'ERROR' ? 'it refused the connection' : null
  }
  const take = (flags: number, body: Buffer): string | null => {
    if ((flags & COMMAND) !== 0) return command(body)
    parts.push(body)
    if (parts.length > FRAMES_MAX) return 'a message in too many parts'
    if ((flags & MORE) === 0) {
      peer.message(parts)
      parts = []
    }
    return null
  }
  return part => {
    held = Buffer.concat([held, part])
    if (!isGreeted) {
      const isStrange = held[0] !== 0xff || (held.length > 9 && held[9] !== 0x7f) || (held.length > 10 && held[10]! < 3)
      if (isStrange) return 'no ZMTP 3 greeting'
      if (held.length < GREETING.length) return null
      if (!held.subarray(12, 32).equals(GREETING.subarray(12, 32))) return 'it asks for another mechanism than NULL'
      held = held.subarray(GREETING.length)
      isGreeted = true
      peer.send(frame(COMMAND, READY))
    }
    for (;;) {
      const head = (held[0]! & LONG) === 0 ? 2 : 9
      if (held.length < head) return null
      if ((held[0]! & ~(MORE | LONG | COMMAND)) !== 0) return 'a frame of no known kind'
      const size = head === 2 ? held[1]! : Number(held.readBigUInt64BE(1))
      if (size > FRAME_MAX) return `a frame of ${size} bytes`
      if (held.length < head + size) return null
      const fault = take(held[0]!, Buffer.from(held.subarray(head, head + size)))
      if (fault !== null) return fault
      held = held.subarray(head + size)
    }
  }
}

const READY = Buffer.from('\u0005READY\u000bSocket-Type\0\0\0\u0003SUB\u0008Identity\0\0\0\0', 'latin1')

function frame(flags: number, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([flags, body.length]), body])
}

function notAnAddress(text: string): Failure {
  return new Failure('Source.NotAnAddress', 'input', `“${text.slice(0, 120)}” is no address of a ZMQ publisher.`, {
    hint: 'Give it with its port, as in tcp://127.0.0.1:28332.',
    facts: { url: text.slice(0, 120) },
  })
}
