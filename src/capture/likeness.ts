import { createHash } from 'node:crypto'
import type { Store } from '../store/store.ts'
import type { Entry } from './read/entry.ts'
import { likenessOf } from './read/picture.ts'
import { resolve } from './row.ts'
import * as Table from './table.ts'

/**
 * Captures that say nearly the same: linked where they are shown, never merged.
 *
 * Texts: MinHash (Broder, 1997) of HASHES functions over shingles of SHINGLE_WORDS words; the share of equal minima
 * estimates the Jaccard similarity with a standard error of 0.06. Pictures: dHash and pHash of 64 bits
 * each (Krawetz, 2011 and 2013); both must be near. Bands of the marks are indexed, so that only what shares one is
 * compared.
 */
export type Alike = {
  readonly sha256: string
  readonly kind: 'text' | 'image'
  readonly member: string
  readonly otherMember: string
  /** Of texts the estimated share of common shingles, of pictures the share of equal bits. */
  readonly similarity: number
}

const HASHES = 64
const BANDS = 16
const SHINGLE_WORDS = 3
/** Texts with fewer words are alike by chance. Ours. */
const WORDS_MIN = 12
const WORDS_MAX = 200_000
/** Ours: half of the shingles; 10 of 64 bits of a picture, as the hashes' author proposes. */
const TEXT_LEAST = 0.5
const BITS_MOST = 10

/** Keeps the mark of what an entry says or shows. Derived: done again where it is missing, gone with an erasure. */
export function remember(store: Store, { sha256, path, mediaType, bytes, document }: Entry): void {
  if (sha256 === null || Table.hasMarks(store, sha256)) return
  const text = document === null ? undefined : minima(document.text)
  const image = bytes !== null && mediaType?.startsWith('image/') === true ? likenessOf(bytes, mediaType) : undefined
  store.transaction(() => {
    if (text !== undefined) Table.insertMark(store, { sha256, kind: 'text', member: path, mark: text }, bandsOf(text))
    if (image !== undefined)
      Table.insertMark(store, { sha256, kind: 'image', member: path, mark: image }, bandsOf(image))
  })
}

/** What is nearly the same as a capture, the nearest first. */
export function alike(store: Store, sha256: string): Alike[] {
  const named = resolve(store, sha256).sha256
  const found = Table.marksOf(store, named).flatMap(({ id, kind, member, mark }) =>
    Table.marksNear(store, id, kind).flatMap(other => {
      if (other.sha256 === named) return []
      const similarity = kind === 'text' ? shareOf(mark, other.mark) : closeness(mark, other.mark)
      const isNear = kind === 'text' ? similarity >= TEXT_LEAST : similarity > 0
      return isNear ? [{ sha256: other.sha256, kind, member, otherMember: other.member, similarity }] : []
    }),
  )
  return found.sort((a, b) => b.similarity - a.similarity)
}

/** The least value of each function over all shingles, four bytes each; undefined of a short text. */
export function minima(text: string): Uint8Array | undefined {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, WORDS_MAX) ?? []
  if (words.length < WORDS_MIN) return undefined
  const least = new Uint32Array(HASHES).fill(0xffff_ffff)
  for (let i = 0; i + SHINGLE_WORDS <= words.length; i++) {
    const hash = fnv(words, i)
    for (let k = 0; k < HASHES; k++) {
      const value = (Math.imul(hash ^ FACTORS[2 * k]!, FACTORS[2 * k + 1]!) ^ (hash >>> 13)) >>> 0
      const mixed = Math.imul(value ^ (value >>> 16), 0x85eb_ca6b) >>> 0
      if (mixed < least[k]!) least[k] = mixed
    }
  }
  return new Uint8Array(least.buffer)
}

/** FNV-1a over the words of one shingle. */
function fnv(words: readonly string[], from: number): number {
  let hash = 0x811c_9dc5
  for (let i = from; i < from + SHINGLE_WORDS; i++) {
    const word = words[i]!
    for (let k = 0; k < word.length; k++) hash = Math.imul(hash ^ word.charCodeAt(k), 0x0100_0193)
    hash = Math.imul(hash ^ 0x20, 0x0100_0193)
  }
  return hash >>> 0
}

/** Odd and fixed for ever: marks of different years are compared. */
const FACTORS = new Uint32Array(
  new Uint8Array(
    Array.from({ length: HASHES / 4 }, (_, i) => [...createHash('sha256').update(`athar ${i}`).digest()]).flat(),
  ).buffer,
).map(value => value | 1)

/** Pieces of a mark of equal length: of texts four minima, of pictures a byte. */
function bandsOf(mark: Uint8Array): number[] {
  const length = mark.length / BANDS
  return Array.from({ length: BANDS }, (_, band) => {
    let hash = 0x811c_9dc5
    for (let i = band * length; i < (band + 1) * length; i++) hash = Math.imul(hash ^ mark[i]!, 0x0100_0193)
    return hash >>> 0
  })
}

function shareOf(a: Uint8Array, b: Uint8Array): number {
  let same = 0
  for (let k = 0; k < HASHES; k++) {
    const at = 4 * k
    if (a[at] === b[at] && a[at + 1] === b[at + 1] && a[at + 2] === b[at + 2] && a[at + 3] === b[at + 3]) same++
  }
  return same / HASHES
}

/** Share of equal bits; 0 where either of the two hashes is too far. */
function closeness(a: Uint8Array, b: Uint8Array): number {
  const far = [0, 8].map(from => {
    let bits = 0
    for (let i = from; i < from + 8; i++) {
      for (let x = a[i]! ^ b[i]!; x !== 0; x &= x - 1) bits++
    }
    return bits
  })
  return far.some(bits => bits > BITS_MOST) ? 0 : 1 - (far[0]! + far[1]!) / 128
}
