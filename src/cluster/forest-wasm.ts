import { type Code, END, get, I32, i32, module, name, section, set, sized, tee, unsigned } from '../std/wasm.ts'

/**
 * Spells the WebAssembly module that joins pairs in a forest (forest.ts) that lies in its memory: the same steps in the
 * same order as in JavaScript, without the checks of bounds, in half of the time.
 *
 * It goes through the pairs in batches. First it only reads where each row hangs, and where that hangs: so the reads
 * wait for memory together and not one after another. Then it joins.
 *
 * It imports `memory` and `told(pair, size, size)`, and exports `unite(bytes, large, first) → joins`: `bytes` of pairs
 * lie from A_AT and B_AT on, of which the first is pair number `first`; `told` is called for each that joins two sets
 * of at least `large` rows.
 */
export function build(): Uint8Array<ArrayBuffer> {
  const signatures = [3, [0x60, 3, I32, I32, I32, 0], [0x60, 1, I32, 1, I32], [0x60, 3, I32, I32, I32, 1, I32]]
  return module(
    section(1, signatures),
    section(2, [2, name('from'), name('told'), 0, 0, name('from'), name('memory'), 2, 0, 1]),
    section(3, [2, 1, 2]),
    section(7, [1, name('unite'), 0, UNITE]),
    section(10, [2, sized([1, 2, I32, find(), END]), sized([1, LOCALS, I32, unite(), END])]),
  )
}

/** Pairs that are handed over at once. */
export const PAIRS = 16_384
/** Where the two columns of pairs lie in the memory, the places of a batch, and the forest. */
export const A_AT = 0
export const B_AT = 4 * PAIRS
const TOPS_AT = 8 * PAIRS
export const FOREST_AT = 12 * PAIRS

/** Pairs read ahead: enough to fill the processor's queue of loads, few enough for the first cache. */
const BATCH = 256

// Functions: one imported, two of this module.
const [TOLD, FIND, UNITE] = [0, 1, 2] as const

// Locals of `unite`: what it is given, then those it works with. PAIR, FROM and STOP are places in a column of pairs.
const [BYTES, LARGE, FIRST, PAIR, STOP, FROM, TOP, TOPS_END, X, Y, SIZE_X, SIZE_Y, ROW, UP, JOINS] = Array.from(
  { length: 15 },
  (_, at) => at,
) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
]
const LOCALS = 12

const [ADD, SUB, SHIFT_LEFT, SHIFT_RIGHT, AND, OR] = [0x6a, 0x6b, 0x74, 0x76, 0x71, 0x72] as const
const [EQUAL, DIFFERENT, LESS, LESS_UNSIGNED, AT_LEAST] = [0x46, 0x47, 0x48, 0x49, 0x4e] as const
const [SELECT, RETURN, UNREACHABLE] = [0x1b, 0x0f, 0x00] as const

/** The row that stands for the set of a row: local 0; 1 and 2 are where it hangs, and where that hangs. */
function find(): Code {
  const over = (row: number, up: number) => [hangs(get(row)), tee(up), i32(0), LESS, when(get(row), RETURN)]
  return [again(over(0, 1), over(1, 2), hang(get(0), get(2)), get(2), set(0), [0x0c, 0]), UNREACHABLE]
}

function unite(): Code {
  return [
    again(
      [least(PAIR, 4 * BATCH), set(STOP), get(PAIR), set(FROM), i32(TOPS_AT), set(TOP)],
      again(above(get(PAIR), A_AT), above(get(PAIR), B_AT), step(PAIR, 4), isLess(PAIR, STOP)),
      [get(TOP), set(TOPS_END), i32(TOPS_AT), set(TOP)],
      again(above(get(TOP), 0), isLess(TOP, TOPS_END)),
      [get(FROM), set(PAIR), i32(TOPS_AT), set(TOP)],
      again(join(), step(TOP, 8), step(PAIR, 4), isLess(PAIR, STOP)),
      isLess(PAIR, BYTES),
    ),
    get(JOINS),
  ]
}

/** One place further from `pair` than `more`, but not beyond the end. */
function least(pair: number, more: number): Code {
  const further = [get(pair), i32(more), ADD]
  return [further, get(BYTES), further, get(BYTES), LESS_UNSIGNED, SELECT]
}

/** Notes where a row hangs, or the row itself where it hangs on nothing; one place further. */
function above(place: Code, at: number): Code {
  const row = [place, load(at), tee(ROW)]
  return [get(TOP), row, hangs(get(ROW)), tee(UP), get(UP), i32(0), LESS, SELECT, store(0), step(TOP, 4)]
}

function join(): Code {
  return [
    [get(TOP), load(0), call(FIND), set(X), get(TOP), load(4), call(FIND), set(Y)],
    [get(X), get(Y), DIFFERENT, when(joinSets())],
    [A_AT, B_AT].map(at => [get(PAIR), load(at), tee(ROW), get(X), DIFFERENT, when(hang(get(ROW), get(X)))]),
  ]
}

/** The lesser set hangs on the greater, the one with the lower number where they are equal; X stands for both. */
function joinSets(): Code {
  const isLesser = [get(SIZE_X), get(SIZE_Y), LESS]
  const isTie = [get(SIZE_X), get(SIZE_Y), EQUAL, get(X), get(Y), LESS, AND]
  const areLarge = [get(SIZE_X), get(LARGE), AT_LEAST, get(SIZE_Y), get(LARGE), AT_LEAST, AND]
  return [
    step(JOINS, 1),
    [i32(0), hangs(get(X)), SUB, set(SIZE_X), i32(0), hangs(get(Y)), SUB, set(SIZE_Y)],
    [areLarge, when(get(FIRST), get(PAIR), i32(2), SHIFT_RIGHT, ADD, get(SIZE_X), get(SIZE_Y), call(TOLD))],
    [isLesser, isTie, OR, when(get(X), get(Y), set(X), set(Y))],
    hang(get(Y), get(X)),
    hang(get(X), [i32(0), get(SIZE_X), SUB, get(SIZE_Y), SUB]),
  ]
}

/** What a row of the forest says. */
function hangs(row: Code): Code {
  return [row, i32(2), SHIFT_LEFT, load(FOREST_AT)]
}

function hang(row: Code, on: Code): Code {
  return [row, i32(2), SHIFT_LEFT, on, store(FOREST_AT)]
}

/** A loop, which goes on where its last part says so. */
function again(...body: readonly Code[]): Code {
  return [0x03, 0x40, body, END]
}

function when(...body: Code): Code {
  return [0x04, 0x40, body, END]
}

/** Ends the body of a loop: once more where the one is less than the other. */
function isLess(one: number, other: number): Code {
  return [get(one), get(other), LESS_UNSIGNED, 0x0d, 0]
}

function step(local: number, by: number): Code {
  return [get(local), i32(by), ADD, set(local)]
}

function call(callee: number): Code {
  return [0x10, callee]
}

function load(at: number): Code {
  return [0x28, 2, unsigned(at)]
}

function store(at: number): Code {
  return [0x36, 2, unsigned(at)]
}
