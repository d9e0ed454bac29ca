import { closeSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { Failure } from '../../std/failure.ts'

/** Longest line that is taken. */
const LINE_MAX = 65_536

/** Lines of a text file as they are read, without the white space around them; `-` is standard input. */
export function* linesOf(path: string): Generator<string> {
  const descriptor = path === '-' ? 0 : open(path)
  const buffer = new Uint8Array(1 << 18)
  const decoder = new StringDecoder('utf8')
  let rest = ''
  try {
    for (let length = read(descriptor, buffer); length > 0; length = read(descriptor, buffer)) {
      const parts = (rest + decoder.write(buffer.subarray(0, length))).split('\n')
      rest = parts.pop()!
      if (rest.length > LINE_MAX) throw tooLong(path)
      for (const part of parts) yield clean(part)
    }
    rest += decoder.end()
    if (clean(rest) !== '') yield clean(rest)
  } finally {
    if (descriptor !== 0) closeSync(descriptor)
  }
}

/** Without white space around it, and without the byte order mark that a file may begin with. */
function clean(line: string): string {
  return line.replace(/^\ufeff/, '').trim()
}

function open(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

/** Standard input may have nothing yet (EAGAIN) or have ended (EOF on Windows). */
function read(descriptor: number, buffer: Uint8Array): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer)
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw unreadable(descriptor === 0 ? '-' : 'the file', cause)
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

function tooLong(path: string): Failure {
  return new Failure('File.LineTooLong', 'limit', `A line of "${path}" is longer than ${LINE_MAX} characters.`, {
    hint: 'Give one address a line.',
    facts: { path, limit: LINE_MAX },
  })
}
