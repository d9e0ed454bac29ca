/**
 * Bech32 and Bech32m (BIP 173, BIP 350), strict: no mixed case, at most 90 characters, the checksum of six characters.
 * Which of the two a text is, is part of the answer: no text is both.
 */
export type Decoded =
  | { ok: true; hrp: string; words: Uint8Array; encoding: Encoding }
  | { ok: false; reason: 'length' | 'alphabet' | 'mixed-case' | 'checksum' | 'separator' }

export type Encoding = 'bech32' | 'bech32m'

/** BIP 173: "a Bech32 string is at most 90 characters long". Litecoin's MWEB addresses alone are longer. */
export const TEXT_MAX = 90

/** Splits and checks. `words` are the values of the data part without the checksum, 0 to 31 each. */
export function decode(text: string, max: number = TEXT_MAX): Decoded {
  if (text.length > max) return { ok: false, reason: 'length' }
  const letters = caseOf(text)
  if (letters === 'mixed') return { ok: false, reason: 'mixed-case' }
  if (letters === 'outside') return { ok: false, reason: 'alphabet' }
  const plain = letters === 'upper' ? text.toLowerCase() : text
  const separator = plain.lastIndexOf('1')
  if (separator < 1) return { ok: false, reason: 'separator' }
  const size = plain.length - separator - 1
  if (size < 6) return { ok: false, reason: 'length' }
  const hrp = plain.slice(0, separator)
  const words = new Uint8Array(size)
  let state = expand(hrp)
  for (let i = 0; i < size; i++) {
    const value = VALUE[plain.charCodeAt(separator + 1 + i)]!
    if (value === 255) return { ok: false, reason: 'alphabet' }
    words[i] = value
    state = step(state) ^ value
  }
  const encoding = state === BECH32 ? 'bech32' : state === BECH32M ? 'bech32m' : undefined
  if (encoding === undefined) return { ok: false, reason: 'checksum' }
  return { ok: true, hrp, words: words.subarray(0, size - 6), encoding }
}

/** Lower-case text of a lower-case prefix and words. */
export function encode(hrp: string, words: Uint8Array, encoding: Encoding): string {
  let state = expand(hrp)
  let text = `${hrp}1`
  for (let i = 0; i < words.length; i++) {
    state = step(state) ^ words[i]!
    text += ALPHABET[words[i]!]!
  }
  for (let i = 0; i < 6; i++) state = step(state)
  state ^= encoding === 'bech32' ? BECH32 : BECH32M
  for (let i = 0; i < 6; i++) text += ALPHABET[(state >>> (5 * (5 - i))) & 31]!
  return text
}

/** Bytes of words from `start` on; undefined where the padding is over four bits or not zero (BIP 173). */
export function toBytes(words: Uint8Array, start = 0): Uint8Array | undefined {
  const bits = (words.length - start) * 5
  const bytes = new Uint8Array(bits >> 3)
  let held = 0
  let value = 0
  let at = 0
  for (let i = start; i < words.length; i++) {
    value = ((value << 5) | words[i]!) & 0xfff
    held += 5
    if (held >= 8) {
      held -= 8
      bytes[at++] = value >>> held
    }
  }
  const padding = value & ((1 << held) - 1)
  return held >= 5 || padding !== 0 ? undefined : bytes
}

/** Words of `first` (one word, as the witness version is) followed by bytes, padded with zeros. */
export function toWords(first: number, bytes: Uint8Array): Uint8Array {
  const words = new Uint8Array(1 + Math.ceil((bytes.length * 8) / 5))
  words[0] = first
  let held = 0
  let value = 0
  let at = 1
  for (let i = 0; i < bytes.length; i++) {
    value = ((value << 8) | bytes[i]!) & 0x1fff
    held += 8
    while (held >= 5) {
      held -= 5
      words[at++] = (value >>> held) & 31
    }
  }
  if (held > 0) words[at] = (value << (5 - held)) & 31
  return words
}

/** The checksum's state after a lower-case prefix and all words, those of the checksum included. */
export function stateOf(hrp: string, words: Uint8Array): number {
  let state = expand(hrp)
  for (let i = 0; i < words.length; i++) state = step(state) ^ words[i]!
  return state
}

/** Whether a state is that of a whole text, of either encoding. */
export function isEnd(state: number): boolean {
  return state === BECH32 || state === BECH32M
}

/**
 * What changing one word by `difference` (exclusive or) changes in the state, with `left` words after it: the checksum
 * is linear, so the sums of several changes are exclusive-ored.
 */
export function changeOf(difference: number, left: number): number {
  let state = difference
  for (let i = 0; i < left; i++) state = step(state)
  return state
}

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const BECH32 = 1
/** BIP 350. */
const BECH32M = 0x2bc8_30a3

const VALUE = new Uint8Array(128).fill(255)
for (let i = 0; i < ALPHABET.length; i++) VALUE[ALPHABET.charCodeAt(i)] = i

/** What the top five bits fold back in: the generator of BIP 173 for each of their 32 values. */
const FOLD = new Int32Array(32)
for (let top = 0; top < 32; top++) {
  const generator = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
  for (let bit = 0; bit < 5; bit++) if ((top >> bit) & 1) FOLD[top]! ^= generator[bit]!
}

function step(state: number): number {
  return ((state & 0x1ff_ffff) << 5) ^ FOLD[state >>> 25]!
}

/** The checksum's state after the prefix: high bits, a zero, low bits. */
function expand(hrp: string): number {
  let state = 1
  for (let i = 0; i < hrp.length; i++) state = step(state) ^ (hrp.charCodeAt(i) >> 5)
  state = step(state)
  for (let i = 0; i < hrp.length; i++) state = step(state) ^ (hrp.charCodeAt(i) & 31)
  return state
}

function caseOf(text: string): 'upper' | 'lower' | 'mixed' | 'outside' {
  let upper = false
  let lower = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 33 || code > 126) return 'outside'
    if (code >= 65 && code <= 90) upper = true
    if (code >= 97 && code <= 122) lower = true
  }
  if (upper && lower) return 'mixed'
  return upper ? 'upper' : 'lower'
}
