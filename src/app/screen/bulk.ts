import * as Group from '../../chain/address-group.ts'
import * as Exposure from '../../exposure/exposure.ts'
import type { AddressColumn } from '../../ledger/ledger.ts'
import type { NetworkId } from '../../model/network.ts'
import type { Context } from '../operation.ts'
import { clean, piecesOf } from './line.ts'
import type { ScreenResult } from './result.ts'
import { createTemplates, isQuiet, type Template } from './template.ts'

/**
 * Screening by the million, over bytes (docs/methods/exposure.md, "In bulk"). A line that is one word of letters and
 * digits is hashed where it lies and looked for among all addresses that a list, a label or a claim has ever named.
 *
 * - `all`: every line is answered in full. What is in no list and in no ledger has its checksum verified and gets the
 *   answer of its kind, which the ordinary screening gave for the first of them.
 * - `found`: the same work, and only answers that say something are written, then a summary.
 * - `matches`: lists and labels alone. Neither checksum nor ledger of the others is looked at, and the summary says so.
 */
export type Which = 'all' | 'found' | 'matches'

export const WHICH: readonly Which[] = ['all', 'found', 'matches']

/** What a run is answered from. */
export type Desk = {
  /** The ordinary screening of one address. */
  ask(text: string): ScreenResult
  /** Addresses of the ledgers that were read. */
  readonly ledgers: ReadonlyMap<NetworkId, AddressColumn>
  /** Every address that a list, a label or a claim names. */
  readonly matcher: Exposure.Matcher
  /** Told of each answered line, in order: the fingerprint of its address and the answer. */
  record(low: number, high: number, status: Exposure.Status): void
  readonly context: Pick<Context, 'progress' | 'signal'>
}

export type Summary = {
  readonly summary: {
    readonly asked: number
    readonly statuses: Readonly<Record<string, number>>
    /** Lines that no list names and whose checksum nobody looked at: with `matches` alone. */
    readonly unverified: number
  }
}

/** The answers in the order of the lines: bytes are whole lines of JSON, good until the next is asked for. */
export function* bulk(path: string, which: Which, desk: Desk): Generator<Uint8Array | ScreenResult | Summary> {
  const work = createWork(which, desk)
  const { lines, out } = work
  for (const { bytes, end, read } of piecesOf(path)) {
    for (let at = 0; at < end; ) {
      at = Exposure.split(bytes, at, end, lines)
      work.look(bytes)
      for (let k = 0; k < lines.count; k++) {
        if (work.answerKnownKind(k)) {
          if (out.isFull()) yield out.take()
          continue
        }
        const result = work.ask(k)
        if (result === null) continue
        if (!out.isEmpty()) yield out.take()
        yield result
      }
    }
    desk.context.signal.throwIfAborted()
    desk.context.progress({ done: work.asked(), total: null, unit: 'addresses', note: `${read >> 20} MB read` })
  }
  if (!out.isEmpty()) yield out.take()
  const { summary } = work.sum()
  const note = [
    ...Object.entries(summary.statuses),
    ...(summary.unverified > 0 ? [['in no list', summary.unverified]] : []),
  ]
  const last = { total: null, unit: 'addresses', note: note.map(pair => pair.join(': ')).join(', '), last: true }
  desk.context.progress({ done: summary.asked, ...last })
  if (which !== 'all') yield { summary }
}

function createWork(which: Which, desk: Desk) {
  const { matcher, record } = desk
  const lines = Exposure.createLines()
  const group = Group.createAddressGroup(Exposure.GROUP)
  const isRead = createReader(desk.ledgers)
  const templates = createTemplates(desk.ask)
  const out = createOut()
  const statuses: Record<string, number> = {}
  let unverified = 0
  let buffer: Buffer = Buffer.alloc(0)
  const count = (low: number, high: number, status: Exposure.Status) => {
    statuses[status] = (statuses[status] ?? 0) + 1
    record(low, high, status)
  }
  const asked = () => Object.values(statuses).reduce((sum, some) => sum + some, unverified)
  return {
    ...{ lines, out, asked },
    look(bytes: Uint8Array) {
      buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
      matcher.match(lines)
      if (which !== 'matches') group.check(bytes, lines.from, lines.end, lines.count, lines.hit)
    },
    /** Whether the line was answered as one of which nothing is known. */
    answerKnownKind(k: number): boolean {
      if (lines.plain[k] === 0 || lines.hit[k] === 1) return false
      if (which === 'matches') {
        if (!Group.hasCommonForm(buffer, lines.from[k]!, lines.end[k]!)) return false
        unverified++
        record(lines.low[k]!, lines.high[k]!, 'not-checked')
        return true
      }
      const code = group.verdict[k]!
      if (code === Group.OTHER || isRead(code, group.payload, k * Group.ROOM)) return false
      const [from, end] = [lines.from[k]!, lines.end[k]!]
      const template = templates.of(code, () => buffer.toString('latin1', from, end))
      if (template === undefined) return false
      count(lines.low[k]!, lines.high[k]!, template.status)
      if (which === 'all' || !isQuiet(template)) out.write(template, buffer, from, end)
      return true
    },
    /** The ordinary answer; null where the line is empty or a comment, or its answer is not wanted. */
    ask(k: number): ScreenResult | null {
      const text = textOf(buffer, lines.from[k]!, lines.end[k]!)
      if (text === '' || text.startsWith('#')) return null
      const result = desk.ask(text)
      const { low, high } = Exposure.fingerprintOf(result.address)
      count(low, high, result.status)
      return which !== 'all' && isQuiet(result) ? null : result
    },
    sum: (): Summary => ({ summary: { asked: asked(), statuses, unverified } }),
  }
}

/** Bytes of answers that are handed over at once. */
const OUT_BYTES = 1 << 18

function createOut() {
  let bytes = new Uint8Array(2 * OUT_BYTES)
  let used = 0
  return {
    isEmpty: () => used === 0,
    isFull: () => used >= OUT_BYTES,
    take() {
      const taken = bytes.subarray(0, used)
      used = 0
      return taken
    },
    write(template: Template, from: Uint8Array, start: number, end: number) {
      if (used + template.room > bytes.length) {
        const larger = new Uint8Array(bytes.length + template.room)
        larger.set(bytes)
        bytes = larger
      }
      used = template.write(bytes, used, from, start, end)
    },
  }
}

/** Bytes of a line that are read as text: more than any address takes in any encoding. */
const TEXT_BYTES_MAX = 1024

function textOf(buffer: Buffer, from: number, end: number): string {
  let start = from
  while (start < end && (buffer[start] === 32 || buffer[start] === 9)) start++
  return clean(buffer.toString('utf8', start, Math.min(end, start + TEXT_BYTES_MAX)))
}

/** Whether a ledger on whose network the address may live has read it. */
function createReader(ledgers: Desk['ledgers']): (code: number, payload: Uint8Array, at: number) => boolean {
  const byCode = Group.networks.map(networks => networks.flatMap(network => ledgers.get(network) ?? []))
  return (code, payload, at) => {
    const [key, columns] = [Group.keys[code]!, byCode[code]!]
    for (let i = 0; i < columns.length; i++) {
      const { findKey } = columns[i]!
      if (findKey === undefined || (key !== null && findKey(key[0], payload, at, key[1]) !== undefined)) return true
    }
    return false
  }
}
