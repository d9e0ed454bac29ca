import * as Excerpt from '../chain/excerpt.ts'
import type { NetworkId } from '../model/network.ts'
import { reversed, toHex } from '../std/bytes.ts'
import type { Store } from '../store/store.ts'
import { EXCERPT } from './batch.ts'
import { decodeUtxo } from './chunk.ts'
import { readChunk } from './segment.ts'
import { findManifest, listChunks, listGround } from './table.ts'

/** Name of the files in which excerpts are kept, an excerpt a line. */
export const EXCERPTS = 'excerpts'

/** Where excerpts lie: what a later reading adds to a block must hold what was read of it before. */
export type ExcerptShelf = {
  /** The transactions of the block's longest excerpt, with their proofs; none where it has none. */
  partsOf(hash: string): readonly Excerpt.Part[]
  /** Notes one that was kept since: in which file, at which of its characters. */
  note(hash: string, place: ExcerptPlace): void
}

export type ExcerptPlace = { readonly sha256: string; readonly offset: number }

/** Nothing is read before the first question, and of the files only what is asked for. */
export function openExcerpts(store: Store, network: NetworkId): ExcerptShelf {
  let places: Map<string, ExcerptPlace> | undefined
  const since = new Map<string, ExcerptPlace>()
  let last = { sha256: '', text: '' }
  return {
    partsOf(hash) {
      places ??= placesOf(store, network)
      const place = since.get(hash) ?? places.get(hash)
      if (place === undefined) return []
      const { sha256, offset } = place
      if (last.sha256 !== sha256) last = { sha256, text: new TextDecoder().decode(store.files.get(sha256)) }
      const end = last.text.indexOf('\n', offset)
      const value = JSON.parse(last.text.slice(offset, end === -1 ? undefined : end)) as Record<string, unknown>
      return Excerpt.isExcerpt(value) && Excerpt.parse(value) !== undefined
        ? (value['transactions'] as readonly Excerpt.Part[])
        : []
    },
    note(hash, place) {
      since.set(hash, place)
    },
  }
}

/** Of each block the longest, as the chunks tell. Those that a user's file brought lie where no line can be read. */
function placesOf(store: Store, network: NetworkId): Map<string, ExcerptPlace> {
  const found = new Map<string, ExcerptPlace & { readonly length: number }>()
  const manifest = findManifest(store, network)
  const files = new Map<number, string>()
  for (const { id, name, path, sha256 } of listGround(store, network)) {
    if (name.startsWith(EXCERPTS) && path === null) files.set(id, sha256)
  }
  if (manifest === undefined || files.size === 0) return found
  for (const chunk of listChunks(store, manifest)) {
    const { blocks } = decodeUtxo(readChunk(store, manifest, chunk)).batch
    for (let row = 0; row < blocks.count; row++) {
      const sha256 = (blocks.flags[row]! & EXCERPT) === 0 ? undefined : files.get(blocks.ground[row]!)
      if (sha256 === undefined) continue
      const hash = toHex(reversed(blocks.hash.subarray(32 * row, 32 * row + 32)))
      const length = blocks.firstTransaction[row + 1]! - blocks.firstTransaction[row]!
      if (length < (found.get(hash)?.length ?? 0)) continue
      found.set(hash, { sha256, offset: blocks.offset[row]!, length })
    }
  }
  return found
}
