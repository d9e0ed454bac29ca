import { createHasher, type Hasher } from '../chain/sha256.ts'

/**
 * Many readings of one Base58 text, each checked by the checksum of 25 bytes. A reading changes a digit or two, so its
 * number is the old one and a multiple of a power of 58; what has no version byte of an address is left out before
 * anything is hashed; so is what changes nothing but the checksum; the rest is hashed four at a time. The answers are
 * those of decoding each text whole: the test.
 */
export class Base58Readings {
  readonly digits: Int32Array
  private readonly base: Float64Array
  /** The number over 2^192, whose whole part is the version byte, nearly. */
  private readonly top: number
  /** The checksum that the text's own payload should have; null until it is asked for. */
  private due: number | null = null
  private queued = 0
  private readonly give: (text: string, edits: number, rule: string) => void

  /** `give` is called for each reading whose checksum is right, when `flush` is. */
  constructor(text: string, give: (text: string, edits: number, rule: string) => void) {
    this.digits = Int32Array.from(text, letter => VALUE[letter.charCodeAt(0)]!)
    this.base = limbsOf(this.digits)
    this.top = topOf(this.base)
    this.give = give
  }

  /** Other digits at one place or two; `b` is -1 for one place. */
  change(a: number, first: number, b: number, second: number, edits: number, rule: string): void {
    const { digits, base } = this
    const last = digits.length - 1
    const [placeA, placeB] = [last - a, b < 0 ? 0 : last - b]
    const byA = first - digits[a]!
    const byB = b < 0 ? 0 : second - digits[b]!
    if (!mayFit(this.top + byA * TOP[placeA]! + byB * TOP[placeB]!)) return
    const [powerA, powerB] = [LIMBS * placeA, LIMBS * placeB]
    let carry = 0
    for (let i = 0; i < LIMBS; i++) {
      const whole = base[i]! + byA * POWER[powerA + i]! + byB * POWER[powerB + i]! + carry
      carry = Math.floor(whole * LIMB_PART)
      WORK[i] = whole - carry * LIMB
    }
    const head = a === 0 ? first : b === 0 ? second : digits[0]!
    if (carry !== 0 || !this.fits(head)) return
    const isOwnPayload = placeA < CHECK_DIGITS && placeB < CHECK_DIGITS && isSamePayload(base)
    if (isOwnPayload && checksumIn(WORK) !== this.dueOfBase()) return
    this.queue(null, edits, rule)
    PLACES.set([a, first, b, second], 4 * (this.queued - 1))
    if (this.queued === BATCH) this.flush()
  }

  /** Any other digits, decoded whole. */
  whole(digits: Int32Array, edits: number, rule: string): void {
    if (digits.length > DIGITS_MAX) return
    WORK.set(limbsOf(digits))
    if (!this.fits(digits[0]!)) return
    this.queue(digits, edits, rule)
    if (this.queued === BATCH) this.flush()
  }

  /** Hashes what is waiting. */
  flush(): void {
    const count = this.queued
    this.queued = 0
    if (count === 0) return
    const digests = hashed(PAYLOADS, count)
    for (let i = 0; i < count; i++) {
      if (checksumAt(digests, i) === CHECKS[i]) this.give(this.written(i), EDITS[i]!, RULES[i]!)
    }
  }

  private written(i: number): string {
    const whole = WHOLE[i]
    if (whole != null) return textOf(whole)
    const digits = this.digits.slice()
    digits[PLACES[4 * i]!] = PLACES[4 * i + 1]!
    if (PLACES[4 * i + 2]! >= 0) digits[PLACES[4 * i + 2]!] = PLACES[4 * i + 3]!
    return textOf(digits)
  }

  /** 25 bytes, with a version byte that some address has; a zero byte is a leading `1`. */
  private fits(head: number): boolean {
    const version = WORK[LIMBS - 1]!
    return version < 256 && VERSION[version] === 1 && (version === 0) === (head === 0)
  }

  private queue(whole: Int32Array | null, edits: number, rule: string): void {
    const at = this.queued++
    layPayload(WORK, PAYLOADS, BLOCK * at)
    CHECKS[at] = checksumIn(WORK)
    WHOLE[at] = whole
    EDITS[at] = edits
    RULES[at] = rule
  }

  private dueOfBase(): number {
    if (this.due === null) {
      layPayload(this.base, OWN, 0)
      this.due = checksumAt(hashed(OWN, 1), 0)
    }
    return this.due
  }
}

/** Whether the reading in WORK has the payload of another: all but the last four of their 25 bytes. */
function isSamePayload(base: Float64Array): boolean {
  for (let i = 2; i < LIMBS; i++) if (WORK[i] !== base[i]) return false
  return WORK[1]! >>> 8 === base[1]! >>> 8
}

/** Version and 20 bytes, the highest first: three to a limb, of which the last four are the checksum. */
function layPayload(limbs: Float64Array, to: Uint8Array, at: number): void {
  to[at] = limbs[8]!
  let place = at + 1
  for (let i = 7; i > 1; i--) {
    const limb = limbs[i]!
    to[place] = limb >>> 16
    to[place + 1] = limb >>> 8
    to[place + 2] = limb
    place += 3
  }
  to[place] = limbs[1]! >>> 16
  to[place + 1] = limbs[1]! >>> 8
}

function checksumIn(limbs: Float64Array): number {
  return (limbs[0]! + ((limbs[1]! & 255) << 24)) >>> 0
}

function checksumAt(digests: Uint8Array, i: number): number {
  const at = 32 * i
  return ((digests[at]! << 24) | (digests[at + 1]! << 16) | (digests[at + 2]! << 8) | digests[at + 3]!) >>> 0
}

function hashed(blocks: Uint8Array, count: number): Uint8Array {
  hasher ??= createHasher()
  return hasher.hashShort(blocks, PAYLOAD, count)
}

/** The digits of a text; undefined where a letter is none. */
export function digitsOf(text: string): Int32Array | undefined {
  const digits = Int32Array.from(text, letter => VALUE[letter.charCodeAt(0)] ?? 255)
  return digits.includes(255) ? undefined : digits
}

function textOf(digits: Int32Array): string {
  return Array.from(digits, digit => ALPHABET[digit]!).join('')
}

function limbsOf(digits: Int32Array): Float64Array {
  const limbs = new Float64Array(LIMBS)
  for (const digit of digits) {
    let carry = digit
    for (let i = 0; i < LIMBS; i++) {
      const whole = limbs[i]! * 58 + carry
      carry = Math.floor(whole / LIMB)
      limbs[i] = whole - carry * LIMB
    }
    if (carry > 0) limbs[LIMBS - 1] = LIMB - 1
  }
  return limbs
}

function topOf(limbs: Float64Array): number {
  let top = 0
  for (let i = 0; i < LIMBS; i++) top = top / LIMB + limbs[i]!
  return top
}

/** Whether a version byte that some address has is within rounding: a quick no for most readings of a random text. */
function mayFit(top: number): boolean {
  return VERSION[Math.floor(top - 1e-6)] === 1 || VERSION[Math.floor(top + 1e-6)] === 1
}

let hasher: Hasher | undefined

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const VALUE = new Uint8Array(128).fill(255)
for (let i = 0; i < ALPHABET.length; i++) VALUE[ALPHABET.charCodeAt(i)] = i

/** Nine limbs of 24 bits hold 27 bytes; 25 are wanted, so the last limb is the version byte. */
const LIMBS = 9
const LIMB = 0x100_0000
const LIMB_PART = 1 / LIMB
const DIGITS_MAX = 36
const WORK = new Float64Array(LIMBS)
const POWERS = Array.from({ length: DIGITS_MAX }, (_, k) => {
  const digits = new Int32Array(k + 1)
  digits[0] = 1
  return limbsOf(digits)
})
const POWER = Float64Array.from(POWERS.flatMap(limbs => [...limbs]))
const TOP = Float64Array.from(POWERS, topOf)

/** 57 · 58^4 is under 2^32: what changes no digit before the last five changes at most one in the payload. */
const CHECK_DIGITS = 5

/** Version byte and 20 bytes. */
const PAYLOAD = 21
/** One block of SHA-256. */
const BLOCK = 64
const BATCH = 512
const PAYLOADS = new Uint8Array(BLOCK * BATCH)
const OWN = new Uint8Array(BLOCK)
const CHECKS = new Uint32Array(BATCH)
const EDITS = new Uint8Array(BATCH)
const RULES: string[] = []
/** By place in the batch: the digits of a reading that was given whole, else null and what was changed. */
const WHOLE: (Int32Array | null)[] = []
const PLACES = new Int32Array(4 * BATCH)

/** Version bytes of every network that is read: chainparams.cpp of each coin's node; Tron. */
const VERSION = new Uint8Array(256)
for (const version of [0x00, 0x05, 0x30, 0x32, 0x3a, 0x41, 0x6f, 0xc4, 0x1e, 0x16, 0x4c, 0x10]) VERSION[version] = 1
