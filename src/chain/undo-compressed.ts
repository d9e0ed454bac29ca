/**
 * Bitcoin Core's compressed outputs, as its undo files and chain state hold them.
 *
 * Source: `serialize.h` (VARINT) and `compressor.cpp` (amounts and scripts) of Bitcoin Core. Readers move the cursor
 * and give undefined where the bytes are no good.
 */
export type Cursor = { readonly bytes: Uint8Array; at: number }

/** Base 128, most significant first, each further byte adding one: so every number has one form. Below 2^64. */
export function readVarint(cursor: Cursor): bigint | undefined {
  // In small numbers as far as they go: nearly all take at most four bytes.
  let small = 0
  for (let i = 0; i < 4; i++) {
    const byte = cursor.bytes[cursor.at++]
    if (byte === undefined) return undefined
    small = small * 128 + (byte & 0x7f)
    if (byte < 0x80) return BigInt(small)
    small++
  }
  let value = BigInt(small)
  for (let i = 4; i < 10; i++) {
    const byte = cursor.bytes[cursor.at++]
    if (byte === undefined) return undefined
    value = value * 128n + BigInt(byte & 0x7f)
    if (byte < 0x80) return value < 1n << 64n ? value : undefined
    value++
  }
  return undefined
}

/** An amount whose trailing zeros were taken out. */
export function decompressAmount(compressed: bigint): bigint {
  if (compressed === 0n) return 0n
  let rest = compressed - 1n
  const exponent = rest % 10n
  rest /= 10n
  const digits = exponent < 9n ? (rest / 9n) * 10n + (rest % 9n) + 1n : rest + 1n
  return digits * 10n ** exponent
}

/** The script, whole again. Kinds 0 and 1 are P2PKH and P2SH, 2 to 5 pay a public key, others have their length + 6. */
export function readCompressedScript(cursor: Cursor): Uint8Array | undefined {
  const kind = readVarint(cursor)
  if (kind === undefined || kind > SCRIPT_BYTES_MAX + SPECIAL_KINDS) return undefined
  const length = kind < 2n ? 20 : kind < SPECIAL_KINDS ? 32 : Number(kind - SPECIAL_KINDS)
  const start = cursor.at
  if (start + length > cursor.bytes.length) return undefined
  cursor.at = start + length
  const payload = cursor.bytes.subarray(start, start + length)
  if (kind === 0n) return Uint8Array.of(0x76, 0xa9, 20, ...payload, 0x88, 0xac)
  if (kind === 1n) return Uint8Array.of(0xa9, 20, ...payload, 0x87)
  if (kind < 4n) return Uint8Array.of(33, Number(kind), ...payload, 0xac)
  if (kind < SPECIAL_KINDS) return payToFullKey(Number(kind) - 4, payload)
  return payload
}

const SPECIAL_KINDS = 6n
/** No script is longer than a block. Core itself drops what is over 10,000 bytes, since it can never be spent. */
const SCRIPT_BYTES_MAX = 4_000_000n

/** Kinds 4 and 5 keep x and whether y is odd; the script holds both. */
function payToFullKey(odd: number, x: Uint8Array): Uint8Array | undefined {
  let [big, y] = [0n, 0n]
  for (const byte of x) big = (big << 8n) | BigInt(byte)
  if (big >= FIELD) return undefined
  const square = (big * big * big + 7n) % FIELD
  y = power(square, (FIELD + 1n) / 4n)
  if ((y * y) % FIELD !== square) return undefined
  if (Number(y & 1n) !== odd) y = FIELD - y
  const script = new Uint8Array(67)
  script[0] = 65
  script[1] = 4
  script.set(x, 2)
  for (let i = 0; i < 32; i++) script[65 - i] = Number((y >> BigInt(8 * i)) & 0xffn)
  script[66] = 0xac
  return script
}

/** The prime of secp256k1's field (SEC 2, section 2.4.1); it is 3 modulo 4, so a power gives the square root. */
const FIELD = 2n ** 256n - 2n ** 32n - 977n

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (; exponent > 0n; exponent >>= 1n) {
    if ((exponent & 1n) === 1n) result = (result * base) % FIELD
    base = (base * base) % FIELD
  }
  return result
}
