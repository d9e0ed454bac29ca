import { hash } from 'node:crypto'
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import * as Instant from '../../model/instant.ts'
import { Failure } from '../../std/failure.ts'
import { FILE_BYTES_MAX, RECORDS_MAX } from './limit.ts'
import type { Part } from './part.ts'

/**
 * Web archives (WARC 1.0 and 1.1, ISO 28500), unpacked already: each response, resource and conversion is a part with
 * its address, the crawler's time and the headers of the answer; digests are checked. A record that is damaged ends the
 * reading with a note, what came before it stays.
 */
export function isWarc(bytes: Uint8Array): boolean {
  return /^WARC\/1\.[01]\r?\n/.test(Buffer.from(bytes.subarray(0, 12)).toString('latin1'))
}

export function partsOfWarc(bytes: Uint8Array): { parts: Part[]; notes: string[] } {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: Part[] = []
  const notes: string[] = []
  const counts = { records: 0, left: 0 }
  for (let at = 0; at < whole.length; ) {
    const record = recordAt(whole, at)
    if (record === undefined) {
      notes.push(`From byte ${at} on it is no whole WARC record; what follows was read for its words.`)
      parts.push({ name: `rest-${at}`, bytes: bytes.subarray(at), isRest: true })
      break
    }
    at = record.next
    if (++counts.records > RECORDS_MAX) {
      notes.push(`Only its first ${RECORDS_MAX} records were read: the limit is reached.`)
      break
    }
    if (READ.has(record.type)) parts.push(partOf(record, parts.length))
    else counts.left++
  }
  if (counts.left > 0) notes.push(`${counts.left} records hold no page (requests, metadata, revisits).`)
  return { parts, notes }
}

const READ: ReadonlySet<string> = new Set(['response', 'resource', 'conversion'])

type Record = {
  readonly type: string
  readonly fields: ReadonlyMap<string, string>
  readonly block: Buffer
  readonly next: number
}

function recordAt(whole: Buffer, from: number): Record | undefined {
  const end = whole.indexOf('\r\n\r\n', from)
  if (end === -1 || end - from > HEADER_BYTES_MAX) return undefined
  const [version, ...lines] = whole.subarray(from, end).toString('utf8').split('\r\n')
  if (!/^WARC\/1\.[01]$/.test(version ?? '')) return undefined
  const fields = fieldsOf(lines)
  const length = fields.get('content-length') ?? ''
  if (!/^\d{1,12}$/.test(length)) return undefined
  const start = end + 4
  const stop = start + Number(length)
  if (stop > whole.length) return undefined
  let next = stop
  while (next < whole.length && (whole[next] === 13 || whole[next] === 10)) next++
  return { type: (fields.get('warc-type') ?? '').toLowerCase(), fields, block: whole.subarray(start, stop), next }
}

/** Names in small letters; folded lines are joined, the first of several stands. */
function fieldsOf(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>()
  let last = ''
  for (const line of lines) {
    const match = /^([^:\s]{1,100}):[ \t]*(.*)$/.exec(line)
    if (match === null) {
      if (/^[ \t]/.test(line) && last !== '') fields.set(last, `${fields.get(last)} ${line.trim()}`)
      continue
    }
    last = match[1]!.toLowerCase()
    if (!fields.has(last)) fields.set(last, match[2]!.trim())
  }
  return fields
}

function partOf({ type, fields, block }: Record, number: number): Part {
  const url = (fields.get('warc-target-uri') ?? '').replace(/^<|>$/g, '').slice(0, 4000)
  const isHttp = type === 'response' && /^application\/http/i.test(fields.get('content-type') ?? 'application/http')
  const answer = isHttp ? answerOf(block) : undefined
  const payload = answer?.body ?? block
  const { bytes, note } = answer === undefined ? { bytes: payload, note: null } : contentOf(payload, answer.fields)
  const digests = checkDigests(fields, block, payload, [bytes])
  const wrong = digests.find(one => one.state === 'wrong')
  const at = Instant.parse(fields.get('warc-date') ?? '') ?? null
  const headers = answer === undefined ? {} : Object.fromEntries(answer.fields)
  const detail = {
    ...{ container: 'warc', type, date: fields.get('warc-date') ?? null, id: fields.get('warc-record-id') ?? null },
    ...{ status: answer?.status ?? null, ip: fields.get('warc-ip-address') ?? null, headers, digests },
  }
  const name = nameOf(number, url)
  return {
    ...{ name, bytes: new Uint8Array(bytes), seen: { url, at, detail } },
    notes: [...(note === null ? [] : [note]), ...digests.map(one => `${one.field}: ${SAYS[one.state]}`)],
    ...(wrong === undefined ? {} : { failure: wrongDigest(name, wrong) }),
  }
}

const SAYS = { right: 'checked.', wrong: 'the bytes are others.', unknown: 'of a kind that is not checked.' } as const

/** A name that a file may bear, with the place in the archive: two answers may have one address. */
function nameOf(number: number, url: string): string {
  const words = url.replace(/^[a-z]+:\/\//i, '').replace(/[^\p{L}\p{N}.-]+/gu, '_')
  return `${String(number + 1).padStart(4, '0')}-${words.slice(0, 100)}`
}

type Answer = { readonly status: number; readonly fields: Map<string, string>; readonly body: Buffer }

/** An answer of HTTP/1; undefined where the block is none. */
function answerOf(block: Buffer): Answer | undefined {
  const crlf = block.indexOf('\r\n\r\n')
  const bare = crlf === -1 ? block.indexOf('\n\n') : -1
  const end = crlf === -1 ? bare : crlf
  if (end === -1 || end > HEADER_BYTES_MAX) return undefined
  const [line, ...lines] = block.subarray(0, end).toString('latin1').split(/\r?\n/)
  const status = /^HTTP\/\d(?:\.\d)? (\d{3})/.exec(line ?? '')?.[1]
  if (status === undefined) return undefined
  return { status: Number(status), fields: fieldsOf(lines), body: block.subarray(end + (crlf === -1 ? 2 : 4)) }
}

/** What a reader would have seen: without the chunks and the packing of the transfer. */
function contentOf(payload: Buffer, fields: ReadonlyMap<string, string>): { bytes: Uint8Array; note: string | null } {
  const isChunked = /\bchunked\b/i.test(fields.get('transfer-encoding') ?? '')
  const joined = (isChunked ? unchunked(payload) : undefined) ?? payload
  const coding = (fields.get('content-encoding') ?? '').trim().toLowerCase()
  const limit = { maxOutputLength: FILE_BYTES_MAX }
  try {
    if (coding === 'gzip' || coding === 'x-gzip') return { bytes: gunzipSync(joined, limit), note: null }
    if (coding === 'br') return { bytes: brotliDecompressSync(joined, limit), note: null }
    if (coding === 'deflate') return { bytes: inflated(joined, limit), note: null }
  } catch {
    return { bytes: joined, note: `Its content says that it is packed (${coding}) and cannot be unpacked.` }
  }
  const isPlain = coding === '' || coding === 'identity'
  return {
    bytes: joined,
    note: isPlain ? null : `Its content is packed by "${coding.slice(0, 20)}", which is not read.`,
  }
}

function inflated(bytes: Buffer, limit: { maxOutputLength: number }): Uint8Array {
  try {
    return inflateSync(bytes, limit)
  } catch {
    return inflateRawSync(bytes, limit)
  }
}

/** RFC 9112, section 7.1; undefined where it does not hold (crawlers store some bodies joined, headers unchanged). */
function unchunked(body: Buffer): Buffer | undefined {
  const pieces: Buffer[] = []
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf('\r\n', at)
    const size =
      end === -1 ? undefined : /^([0-9a-fA-F]{1,8})(?:[ \t]*;.*)?$/.exec(body.toString('latin1', at, end))?.[1]
    if (size === undefined) return undefined
    const length = Number.parseInt(size, 16)
    if (length === 0) return Buffer.concat(pieces)
    if (end + 2 + length > body.length) return undefined
    pieces.push(body.subarray(end + 2, end + 2 + length))
    at = end + 2 + length + 2
  }
  return undefined
}

export type Digest = {
  readonly field: string
  readonly told: string
  readonly state: 'right' | 'wrong' | 'unknown'
}

/**
 * The block's digest is of the block. The payload's is of the body as it was sent, or without its chunks, or unpacked:
 * crawlers differ, and each of them proves the same bytes.
 */
function checkDigests(
  fields: ReadonlyMap<string, string>,
  block: Buffer,
  payload: Buffer,
  contents: readonly Uint8Array[],
): Digest[] {
  const bodies = [payload, unchunked(payload) ?? payload, ...contents]
  return [...digestOf('WARC-Block-Digest', fields, [block]), ...digestOf('WARC-Payload-Digest', fields, bodies)]
}

function digestOf(field: string, fields: ReadonlyMap<string, string>, candidates: readonly Uint8Array[]): Digest[] {
  const told = fields.get(field.toLowerCase())
  if (told === undefined) return []
  const [, kind, value] = /^([A-Za-z0-9-]{1,12}):([A-Za-z0-9+/=_-]{1,200})$/.exec(told) ?? []
  const algorithm = (kind ?? '').toLowerCase().replace('-', '')
  if (value === undefined || !['sha1', 'sha256', 'md5', 'sha512'].includes(algorithm)) {
    return [{ field, told: told.slice(0, 200), state: 'unknown' }]
  }
  const isRight = candidates.some(bytes => {
    const digest = hash(algorithm, bytes, 'buffer')
    const forms = [digest.toString('hex'), base32(digest)]
    return forms.includes(value.toLowerCase().replace(/=+$/, '')) || digest.toString('base64') === value
  })
  return [{ field, told, state: isRight ? 'right' : 'wrong' }]
}

/** RFC 4648 in small letters, without padding. */
function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) text += BASE32[(held >> (bits - 5)) & 31]
    held &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + BASE32[(held << (5 - bits)) & 31]
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** Bytes of one record's head; real ones have under 4 KiB. */
const HEADER_BYTES_MAX = 256 * 1024

function wrongDigest(name: string, { field, told }: Digest): Failure {
  return new Failure('Warc.Digest', 'input', `${name}: its bytes are not those of ${field} ${told}.`, {
    hint: 'The archive was altered or damaged after it was written. Get it again before relying on this page.',
    facts: { name, field, told },
  })
}
