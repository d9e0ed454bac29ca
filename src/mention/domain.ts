import { isOnionName } from '../chain/onion-name.ts'
import { defang } from './defang.ts'
import { findHandles, handleOfUrl } from './handle.ts'
import type { Disguise, DomainMention, EmailMention, Mention, Rejected, UrlMention } from './kind.ts'
import { isPaymentScheme, readPayment } from './payment-uri.ts'
import { base, type Host, isInside, type Url } from './place.ts'
import { isTopLevel } from './top-level.ts'
import type { View } from './view.ts'

/**
 * Names on the Internet: URLs (also payment URIs and defanged forms), domains, e-mail addresses, channels.
 *
 * Works from signs (`:`, `.`, `@`), a bounded step to both sides of each, so the time is linear whatever the text.
 */
export function findNames(view: View): { mentions: Mention[]; rejected: Rejected[] } {
  const found: Mention[] = []
  const rejected: Rejected[] = []
  const urls = findUrls(view, rejected)
  const emails = findEmails(view, urls)
  const mailHosts = new Set(emails.map(email => email.end))
  for (const url of urls) {
    if (url.scheme === '' && mailHosts.has(view.end(url.end))) continue
    if (url.scheme !== '' || url.host!.end !== url.end) found.push(toUrl(view, url))
    if (url.host !== null && isNamed(url.host.name)) found.push(toDomain(view, url.host))
    else if (url.host !== null) refuse(view, url.host, rejected)
    const handle = handleOfUrl(view, url)
    if (handle !== null) found.push(handle)
  }
  return { mentions: [...found, ...emails, ...findHandles(view, urls)], rejected }
}

function findUrls(view: View, rejected: Rejected[]): Url[] {
  const { text } = view
  const found: Url[] = []
  let free = 0
  for (const match of text.matchAll(SIGN)) {
    if (match.index < free) continue
    const url = match[0].includes(':') ? fromScheme(text, match.index, free) : fromDot(text, match.index, free)
    if (url === null) continue
    if (isHostOnly(url)) refuse(view, url, rejected)
    else found.push(url)
    free = url.end
  }
  return found
}

/** `https://…`, `hxxp[:]//…`, `bitcoin:…`: the scheme before the colon, the rest after it. */
function fromScheme(text: string, colon: number, floor: number): Url | null {
  const scheme = /[A-Za-z][A-Za-z0-9+.-]{1,15}$/.exec(text.slice(Math.max(floor, colon - 16), colon))
  if (scheme === null) return null
  const start = colon - scheme[0].length
  if (start > 0 && /[\w@]/.test(text[start - 1]!)) return null
  const name = scheme[0].toLowerCase()
  const sign = /^(?:\[:\]|\(:\)|:)/.exec(text.slice(colon, colon + 3))![0]
  const body = colon + sign.length
  if (isPaymentScheme(name)) {
    const rest = /^(?:\/\/)?[A-Za-z0-9][^\s<>"'`{}|\\^\u0600-\u06ff«»“”]{9,500}/.exec(text.slice(body, body + 520))
    return rest === null
      ? null
      : { ...trimmed(text, start, body + rest[0].length), scheme: name, host: null, defanged: false }
  }
  const scheme2 = REFANG.get(name)
  if (scheme2 === undefined || text.slice(body, body + 2) !== '//') return null
  const host = hostAt(text, body + 2)
  if (host === null) return null
  const end = pathEnd(text, host.end)
  return { start, end, scheme: scheme2, host, defanged: name !== scheme2 || host.defanged || sign !== ':' }
}

/**
 * A domain without a scheme, found at one of its dots; a URL where a path follows. Where the name is none, that name,
 * so that the search goes on after it: each dot in it would be the same name again.
 */
function fromDot(text: string, dot: number, floor: number): Url | Host | null {
  const start = hostStart(text, dot, floor)
  if (start === dot || (start > 0 && joins(text, start - 1))) return null
  const host = hostAt(text, start)
  if (host === null || host.end <= dot) return null
  if (host.name.endsWith('.ton') && text.slice(host.end - 4, host.end) !== '.ton') return host
  if (!isNamed(host.name)) return text[host.end] === '@' || text[host.end] === ':' ? null : host
  const hasPath = text[host.end] === '/' && /[^\s]/.test(text[host.end + 1] ?? ' ')
  return { start, end: hasPath ? pathEnd(text, host.end) : host.end, scheme: '', host, defanged: host.defanged }
}

function isHostOnly(one: Url | Host): one is Host {
  return 'name' in one
}

/** Names that are none and could be taken for one: of a file, or an onion name with a slip. */
function refuse(view: View, { name, start, end }: Host, into: Rejected[]): void {
  const labels = name.split('.')
  const top = labels.at(-1)!
  const isFile = labels.length === 2 && FILE_ENDINGS.has(top)
  const isOnion = top === 'onion' && labels.at(-2)!.length === 56
  if (!isFile && !isOnion) return
  const { raw, start: from, end: to } = base(view, start, end, [])
  into.push({ kind: 'domain', raw, reason: isOnion ? 'checksum' : 'file-name', start: from, end: to })
}

/** Whether a character would belong to the name that follows it. */
function joins(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 128) return isAlphanumeric(code) || code === 0x40 || code === 0x5f
  return /[\p{Script=Latin}\p{Script=Cyrillic}]/u.test(text[at]!)
}

/** Back from a dot over what a host is made of (of brackets only those of a defanged dot), not onto a leading sign. */
function hostStart(text: string, dot: number, floor: number): number {
  let start = dot
  const least = Math.max(floor, dot - HOST_MAX)
  while (start > least) {
    const code = text.charCodeAt(start - 1)
    if (code < 128 && IN_HOST[code] === 1) start--
    else if (isClosing(code) && DEFANGED_END.test(text.slice(Math.max(least, start - 5), start))) {
      start = text.lastIndexOf(OPENING.get(text[start - 1]!)!, start - 1)
    } else break
  }
  while (start < dot && !isAlphanumeric(text.charCodeAt(start))) start++
  return start
}

/** The host that begins at `at`, its trailing dots left out; for a URL also an IP address or a bare name. */
function hostAt(text: string, at: number): Host | null {
  const start = userEnd(text, at)
  if (!isAlphanumeric(text.charCodeAt(start))) return null
  const least = Math.min(text.length, start + HOST_MAX)
  let end = start + 1
  while (end < least && isHost(text.charCodeAt(end))) end++
  const sign = text.charCodeAt(end)
  if (end < least && (isOpening(sign) || sign > 0x7f)) return defangedHost(text, start)
  while (text.charCodeAt(end - 1) === DOT || text.charCodeAt(end - 1) === HYPHEN) {
    if (text.charCodeAt(end - 1) === HYPHEN) return defangedHost(text, start)
    end--
  }
  const name = text.slice(start, end)
  return name.includes('..') || name.includes('.-') || name.includes('._')
    ? defangedHost(text, start)
    : { start, end, name: name.toLowerCase(), defanged: false }
}

/** The same by the whole pattern: where brackets, empty labels or other scripts are near. */
function defangedHost(text: string, start: number): Host | null {
  const match = HOST.exec(text.slice(start, start + HOST_MAX))
  if (match === null) return null
  const name = match[0].replace(/[[({]\.?(?:dot)?[\])}]/gi, '.').toLowerCase()
  return { start, end: start + match[0].length, name, defanged: match[0].length !== name.length }
}

/** After `name:password@` where that stands here. */
function userEnd(text: string, at: number): number {
  let end = at
  const least = at + 130
  for (; end < least; end++) {
    const code = text.charCodeAt(end)
    if (!(isHost(code) || code === 0x7e || code === 0x25 || code === 0x3a)) break
  }
  if (end === at || text.charCodeAt(end) !== 0x40) return at
  const user = /^[\w.~%-]{1,64}(?::[\w.~%-]{0,64})?@/.exec(text.slice(at, least))
  return at + (user?.[0].length ?? 0)
}

function isHost(code: number): boolean {
  return code < 128 && IN_HOST[code] === 1
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code < 58) || (code >= 65 && code < 91) || (code >= 97 && code < 123)
}

function isOpening(code: number): boolean {
  return code === 0x5b || code === 0x28 || code === 0x7b
}

function isClosing(code: number): boolean {
  return code === 0x5d || code === 0x29 || code === 0x7d
}

function isNamed(name: string): boolean {
  const last = name.lastIndexOf('.')
  const top = name.slice(last + 1)
  if (last < 1 || !isTopLevel(top)) return false
  const labels = name.split('.')
  if (top === 'onion') return /^[a-z2-7]{16}$/.test(labels.at(-2)!) || isOnionName(labels.at(-2)!)
  if (top === 'ton' && !/^[a-z0-9-]{4,126}$/.test(labels.at(-2)!)) return false
  const isFile = labels.length === 2 && FILE_ENDINGS.has(top)
  return !isFile && labels.every(label => label.length <= 63 && !label.startsWith('-') && !label.endsWith('-'))
}

function pathEnd(text: string, from: number): number {
  const rest = /^(?::\d{1,5})?(?:[/?#][^\s<>"'`{}|\\^«»“”]{0,2000})?/.exec(text.slice(from, from + 2010))!
  return trimmed(text, from, from + rest[0].length).end
}

/** Without the punctuation of the sentence, and without a closing bracket that was opened before. */
function trimmed(text: string, start: number, end: number): { start: number; end: number } {
  const least = Math.max(start, end - TRIM_MAX)
  while (end > least) {
    const last = text[end - 1]!
    const opens = last === ')' ? '(' : last === ']' ? '[' : ''
    const isLoose = opens !== '' && count(text, opens, start, end) < count(text, last, start, end)
    if (!isLoose && !/[.,;:!?'*،؛؟…]/.test(last)) break
    end--
  }
  return { start, end }
}

function count(text: string, sign: string, start: number, end: number): number {
  let seen = 0
  for (let i = start; i < end; i++) if (text[i] === sign) seen++
  return seen
}

function findEmails(view: View, urls: readonly Url[]): EmailMention[] {
  const { text } = view
  const found: EmailMention[] = []
  for (const match of text.matchAll(/@|\[at\]|\(at\)/gi)) {
    const at = match.index
    const start = localStart(text, at)
    if (start === at || isInside(urls, at)) continue
    const host = hostAt(text, at + match[0].length)
    if (host === null || !isNamed(host.name)) continue
    const value = `${text.slice(start, at)}@${host.name}`
    const disguise: Disguise[] = host.defanged || match[0] !== '@' ? ['defanged'] : []
    found.push({ kind: 'email', ...base(view, start, host.end, disguise), value, defanged: defang(value) })
  }
  return found
}

/** Back from the sign over what a mailbox is named by (64 characters at most, RFC 5321), not onto a leading sign. */
function localStart(text: string, at: number): number {
  let start = at
  while (start > 0 && at - start < 64) {
    const code = text.charCodeAt(start - 1)
    if (code >= 128 || (IN_HOST[code] === 0 && code !== 0x2b && code !== 0x25)) break
    start--
  }
  while (start < at && /[.+%-]/.test(text[start]!)) start++
  return start
}

function toUrl(view: View, url: Url): UrlMention {
  const written = view.text.slice(url.start, url.end)
  const disguise: Disguise[] = url.defanged ? ['defanged'] : []
  const { scheme, host } = url
  const value = host === null ? written : plainUrl(view.text, url, host)
  const payment = host === null ? readPayment(scheme, written.slice(written.indexOf(':') + 1)) : null
  const shared = { scheme, host: host?.name ?? null, value, defanged: host === null ? value : defang(value), payment }
  return { kind: 'url', ...base(view, url.start, url.end, disguise), ...shared }
}

function plainUrl(text: string, url: Url, host: Host): string {
  return `${url.scheme === '' ? '' : `${url.scheme}://`}${host.name}${text.slice(host.end, url.end)}`
}

function toDomain(view: View, host: Host): DomainMention {
  const disguise: Disguise[] = host.defanged ? ['defanged'] : []
  const shared = base(view, host.start, host.end, disguise)
  const system = SYSTEM.get(host.name.slice(host.name.lastIndexOf('.') + 1)) ?? 'dns'
  return { kind: 'domain', ...shared, value: host.name, defanged: defang(host.name), system }
}

/** A dot inside a name (also defanged), or a colon after a letter. */
const SIGN =
  /(?<=[A-Za-z0-9])(?:\.(?=[A-Za-z0-9])|[[({](?:\.|dot)[\])}](?=[A-Za-z0-9])|(?:\[:\]|\(:\)|:)(?=[/A-Za-z0-9]))/gi
const IN_HOST = new Uint8Array(128)
for (const letter of '-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
  IN_HOST[letter.charCodeAt(0)] = 1
const DOT = 0x2e
const HYPHEN = 0x2d
const DEFANGED_END = /[[({](?:\.|dot)[\])}]$/i
const OPENING = new Map([
  [']', '['],
  [')', '('],
  ['}', '{'],
])
const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9_-]|(?:\.|[[({](?:\.|dot)[\])}])(?=[A-Za-z0-9]))*/i
const HOST_MAX = 253

/** Closing signs that a sentence may put after a link. */
const TRIM_MAX = 16

/** Schemes as written, also defanged, and what they are. */
const REFANG = new Map<string, string>([
  ...([
    ['http', 'http'],
    ['https', 'https'],
    ['ftp', 'ftp'],
    ['hxxp', 'http'],
    ['hxxps', 'https'],
  ] as const),
  ...([
    ['htxp', 'http'],
    ['meow', 'http'],
    ['fxp', 'ftp'],
    ['tg', 'tg'],
    ['ws', 'ws'],
    ['wss', 'wss'],
  ] as const),
])

const SYSTEM = new Map([
  ['onion', 'tor'],
  ['i2p', 'i2p'],
  ['eth', 'ens'],
  ['ton', 'ton'],
] as const) as ReadonlyMap<string, DomainMention['system']>

/** Top-level domains that are endings of files more often than places. */
const FILE_ENDINGS = new Set(['py', 'md', 'sh', 'rs', 'pl', 'zip', 'mov', 'so', 'ps1', 'cc', 'js', 'ts'])
