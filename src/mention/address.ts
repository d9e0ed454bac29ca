import { type Found, judge } from './candidate.ts'
import { disguisesOf, type Folded, fold, survey } from './fold.ts'
import { judgeKey } from './key-address.ts'
import type { AddressMention, Mention, Rejected, TxidMention } from './kind.ts'
import { scan } from './scan.ts'
import { firstAfter, overlaps, type Span } from './span.ts'
import { judgeTxid } from './txid.ts'

/**
 * Addresses and transaction ids of a text. First as they stand; then, only where the text holds characters that
 * disguise, with invisible ones dropped (still the characters that were written: `found`), then with substituted ones
 * read as the ASCII they stand for (`repaired`, and never better than probable).
 */
export function findAddresses(
  text: string,
  substituted: () => Folded = () => fold(text, 'substitute'),
): { mentions: Mention[]; rejected: Rejected[] } {
  const result = new Taken()
  const suspected = survey(text)
  readPlain(text, suspected.bytes, result)
  if (suspected.invisible) readFolded(text, fold(text, 'drop'), result)
  if (suspected.substituted) readFolded(text, substituted(), result)
  return result.settle()
}

/** An address as it stands in UTF-8 bytes, by its byte span. */
export type PlainAddress = Found & { readonly byteStart: number; readonly byteEnd: number }

/** Addresses in their plain form, straight from UTF-8 bytes: for input too large to be made a text of. */
export function findInBytes(bytes: Uint8Array): PlainAddress[] {
  const found: PlainAddress[] = []
  const { count, starts, ends } = scan(bytes)
  for (let i = 0; i < count; i++) {
    const verdict = judge(bytes, starts[i]!, ends[i]!)
    if (verdict?.is !== 'address') continue
    const { network, networks, type, address, checksum } = verdict.address
    found.push({ network, networks, type, address, checksum, byteStart: starts[i]!, byteEnd: ends[i]! })
  }
  return found
}

function readPlain(text: string, bytes: Uint8Array, result: Taken): void {
  const { count, starts, ends } = scan(bytes)
  for (let i = 0; i < count; i++) consider(text, bytes, starts[i]!, ends[i]!, null, result)
}

/** Only runs in which something was dropped or substituted: the others have been read. */
function readFolded(text: string, { bytes, from }: Folded, result: Taken): void {
  const { count, starts, ends } = scan(bytes)
  for (let i = 0; i < count; i++) {
    const [first, last] = [starts[i]!, ends[i]! - 1]
    if (from[last]! - from[first]! !== last - first || hasForeign(text, from[first]!, from[last]!)) {
      consider(text, bytes, first, last + 1, from, result)
    }
  }
}

function hasForeign(text: string, first: number, last: number): boolean {
  for (let i = first; i <= last; i++) if (text.charCodeAt(i) >= 0x80) return true
  return false
}

function consider(
  text: string,
  bytes: Uint8Array,
  first: number,
  end: number,
  from: Uint32Array | null,
  result: Taken,
): void {
  const verdict = judge(bytes, first, end)
  if (verdict === undefined) return
  const start = from === null ? first : from[first]!
  const stop = from === null ? end : endOf(text, from[end - 1]!)
  const raw = text.slice(start, stop)
  if (verdict.is === 'key') {
    const key = from === null && result.mayAskKey() ? judgeKey(text, start, stop) : null
    if (key !== null) result.found(key)
  } else if (verdict.is === 'address') result.found(toMention(raw, start, stop, verdict.address, from !== null))
  else if (verdict.is === 'rejected') {
    result.rejected({ kind: 'address', raw, reason: verdict.reason, start, end: stop })
  } else {
    const judged = judgeTxid(text, start, stop, verdict.prefixed)
    if ('reason' in judged) result.rejected(judged)
    else result.found(from === null ? judged : { ...judged, ...looked(raw, 'ok') })
  }
}

/** One past the character at `at`, both halves of a pair. */
function endOf(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xd800 && code < 0xdc00 ? at + 2 : at + 1
}

function toMention(raw: string, start: number, end: number, found: Found, folded: boolean): AddressMention {
  const how = folded ? looked(raw, found.checksum) : ({ certainty: 'found', repaired: null, disguise: [] } as const)
  return { kind: 'address', ...found, raw, start, end, ...how }
}

/** Digits mean one thing only; letters of another script are trusted where a checksum says so. */
function looked(raw: string, checksum: 'ok' | 'none'): Pick<TxidMention, 'certainty' | 'repaired' | 'disguise'> {
  const { disguise, edits } = disguisesOf(raw)
  if (edits === 0) return { certainty: 'found', repaired: null, disguise }
  const rules = disguise.filter(kind => kind !== 'invisible')
  const confidence = checksum === 'none' && rules.includes('lookalike') ? 'possible' : 'probable'
  return { certainty: confidence, repaired: { from: raw, edits, rule: rules.join('+'), confidence }, disguise }
}

/** What has been found so far: a place is given once, to the reading that changed least. */
class Taken {
  private readonly mentions: Mention[] = []
  private readonly refusals: Rejected[] = []
  private keys = KEYS_MAX

  /** Whether one more key may be looked at: the question whether it lies on the curve costs thirty microseconds. */
  mayAskKey(): boolean {
    return this.keys-- > 0
  }

  found(mention: Mention): void {
    if (!overlaps(this.mentions, mention)) insert(this.mentions, mention)
  }

  rejected(refusal: Rejected): void {
    if (!overlaps(this.refusals, refusal)) insert(this.refusals, refusal)
  }

  settle(): { mentions: Mention[]; rejected: Rejected[] } {
    return { mentions: this.mentions, rejected: this.refusals.filter(refusal => !overlaps(this.mentions, refusal)) }
  }
}

/** Texts of a key's form that are looked at in one text: more is an encoding, not a post. */
const KEYS_MAX = 1000

function insert<T extends Span>(sorted: T[], span: T): void {
  const at = firstAfter(sorted, span.start)
  if (at === sorted.length) sorted.push(span)
  else sorted.splice(at, 0, span)
}
