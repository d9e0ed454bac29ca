import * as Name from './name.ts'
import { type Comparison, compare, type Weigh, weightOf } from './name-compare.ts'

/**
 * Many names, found by the sound of their words in milliseconds. Words are kept once, under their consonant skeletons
 * and what remains of these without one consonant; names hang on words. Common words bring many names but count for
 * little: the heaviest candidates alone are compared in full.
 */
export type NameIndex = {
  readonly size: number
  /** Best first. `owner` is what was given with the name; of several names of one owner the best speaks. */
  search(query: Name.Name, options: { limit: number; least: number; among?: (owner: number) => boolean }): Hit[]
  readonly weigh: Weigh
}

/** `isWeak`: a low-quality alias of its list, never enough for a match by itself. */
export type Entry = { readonly text: string; readonly owner: number; readonly isWeak?: boolean }

export type Hit = {
  readonly owner: number
  readonly text: string
  readonly isWeak: boolean
  readonly comparison: Comparison
}

/** Candidates compared in full: a name that shares no rare word with the query is not among them. */
const COMPARED_MAX = 200

export function build(names: Iterable<Entry>): NameIndex {
  const texts: string[] = []
  const owners: number[] = []
  const weak = new Set<number>()
  const postings = new Map<string, number[]>()
  for (const { text, owner, isWeak } of names) {
    const id = texts.push(text) - 1
    if (isWeak === true) weak.add(id)
    owners.push(owner)
    for (const key of new Set(Name.from(text).words.flatMap(word => word.keys))) append(postings, key, id)
  }
  const shorter = new Map<string, string[]>()
  for (const key of postings.keys()) for (const one of withoutOne(key)) append(shorter, one, key)
  const weigh = weighBy(postings, texts.length)
  const sums = new Float32Array(texts.length)
  const parsed = new Map<number, Name.Name>()
  const nameOf = (id: number): Name.Name => {
    const held = parsed.get(id) ?? Name.from(texts[id]!)
    parsed.set(id, held)
    return held
  }
  return {
    size: texts.length,
    weigh,
    search(query, { limit, least, among }) {
      const candidates = candidatesOf(query, { postings, shorter, sums, weigh })
      const best = new Map<number, Hit>()
      let compared = 0
      for (const id of candidates) {
        const owner = owners[id]!
        if (among !== undefined && !among(owner)) continue
        if (compared++ >= COMPARED_MAX) break
        const comparison = graded(compare(query, nameOf(id), weigh), weak.has(id))
        if (comparison.score >= least && comparison.score > (best.get(owner)?.comparison.score ?? 0)) {
          best.set(owner, { owner, text: texts[id]!, isWeak: weak.has(id), comparison })
        }
      }
      return [...best.values()]
        .sort((a, b) => b.comparison.score - a.comparison.score || a.owner - b.owner)
        .slice(0, limit)
    },
  }
}

/** The most that a weak alias can score: below the threshold. */
export const WEAK_MOST = 0.75

function graded(comparison: Comparison, isWeak: boolean): Comparison {
  return isWeak && comparison.score > WEAK_MOST ? { ...comparison, score: WEAK_MOST } : comparison
}

type Lookup = {
  readonly postings: ReadonlyMap<string, number[]>
  readonly shorter: ReadonlyMap<string, string[]>
  readonly sums: Float32Array
  readonly weigh: Weigh
}

/** Names by the weight of the words that they share with the query, heaviest first. */
function candidatesOf(query: Name.Name, { postings, shorter, sums, weigh }: Lookup): number[] {
  const touched: number[] = []
  for (const [keys, weight] of keysOf(query, weigh)) {
    const seen = new Set<string>()
    const add = (key: string, share: number) => {
      if (seen.has(key)) return
      seen.add(key)
      for (const id of postings.get(key) ?? []) {
        if (sums[id] === 0) touched.push(id)
        sums[id]! += weight * share
      }
    }
    for (const key of keys) add(key, 1)
    for (const key of keys) {
      for (const near of shorter.get(key) ?? []) add(near, 0.6)
      for (const one of withoutOne(key)) {
        add(one, 0.6)
        for (const near of shorter.get(one) ?? []) add(near, 0.5)
      }
    }
  }
  let most = 0
  for (const id of touched) most = Math.max(most, sums[id]!)
  const heavy = touched.filter(id => sums[id]! >= most * HEAVY)
  const found = heavy.sort((a, b) => sums[b]! - sums[a]! || a - b).slice(0, CANDIDATES_MAX)
  for (const id of touched) sums[id] = 0
  return found
}

/** Names that share less than this part of what the best one shares are not looked at. */
const HEAVY = 0.4

/** More are kept than compared, since a search may leave owners out. */
const CANDIDATES_MAX = 5000

/** Keys of each word of the query, and of each two that stand beside each other and may be one elsewhere. */
function* keysOf(query: Name.Name, weigh: Weigh): Generator<readonly [readonly string[], number]> {
  const { words } = query
  for (let i = 0; i < words.length; i++) {
    const [word, next] = [words[i]!, words[i + 1]]
    yield [word.keys, weigh(word)]
    if (next === undefined) continue
    const sound = (word.sound + next.sound).replace(/(.)\1+/g, '$1')
    yield [Name.keysOf({ sound, bare: sound }), (weigh(word) + weigh(next)) / 2]
  }
}

/** A skeleton without each of its consonants; short ones would be found everywhere. */
function withoutOne(key: string): string[] {
  if (key.length < 4 || key.length > 12) return []
  const all = Array.from({ length: key.length }, (_, i) => key.slice(0, i) + key.slice(i + 1))
  return [...new Set(all)]
}

/** Rarity of a word among the names: 1 for one that stands once, less the more names it is in, never nothing. */
function weighBy(postings: ReadonlyMap<string, number[]>, size: number): Weigh {
  const scale = Math.log(Math.max(size, 20) + 1)
  const held = new WeakMap<Name.Word, number>()
  return word => {
    const known = held.get(word)
    if (known !== undefined) return known
    const found = Math.max(1, ...word.keys.map(key => postings.get(key)?.length ?? 0))
    const weight = weightOf(word, Math.max(LEAST_RARITY, Math.log((size + 1) / found) / scale))
    held.set(word, weight)
    return weight
  }
}

const LEAST_RARITY = 0.2

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const held = map.get(key)
  if (held === undefined) map.set(key, [value])
  else held.push(value)
}
