import { KIND, LETTER } from './start.ts'

/**
 * Phrases letter by letter, so that all that stand at a place are found in one walk from it. Letters are compared as
 * small ones; a space of a phrase stands for up to GAP_MAX spaces or line ends.
 */
export type PhraseTree = {
  /** Node and letter as one number, and the node that it leads to: open addressing, 0 where nothing is. */
  readonly keys: Uint32Array
  readonly nodes: Uint32Array
  /** By node: the phrases that end there, by their number. */
  readonly ends: readonly (readonly number[] | undefined)[]
  /** By number: the last word may go on. */
  readonly open: Uint8Array
}

export function plant(phrases: readonly { readonly phrase: string; readonly open: boolean }[]): PhraseTree {
  const tree = { keys: new Uint32Array(SLOTS), nodes: new Uint32Array(SLOTS) }
  const ends: number[][] = []
  let count = 1
  for (const [number, { phrase }] of phrases.entries()) {
    let node = 1
    for (let i = 0; i < phrase.length; i++) {
      const key = keyOf(node, phrase.charCodeAt(i))
      const slot = slotOf(tree.keys, key)
      if (tree.keys[slot] === 0) {
        tree.keys[slot] = key
        tree.nodes[slot] = ++count
      }
      node = tree.nodes[slot]!
    }
    ends[node] = [...(ends[node] ?? []), number]
  }
  return { ...tree, ends, open: Uint8Array.from(phrases, ({ open }) => (open ? 1 : 0)) }
}

/**
 * The phrases that stand at `at`, each with where it ends: in FOUND and FOUND_ENDS, until the next walk. Gives their
 * count.
 */
export function walk({ keys, nodes, ends, open }: PhraseTree, text: string, at: number): number {
  let count = 0
  let node = 1
  let end = at
  for (;;) {
    const code = LOWER[text.charCodeAt(end)] ?? 0
    const slot = slotOf(keys, keyOf(node, code))
    if (keys[slot] === 0 || code === 0) return count
    node = nodes[slot]!
    end++
    if (code === SPACE) for (const most = end - 1 + GAP_MAX; end < most && isGap(text.charCodeAt(end)); ) end++
    const here = ends[node]
    if (here === undefined) continue
    for (const number of here) {
      const stop = open[number] === 1 ? wordEnd(text, at, end) : end
      if (KIND[text.charCodeAt(stop)] === LETTER || count === FOUND_MAX) continue
      FOUND[count] = number
      FOUND_ENDS[count++] = stop
    }
  }
}

/** Phrases that begin at one place and are told at most: those of a list that begin alike are fewer. */
const FOUND_MAX = 64
export const FOUND: Uint32Array = new Uint32Array(FOUND_MAX)
export const FOUND_ENDS: Uint32Array = new Uint32Array(FOUND_MAX)

function wordEnd(text: string, at: number, from: number): number {
  let end = from
  while (end - at < WORD_MAX && KIND[text.charCodeAt(end)] === LETTER) end++
  return end
}

/** Room for some 40,000 letters of phrases, a third of it filled. */
const SLOTS = 1 << 17

function keyOf(node: number, code: number): number {
  return node * 0x10000 + code
}

function slotOf(keys: Uint32Array, key: number): number {
  let slot = Math.imul(key, 0x9e37_79b1) >>> 15
  while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & (SLOTS - 1)
  return slot
}

function isGap(code: number): boolean {
  return code === SPACE || code === 0xa0 || code === 0x0a
}

const SPACE = 0x20
const GAP_MAX = 3
const WORD_MAX = 40

/** Small letters of the scripts that have two cases here; white space of all kinds as a space. */
const LOWER = Uint16Array.from({ length: 0x10000 }, (_, code) =>
  isGap(code) ? SPACE : code < 0x530 ? String.fromCharCode(code).toLowerCase().charCodeAt(0) : code,
)
