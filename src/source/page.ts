import { lookup } from 'node:dns/promises'
import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { type Clock, elapsedMilliseconds } from '../std/clock.ts'
import { sha256Hex } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import { type Query, withoutSecrets } from './client.ts'
import { proxy as checkedProxy, shown as quoted } from './endpoint.ts'
import { isLocalName, isPublic as isPublicAddress } from './page-address.ts'
import { isAllowed } from './page-robots.ts'
import { forbidden } from './refusal.ts'

/**
 * A page of somebody else, fetched once and politely, with all that evidence needs: each step of a redirection with its
 * headers, the address that answered, and the certificate's digest. No script runs, and no cookie is kept.
 *
 * Names are resolved before anything is asked, every address that a name has must be public, and the connection goes to
 * the address that was checked: a name that changes its mind in between (DNS rebinding) changes nothing. Through a
 * proxy
 * the proxy resolves; then names and addresses that are local by themselves are refused, and the answer says so.
 */
export type Page = {
  /** The content as its headers say to read it: unpacked, and nothing else done to it. */
  readonly body: Uint8Array
  readonly url: string
  readonly steps: readonly Step[]
  readonly notes: readonly string[]
}

export type Step = {
  readonly url: string
  readonly at: number
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  /** The address that answered; null through a proxy. */
  readonly ip: string | null
  /** SHA-256 of the certificate, in hex; null without TLS. */
  readonly certificate: string | null
  readonly certificateSubject: string | null
  /** SHA-256 of the body as it was sent. */
  readonly sha256: string
  readonly bytes: number
}

export type Manners = {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly forbidden: boolean
  readonly proxy: string | null
  readonly record: (query: Query) => void
  /** Local and private addresses may be asked: tests, and intranets that the user means. */
  readonly allowPrivate: boolean
  readonly userAgent: string
  readonly ignoreRobots: boolean
  /** Bytes of one body, sent and unpacked; seconds for all of it. */
  readonly bytesMax: number
  readonly secondsMax: number
  /** Of a name, all its addresses. Tests bring their own. */
  readonly resolve?: (host: string) => Promise<readonly string[]>
  /** Which addresses count as reached by everybody. Tests count their own server among them. */
  readonly isPublic?: (address: string) => boolean
}

export const USER_AGENT = 'Athar/1 (evidence capture; identifies itself by intent)'
export const PAGE_BYTES_MAX = 64 * 2 ** 20
export const PAGE_SECONDS_MAX = 60
const STEPS_MAX = 10
const ROBOTS_BYTES_MAX = 512 * 1024

/**
 * Failures: Source.NoEgress, Source.NotAProxy, Page.NotAnAddress, Page.Private, Page.Robots, Page.Redirects,
 * Page.TooLarge, Page.TooSlow, Page.Unreachable, Page.CutOff.
 */
export async function fetchPage(address: string, manners: Manners): Promise<Page> {
  checkedProxy(manners.proxy)
  const end = elapsedMilliseconds() + manners.secondsMax * 1000
  const steps: Step[] = []
  const notes: string[] = []
  const asked = new Set<string>()
  for (let url = checked(address); ; ) {
    if (asked.has(url.href) || steps.length >= STEPS_MAX) throw redirects(url, steps.length)
    asked.add(url.href)
    await obeyRobots(url, manners, end, notes)
    const { step, body } = await ask(url, manners, end, manners.bytesMax)
    steps.push(step)
    const target = headerOf(step, 'location')
    if (step.status < 300 || step.status > 399 || target === null) {
      if (manners.proxy !== null) notes.push('It came through a proxy, which resolved the name.')
      return { body: unpacked(body, step, manners.bytesMax, notes), url: url.href, steps, notes }
    }
    url = checked(URL.parse(target, url)?.href ?? target)
  }
}

async function obeyRobots(url: URL, manners: Manners, end: number, notes: string[]): Promise<void> {
  if (manners.ignoreRobots) return
  const robots = new URL('/robots.txt', url)
  if (url.pathname === '/robots.txt') return
  try {
    const { step, body } = await ask(robots, manners, end, ROBOTS_BYTES_MAX)
    if (step.status !== 200) return
    if (isAllowed(Buffer.from(body).toString('utf8'), manners.userAgent, url.pathname + url.search)) return
  } catch (cause) {
    if (!(cause instanceof Failure) || !MISSED.has(cause.name)) throw cause
    notes.push(`Its robots.txt could not be read (${cause.name}).`)
    return
  }
  throw new Failure('Page.Robots', 'denied', `${url.host} asks programs not to read ${shown(url)} (robots.txt).`, {
    hint: 'If you may and must read it all the same, say so: --ignore-robots.',
    facts: { url: shown(url) },
  })
}

const MISSED: ReadonlySet<string> = new Set(['Page.Unreachable', 'Page.TooLarge', 'Page.CutOff'])

type Answer = { readonly step: Step; readonly body: Uint8Array }

async function ask(url: URL, manners: Manners, end: number, most: number): Promise<Answer> {
  if (manners.forbidden) throw forbidden(url)
  const ip = await addressOf(url, manners)
  const started = { at: manners.clock(), method: 'GET', url: shown(url) }
  try {
    const answer = await once(url, ip, manners, end, most)
    manners.record({ ...started, status: answer.step.status, received: answer.step.bytes, note: 'answered' })
    return answer
  } catch (cause) {
    const note = cause instanceof Failure ? cause.name : 'Bug'
    manners.record({ ...started, status: null, received: 0, note })
    throw cause
  }
}

/** The one address to which the connection goes; null where a proxy finds it. Failure: Page.Private. */
async function addressOf(url: URL, manners: Manners): Promise<string | null> {
  const { allowPrivate, proxy, resolve, isPublic = isPublicAddress } = manners
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) {
    if (!allowPrivate && !isPublic(host)) throw refused(url, host)
    return proxy === null ? host : null
  }
  if (!allowPrivate && isLocalName(host)) throw refused(url, host)
  if (proxy !== null) return null
  let found: readonly string[]
  try {
    found = await (resolve ?? resolveAll)(host)
  } catch (cause) {
    throw unreachable(url, cause as Error)
  }
  const bad = allowPrivate ? undefined : found.find(one => !isPublic(one))
  if (bad !== undefined) throw refused(url, bad)
  return found[0] ?? Promise.reject(unreachable(url, new Error('the name has no address')))
}

async function resolveAll(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(one => one.address)
}

function once(url: URL, ip: string | null, manners: Manners, end: number, most: number): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const left = Math.max(1, end - elapsedMilliseconds())
  const request = send(url, ip, manners)
  const stop = (failure: Failure) => {
    reject(failure)
    request.destroy()
  }
  const timer = setTimeout(() => stop(tooSlow(url, manners.secondsMax)), left)
  const abort = () => stop(cancelled(url))
  if (manners.signal.aborted) abort()
  manners.signal.addEventListener('abort', abort)
  request.on('error', cause => reject(unreachable(url, cause)))
  request.on('response', response => {
    const seen = seenOf(url, ip, response, manners.clock())
    const parts: Uint8Array[] = []
    let bytes = 0
    response.on('data', (part: Uint8Array) => {
      bytes += part.length
      parts.push(part)
      if (bytes > most) stop(tooLarge(url, most))
    })
    response.on('error', () => stop(cutOff(url, bytes)))
    response.on('end', () => {
      if (!response.complete) return stop(cutOff(url, bytes))
      const body = new Uint8Array(Buffer.concat(parts))
      resolve({ step: { ...seen, sha256: sha256Hex(body), bytes }, body })
    })
  })
  request.end()
  return promise.finally(() => {
    clearTimeout(timer)
    manners.signal.removeEventListener('abort', abort)
    request.destroy()
  })
}

function send(url: URL, ip: string | null, { proxy, userAgent }: Manners) {
  const headers = { 'user-agent': userAgent, accept: '*/*', 'accept-encoding': 'identity', connection: 'close' }
  const proxyEnv = proxy === null ? {} : { proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } }
  const isSecure = url.protocol === 'https:'
  const agent = isSecure ? new SecureAgent(proxyEnv) : new PlainAgent(proxyEnv)
  const pinned = ip === null ? {} : { lookup: pinTo(ip) }
  const options = { method: 'GET', headers, agent, maxHeaderSize: 64 * 1024, ...pinned }
  return isSecure ? secureRequest(url, options) : plainRequest(url, options)
}

/** Answers every question for an address with the one that was checked. */
function pinTo(ip: string): LookupFunction {
  const family = isIP(ip)
  return (_host, options, tell) =>
    options.all === true ? tell(null, [{ address: ip, family }]) : tell(null, ip, family)
}

function seenOf(url: URL, ip: string | null, response: IncomingMessage, at: number): Omit<Step, 'sha256' | 'bytes'> {
  const headers: [string, string][] = []
  for (let i = 0; i + 1 < response.rawHeaders.length; i += 2) {
    headers.push([response.rawHeaders[i]!, response.rawHeaders[i + 1]!])
  }
  const socket = response.socket as TLSSocket
  const certificate = typeof socket.getPeerCertificate === 'function' ? socket.getPeerCertificate() : null
  const digest = certificate?.fingerprint256?.replaceAll(':', '').toLowerCase() ?? null
  const subject = digest === null ? null : String(certificate?.subject?.CN ?? '')
  const rest = { ip, certificate: digest, certificateSubject: subject }
  return { url: shown(url), at, status: response.statusCode ?? 0, headers, ...rest }
}

function headerOf(step: Step, name: string): string | null {
  return step.headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? null
}

/** It was asked for without packing; what is sent packed all the same is unpacked within the limit. */
function unpacked(body: Uint8Array, step: Step, most: number, notes: string[]): Uint8Array {
  const coding = (headerOf(step, 'content-encoding') ?? '').trim().toLowerCase()
  const unpack = { gzip: gunzipSync, 'x-gzip': gunzipSync, br: brotliDecompressSync, deflate: inflateSync }[coding]
  if (unpack === undefined) return body
  try {
    const content = new Uint8Array(unpack(body, { maxOutputLength: most }))
    notes.push(`It was sent packed (${coding}): sealed is what was packed, its digest as sent is kept.`)
    return content
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(new URL(step.url), most)
    notes.push(`It says that it is packed (${coding}) and cannot be unpacked: sealed as sent.`)
    return body
  }
}

function shown(url: URL): string {
  return withoutSecrets(url)
}

function checked(text: string): URL {
  const url = URL.parse(text)
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '') return url
  throw new Failure('Page.NotAnAddress', 'input', `"${quoted(text)}" is no http or https address of a page.`, {
    hint: 'Give it in full, as in https://example.org/page, without a user name.',
    facts: { url: quoted(text) },
  })
}

function refused(url: URL, address: string): Failure {
  return new Failure(
    'Page.Private',
    'denied',
    `${url.host} leads to ${address}, which is private: nothing was asked.`,
    {
      hint: 'A link of a stranger must not reach into your network. For your own intranet: --allow-private.',
      facts: { host: url.host, address },
    },
  )
}

function redirects(url: URL, steps: number): Failure {
  return new Failure('Page.Redirects', 'unreachable', `It is sent on without end, at last to ${shown(url)}.`, {
    hint: `At most ${STEPS_MAX} steps are followed. Look at the address in a browser that is not yours.`,
    facts: { url: shown(url), steps },
  })
}

function tooLarge(url: URL, most: number): Failure {
  return new Failure('Page.TooLarge', 'limit', `${shown(url)} has more than ${most} bytes; nothing of it was taken.`, {
    hint: 'Fetch it by other means if it is genuine, and add the file with --source-url.',
    facts: { url: shown(url), limit: most },
  })
}

function tooSlow(url: URL, seconds: number): Failure {
  return new Failure('Page.TooSlow', 'limit', `${shown(url)} did not come within ${seconds} seconds.`, {
    hint: 'Try again, or give it more time with --seconds.',
    facts: { url: shown(url), limit: seconds },
  })
}

function cutOff(url: URL, bytes: number): Failure {
  return new Failure('Page.CutOff', 'unreachable', `${shown(url)} broke off after ${bytes} bytes.`, {
    hint: 'Nothing was sealed. Try again: half a page proves little.',
    facts: { url: shown(url), bytes },
  })
}

function unreachable(url: URL, cause: Error): Failure {
  const code = ((cause as NodeJS.ErrnoException).code ?? cause.message).slice(0, 120)
  return new Failure('Page.Unreachable', 'unreachable', `${url.host} does not answer (${code}).`, {
    hint: 'Check the address, the network and the proxy. A certificate that is not valid counts as no answer.',
    facts: { host: url.host, code },
    cause,
  })
}

function cancelled(url: URL): Failure {
  return new Failure('Page.Cancelled', 'cancelled', `Stopped while ${url.host} was asked.`, {
    hint: 'Run the same command again.',
    facts: { host: url.host },
  })
}
