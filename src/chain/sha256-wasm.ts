/**
 * Writes the WebAssembly module that compresses four SHA-256 messages side by side, one in each 32-bit lane of a SIMD
 * register. The module is made here when it is first needed (some 20 KB, under 5 ms), so that no binary has to be
 * trusted: what runs is what this file spells.
 *
 * The module exports `memory` and `compress(p0, p1, p2, p3, blocks)`: so many blocks of 64 bytes are taken from each
 * of the four pointers into the four states. Memory: STATE_AT holds the eight words of the state, four lanes each;
 * ROUND_AT the round constants, four times each.
 *
 * Source: FIPS 180-4, section 6.2.2; WebAssembly 2.0, SIMD.
 */
export function build(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, 5, I32, I32, I32, I32, I32, 0]),
    ...section(3, [1, 0]),
    // One page at first; whoever reserves more grows it.
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...name('memory'), 2, 0, ...name('compress'), 0, 0]),
    ...section(10, [1, ...sized([1, ...unsigned(LOCALS), V128, ...compress(), END])]),
  ])
}

export const STATE_AT = 0
export const ROUND_AT = 128

/** First 32 bits of the fractional parts of the square roots of the first 8 primes. */
export const INITIAL: readonly number[] = primes(8).map(prime => fraction(Math.sqrt(prime)))

/** First 32 bits of the fractional parts of the cube roots of the first 64 primes. */
export const ROUND: readonly number[] = primes(64).map(prime => fraction(Math.cbrt(prime)))

// Locals: parameters 0…4 (pointers, blocks), then all v128: message words, state, and four to work with.
const WORD = 5
const STATE = 21
const [SCRATCH, SUM, NEAR, FAR] = [29, 30, 31, 32] as const
const LOCALS = 28
const BLOCKS = 4

const [I32, V128, END] = [0x7f, 0x7b, 0x0b] as const
const [ADD, XOR, AND, OR] = [simd(0xae), simd(0x51), simd(0x4e), simd(0x50)] as const

type Code = readonly number[]

/** The loop over blocks: load, 64 rounds, add to the state, next. */
function compress(): Code {
  const code: number[] = [0x03, 0x40]
  for (let quarter = 0; quarter < 4; quarter++) code.push(...loadWords(quarter))
  for (let i = 0; i < 8; i++) code.push(...load(STATE_AT + 16 * i), ...set(STATE + i))
  code.push(...get(STATE + 1), ...get(STATE + 2), ...XOR, ...set(FAR))
  for (let i = 0; i < 64; i++) code.push(...round(i))
  for (let i = 0; i < 8; i++) {
    code.push(
      ...number(0),
      ...load(STATE_AT + 16 * i),
      ...get(STATE + i),
      ...ADD,
      ...simd(11),
      4,
      ...unsigned(STATE_AT + 16 * i),
    )
  }
  for (let lane = 0; lane < 4; lane++) code.push(...get(lane), ...number(64), 0x6a, ...set(lane))
  code.push(...get(BLOCKS), ...number(1), 0x6b, 0x22, BLOCKS, 0x0d, 0, END)
  return code
}

/**
 * One round. Instead of moving a…h along, the locals change their parts: what is `a` in this round is `b` in the next.
 * The majority of a, b, c is ((a ^ b) & (b ^ c)) ^ b, in which b ^ c is the a ^ b of the round before.
 */
function round(i: number): Code {
  const part = (offset: number) => STATE + ((offset - i + 64) % 8)
  const [a, b, d, e, f, g, h] = [part(0), part(1), part(3), part(4), part(5), part(6), part(7)]
  const [fresh, old] = i % 2 === 0 ? [NEAR, FAR] : [FAR, NEAR]
  return [
    ...(i < 16 ? [] : schedule(i)),
    ...[...get(h), ...get(WORD + (i % 16)), ...load(ROUND_AT + 16 * i), ...ADD, ...ADD],
    ...[...rotations(e, 6, 11, 25), ...ADD],
    ...[...get(f), ...get(g), ...XOR, ...get(e), ...AND, ...get(g), ...XOR, ...ADD, ...set(SUM)],
    ...[...get(d), ...get(SUM), ...ADD, ...set(d)],
    ...[...get(a), ...get(b), ...XOR, ...tee(fresh), ...get(old), ...AND, ...get(b), ...XOR],
    ...[...get(SUM), ...ADD, ...rotations(a, 2, 13, 22), ...ADD, ...set(h)],
  ]
}

/** w[i] = σ1(w[i−2]) + w[i−7] + σ0(w[i−15]) + w[i−16], in the place of the last. */
function schedule(i: number): Code {
  const word = (back: number) => WORD + ((i - back + 64) % 16)
  return [
    ...[...smallSigma(word(2), 17, 19, 10), ...get(word(7)), ...ADD],
    ...[...smallSigma(word(15), 7, 18, 3), ...get(word(16)), ...ADD, ...ADD, ...set(word(16))],
  ]
}

function rotations(local: number, first: number, second: number, third: number): Code {
  return [...rotated(local, first), ...rotated(local, second), ...XOR, ...rotated(local, third), ...XOR]
}

function smallSigma(local: number, first: number, second: number, shift: number): Code {
  return [...rotated(local, first), ...rotated(local, second), ...XOR, ...shiftedRight(local, shift), ...XOR]
}

function rotated(local: number, by: number): Code {
  return [...shiftedRight(local, by), ...get(local), ...number(32 - by), ...simd(0xab), ...OR]
}

function shiftedRight(local: number, by: number): Code {
  return [...get(local), ...number(by), ...simd(0xad)]
}

/** Words 4q…4q + 3 of the four messages: four rows loaded, turned into columns, bytes put in big-endian order. */
function loadWords(quarter: number): Code {
  const word = WORD + 4 * quarter
  const rows = [0, 1, 2, 3].flatMap(lane => [
    ...get(lane),
    ...simd(0),
    0,
    ...unsigned(16 * quarter),
    ...set(STATE + lane),
  ])
  const pairs = [
    ...[...get(STATE), ...get(STATE + 1), ...shuffle(LOW), ...set(STATE + 4)],
    ...[...get(STATE + 2), ...get(STATE + 3), ...shuffle(LOW), ...set(STATE + 5)],
    ...[...get(STATE), ...get(STATE + 1), ...shuffle(HIGH), ...set(STATE + 6)],
    ...[...get(STATE + 2), ...get(STATE + 3), ...shuffle(HIGH), ...set(STATE + 7)],
  ]
  const columns = [0, 1, 2, 3].flatMap(i => [
    ...[
      ...get(STATE + 4 + 2 * (i >> 1)),
      ...get(STATE + 5 + 2 * (i >> 1)),
      ...shuffle(i % 2 === 0 ? LOW_PAIR : HIGH_PAIR),
    ],
    ...[...tee(SCRATCH), ...get(SCRATCH), ...shuffle(SWAP), ...set(word + i)],
  ])
  return [...rows, ...pairs, ...columns]
}

// Which 32-bit (64-bit) parts of two registers to take, as the bytes of i8x16.shuffle.
const LOW = bytesOf([0, 4, 1, 5])
const HIGH = bytesOf([2, 6, 3, 7])
const LOW_PAIR = bytesOf([0, 1, 4, 5])
const HIGH_PAIR = bytesOf([2, 3, 6, 7])
const SWAP: Code = [3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12]

function bytesOf(words: readonly number[]): Code {
  return words.flatMap(word => [4 * word, 4 * word + 1, 4 * word + 2, 4 * word + 3])
}

function shuffle(bytes: Code): Code {
  return [...simd(13), ...bytes]
}

/** v128.load from a fixed place. */
function load(at: number): Code {
  return [...number(0), ...simd(0), 4, ...unsigned(at)]
}

function get(local: number): Code {
  return [0x20, local]
}

function set(local: number): Code {
  return [0x21, local]
}

function tee(local: number): Code {
  return [0x22, local]
}

function simd(operation: number): Code {
  return [0xfd, ...unsigned(operation)]
}

/** i32.const of 0 to 64. */
function number(value: number): Code {
  return value < 64 ? [0x41, value] : [0x41, value | 0x80, 0]
}

function section(id: number, body: Code): Code {
  return [id, ...sized(body)]
}

function sized(body: Code): Code {
  return [...unsigned(body.length), ...body]
}

function name(text: string): Code {
  return sized([...text].map(letter => letter.charCodeAt(0)))
}

/** LEB128. */
function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

function primes(count: number): number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (found.every(prime => n % prime !== 0)) found.push(n)
  return found
}

/** The first 32 bits after the point. Doubles carry 52, and whole parts here take at most 5 of them. */
function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32)
}
