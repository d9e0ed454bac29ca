import { createHasher, type Hasher } from '../chain/sha256.ts'

/**
 * Many readings of one Base58 text, each checked by the checksum of 25 bytes. A reading changes a digit or two, so its
 * number is the old one and a multiple of a power of 58; what has no version byte of an address is left out before
 * anything is hashed; the rest is hashed four at a time. The answers are those of decoding each text whole: the test.
 */
export class Base58Readings {
  readonly digits: Int32Array
  private readonly base: Float64Array
  /** The number over 2^192, whose whole part is the version byte, nearly. */
  private readonly top: number
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
    const [byA, byB] = [first - digits[a]!, b < 0 ? 0 : second - digits[b]!]
    const [placeA, placeB] = [last - a, b < 0 ? 0 : last - b]
    if (!mayFit(this.top + byA * TOP[placeA]! + byB * TOP[placeB]!)) return
    const [powerA, powerB] = [POWER[placeA]!, POWER[placeB]!]
    let carry = 0
    for (let i = 0; i < LIMBS; i++) {
      const whole = base[i]! + byA * powerA[i]! + byB * powerB[i]! + carry
      carry = Math.floor(whole / LIMB)
      WORK[i] = whole - carry * LIMB
    }
    const head = a === 0 ? first : b === 0 ? second : digits[0]!
    if (carry === 0 && this.fits(head)) this.queue(() => this.written(a, first, b, second), edits, rule)
  }

  /** Any other digits, decoded whole. */
  whole(digits: Int32Array, edits: number, rule: string): void {
    if (digits.length > DIGITS_MAX) return
    WORK.set(limbsOf(digits))
    if (this.fits(digits[0]!)) this.queue(() => textOf(digits), edits, rule)
  }

  /** Hashes what is waiting. */
  flush(): void {
    const count = this.queued
    this.queued = 0
    if (count === 0) return
    hasher ??= createHasher()
    hasher.sha256dMany(PAYLOADS, SPANS.subarray(0, 2 * count), DIGESTS)
    for (let i = 0; i < count; i++) {
      const at = 32 * i
      const head = (DIGESTS[at]! << 24) | (DIGESTS[at + 1]! << 16) | (DIGESTS[at + 2]! << 8) | DIGESTS[at + 3]!
      if (head >>> 0 === CHECKS[i]) this.give(WRITTEN[i]!(), EDITS[i]!, RULES[i]!)
    }
  }

  private written(a: number, first: number, b: number, second: number): string {
    const digits = this.digits.slice()
    digits[a] = first
    if (b >= 0) digits[b] = second
    return textOf(digits)
  }

  /** 25 bytes, with a version byte that some address has; a zero byte is a leading `1`. */
  private fits(head: number): boolean {
    const version = WORK[LIMBS - 1]!
    return version < 256 && VERSION[version] === 1 && (version === 0) === (head === 0)
  }

  private queue(written: () => string, edits: number, rule: string): void {
    const at = this.queued * STRIDE
    for (let i = 0; i < PAYLOAD; i++) {
      const place = 24 - i
      PAYLOADS[at + i] = WORK[(place / 3) | 0]! >>> (8 * (place % 3))
    }
    CHECKS[this.queued] = (WORK[0]! + ((WORK[1]! & 255) << 24)) >>> 0
    WRITTEN[this.queued] = written
    EDITS[this.queued] = edits
    RULES[this.queued] = rule
    if (++this.queued === BATCH) this.flush()
  }
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
const DIGITS_MAX = 36
const WORK = new Float64Array(LIMBS)
const POWER = Array.from({ length: DIGITS_MAX }, (_, k) => {
  const digits = new Int32Array(k + 1)
  digits[0] = 1
  return limbsOf(digits)
})

const TOP = Float64Array.from(POWER, topOf)

/** Version byte and 20 bytes. */
const PAYLOAD = 21
const STRIDE = 32
const BATCH = 512
const PAYLOADS = new Uint8Array(STRIDE * BATCH)
const DIGESTS = new Uint8Array(32 * BATCH)
const CHECKS = new Uint32Array(BATCH)
const EDITS = new Uint8Array(BATCH)
const RULES: string[] = []
const WRITTEN: (() => string)[] = []
const SPANS = Uint32Array.from({ length: 2 * BATCH }, (_, i) => (i >> 1) * STRIDE + (i & 1) * PAYLOAD)

/** Version bytes of every network that is read: chainparams.cpp of each coin's node; Tron. */
const VERSION = new Uint8Array(256)
for (const version of [0x00, 0x05, 0x30, 0x32, 0x3a, 0x41, 0x6f, 0xc4, 0x1e, 0x16, 0x4c, 0x10]) VERSION[version] = 1
