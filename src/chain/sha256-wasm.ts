import { type Code, END, get, I32, i32, module, name, section, set, sized, tee, unsigned, V128 } from '../std/wasm.ts'

/**
 * Writes the WebAssembly module that compresses four SHA-256 messages side by side, one in each 32-bit lane of a SIMD
 * register. The module is made here when it is first needed (some 80 KB, some 25 ms), so that no binary has to be
 * trusted: what runs is what this file spells.
 *
 * The module exports `memory` and three functions of (p0, p1, p2, p3, count):
 *
 * - `compress`: so many blocks of 64 bytes are taken from each of the four pointers into the four states;
 * - `again`: the second hash of so many groups of four digests that lie side by side from p0 as words in the machine's
 *   order; each becomes 32 bytes in the order of the standard, in its place;
 * - `pairs`: SHA-256 twice of so many groups of four messages of 64 bytes side by side from p0: a level of a merkle
 *   tree. The digests lie side by side from p0: what they overwrite was read before.
 *
 * Memory: STATE_AT holds the eight words of the state, four lanes each; ROUND_AT the round constants, PAD_AT the same
 * plus the schedule of the block that ends a message of 64 bytes, INITIAL_AT the initial state, four times each.
 *
 * Source: FIPS 180-4, section 6.2.2; WebAssembly 2.0, SIMD.
 */
export function build(): Uint8Array<ArrayBuffer> {
  return module(
    section(1, [1, 0x60, 5, I32, I32, I32, I32, I32, 0]),
    section(3, [3, 0, 0, 0]),
    // One page at first; whoever reserves more grows it.
    section(5, [1, 0, 1]),
    section(7, [4, name('memory'), 2, 0, BODIES.flatMap(([word], at) => [name(word), 0, at])]),
    section(10, [3, BODIES.flatMap(([, body]) => sized([2, unsigned(LOCALS), V128, 1, I32, body(), END]))]),
  )
}

export const STATE_AT = 0
export const ROUND_AT = 128
export const PAD_AT = 1152
export const INITIAL_AT = 2176

/** First 32 bits of the fractional parts of the square roots of the first 8 primes. */
export const INITIAL: readonly number[] = primes(8).map(prime => fraction(Math.sqrt(prime)))

/** First 32 bits of the fractional parts of the cube roots of the first 64 primes. */
export const ROUND: readonly number[] = primes(64).map(prime => fraction(Math.cbrt(prime)))

/** Round constants plus the schedule of the last block of a message of 64 bytes: a 1 bit, zeros, 512. */
export const PADDED: readonly number[] = ROUND.map((constant, i) => (constant + scheduleOf(512)[i]!) >>> 0)

// Locals: parameters 0…4 (pointers, count), then v128: message words, state, and four to work with; where to write.
const WORD = 5
const STATE = 21
const [SCRATCH, SUM, NEAR, FAR] = [29, 30, 31, 32] as const
const LOCALS = 28
const BLOCKS = 4
const OUT = 33

const [ADD, XOR, AND, OR] = [simd(0xae), simd(0x51), simd(0x4e), simd(0x50)] as const

const BODIES: readonly (readonly [name: string, body: () => Code])[] = [
  ['compress', compress],
  ['again', again],
  ['pairs', pairs],
]

/** The loop over blocks: load, 64 rounds, add to the state, next. */
function compress(): Code {
  const code: (number | Code)[] = [0x03, 0x40]
  for (let quarter = 0; quarter < 4; quarter++) code.push(loadWords(quarter))
  for (let i = 0; i < 8; i++) code.push(load(STATE_AT + 16 * i), set(STATE + i))
  code.push(get(STATE + 1), get(STATE + 2), XOR, set(FAR))
  for (let i = 0; i < 64; i++) code.push(round(i))
  for (let i = 0; i < 8; i++) {
    code.push(i32(0), load(STATE_AT + 16 * i), get(STATE + i), ADD, store(STATE_AT + 16 * i))
  }
  code.push(onward(64, [0, 1, 2, 3]), nextBlock())
  return code
}

/** The loop over groups of four digests: 64 rounds over each, padded as a message of 32 bytes. */
function again(): Code {
  return [[0x03, 0x40, pointers(32), loadRows(0, false), loadRows(1, false), second(), onward(128, [0])], nextBlock()]
}

/** The loop over groups of four messages of 64 bytes: the message, its padding, whose schedule is known, the digest. */
function pairs(): Code {
  const code: (number | Code)[] = [get(0), set(OUT), 0x03, 0x40, pointers(64)]
  for (let quarter = 0; quarter < 4; quarter++) code.push(loadWords(quarter))
  code.push(fromInitial(), rounds(round))
  for (let i = 0; i < 8; i++) {
    code.push(i32(0), get(STATE + i), load(INITIAL_AT + 16 * i), ADD, tee(STATE + i))
    code.push(store(STATE_AT + 16 * i))
  }
  code.push(get(STATE + 1), get(STATE + 2), XOR, set(FAR))
  code.push(rounds(i => roundOf(i, load(PAD_AT + 16 * i))))
  for (let i = 0; i < 8; i++) code.push(get(STATE + i), load(STATE_AT + 16 * i), ADD, set(WORD + i))
  return [code, second(OUT), onward(256, [0]), onward(128, [OUT]), nextBlock()]
}

/** SHA-256 of the digests in the first eight words, written out from where the local `out` says. */
function second(out = 0): Code {
  const code: Code[] = []
  for (let i = 8; i < 16; i++) code.push(constant(i === 8 ? 0x8000_0000 : i === 15 ? 256 : 0), set(WORD + i))
  code.push(fromInitial(), rounds(round))
  for (let i = 0; i < 8; i++) code.push(get(STATE + i), load(INITIAL_AT + 16 * i), ADD, set(WORD + i))
  for (let half = 0; half < 2; half++) {
    for (let i = 0; i < 4; i++) code.push(get(WORD + 4 * half + i), set(STATE + i))
    code.push(turned(STATE + 4, WORD + 8, true))
    for (let i = 0; i < 4; i++) code.push(get(out), get(WORD + 8 + i), store(32 * i + 16 * half))
  }
  return code
}

function fromInitial(): Code {
  const code: Code[] = []
  for (let i = 0; i < 8; i++) code.push(load(INITIAL_AT + 16 * i), set(STATE + i))
  return [code, get(STATE + 1), get(STATE + 2), XOR, set(FAR)]
}

function rounds(one: (i: number) => Code): Code {
  return Array.from({ length: 64 }, (_, i) => one(i)).flat()
}

/** Pointers 1 to 3 so many bytes apart from pointer 0. */
function pointers(bytes: number): Code {
  return [1, 2, 3].flatMap(lane => [get(0), i32(bytes * lane), 0x6a, set(lane)])
}

function onward(bytes: number, locals: readonly number[]): Code {
  return locals.flatMap(local => [get(local), i32(bytes), 0x6a, set(local)])
}

/** Back to the loop's beginning while there is more; its end. */
function nextBlock(): Code {
  return [get(BLOCKS), i32(1), 0x6b, 0x22, BLOCKS, 0x0d, 0, END]
}

/**
 * One round. Instead of moving a…h along, the locals change their parts: what is `a` in this round is `b` in the next.
 * The majority of a, b, c is ((a ^ b) & (b ^ c)) ^ b, in which b ^ c is the a ^ b of the round before.
 */
function round(i: number): Code {
  const word = [get(WORD + (i % 16)), load(ROUND_AT + 16 * i), ADD]
  return [i < 16 ? [] : schedule(i), roundOf(i, word)]
}

/** A round over what `word` puts on the stack: message word plus constant. */
function roundOf(i: number, word: Code): Code {
  const part = (offset: number) => STATE + ((offset - i + 64) % 8)
  const [a, b, d, e, f, g, h] = [part(0), part(1), part(3), part(4), part(5), part(6), part(7)]
  const [fresh, old] = i % 2 === 0 ? [NEAR, FAR] : [FAR, NEAR]
  return [
    [get(h), word, ADD],
    [rotations(e, 6, 11, 25), ADD],
    [get(f), get(g), XOR, get(e), AND, get(g), XOR, ADD, set(SUM)],
    [get(d), get(SUM), ADD, set(d)],
    [get(a), get(b), XOR, tee(fresh), get(old), AND, get(b), XOR],
    [get(SUM), ADD, rotations(a, 2, 13, 22), ADD, set(h)],
  ]
}

/** w[i] = σ1(w[i−2]) + w[i−7] + σ0(w[i−15]) + w[i−16], in the place of the last. */
function schedule(i: number): Code {
  const word = (back: number) => WORD + ((i - back + 64) % 16)
  return [
    [smallSigma(word(2), 17, 19, 10), get(word(7)), ADD],
    [smallSigma(word(15), 7, 18, 3), get(word(16)), ADD, ADD, set(word(16))],
  ]
}

function rotations(local: number, first: number, second: number, third: number): Code {
  return [rotated(local, first), rotated(local, second), XOR, rotated(local, third), XOR]
}

function smallSigma(local: number, first: number, second: number, shift: number): Code {
  return [rotated(local, first), rotated(local, second), XOR, shiftedRight(local, shift), XOR]
}

function rotated(local: number, by: number): Code {
  return [shiftedRight(local, by), get(local), i32(32 - by), simd(0xab), OR]
}

function shiftedRight(local: number, by: number): Code {
  return [get(local), i32(by), simd(0xad)]
}

/** Words 4q…4q + 3 of the four messages, bytes put in the machine's order. */
function loadWords(quarter: number): Code {
  return loadRows(quarter, true)
}

/** Four rows of 16 bytes, one from each pointer, turned into columns. */
function loadRows(quarter: number, swapped: boolean): Code {
  const rows = [0, 1, 2, 3].flatMap(lane => [get(lane), simd(0), 0, unsigned(16 * quarter), set(STATE + lane)])
  return [rows, turned(STATE + 4, WORD + 4 * quarter, swapped)]
}

/** The four by four words in locals STATE…STATE + 3 turned over, into `to`; four locals from `scratch` are used. */
function turned(scratch: number, to: number, swapped: boolean): Code {
  const halves = [
    [get(STATE), get(STATE + 1), shuffle(LOW), set(scratch)],
    [get(STATE + 2), get(STATE + 3), shuffle(LOW), set(scratch + 1)],
    [get(STATE), get(STATE + 1), shuffle(HIGH), set(scratch + 2)],
    [get(STATE + 2), get(STATE + 3), shuffle(HIGH), set(scratch + 3)],
  ]
  const columns = [0, 1, 2, 3].flatMap(i => [
    [get(scratch + 2 * (i >> 1)), get(scratch + 1 + 2 * (i >> 1))],
    shuffle(i % 2 === 0 ? LOW_PAIR : HIGH_PAIR),
    swapped ? [tee(SCRATCH), get(SCRATCH), shuffle(SWAP)] : [],
    set(to + i),
  ])
  return [halves, columns]
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
  return [simd(13), bytes]
}

/** v128.load from a fixed place. */
function load(at: number): Code {
  return [i32(0), simd(0), 4, unsigned(at)]
}

/** v128.store: the address and then the value are on the stack. */
function store(at: number): Code {
  return [simd(11), 4, unsigned(at)]
}

/** A 32-bit word in all four lanes. */
function constant(word: number): Code {
  const bytes = [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff, word >>> 24]
  return [simd(12), bytes, bytes, bytes, bytes]
}

function simd(operation: number): Code {
  return [0xfd, unsigned(operation)]
}

/** The words of the last block of a message of so many bits, a multiple of 512: its 16, and the schedule after them. */
function scheduleOf(bits: number): number[] {
  const words = [0x8000_0000, ...new Array<number>(14).fill(0), bits]
  const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by))
  for (let i = 16; i < 64; i++) {
    const [near, far] = [words[i - 2]!, words[i - 15]!]
    const small = turn(far, 7) ^ turn(far, 18) ^ (far >>> 3)
    words.push((words[i - 16]! + small + words[i - 7]! + (turn(near, 17) ^ turn(near, 19) ^ (near >>> 10))) >>> 0)
  }
  return words
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
