import * as Capture from '../capture/capture.ts'
import * as Instant from '../model/instant.ts'
import type { Store } from '../store/store.ts'

/** Looks through what is sealed, for a first look: no index, so it is bounded. */
export type Search = {
  byHash(sha256: string): readonly Seen[]
  /** Captures in which the text stands, in either case. */
  byText(text: string): readonly Seen[]
}

export type Seen = { readonly sha256: string; readonly sealedAt: string; readonly mediaType: string }

/** Captures and bytes that are looked through, the newest first. Ours: under a second on a laptop. */
const CAPTURES_MAX = 2000
const BYTES_MAX = 128 * 2 ** 20

export function createSearch(store: Store): Search {
  let held: { seen: Seen; text: string }[] | null = null
  const all = () =>
    Capture.list(store).map(({ sha256, sealedAt, mediaType, bytes }) => ({
      seen: { sha256, sealedAt: Instant.format(sealedAt), mediaType },
      bytes,
    }))
  const texts = () => {
    let left = BYTES_MAX
    const read: { seen: Seen; text: string }[] = []
    for (const { seen, bytes } of all().reverse().slice(0, CAPTURES_MAX)) {
      left -= bytes
      if (left < 0) break
      const held = Capture.openUnlessWithheld(store, seen.sha256)
      if (held !== null) read.push({ seen, text: Buffer.from(held).toString('latin1').toLowerCase() })
    }
    return read
  }
  return {
    byHash: sha256 => all().flatMap(({ seen }) => (seen.sha256 === sha256 ? [seen] : [])),
    byText(text) {
      held ??= texts()
      return held.flatMap(one => (one.text.includes(text.toLowerCase()) ? [one.seen] : []))
    },
  }
}
