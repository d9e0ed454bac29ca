import { closeSync, openSync, readSync } from 'node:fs'
import { Failure } from '../../std/failure.ts'

/** Bytes of one line that are kept: no address is near as long, and the rest of a longer line is passed over. */
export const LINE_MAX = 65_536

/** Bytes read at once. */
const PIECE = 1 << 20

/** Whole lines of a file: `bytes[from … end)`, the byte at `end` a line feed. Good until the next is asked for. */
export type Piece = { readonly bytes: Uint8Array; readonly end: number; readonly read: number }

/**
 * A file, or standard input (`-`), in pieces of whole lines. A byte order mark at its beginning is passed over, a last
 * line without an end is given one, and a line over `LINE_MAX` is cut to that.
 */
export function* piecesOf(path: string): Generator<Piece> {
  const descriptor = path === '-' ? 0 : open(path)
  const bytes = new Uint8Array(PIECE + LINE_MAX + 2)
  let [held, total, cutting] = [0, 0, false]
  try {
    const read = createReader(descriptor, path)
    for (let length = read(bytes, 0); length > 0; length = read(bytes, held)) {
      let filled = held + length
      if (total === 0 && hasMark(bytes)) {
        bytes.copyWithin(0, 3, filled)
        filled -= 3
      }
      total += length
      if (cutting) {
        const stop = bytes.subarray(held, filled).indexOf(10)
        if (stop === -1) continue
        bytes.copyWithin(held, held + stop, filled)
        filled -= stop
        cutting = false
      }
      const end = bytes.subarray(0, filled).lastIndexOf(10) + 1
      if (end > 0) yield { bytes, end, read: total }
      bytes.copyWithin(0, end, filled)
      held = filled - end
      if (held > LINE_MAX) [held, cutting] = [LINE_MAX, true]
    }
    if (held === 0) return
    bytes[held] = 10
    yield { bytes, end: held + 1, read: total }
  } finally {
    if (descriptor !== 0) closeSync(descriptor)
  }
}

/** Lines of a text file as they are read, without the white space around them; `-` is standard input. */
export function* linesOf(path: string): Generator<string> {
  for (const { bytes, end } of piecesOf(path)) {
    for (const line of Buffer.from(bytes.subarray(0, end - 1))
      .toString('utf8')
      .split('\n'))
      yield clean(line)
  }
}

/** Without white space around it, and without a byte order mark. */
export function clean(line: string): string {
  return line.replace(/^\ufeff/, '').trim()
}

/** UTF-8's byte order mark. */
function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

function open(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

/** Reads on, as UTF-8: a file that says by its mark that it is UTF-16 (Windows' "Unicode text") is decoded. */
function createReader(descriptor: number, path: string) {
  let decoder: TextDecoder | null | undefined
  const half = new Uint8Array(PIECE / 2)
  return (bytes: Uint8Array, at: number): number => {
    if (decoder === null) return readBytes(descriptor, path, bytes, at, Math.min(PIECE, bytes.length - 1 - at))
    for (;;) {
      const length = readBytes(descriptor, path, half, 0, half.length)
      const raw = half.subarray(0, length)
      decoder ??= isSixteen(raw) ? new TextDecoder(raw[0] === 0xff ? 'utf-16le' : 'utf-16be') : null
      if (decoder === null) {
        bytes.set(raw, at)
        return length
      }
      const text = Buffer.from(decoder.decode(raw, { stream: length > 0 }), 'utf8')
      bytes.set(text, at)
      if (text.length > 0 || length === 0) return text.length
    }
  }
}

function isSixteen(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
}

/** Standard input may have nothing yet (EAGAIN) or have ended (EOF on Windows). */
function readBytes(descriptor: number, path: string, buffer: Uint8Array, at: number, most: number): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer, at, most, null)
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw unreadable(path, cause)
      Atomics.wait(SLEEP, 0, 0, 5)
    }
  }
}

const SLEEP = new Int32Array(new SharedArrayBuffer(4))

function unreadable(path: string, cause: unknown): Failure {
  const { code } = cause as NodeJS.ErrnoException
  return new Failure('File.Unreadable', 'missing', `The file "${path}" cannot be read (${code ?? 'unknown'}).`, {
    hint: code === 'EISDIR' ? 'That is a folder: name a file.' : 'Check the path and its rights.',
    facts: { path, code: code ?? null },
    cause,
  })
}
