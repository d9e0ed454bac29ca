import { type ClientRequest, type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { type Clock, elapsedMilliseconds } from '../std/clock.ts'
import { Failure } from '../std/failure.ts'
import type { Random } from '../std/random.ts'
import { checked, proxy as checkedProxy } from './endpoint.ts'
import { cancelled, forbidden } from './refusal.ts'

/**
 * The one way to ask something of another machine: limits on size and time, bounded retries with jitter, the pace that
 * the other side asks for, and a note of each query before it leaves.
 */
export type Client = {
  /**
   * The answer, whatever its status, once the other side neither asks to wait nor fails for the moment.
   *
   * Failures: Source.NoEgress, Source.Unreachable, Source.TooLarge, Source.Busy, and kind `cancelled`.
   */
  ask(question: Question): Promise<Answer>
  close(): void
}

export type Question = {
  readonly method?: 'GET' | 'POST'
  readonly url: string
  /** Secrets go here, never into the address: addresses are logged, headers are not. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Bytes of the answer beyond which it is cut off and refused. */
  readonly most?: number
}

export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** What left this machine, for the log: the address without what is secret in it, and how it ended. */
export type Query = {
  readonly at: number
  readonly method: string
  readonly url: string
  /** HTTP status, or null where no answer came. */
  readonly status: number | null
  readonly received: number
  readonly note: string
}

export type Manners = {
  readonly clock: Clock
  readonly random: Random
  readonly signal: AbortSignal
  /** Forbidden: nothing is asked at all, not even of this machine. */
  readonly forbidden: boolean
  /** Of an HTTP proxy, or null. */
  readonly proxy: string | null
  readonly record: (query: Query) => void
  /** Keys that stand in addresses: left out of the log and of messages. */
  readonly hide?: readonly string[]
  /** Milliseconds without a byte after which a query counts as failed. */
  readonly patience?: number
  /** Milliseconds that one answer may take in all, however it drips. */
  readonly longest?: number
  /** Told while an answer is waited for: what, and which try it is. */
  readonly told?: (note: string) => void
  /** Tries in all. */
  readonly tries?: number
  /** Queries a second at most, or null. */
  readonly pace?: number | null
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

const MOST_BYTES = 64 * 2 ** 20
const PATIENCE_MILLISECONDS = 30_000
const LONGEST_MILLISECONDS = 300_000
/** A wait beyond this is told. */
const QUIET_MILLISECONDS = 5000
const TRIES = 5
/** A wait that the other side asks for beyond this is told to the user instead of sat out. */
const LONGEST_WAIT = 120_000

export function openClient(manners: Manners): Client {
  const agents = agentsOf(checkedProxy(manners.proxy))
  const open = new Set<() => void>()
  const wait = manners.wait ?? pause
  const ending = new AbortController()
  // Who still waits for its turn when the client closes asks nothing more: nobody would note it.
  const signal = AbortSignal.any([manners.signal, ending.signal])
  let free = 0
  const keepPace = async (): Promise<void> => {
    if (manners.pace == null) return
    const now = elapsedMilliseconds()
    const turn = Math.max(now, free)
    free = turn + 1000 / manners.pace
    if (turn > now) await wait(turn - now, signal)
  }
  return {
    async ask(question) {
      const url = checked(question.url)
      if (manners.forbidden) throw forbidden(url)
      for (let attempt = 1; ; attempt++) {
        if (signal.aborted) throw cancelled(url)
        await keepPace()
        if (signal.aborted) throw cancelled(url)
        const tries = manners.tries ?? TRIES
        const tell = (): void => manners.told?.(`waiting for ${url.host}, try ${attempt} of ${tries}`)
        if (attempt > 1) tell()
        const quiet = setInterval(tell, QUIET_MILLISECONDS)
        const outcome = await once(question, url, { ...agents, open }, manners).finally(() => clearInterval(quiet))
        const last = attempt === tries
        if (outcome.kind === 'answer' && !mayPass(outcome.answer.status)) return outcome.answer
        if (outcome.kind === 'answer' && last) throw busy(url, outcome.answer.status)
        if (outcome.kind === 'failed' && (last || !outcome.retry)) throw outcome.failure
        await wait(delay(attempt, outcome.kind === 'answer' ? outcome.answer : null, url, manners), signal)
      }
    },
    close() {
      ending.abort()
      // What is still under way ends here, and is noted before the log closes.
      for (const end of [...open]) end()
      agents.plain.destroy()
      agents.secure.destroy()
    },
  }
}

/** Of an address: without user name, password, query values that look like keys, and fragments. */
export function withoutSecrets(url: URL): string {
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  bare.hash = ''
  for (const name of [...bare.searchParams.keys()]) {
    if (/key|token|secret|auth|pass/i.test(name)) bare.searchParams.set(name, '…')
  }
  return bare.href
}

function shown(url: URL, { hide }: Manners): string {
  return (hide ?? []).reduce((text, secret) => text.replaceAll(secret, '…'), withoutSecrets(url))
}

type Agents = { readonly plain: PlainAgent; readonly secure: SecureAgent }

type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly retry: boolean }

function agentsOf(proxy: string | null): Agents {
  const proxyEnv = proxy === null ? undefined : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy }
  const options = { keepAlive: true, maxSockets: 4, ...(proxyEnv === undefined ? {} : { proxyEnv }) }
  return { plain: new PlainAgent(options), secure: new SecureAgent(options) }
}

/** Statuses after which the same question may be answered a little later. */
function mayPass(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504
}

function once(
  question: Question,
  url: URL,
  agents: Agents & { readonly open: Set<() => void> },
  manners: Manners,
): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  const most = question.most ?? MOST_BYTES
  const method = question.method ?? (question.body === undefined ? 'GET' : 'POST')
  const note = (status: number | null, received: number, says: string): void =>
    manners.record({ at: manners.clock(), method, url: shown(url, manners), status, received, note: says })
  let received = 0
  let status: number | null = null
  let ended = false
  const end = (outcome: Outcome, says: string): void => {
    if (ended) return
    ended = true
    clearTimeout(timer)
    clearTimeout(whole)
    manners.signal.removeEventListener('abort', abort)
    agents.open.delete(abort)
    note(status, received, says)
    resolve(outcome)
  }
  const fail = (failure: Failure, retry: boolean): void => {
    end({ kind: 'failed', failure, retry }, failure.name)
    request.destroy()
  }
  const abort = (): void => fail(cancelled(url), false)
  const request = send(url, method, question, agents, manners)
  const patience = manners.patience ?? PATIENCE_MILLISECONDS
  let timer = setTimeout(() => fail(silent(url, patience), true), patience)
  const longest = manners.longest ?? LONGEST_MILLISECONDS
  // Whoever drips for so long would do so again.
  const whole = setTimeout(() => fail(silent(url, longest, 'no whole answer in'), false), longest)
  manners.signal.addEventListener('abort', abort)
  agents.open.add(abort)
  request.on('error', cause => fail(unreachable(url, cause), !isUntrusted(cause)))
  request.on('response', (response: IncomingMessage) => {
    status = response.statusCode ?? 0
    const parts: Uint8Array[] = []
    response.on('data', (part: Uint8Array) => {
      received += part.length
      clearTimeout(timer)
      timer = setTimeout(() => fail(silent(url, patience), true), patience)
      if (received > most) fail(tooLarge(url, most), false)
      else parts.push(part)
    })
    response.on('error', cause => fail(unreachable(url, cause), true))
    response.on('end', () => {
      if (!response.complete) return fail(unreachable(url, new Error('the answer was cut off')), true)
      const answer = { status: status ?? 0, headers: plain(response), body: new Uint8Array(Buffer.concat(parts)) }
      end({ kind: 'answer', answer }, 'answered')
    })
  })
  request.end(question.body)
  return promise
}

function send(url: URL, method: string, question: Question, agents: Agents, manners: Manners): ClientRequest {
  const secure = url.protocol === 'https:'
  const headers: Record<string, string> = {
    accept: 'application/json',
    'user-agent': 'athar',
    ...(question.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(question.body)) }),
    ...(question.body?.startsWith('{') || question.body?.startsWith('[') ? { 'content-type': 'application/json' } : {}),
    ...question.headers,
  }
  if (url.username !== '' && headers['authorization'] === undefined) {
    const words = `${decoded(url.username)}:${decoded(url.password)}`
    headers['authorization'] = `Basic ${Buffer.from(words).toString('base64')}`
  }
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  const options = { method, headers, signal: manners.signal }
  return secure
    ? secureRequest(bare, { ...options, agent: agents.secure })
    : plainRequest(bare, { ...options, agent: agents.plain })
}

/** A password may hold a % that codes nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function plain(response: IncomingMessage): Record<string, string> {
  const entries = Object.entries(response.headers)
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value!]))
}

/** Retry-After (RFC 9110, 10.2.3) in seconds where it is given, else doubling from half a second, half of it chance. */
function delay(attempt: number, answer: Answer | null, url: URL, manners: Manners): number {
  const asked = Number(answer?.headers['retry-after'])
  const least = Number.isFinite(asked) && asked > 0 ? asked * 1000 : 0
  if (least > LONGEST_WAIT) throw busy(url, answer?.status ?? 429)
  const doubled = 250 * 2 ** attempt
  return Math.max(least, Math.round(doubled * (0.5 + manners.random.next() / 2)))
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>(resolve => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
  })
}

function unreachable(url: URL, cause: Error): Failure {
  const code = (cause as NodeJS.ErrnoException).code ?? cause.message
  const facts = { host: url.host, code: code.slice(0, 120) }
  if (isUntrusted(cause)) {
    const says = `${url.host} shows a certificate that nobody vouches for (${facts.code}): nothing was asked of it.`
    const hint =
      'It may be another machine than it says. Where it is your own, name its authority in NODE_EXTRA_CA_CERTS.'
    return new Failure('Source.Untrusted', 'unreachable', says, { hint, facts, cause })
  }
  return new Failure('Source.Unreachable', 'unreachable', `${url.host} does not answer (${facts.code}).`, {
    hint: 'Check that it runs and that the address and the proxy are right. What was read before stays; run it again.',
    facts,
    cause,
  })
}

/** Certificates do not get better from one try to the next. Codes of OpenSSL (X509_V_ERR_*) and of Node's TLS. */
function isUntrusted(cause: Error): boolean {
  const code = (cause as NodeJS.ErrnoException).code ?? ''
  return /^CERT_|_CERT(IFICATE)?(_|$)|^UNABLE_TO_(GET|VERIFY|DECRYPT)_|^ERR_TLS_CERT/.test(code)
}

function silent(url: URL, patience: number, what = 'no byte for'): Failure {
  return unreachable(url, new Error(`${what} ${Math.round(patience / 100) / 10} s`))
}

function busy(url: URL, status: number): Failure {
  return new Failure('Source.Busy', 'unreachable', `${url.host} asks to come back later (status ${status}).`, {
    hint: 'Its limit is reached: wait, or use a key of your own. What was read before stays; run it again.',
    facts: { host: url.host, status },
  })
}

function tooLarge(url: URL, most: number): Failure {
  return new Failure('Source.TooLarge', 'limit', `${url.host} sent more than ${most} bytes for one answer.`, {
    hint: 'That is more than such an answer can be: nothing of it was taken.',
    facts: { host: url.host, most },
  })
}
