import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectSecure } from 'node:tls'
import { Failure } from '../std/failure.ts'
import type { Manners } from './client.ts'
import { notAnAddress as notAnEndpoint } from './endpoint.ts'
import { cancelled, forbidden, pastProxy } from './refusal.ts'

/** A connection on which both sides write lines: JSON-RPC as Electrum's servers speak it. */
export type LineSocket = {
  /** Sends one line and gives the first line back that `mine` takes as the answer. */
  ask(line: string, mine: (answer: string) => boolean): Promise<string>
  close(): void
}

/** A line beyond this is no answer: a transaction has at most 8 million hex digits. */
const LINE_MAX = 32 * 2 ** 20
const PATIENCE_MILLISECONDS = 30_000

/**
 * Connects to `tcp://host:port` or `tls://host:port` (`ssl://` is the same). A certificate that nobody vouches for is
 * refused unless `trust` says otherwise: most Electrum servers sign their own.
 *
 * Failures: Source.NotAnAddress, Source.NoEgress, Source.PastProxy, Source.Unreachable, Source.TooLarge.
 */
export async function openLines(text: string, manners: Manners, trust: boolean): Promise<LineSocket> {
  const url = URL.parse(text)
  const secure = url?.protocol === 'tls:' || url?.protocol === 'ssl:'
  if (url === null || url.port === '' || !(secure || url.protocol === 'tcp:')) throw notAnAddress(text)
  if (manners.forbidden) throw forbidden(url)
  // Going around a proxy would show this machine to the server: that is asked of nobody by accident.
  if (manners.proxy !== null)
    throw pastProxy(url, 'Use an Esplora over https, or leave out --proxy and ATHAR_PROXY for a direct connection.')
  const note = (status: number | null, received: number, says: string): void =>
    manners.record({
      at: manners.clock(),
      method: 'LINE',
      url: `${url.protocol}//${url.host}`,
      status,
      received,
      note: says,
    })
  const socket = await connect(url, secure, trust).catch(cause => {
    note(null, 0, 'Source.Unreachable')
    throw unreachable(url, (cause as Error).message)
  })
  note(null, 0, 'connected')
  const reader = readLines(socket, url)
  const abort = (): void => reader.end(cancelled(url))
  manners.signal.addEventListener('abort', abort)
  return {
    async ask(line, mine) {
      if (manners.signal.aborted) throw cancelled(url)
      if (socket.destroyed) throw unreachable(url, 'it closed the connection')
      const answer = reader.next(mine, manners.patience ?? PATIENCE_MILLISECONDS)
      socket.write(`${line}\n`)
      const text = await answer.catch(cause => {
        note(null, 0, (cause as Failure).name)
        throw cause
      })
      note(200, text.length, `answered ${/"method":"([\w.]+)"/.exec(line)?.[1] ?? ''}`)
      return text
    },
    close() {
      manners.signal.removeEventListener('abort', abort)
      socket.removeAllListeners('close')
      socket.destroy()
    },
  }
}

type Reader = {
  /** The next line that `mine` takes; others are passed over. */
  next(mine: (line: string) => boolean, patience: number): Promise<string>
  /** Ends the connection; who waits is told why. */
  end(cause: Failure): void
}

type Waiting = { mine: (line: string) => boolean; take: (line: string) => void; fail: (cause: Failure) => void }

function readLines(socket: Socket, url: URL): Reader {
  /** What came of a line that has not ended, in parts: a long one is put together once. */
  let [parts, length]: [string[], number] = [[], 0]
  let waiting: Waiting | null = null
  const end = (cause: Failure): void => {
    waiting?.fail(cause)
    waiting = null
    socket.destroy()
  }
  socket.setEncoding('utf8')
  socket.on('data', (part: string) => {
    let from = 0
    for (let at = part.indexOf('\n'); at !== -1; at = part.indexOf('\n', from)) {
      const line = parts.join('') + part.slice(from, at)
      ;[parts, length, from] = [[], 0, at + 1]
      if (waiting?.mine(line) !== true) continue
      const { take } = waiting
      waiting = null
      take(line)
    }
    parts.push(part.slice(from))
    length += part.length - from
    if (length > LINE_MAX) end(tooLarge(url))
  })
  socket.on('error', cause => end(unreachable(url, cause.message)))
  socket.on('close', () => end(unreachable(url, 'it closed the connection')))
  return {
    end,
    async next(mine, patience) {
      const { promise, resolve, reject } = Promise.withResolvers<string>()
      const timer = setTimeout(() => end(unreachable(url, 'no answer in time')), patience)
      waiting = { mine, take: resolve, fail: reject }
      return promise.finally(() => clearTimeout(timer))
    },
  }
}

function connect(url: URL, secure: boolean, trust: boolean): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const place = { host: url.hostname, port: Number(url.port) }
    const socket = secure
      ? connectSecure({ ...place, servername: url.hostname, rejectUnauthorized: !trust }, () => resolve(socket))
      : connectPlain(place, () => resolve(socket))
    socket.once('error', reject)
    socket.setTimeout(PATIENCE_MILLISECONDS, () => socket.destroy(new Error('no answer in time')))
  })
}

function notAnAddress(text: string): Failure {
  const hint = 'Give it with its port, as in tcp://127.0.0.1:50001.'
  return notAnEndpoint(text, 'tcp, tls, http or https address', hint)
}

function unreachable(url: URL, says: string): Failure {
  return new Failure('Source.Unreachable', 'unreachable', `${url.host} does not answer (${says.slice(0, 120)}).`, {
    hint: 'Check that it runs. A server that signs its own certificate needs --trust. What was read before stays.',
    facts: { host: url.host, code: says.slice(0, 120) },
  })
}

function tooLarge(url: URL): Failure {
  return new Failure('Source.TooLarge', 'limit', `${url.host} sent more than ${LINE_MAX} characters in one line.`, {
    hint: 'That is more than such an answer can be: nothing of it was taken.',
    facts: { host: url.host, most: LINE_MAX },
  })
}
