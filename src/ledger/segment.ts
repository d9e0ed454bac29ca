import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import type { NetworkId } from '../model/network.ts'
import { sha256Hex, sha256Stream } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import { syncFolder } from '../std/folder.ts'
import { readWhole, writeWhole } from '../std/whole.ts'
import type { Store } from '../store/store.ts'
import * as Record from './record.ts'
import type { Chunk, Manifest } from './table.ts'

/**
 * Segment files: chunks of columns one after another, only ever appended to. What lies beyond the chunks that a
 * manifest names was never committed; the writer cuts it off when it opens, readers do not look at it.
 */
export type SegmentWriter = {
  /** Appends and syncs. The chunk counts only once a manifest names it. */
  append(columns: Record.Columns, number: number): Chunk
}

/** A segment is closed beyond this size and the next begun: files that one `read` and one copy can handle. */
const SEGMENT_BYTES_MAX = 256 * 2 ** 20

/** Cuts the files back to the last chunk and goes on after it. Failures: Ledger.SegmentAltered. */
export function openSegments(store: Store, network: NetworkId, generation: number, last: Chunk | undefined) {
  const folder = folderOf(store, network)
  cutBack(folder, network, generation, last)
  let segment = last?.segment ?? 0
  let end = last === undefined ? 0 : last.offset + last.length
  const writer: SegmentWriter = {
    append(columns, number) {
      const pieces = Record.encode(columns)
      const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
      let offset = end
      if (offset > 0 && offset + length > SEGMENT_BYTES_MAX) {
        segment++
        offset = 0
      }
      mkdirSync(folder, { recursive: true })
      writeAt(folder, nameOf(generation, segment), pieces, offset)
      end = offset + length
      return { number, segment, offset, length, sha256: digestOf(pieces) }
    },
  }
  return writer
}

/**
 * The columns of a chunk of the manifest, checked against its SHA-256.
 *
 * Failures: Ledger.Format, Ledger.SegmentAltered.
 */
export function readChunk(store: Store, manifest: Pick<Manifest, 'network' | 'generation' | 'format'>, chunk: Chunk) {
  const { network, generation, format } = manifest
  if (format !== Record.FORMAT) throw otherFormat(network, format)
  const path = join(folderOf(store, network), nameOf(generation, chunk.segment))
  const bytes = new Uint8Array(chunk.length)
  if (!readAt(path, bytes, chunk.offset) || sha256Hex(bytes) !== chunk.sha256) throw altered(network, path)
  const found = Record.formatOf(bytes)
  if (found !== undefined && found !== Record.FORMAT) throw otherFormat(network, found)
  const columns = Record.decode(bytes)
  if (columns === undefined) throw altered(network, path)
  return columns
}

export function folderOf(store: Store, network: NetworkId): string {
  return join(store.directory, 'ledger', network)
}

function nameOf(generation: number, segment: number): string {
  return `${String(generation).padStart(4, '0')}-${String(segment).padStart(6, '0')}.segment`
}

/** Segments are numbered without gaps; only the last is ever written to. */
function cutBack(folder: string, network: NetworkId, generation: number, last: Chunk | undefined): void {
  const names = Array.from({ length: last === undefined ? 0 : last.segment + 1 }, (_, at) => nameOf(generation, at))
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const ofThis = name.startsWith(`${String(generation).padStart(4, '0')}-`)
    if (ofThis && !names.includes(name)) rmSync(join(folder, name))
  }
  const gone = names.map(name => join(folder, name)).find(path => !existsSync(path))
  if (gone !== undefined) throw altered(network, gone)
  if (last === undefined) return
  const path = join(folder, names.at(-1)!)
  const descriptor = openSync(path, 'r+')
  try {
    const { size } = fstatSync(descriptor)
    const end = last.offset + last.length
    if (size < end) throw altered(network, path)
    if (size > end) ftruncateSync(descriptor, end)
  } finally {
    closeSync(descriptor)
  }
}

function digestOf(pieces: readonly Uint8Array[]): string {
  const running = sha256Stream()
  for (const piece of pieces) running.update(piece)
  return running.hex()
}

function writeAt(folder: string, name: string, pieces: readonly Uint8Array[], offset: number): void {
  const path = join(folder, name)
  const isNew = !existsSync(path)
  const descriptor = openSync(path, isNew ? 'w' : 'r+')
  try {
    let to = offset
    for (const piece of pieces) {
      writeWhole(descriptor, piece, to)
      to += piece.length
    }
    fdatasyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  if (isNew) syncFolder(folder)
}

function readAt(path: string, into: Uint8Array, offset: number): boolean {
  if (!existsSync(path)) return false
  const descriptor = openSync(path, 'r')
  try {
    return readWhole(descriptor, into, offset) === into.length
  } finally {
    closeSync(descriptor)
  }
}

function otherFormat(network: NetworkId, format: number): Failure {
  const who = format < Record.FORMAT ? 'an older' : 'a newer'
  const here = `format ${format}; this one reads ${Record.FORMAT}`
  const what = `The ledger of ${network} was written by ${who} Athar (${here}).`
  return new Failure('Ledger.Format', 'conflict', what, {
    hint:
      format < Record.FORMAT
        ? 'Derive it again from the files it was read from: `athar rebuild`.'
        : 'Use that newer Athar, or derive the ledger again with this one: `athar rebuild`.',
    facts: { network, format, supported: Record.FORMAT },
  })
}

function altered(network: NetworkId, path: string): Failure {
  return new Failure('Ledger.SegmentAltered', 'corrupt', `The segment file ${path} is not what was written.`, {
    hint: `The next \`ledger add\`, \`sync\` or \`import\` derives what is lost again; \`athar rebuild\` derives all.`,
    facts: { network, path },
  })
}
