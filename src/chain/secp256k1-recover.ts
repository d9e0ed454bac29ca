/**
 * The public key that made an ECDSA signature over secp256k1 (SEC 1, section 4.1.6), compressed; undefined where the
 * numbers fit no key. For what is read, never for signing: its time depends on its input.
 */
export function recoverKey(digest: Uint8Array, signature: Uint8Array, recovery: number): Uint8Array | undefined {
  const [r, s] = [toNumber(signature.subarray(0, 32)), toNumber(signature.subarray(32, 64))]
  if (r === 0n || s === 0n || r >= ORDER || s >= ORDER || recovery > 3) return undefined
  const x = recovery > 1 ? r + ORDER : r
  if (x >= PRIME) return undefined
  const squared = mod(x * x * x + 7n, PRIME)
  const root = power(squared, (PRIME + 1n) / 4n, PRIME)
  if ((root * root) % PRIME !== squared) return undefined
  const y = (root & 1n) === BigInt(recovery & 1) ? root : PRIME - root
  const inverse = power(r, ORDER - 2n, ORDER)
  const ofBase = mod(-toNumber(digest) * inverse, ORDER)
  const ofPoint = mod(s * inverse, ORDER)
  const sum = add(times(BASE, ofBase), times({ x, y, z: 1n }, ofPoint))
  return sum.z === 0n ? undefined : compress(sum)
}

/** A compressed key that lies on the curve → its two coordinates, 64 bytes. */
export function decompress(key: Uint8Array): Uint8Array {
  const x = toNumber(key.subarray(1))
  const root = power(mod(x * x * x + 7n, PRIME), (PRIME + 1n) / 4n, PRIME)
  const y = (root & 1n) === BigInt(key[0]! & 1) ? root : PRIME - root
  return Uint8Array.from(Buffer.from(`${x.toString(16).padStart(64, '0')}${y.toString(16).padStart(64, '0')}`, 'hex'))
}

/** Jacobian coordinates; z is 0 at infinity. */
type Point = { readonly x: bigint; readonly y: bigint; readonly z: bigint }

function times(point: Point, by: bigint): Point {
  let result: Point = { x: 1n, y: 1n, z: 0n }
  for (const bit of by.toString(2)) {
    result = double(result)
    if (bit === '1') result = add(result, point)
  }
  return result
}

function double({ x, y, z }: Point): Point {
  if (z === 0n) return { x, y, z }
  const yy = mod(y * y, PRIME)
  const s = mod(4n * x * yy, PRIME)
  const m = mod(3n * x * x, PRIME)
  const next = mod(m * m - 2n * s, PRIME)
  return { x: next, y: mod(m * (s - next) - 8n * yy * yy, PRIME), z: mod(2n * y * z, PRIME) }
}

function add(a: Point, b: Point): Point {
  if (a.z === 0n) return b
  if (b.z === 0n) return a
  const [az, bz] = [mod(a.z * a.z, PRIME), mod(b.z * b.z, PRIME)]
  const [u1, u2] = [mod(a.x * bz, PRIME), mod(b.x * az, PRIME)]
  const [s1, s2] = [mod(a.y * bz * b.z, PRIME), mod(b.y * az * a.z, PRIME)]
  if (u1 === u2) return s1 === s2 ? double(a) : { x: 1n, y: 1n, z: 0n }
  const [h, r] = [mod(u2 - u1, PRIME), mod(s2 - s1, PRIME)]
  const hh = mod(h * h, PRIME)
  const [hhh, v] = [mod(h * hh, PRIME), mod(u1 * hh, PRIME)]
  const x = mod(r * r - hhh - 2n * v, PRIME)
  return { x, y: mod(r * (v - x) - s1 * hhh, PRIME), z: mod(a.z * b.z * h, PRIME) }
}

function compress({ x, y, z }: Point): Uint8Array {
  const inverse = power(z, PRIME - 2n, PRIME)
  const square = mod(inverse * inverse, PRIME)
  const [px, py] = [mod(x * square, PRIME), mod(y * square * inverse, PRIME)]
  const bytes = new Uint8Array(33)
  bytes[0] = 2 + Number(py & 1n)
  for (let i = 32, left = px; i > 0; i--, left >>= 8n) bytes[i] = Number(left & 255n)
  return bytes
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (let left = exponent, square = mod(base, modulus); left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

function mod(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus
  return rest < 0n ? rest + modulus : rest
}

function toNumber(bytes: Uint8Array): bigint {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  return value
}

/** SEC 2, section 2.4.1. */
const PRIME = 2n ** 256n - 2n ** 32n - 977n
const ORDER = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141n
const BASE: Point = {
  x: 0x79be_667e_f9dc_bbac_55a0_6295_ce87_0b07_029b_fcdb_2dce_28d9_59f2_815b_16f8_1798n,
  y: 0x483a_da77_26a3_c465_5da4_fbfc_0e11_08a8_fd17_b448_a685_5419_9c47_d08f_fb10_d4b8n,
  z: 1n,
}
