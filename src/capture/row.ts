import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import * as Table from './table.ts'

/** One capture by its hash, and its bytes. */

/** The row of one capture; eight digits of its hash are enough. Failure: Capture.Unknown. */
export function resolve(store: Store, sha256: string): Table.CaptureRow {
  const hash = sha256.toLowerCase()
  if (!/^[0-9a-f]{8,64}$/.test(hash)) throw unknown(sha256)
  const rows = hash.length === 64 ? [Table.findCapture(store, hash)] : Table.findByPrefix(store, hash, 2)
  if (rows.length !== 1 || rows[0] === undefined) throw unknown(sha256)
  return rows[0]
}

function unknown(sha256: string): Failure {
  return new Failure('Capture.Unknown', 'missing', `No one capture has the SHA-256 "${sha256.slice(0, 80)}".`, {
    hint: 'Give the whole hash, or at least eight digits of it. `athar capture list` shows what is sealed.',
    facts: { sha256: sha256.slice(0, 80) },
  })
}

/** The bytes of a capture that was not erased. Failures: File.Missing, File.Altered, Vault.NoKey. */
export function bytesOf(store: Store, sha256: string): Uint8Array {
  const seal = Table.findSeal(store, sha256)
  return seal === undefined ? store.files.get(sha256) : store.vault.get(seal.file, sha256)
}
