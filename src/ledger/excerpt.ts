import * as Header from '../chain/block-header.ts'
import * as Excerpt from '../chain/excerpt.ts'
import type { NetworkId } from '../model/network.ts'
import { parseHex } from '../std/bytes.ts'
import type { Store } from '../store/store.ts'
import { listGround } from './table.ts'

/** An excerpt that was read, as it stands in its file. */
export type KeptExcerpt = {
  readonly height: number | null
  readonly header: string
  readonly parts: readonly Excerpt.Part[]
}

/** Name of the files in which excerpts are kept, an excerpt a line. */
export const EXCERPTS = 'excerpts'

/**
 * The excerpts that were read of a network, by the hash of their block as printed; of each block the longest. What a
 * later reading adds to a block must hold these too.
 */
export function keptExcerpts(store: Store, network: NetworkId): Map<string, KeptExcerpt> {
  const found = new Map<string, KeptExcerpt>()
  for (const ground of listGround(store, network)) {
    if (!ground.name.startsWith(EXCERPTS) || ground.path !== null) continue
    for (const line of new TextDecoder().decode(store.files.get(ground.sha256)).split('\n')) {
      const value = line === '' ? null : (JSON.parse(line) as Record<string, unknown>)
      if (value === null || !Excerpt.isExcerpt(value) || Excerpt.parse(value) === undefined) continue
      const header = String(value['header'])
      const hash = Header.parse(parseHex(header)!)!.hash
      const parts = value['transactions'] as readonly Excerpt.Part[]
      if (parts.length < (found.get(hash)?.parts.length ?? 0)) continue
      found.set(hash, { height: value['height'] as number | null, header, parts })
    }
  }
  return found
}
