import { assert } from '../std/assert.ts'

/**
 * SHA-256 twice over at most 55 bytes, in plain JavaScript: the checksum of an address. Calling out to the system's
 * hash costs more than the two blocks themselves, and addresses are checked by the million.
 *
 * Source: FIPS 180-4. Held to node:crypto in the test.
 */
export function checksumOf(bytes: Uint8Array, length: number): number {
  assert(length <= 55, 'one block only')
  SCHEDULE.fill(0, 0, 16)
  for (let i = 0; i < length; i++) SCHEDULE[i >> 2]! |= bytes[i]! << (24 - 8 * (i & 3))
  SCHEDULE[length >> 2]! |= 0x80 << (24 - 8 * (length & 3))
  SCHEDULE[15] = 8 * length
  compress()
  for (let i = 0; i < 8; i++) SCHEDULE[i] = STATE[i]!
  SCHEDULE.fill(0, 8, 16)
  SCHEDULE[8] = 0x8000_0000 | 0
  SCHEDULE[15] = 256
  compress()
  return STATE[0]! >>> 0
}

const STATE = new Int32Array(8)
const SCHEDULE = new Int32Array(64)

/** One block in SCHEDULE[0…15] into STATE, starting from the initial state. */
function compress(): void {
  const w = SCHEDULE
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15]!
    const b = w[i - 2]!
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3)
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10)
    w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0
  }
  let [a, b, c, d] = [INITIAL[0]!, INITIAL[1]!, INITIAL[2]!, INITIAL[3]!]
  let [e, f, g, h] = [INITIAL[4]!, INITIAL[5]!, INITIAL[6]!, INITIAL[7]!]
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i]! + w[i]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  STATE[0] = a + INITIAL[0]!
  STATE[1] = b + INITIAL[1]!
  STATE[2] = c + INITIAL[2]!
  STATE[3] = d + INITIAL[3]!
  STATE[4] = e + INITIAL[4]!
  STATE[5] = f + INITIAL[5]!
  STATE[6] = g + INITIAL[6]!
  STATE[7] = h + INITIAL[7]!
}

const INITIAL = Int32Array.of(
  0x6a09_e667,
  0xbb67_ae85,
  0x3c6e_f372,
  0xa54f_f53a,
  0x510e_527f,
  0x9b05_688c,
  0x1f83_d9ab,
  0x5be0_cd19,
)

const ROUND = Int32Array.of(
  0x428a_2f98,
  0x7137_4491,
  0xb5c0_fbcf,
  0xe9b5_dba5,
  0x3956_c25b,
  0x59f1_11f1,
  0x923f_82a4,
  0xab1c_5ed5,
  0xd807_aa98,
  0x1283_5b01,
  0x2431_85be,
  0x550c_7dc3,
  0x72be_5d74,
  0x80de_b1fe,
  0x9bdc_06a7,
  0xc19b_f174,
  0xe49b_69c1,
  0xefbe_4786,
  0x0fc1_9dc6,
  0x240c_a1cc,
  0x2de9_2c6f,
  0x4a74_84aa,
  0x5cb0_a9dc,
  0x76f9_88da,
  0x983e_5152,
  0xa831_c66d,
  0xb003_27c8,
  0xbf59_7fc7,
  0xc6e0_0bf3,
  0xd5a7_9147,
  0x06ca_6351,
  0x1429_2967,
  0x27b7_0a85,
  0x2e1b_2138,
  0x4d2c_6dfc,
  0x5338_0d13,
  0x650a_7354,
  0x766a_0abb,
  0x81c2_c92e,
  0x9272_2c85,
  0xa2bf_e8a1,
  0xa81a_664b,
  0xc24b_8b70,
  0xc76c_51a3,
  0xd192_e819,
  0xd699_0624,
  0xf40e_3585,
  0x106a_a070,
  0x19a4_c116,
  0x1e37_6c08,
  0x2748_774c,
  0x34b0_bcb5,
  0x391c_0cb3,
  0x4ed8_aa4a,
  0x5b9c_ca4f,
  0x682e_6ff3,
  0x748f_82ee,
  0x78a5_636f,
  0x84c8_7814,
  0x8cc7_0208,
  0x90be_fffa,
  0xa450_6ceb,
  0xbef9_a3f7,
  0xc671_78f2,
)
