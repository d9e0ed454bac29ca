/**
 * Address texts looked up by the million, from bytes: a line is hashed as it is split off, and its 64-bit fingerprint
 * looked for in a table. A hit is a candidate that the caller confirms by the text itself; a miss is certain.
 *
 * Bound on paper: two multiplications a byte and one random load a line, 34 bytes to the line: near 10 M lines/s.
 */
export type Matcher = {
  readonly count: number
  /** Adds a text as it would be looked for: EVM addresses in lower case, all others as they are. */
  add(text: string): void
  /** Whether the text may have been added: never false where it was. */
  mayHold(text: string): boolean
  /** Marks in `lines.hit` those whose fingerprint is held. */
  match(lines: Lines): void
}

/** Lines of a piece of bytes, a group at a time. */
export type Lines = {
  /** How many of the group are filled. */
  count: number
  readonly from: Uint32Array
  readonly end: Uint32Array
  readonly low: Uint32Array
  readonly high: Uint32Array
  /** 1: a single word of letters and digits, and hashed. 0: anything else, to be read as text. */
  readonly plain: Uint8Array
  readonly hit: Uint8Array
}

/** Lines of one group: their columns stay in the cache, their look-ups wait for memory together. */
export const GROUP = 1024

export function createLines(): Lines {
  const column = () => new Uint32Array(GROUP)
  return {
    ...{ count: 0, from: column(), end: column(), low: column(), high: column() },
    ...{ plain: new Uint8Array(GROUP), hit: new Uint8Array(GROUP) },
  }
}

export function createMatcher(capacity = 1024): Matcher {
  let slots = new Uint32Array(2 * roomFor(capacity))
  let count = 0
  const place = createLines()
  return {
    get count() {
      return count
    },
    add(text) {
      if (!lay(text, place)) return
      if (4 * (count + 1) > slots.length) slots = refiled(slots)
      if (file(slots, place.low[0]!, place.high[0]!)) count++
    },
    mayHold(text) {
      if (!lay(text, place)) return true
      match(slots, place)
      return place.hit[0] === 1
    },
    match: lines => match(slots, lines),
  }
}

function match(slots: Uint32Array, { count, low, high, plain, hit }: Lines): void {
  const mask = (slots.length >> 1) - 1
  for (let k = 0; k < count; k++) {
    const [a, b] = [low[k]!, high[k]!]
    let slot = a & mask
    let held = slots[2 * slot]!
    while (held !== 0 && (held !== a || slots[2 * slot + 1] !== b)) {
      slot = (slot + 1) & mask
      held = slots[2 * slot]!
    }
    hit[k] = held === 0 ? 0 : plain[k]!
  }
}

/** Hashes a text as the one line of `into`; false where it is none that is looked for. */
function lay(text: string, into: Lines): boolean {
  if (text.length >= TEXT_MAX) return false
  const length = SCRATCH.write(text, 'latin1')
  SCRATCH[length] = 10
  split(SCRATCH, 0, length + 1, into)
  return into.plain[0] === 1
}

/** Longer texts are no addresses and are never looked for. */
const TEXT_MAX = 256
const SCRATCH = Buffer.alloc(TEXT_MAX + 1)

/**
 * Splits whole lines off `bytes[from … end)` until the group is full; gives where the first line begins that was not
 * taken. `bytes[end − 1]` need not be a line feed: what stands after the last one is left.
 */
export function split(bytes: Uint8Array, from: number, end: number, lines: Lines): number {
  let at = from
  let count = 0
  while (count < GROUP && at < end) {
    const start = at
    const letters = bytes[at] === 48 && (bytes[at + 1] === 120 || bytes[at + 1] === 88) ? FOLDED : PLAIN
    let low = 0x811c_9dc5 | 0
    let high = 0x9747_b28c | 0
    let letter = letters[bytes[at]!]!
    // Past the end of the bytes a letter is undefined, which is not above 0 either.
    while (letter > 0) {
      low = Math.imul(low ^ letter, 0x0100_0193)
      high = Math.imul(high ^ letter, 0x5bd1_e995)
      letter = letters[bytes[++at]!]!
    }
    let stop = at
    if (bytes[at] === 13 && bytes[at + 1] === 10) at++
    const plain = bytes[at] === 10 && stop > start && at < end
    if (!plain) {
      stop = bytes.indexOf(10, at)
      if (stop === -1 || stop >= end) {
        at = start
        break
      }
      at = stop
    }
    lines.from[count] = start
    lines.end[count] = stop
    lines.low[count] = mixed(low) || 1
    lines.high[count] = mixed(high ^ (stop - start))
    lines.plain[count++] = plain ? 1 : 0
    at++
  }
  lines.count = count
  return at
}

/** The fingerprint of one text; of one that is no single word, that of its letters and digits. */
export function fingerprintOf(text: string): { readonly low: number; readonly high: number } {
  const bytes = Buffer.from(`${text.replace(/[^0-9A-Za-z]/g, '') || '0'}\n`)
  split(bytes, 0, bytes.length, ALONE)
  return { low: ALONE.low[0]!, high: ALONE.high[0]! }
}

const ALONE = createLines()

/** Letters and digits by byte as they are hashed; 0 for all other bytes. */
const PLAIN = new Uint8Array(256)
const FOLDED = new Uint8Array(256)
for (const letter of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz') {
  PLAIN[letter.charCodeAt(0)] = letter.charCodeAt(0)
  FOLDED[letter.charCodeAt(0)] = letter.toLowerCase().charCodeAt(0)
}

/** The end of MurmurHash3 (Appleby, fmix32): spreads what the last letters changed over all bits. */
function mixed(hash: number): number {
  let value = hash
  value = Math.imul(value ^ (value >>> 16), 0x85eb_ca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2_ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** Slots for so many entries: a power of two, never more than half full. */
function roomFor(entries: number): number {
  let size = 1024
  while (size < 2 * entries) size *= 2
  return size
}

/** False where it is there already. */
function file(slots: Uint32Array, low: number, high: number): boolean {
  const mask = (slots.length >> 1) - 1
  let slot = low & mask
  while (slots[2 * slot] !== 0) {
    if (slots[2 * slot] === low && slots[2 * slot + 1] === high) return false
    slot = (slot + 1) & mask
  }
  slots[2 * slot] = low
  slots[2 * slot + 1] = high
  return true
}

function refiled(from: Uint32Array): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(2 * from.length)
  for (let at = 0; at < from.length; at += 2) if (from[at] !== 0) file(to, from[at]!, from[at + 1]!)
  return to
}
