/**
 * Keccak-256 (the padding of Ethereum, not of SHA-3): EIP-55's checksum and event topics.
 *
 * JavaScript has no fast 64-bit rotation, so the permutation is WebAssembly, assembled here from the specification's
 * own loops (The Keccak reference 3.0, section 1.2): 25 lanes stay in locals. Held to @noble/hashes in the test.
 */
export function keccak256(bytes: Uint8Array): Uint8Array {
  permutation ??= instantiate()
  const { state, permute } = permutation
  state.fill(0)
  let start = 0
  for (; bytes.length - start >= RATE; start += RATE) {
    for (let i = 0; i < RATE; i++) state[i]! ^= bytes[start + i]!
    permute()
  }
  for (let i = start; i < bytes.length; i++) state[i - start]! ^= bytes[i]!
  state[bytes.length - start]! ^= 0x01
  state[RATE - 1]! ^= 0x80
  permute()
  return state.slice(0, 32)
}

/** Bytes of a block: 1600 bits less twice 256. */
const RATE = 136

/** What is used of it: TypeScript declares it with the browser's types only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> }
}

type Permutation = { readonly state: Uint8Array; readonly permute: () => void }

let permutation: Permutation | undefined

function instantiate(): Permutation {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assemble()))
  const memory = exports['m'] as { buffer: ArrayBuffer }
  const constants = new BigUint64Array(memory.buffer, CONSTANTS_AT, 24)
  constants.set(roundConstants())
  return { state: new Uint8Array(memory.buffer, 0, 200), permute: exports['p'] as () => void }
}

const CONSTANTS_AT = 256

/** The bits of the constants are a linear feedback shift register, x^8 + x^6 + x^5 + x^4 + 1. */
function roundConstants(): bigint[] {
  let register = 1
  return Array.from({ length: 24 }, () => {
    let constant = 0n
    for (let j = 0; j < 7; j++) {
      if (register & 1) constant |= 1n << BigInt(2 ** j - 1)
      register = (register << 1) ^ (register & 0x80 ? 0x171 : 0)
    }
    return constant
  })
}

/** Rotation of lane x + 5y. */
function rotations(): number[] {
  const by = new Array<number>(25).fill(0)
  let [x, y] = [1, 0]
  for (let t = 0; t < 24; t++) {
    by[x + 5 * y] = (((t + 1) * (t + 2)) / 2) % 64
    ;[x, y] = [y, (2 * x + 3 * y) % 5]
  }
  return by
}

// Locals: lanes 0–24, moved lanes 25–49, column parities 50–54, and the address of the round's constant, 55.
const [MOVED, PARITY, ROUND] = [25, 50, 55]
const get = (local: number) => [0x20, local]
const set = (local: number) => [0x21, local]
const [XOR, AND, ROTL] = [[0x85], [0x83], [0x89]]
const i64 = (value: number) => [0x42, ...signed(value)]
const i32 = (value: number) => [0x41, ...signed(value)]

/** The permutation's code: lanes in, 24 rounds, lanes out. */
function permuteCode(): number[] {
  const code: number[] = []
  for (let lane = 0; lane < 25; lane++) code.push(...i32(0), 0x29, 3, ...unsigned(8 * lane), ...set(lane))
  code.push(...i32(CONSTANTS_AT), ...set(ROUND), 0x03, 0x40, ...roundCode())
  code.push(...get(ROUND), ...i32(8), 0x6a, 0x22, ROUND, ...i32(CONSTANTS_AT + 24 * 8), 0x49, 0x0d, 0, 0x0b)
  for (let lane = 0; lane < 25; lane++) code.push(...i32(0), ...get(lane), 0x37, 3, ...unsigned(8 * lane))
  return [...code, 0x0b]
}

/** θ, ρ and π into the moved lanes; χ and ι back. */
function roundCode(): number[] {
  const code: number[] = []
  for (let x = 0; x < 5; x++) {
    code.push(...get(x))
    for (let y = 1; y < 5; y++) code.push(...get(x + 5 * y), ...XOR)
    code.push(...set(PARITY + x))
  }
  const by = rotations()
  for (let x = 0; x < 5; x++) {
    for (let y = 0; y < 5; y++) {
      code.push(...get(x + 5 * y), ...get(PARITY + ((x + 4) % 5)), ...XOR)
      code.push(...get(PARITY + ((x + 1) % 5)), ...i64(1), ...ROTL, ...XOR)
      code.push(...i64(by[x + 5 * y]!), ...ROTL, ...set(MOVED + y + 5 * ((2 * x + 3 * y) % 5)))
    }
  }
  for (let lane = 0; lane < 25; lane++) {
    const [row, x] = [lane - (lane % 5), lane % 5]
    code.push(...get(MOVED + lane), ...get(MOVED + row + ((x + 1) % 5)), ...i64(-1), ...XOR)
    code.push(...get(MOVED + row + ((x + 2) % 5)), ...AND, ...XOR)
    if (lane === 0) code.push(...get(ROUND), 0x29, 3, 0, ...XOR)
    code.push(...set(lane))
  }
  return code
}

/** One memory `m`, one function `p` without arguments. */
function assemble(): Uint8Array<ArrayBuffer> {
  const body = [2, 55, 0x7e, 1, 0x7f, ...permuteCode()]
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 0, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, 1, 0x6d, 2, 0, 1, 0x70, 0, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ])
}

function section(id: number, content: number[]): number[] {
  return [id, ...unsigned(content.length), ...content]
}

/** LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = []
  do {
    const rest = value >>> 7
    bytes.push((value & 0x7f) | (rest === 0 ? 0 : 0x80))
    value = rest
  } while (value !== 0)
  return bytes
}

function signed(value: number): number[] {
  const bytes: number[] = []
  for (;;) {
    const byte = value & 0x7f
    value >>= 7
    const done = (value === 0 && (byte & 0x40) === 0) || (value === -1 && (byte & 0x40) !== 0)
    bytes.push(done ? byte : byte | 0x80)
    if (done) return bytes
  }
}
