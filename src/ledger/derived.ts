import { closeSync, existsSync, fdatasyncSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { NetworkId } from '../model/network.ts'
import { equals } from '../std/bytes.ts'
import { sha256, sha256Stream } from '../std/digest.ts'
import { syncFolder } from '../std/folder.ts'
import { writeWhole } from '../std/whole.ts'
import type { Store } from '../store/store.ts'
import * as Record from './record.ts'
import { folderOf } from './segment.ts'

/**
 * What later steps derive from a network's columns and keep beside them, to go on from: one file a name, written whole
 * and put in place at once. Nothing rests on it: what is missing, damaged or of another format is derived again. The
 * store must be a writer's.
 */
export function keepDerived(store: Store, network: NetworkId, name: string, columns: Record.Columns): void {
  const folder = folderOf(store, network)
  mkdirSync(folder, { recursive: true })
  const pieces = Record.encode(columns)
  const running = sha256Stream()
  for (const piece of pieces) running.update(piece)
  const path = join(folder, `${name}.derived`)
  const descriptor = openSync(`${path}-new`, 'w')
  try {
    for (const piece of [Buffer.from(running.hex(), 'hex'), ...pieces]) {
      writeWhole(descriptor, piece)
    }
    fdatasyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(`${path}-new`, path)
  syncFolder(folder)
}

/** What was kept under the name, or undefined where nothing was that can be used. */
export function readDerived(store: Store, network: NetworkId, name: string): Record.Columns | undefined {
  const path = join(folderOf(store, network), `${name}.derived`)
  if (!existsSync(path)) return undefined
  const file = readFileSync(path)
  // Columns are views, which must begin at a multiple of 8: small files are read into a pool that does not.
  const bytes = new Uint8Array(Math.max(0, file.length - DIGEST_BYTES))
  bytes.set(file.subarray(DIGEST_BYTES))
  if (file.length < DIGEST_BYTES || !equals(file.subarray(0, DIGEST_BYTES), sha256(bytes))) return undefined
  return Record.decode(bytes)
}

const DIGEST_BYTES = 32
