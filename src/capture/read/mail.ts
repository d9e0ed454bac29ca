import { PART_DEPTH_MAX, PARTS_MAX } from './limit.ts'
import type { Part } from './part.ts'

/**
 * Mail as stored (.eml: RFC 5322 with MIME, RFC 2045 to 2049), saved pages (.mhtml: RFC 2557) and mailboxes (mbox:
 * RFC 4155), taken apart into named members. The header's lines for people come first, then each part, decoded.
 */

/** Whether bytes begin as a mail or a mailbox does: with lines of a header, one of them of mail. */
export function isMail(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1')
  const lines = head.replace(/^From [^\n]*\n/, '').split(/\r?\n\r?\n/)[0]!
  if (!/^(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\r?\n?(?:[ \t][^\n]*\r?\n?)*){2,}$/.test(`${lines}\n`)) return false
  return /^(?:MIME-Version|Message-ID|Received|Return-Path|DKIM-Signature|Content-Type|X-Mailer|Delivered-To):/im.test(
    lines,
  )
}

/** All parts; `more` counts those that the limits left out. */
export function partsOf(bytes: Uint8Array): { parts: Part[]; more: number } {
  const text = Buffer.from(bytes).toString('latin1')
  const mails = /^From [^\n]{3,200}\d{4}/.test(text)
    ? text.split(/(?<=\n)(?=From [^\n]{3,200}\d{4}[^\n]{0,20}\r?\n)/)
    : [text]
  const into: Into = { parts: [], more: 0 }
  for (const [index, mail] of mails.entries()) {
    const prefix = mails.length === 1 ? '' : `${index + 1}/`
    readEntity(mail.replace(/^From [^\n]*\n/, ''), prefix, 0, into)
  }
  return into
}

type Into = { readonly parts: Part[]; more: number }

/** A header and a body: itself a part, or parts between boundaries. */
function readEntity(text: string, prefix: string, depth: number, into: Into): void {
  const split = /\r?\n\r?\n/.exec(text)
  const header = headerOf(split === null ? text : text.slice(0, split.index))
  const body = split === null ? '' : text.slice(split.index + split[0].length)
  if (depth === 0) add(into, `${prefix}header.txt`, Buffer.from(shown(header)))
  const type = header.get('content-type') ?? 'text/plain'
  const boundary = /boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;]{1,200}))/i.exec(type)
  if (/^\s*multipart\//i.test(type) && boundary !== null && depth < PART_DEPTH_MAX) {
    const sign = `--${boundary[1] ?? boundary[2]}`
    const pieces = `\n${body}`.split(`\n${sign}`).slice(1)
    for (const piece of pieces) {
      if (piece.startsWith('--')) break
      readEntity(piece.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, ''), prefix, depth + 1, into)
    }
    return
  }
  const name = wordsOf(/(?:file)?name\*?\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;]{1,200}))/i, header, type)
  const bytes = decoded(body, (header.get('content-transfer-encoding') ?? '').trim().toLowerCase())
  add(into, `${prefix}${into.parts.length}-${name ?? nameOf(type)}`, inUtf8(bytes, type))
}

function add(into: Into, name: string, bytes: Uint8Array): void {
  if (into.parts.length >= PARTS_MAX) into.more++
  else if (bytes.length > 0) into.parts.push({ name, bytes })
}

/** Fields by their names in small letters, folded lines joined; the first of several. */
function headerOf(text: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const match = /^([A-Za-z][A-Za-z0-9-]{0,60}):\s*(.*)$/.exec(line)
    if (match !== null && !fields.has(match[1]!.toLowerCase())) fields.set(match[1]!.toLowerCase(), match[2]!)
  }
  return fields
}

/** What a reader of the mail sees of its header. */
function shown(header: ReadonlyMap<string, string>): string {
  return SHOWN.flatMap(name => {
    const value = header.get(name)
    return value === undefined ? [] : [`${name}: ${unworded(value)}\n`]
  }).join('')
}

/** Encoded words (RFC 2047). */
function unworded(value: string): string {
  const plain = value.replace(/(\?=)\s+(?==\?)/g, '$1')
  return plain.replace(
    /=\?([\w-]{1,40})\?([bq])\?([^?]{0,2000})\?=/gi,
    (whole, charset: string, how: string, text: string) => {
      const bytes = how.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : unquoted(text.replaceAll('_', ' '))
      return textOf(bytes, charset) ?? whole
    },
  )
}

function wordsOf(pattern: RegExp, header: ReadonlyMap<string, string>, type: string): string | null {
  const match = pattern.exec(header.get('content-disposition') ?? '') ?? pattern.exec(type)
  const place = header.get('content-location')
  if (match !== null) return unworded(match[1] ?? match[2]!).replace(/[/\\]/g, '_')
  return place === undefined ? null : place.replace(/[/\\]/g, '_').slice(-80)
}

function nameOf(type: string): string {
  const [, kind, sub] = /^\s*([\w-]{1,20})\/([\w.+-]{1,40})/.exec(type) ?? ['', 'text', 'plain']
  return kind === 'text' && sub === 'plain' ? 'text.txt' : `${kind}.${sub}`
}

function decoded(body: string, how: string): Uint8Array {
  if (how === 'base64') return Buffer.from(body.replace(/[^A-Za-z0-9+/=]/g, ''), 'base64')
  return how === 'quoted-printable' ? unquoted(body) : Buffer.from(body, 'latin1')
}

function unquoted(text: string): Uint8Array {
  const joined = text.replace(/=[ \t]*\r?\n/g, '')
  return Buffer.from(
    joined.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}

/** Text of a named character set as UTF-8; all else as it is. */
function inUtf8(bytes: Uint8Array, type: string): Uint8Array {
  const charset = /^\s*text\//i.test(type) ? /charset\s*=\s*"?([\w-]{1,40})/i.exec(type)?.[1] : undefined
  if (charset === undefined || /^(?:utf-?8|us-ascii)$/i.test(charset)) return bytes
  const text = textOf(bytes, charset)
  return text === null ? bytes : Buffer.from(text)
}

function textOf(bytes: Uint8Array, charset: string): string | null {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return null
  }
}

const SHOWN = ['from', 'to', 'cc', 'reply-to', 'subject', 'date', 'snapshot-content-location']
