import type { Fault } from '../chain/block-fault.ts'
import { hasWork } from '../chain/block-header.ts'
import * as Rules from '../chain/block-rules.ts'
import * as CoreJson from '../chain/core-json.ts'
import type { MerkleBranch } from '../chain/merkle.ts'
import type { SpentOutputs } from '../chain/undo.ts'
import { parseHex } from '../std/bytes.ts'
import { Failure } from '../std/failure.ts'
import { type FileWindow, openWindow } from './file-window.ts'

/**
 * One serialized block found in a file. `bytes` is a view that is valid until the next one is asked for; `offset` is
 * where it lies in the file (for text forms: where its text begins, in characters).
 */
export type FoundBlock = {
  readonly ok: true
  readonly offset: number
  readonly bytes: Uint8Array
  /** What a node's JSON says; null for bytes. */
  readonly height: number | null
  /** From getblock verbosity 3. */
  readonly spent: SpentOutputs | null
  /** Of an excerpt of a block: the proofs of its transactions. */
  readonly proofs?: readonly MerkleBranch[]
  /** Its JSON. */
  readonly text?: string
}

/** A block, or what was found in its place and where in the file. */
export type Found = FoundBlock | ({ readonly ok: false } & Fault)

/**
 * The blocks in a file, whatever its form, which is told by its content: one raw block; blk*.dat (magic, length, zero
 * padding; plain, or XORed with the key in `xor.dat` beside it or one that the first block tells); hex, with white
 * space, one block or one a line; JSON of a node (one block, an array, lines, RPC envelope).
 *
 * Blocks come as they lie there, unchecked. What cannot be read is said with its offset and skipped. Files of blocks
 * are read through a window, so that their size does not matter; text forms up to 256 MiB.
 *
 * @throws BlockFile.Missing, BlockFile.Directory, BlockFile.NotAFile, BlockFile.Unreadable, BlockFile.Empty,
 *   BlockFile.TooLarge
 */
export function* readBlocks(path: string, network: Rules.BitcoinNetworkId): Generator<Found> {
  const rules = Rules.of(network)
  const file = openWindow(path, rules)
  try {
    const head = file.view(0, HEAD_BYTES)
    if (isFramed(head, rules)) yield* readFrames(file, rules)
    else if (isText(head)) yield* readText(wholeOf(file, path, TEXT_BYTES_MAX), rules)
    else yield readRaw(file, path, head, rules)
  } finally {
    file.close()
  }
}

/**
 * The bytes of an undo file in the clear, for `parse` of chain/undo.ts: one block's, or a whole rev*.dat.
 *
 * @throws as `readBlocks`
 */
export function readUndo(path: string, network: Rules.BitcoinNetworkId): Uint8Array {
  const file = openWindow(path, Rules.of(network))
  try {
    return wholeOf(file, path, UNDO_BYTES_MAX)
  } finally {
    file.close()
  }
}

const HEAD_BYTES = 4096
/** Core starts a new rev file with each blk file of 128 MiB; the undo data of that many blocks stay below it. */
const UNDO_BYTES_MAX = 256 * 2 ** 20
/** A text is held whole, once as bytes and once as characters. */
const TEXT_BYTES_MAX = 256 * 2 ** 20
/** MAX_SIZE of Bitcoin Core (serialize.h): nothing on disk is larger. */
const FRAME_BYTES_MAX = 32 * 2 ** 20
const FRAME_HEAD = 8

/** Magic first, or nothing but the zeros that Core sets aside at the end of a file. */
function isFramed(head: Uint8Array, rules: Rules.BlockRules): boolean {
  return magicAt(head, 0) === rules.magic || head.every(byte => byte === 0)
}

function* readFrames(file: FileWindow, rules: Rules.BlockRules): Generator<Found> {
  let at = 0
  let lost = false
  for (;;) {
    const next = findMagic(file, at, rules.magic)
    // Zeros are padding; anything else between two blocks is worth a word, unless it belongs to a fault already told.
    if (next.garbage !== undefined && !lost) yield { ok: false, reason: 'not-a-block', offset: next.garbage }
    if (next.at === undefined) return
    at = next.at
    const head = file.view(at, FRAME_HEAD)
    const size = head.length < FRAME_HEAD ? 0 : new DataView(head.buffer, head.byteOffset).getUint32(4, true)
    lost = true
    if (head.length < FRAME_HEAD || at + FRAME_HEAD + size > file.size) {
      yield { ok: false, reason: 'truncated', offset: at }
      // A damaged length must not swallow the blocks after it.
      at += 4
    } else if (size > FRAME_BYTES_MAX) {
      yield { ok: false, reason: 'block-too-large', offset: at }
      at += 4
    } else {
      const bytes = file.view(at + FRAME_HEAD, size)
      yield { ok: true, offset: at + FRAME_HEAD, bytes, height: null, spent: null }
      at += FRAME_HEAD + size
      lost = false
    }
  }
}

/** The next magic from `from` on, and where the first byte that is neither it nor zero padding lies. */
function findMagic(file: FileWindow, from: number, magic: number): { at?: number; garbage?: number } {
  const first = magic >>> 24
  let garbage: number | undefined
  for (let at = from; at < file.size; ) {
    const view = file.view(at, SCAN_BYTES)
    // The file was made shorter while it was read.
    if (view.length === 0) break
    // The last three bytes are left to the next view: a magic may lie across the two.
    const scanned = view.length < SCAN_BYTES ? view.length : SCAN_BYTES - 3
    for (let i = 0; i < scanned; i++) {
      const byte = view[i]!
      if (byte === first && magicAt(view, i) === magic) {
        return garbage === undefined ? { at: at + i } : { at: at + i, garbage }
      }
      if (byte !== 0) garbage ??= at + i
    }
    at += scanned
  }
  return garbage === undefined ? {} : { garbage }
}

const SCAN_BYTES = 1 << 16

function readRaw(file: FileWindow, path: string, head: Uint8Array, rules: Rules.BlockRules): Found {
  const other = Rules.byMagic(magicAt(head, 0))
  if (other.length > 0) return { ok: false, reason: 'wrong-network', offset: 0 }
  if (file.size > FRAME_BYTES_MAX) {
    return { ok: false, reason: hasWork(head, 0, rules) ? 'block-too-large' : 'not-a-block', offset: 0 }
  }
  return { ok: true, offset: 0, bytes: wholeOf(file, path, FRAME_BYTES_MAX), height: null, spent: null }
}

function magicAt(bytes: Uint8Array, at: number): number {
  if (at + 4 > bytes.length) return -1
  return bytes[at]! * 2 ** 24 + bytes[at + 1]! * 2 ** 16 + bytes[at + 2]! * 2 ** 8 + bytes[at + 3]!
}

/** Printable characters and white space only, or the mark of UTF-16, as PowerShell writes it. */
function isText(head: Uint8Array): boolean {
  if (isUtf16(head)) return true
  const from = hasMark(head) ? 3 : 0
  return head.subarray(from).every(byte => byte >= 0x20 || (byte >= 9 && byte <= 13))
}

function isUtf16(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xfe
}

function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

function* readText(bytes: Uint8Array, rules: Rules.BlockRules): Generator<Found> {
  const text = new TextDecoder(isUtf16(bytes) ? 'utf-16le' : 'utf-8').decode(bytes)
  const start = text.search(/\S/)
  if (start < 0) yield { ok: false, reason: 'not-a-block', offset: 0 }
  else if ('{["'.includes(text[start]!)) yield* readJson(text, start, rules)
  else yield* readHex(text, rules)
}

/** JSON as one document; where that fails and there are lines, each line as one. */
function* readJson(text: string, start: number, rules: Rules.BlockRules): Generator<Found> {
  const whole = CoreJson.parse(text, rules)
  const first = whole[0]
  const lines = first !== undefined && !first.ok && first.reason === 'not-json' && /[\]}"]\s*\n\s*[[{"]/.test(text)
  if (!lines) {
    for (const result of whole) yield placed(result, start)
    return
  }
  let offset = 0
  for (const line of text.split('\n')) {
    for (const result of line.trim() === '' ? [] : CoreJson.parse(line, rules)) yield placed(result, offset)
    offset += line.length + 1
  }
}

function placed(result: ReturnType<typeof CoreJson.parse>[number], offset: number): Found {
  return result.ok ? { ok: true, offset, ...result.block } : { ...result, offset }
}

/** One block, however the hex is broken into lines; or a block a line, told by every line being a header with work. */
function* readHex(text: string, rules: Rules.BlockRules): Generator<Found> {
  const lines = text.split('\n').map(line => line.trim().replace(/^0x/i, ''))
  const filled = lines.filter(line => line !== '')
  const many = filled.length > 1 && filled.slice(0, 2).every(line => startsBlock(line, rules))
  const pieces = many ? lines : [filled.join('').replace(/\s+/g, '')]
  let offset = 0
  for (const piece of pieces) {
    const bytes = parseHex(piece)
    if (piece !== '' && bytes === undefined) yield { ok: false, reason: 'not-a-block', offset: offset + badHex(piece) }
    else if (bytes !== undefined && bytes.length > 0) yield { ok: true, offset, bytes, height: null, spent: null }
    offset += piece.length + 1
  }
}

function startsBlock(hex: string, rules: Rules.BlockRules): boolean {
  const header = parseHex(hex.slice(0, 160))
  return header !== undefined && hasWork(header, 0, rules)
}

function badHex(text: string): number {
  const at = text.search(/[^0-9a-f]/i)
  return at < 0 ? text.length : at
}

function wholeOf(file: FileWindow, path: string, max: number): Uint8Array {
  if (file.size <= max) return file.view(0, file.size)
  throw new Failure(
    'BlockFile.TooLarge',
    'limit',
    `“${path}” has ${file.size} bytes; up to ${max} are read in this form.`,
    {
      hint: 'Give the blocks as blk*.dat or as raw blocks, or split the file.',
      facts: { path, bytes: file.size, bytesMax: max },
    },
  )
}
