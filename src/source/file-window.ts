import { closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { HEADER_BYTES, hasWork } from '../chain/block-header.ts'
import type { BlockRules } from '../chain/block-rules.ts'
import { Failure } from '../std/failure.ts'
import { readWhole } from '../std/whole.ts'

/**
 * A file seen through a window: bytes anywhere in it, with bounded memory. Files that Bitcoin Core wrote obfuscated
 * (28.0 and later) are seen in the clear.
 */
export type FileWindow = {
  readonly size: number
  /** Whether the file is XORed with the key beside it. */
  readonly obfuscated: boolean
  /** Up to `length` bytes from `at`, fewer at the end of the file. Valid until the next call. */
  view(at: number, length: number): Uint8Array
  close(): void
}

/**
 * Opens a file that a node of the network may have written.
 *
 * A key of 8 bytes is taken from `xor.dat` in the same folder, if the file begins with the network's magic under it
 * and not without: a copy in the clear may lie beside a key that is not its own. Without that file the key is worked
 * out from the first block where that can be.
 *
 * @throws BlockFile.Missing, BlockFile.Directory, BlockFile.NotAFile, BlockFile.Unreadable, BlockFile.Empty
 */
export function openWindow(path: string, rules: BlockRules): FileWindow {
  const fd = open(path)
  try {
    const { size } = fstatSync(fd)
    if (size === 0) throw empty(path)
    const head = new Uint8Array(FRAME_HEAD + HEADER_BYTES)
    const known = head.subarray(0, read(fd, head, 0, path))
    return createWindow(fd, size, magicOf(known) === rules.magic ? undefined : keyOf(known, path, rules), path)
  } catch (thrown) {
    closeSync(fd)
    throw thrown
  }
}

/** Small files are held whole; larger ones slide through this many bytes: two blocks, and caches may hold them. */
const WINDOW_BYTES = 8 * 2 ** 20
const KEY_BYTES = 8
/** Magic and length. */
const FRAME_HEAD = 8

function createWindow(fd: number, size: number, key: Uint8Array | undefined, path: string): FileWindow {
  let buffer = new Uint8Array(Math.min(size, WINDOW_BYTES))
  let start = 0
  let filled = 0
  const load = (at: number, length: number): void => {
    if (length > buffer.length) buffer = new Uint8Array(length + KEY_BYTES)
    // On a multiple of the key, so that the key's first byte meets the buffer's first.
    start = at - (at % KEY_BYTES)
    filled = read(fd, buffer, start, path)
    if (key !== undefined) reveal(buffer, filled, key)
  }
  return {
    size,
    obfuscated: key !== undefined,
    view(at, length) {
      const end = Math.min(at + length, size)
      if (at >= end) return new Uint8Array(0)
      if (at < start || end > start + filled) load(at, end - at + (at % KEY_BYTES))
      return buffer.subarray(at - start, Math.min(end - start, filled))
    },
    close: () => closeSync(fd),
  }
}

/** Fills the buffer from `position` as far as the file goes; gives the number of bytes. */
function read(fd: number, buffer: Uint8Array, position: number, path: string): number {
  try {
    return readWhole(fd, buffer, position)
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

function reveal(buffer: Uint8Array, length: number, key: Uint8Array): void {
  const words = new Uint32Array(buffer.buffer, 0, length >> 2)
  const [even, odd] = new Uint32Array(key.slice().buffer) as unknown as [number, number]
  for (let i = 0; i + 1 < words.length; i += 2) {
    words[i]! ^= even
    words[i + 1]! ^= odd
  }
  for (let i = (words.length >> 1) * KEY_BYTES; i < length; i++) buffer[i]! ^= key[i % KEY_BYTES]!
}

function keyOf(head: Uint8Array, path: string, rules: BlockRules): Uint8Array | undefined {
  const beside = join(dirname(path), 'xor.dat')
  const stat = statSync(beside, { throwIfNoEntry: false })
  if (stat?.isFile() !== true || stat.size !== KEY_BYTES) return recoverKey(head, rules)
  const key = new Uint8Array(readFileSync(beside))
  return magicOf(unmasked(head, key)) === rules.magic ? key : recoverKey(head, rules)
}

/**
 * The key as the first block tells it: four bytes from the magic, four from the hash of the block before, whose bytes
 * 24 to 27 are zero in block 0 and wherever the difficulty is above 2^32 (Bitcoin since 2014). The header then proves
 * it by its work.
 */
function recoverKey(head: Uint8Array, rules: BlockRules): Uint8Array | undefined {
  if (head.length < FRAME_HEAD + HEADER_BYTES || hasWork(head, 0, rules)) return undefined
  const key = new Uint8Array(KEY_BYTES)
  new DataView(key.buffer).setUint32(0, (magicOf(head) ^ rules.magic) >>> 0)
  key.set(head.subarray(FRAME_HEAD + 4 + 24, FRAME_HEAD + 4 + 28), 4)
  return hasWork(unmasked(head, key), FRAME_HEAD, rules) ? key : undefined
}

function unmasked(head: Uint8Array, key: Uint8Array): Uint8Array {
  return head.map((byte, i) => byte ^ key[i % KEY_BYTES]!)
}

function magicOf(head: Uint8Array): number {
  return head.length < 4 ? -1 : new DataView(head.buffer, head.byteOffset).getUint32(0)
}

/** Looked at before it is opened: opening a pipe waits for its writer, for ever where there is none. */
function open(path: string): number {
  try {
    const stat = statSync(path)
    if (stat.isDirectory()) throw directory(path)
    if (!stat.isFile()) throw notAFile(path)
    return openSync(path, 'r')
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    const code = (cause as { code?: string }).code
    if (code === 'ENOENT' || code === 'ENOTDIR') throw missing(path)
    throw unreadable(path, cause)
  }
}

function missing(path: string): Failure {
  return new Failure('BlockFile.Missing', 'missing', `There is no file “${path}”.`, {
    hint: 'Check the path; relative paths start from the folder you are in.',
    facts: { path },
  })
}

function directory(path: string): Failure {
  return new Failure('BlockFile.Directory', 'input', `“${path}” is a folder, not a file of blocks.`, {
    hint: 'Name the files in it, for instance with a pattern: blocks/blk*.dat.',
    facts: { path },
  })
}

function notAFile(path: string): Failure {
  return new Failure('BlockFile.NotAFile', 'input', `“${path}” is no file: pipes, sockets and devices are not read.`, {
    hint: 'Save the content to a file first.',
    facts: { path },
  })
}

function empty(path: string): Failure {
  return new Failure('BlockFile.Empty', 'input', `“${path}” has no bytes.`, {
    hint: 'Fetch or copy the file again.',
    facts: { path },
  })
}

function unreadable(path: string, cause: unknown): Failure {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new Failure('BlockFile.Unreadable', 'missing', `“${path}” cannot be read: ${why}.`, {
    hint: 'Check the permissions of the file and the disk.',
    facts: { path },
    cause,
  })
}
