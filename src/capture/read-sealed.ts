import type { Store } from '../store/store.ts'
import { type Entry, longEntry, readBytes } from './read/entry.ts'
import { longOf } from './read/long.ts'
import { beginsLikeExport, LONG_BYTES_MIN } from './read/telegram-stream.ts'
import { bytesOf, resolve } from './row.ts'
import * as Table from './table.ts'

/**
 * What a capture says: itself and its members, as readBytes gives them; an export that is too large to be read at once
 * as one entry with `long`. Nothing where it was erased.
 *
 * Failures: Capture.Unknown, File.Missing, File.Altered, Vault.NoKey.
 */
export function* readSealed(store: Store, sha256: string): Generator<Entry> {
  const row = resolve(store, sha256)
  if (Table.findTombstone(store, row.sha256) !== undefined) return
  const path = Table.listOrigins(store, row.sha256)[0]?.path ?? row.sha256
  const seal = Table.findSeal(store, row.sha256)
  if (row.bytes >= LONG_BYTES_MIN && seal !== undefined) {
    const pieces = () => store.vault.pieces(seal.file, row.sha256)
    const [head] = pieces()
    if (head !== undefined && beginsLikeExport(head)) {
      yield longEntry(path, row.sha256, longOf(row.bytes, pieces))
      return
    }
  }
  yield* readBytes(path, bytesOf(store, row.sha256))
}
