import { Failure } from '../std/failure.ts'

/** A record of a CSV file (RFC 4180) and the line on which it begins, from 1. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] }

/** Most characters that one record may have: no row of any file that is read here comes near. */
export const RECORD_LENGTH_MAX = 65_536

/** Most bytes of one file. */
export const FILE_BYTES_MAX = 4 * 2 ** 30

/**
 * Records of a CSV text in pieces: commas, quotes doubled inside quotes, CRLF or LF, a byte order mark let be, empty
 * lines left out. UTF-8 only: a byte that is none is refused rather than guessed.
 *
 * Failures: Csv.NotText, Csv.RecordTooLong, Csv.OpenQuote, Csv.TooLarge.
 */
export function* readCsv(pieces: Iterable<Uint8Array>): Generator<CsvRow> {
  let line = 1
  let begun = 1
  let held = ''
  for (const text of linesOf(pieces)) {
    const record = held === '' ? text : `${held}\n${text}`
    if (record.length > RECORD_LENGTH_MAX) throw tooLong(begun)
    if (isOpen(record)) held = record
    else {
      held = ''
      const plain = record.endsWith('\r') ? record.slice(0, -1) : record
      if (plain !== '') yield { line: begun, cells: split(plain) }
      begun = line + 1
    }
    line++
  }
  if (held !== '') throw openQuote(begun)
}

/** Bytes of a text already in memory. */
export function bytesOf(text: string): Uint8Array[] {
  return [new TextEncoder().encode(text)]
}

function* linesOf(pieces: Iterable<Uint8Array>): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  let bytes = 0
  for (const piece of pieces) {
    rest += decode(decoder, piece, bytes)
    bytes += piece.length
    if (bytes > FILE_BYTES_MAX) throw tooLarge()
    const lines = rest.split('\n')
    rest = lines.pop()!
    if (rest.length > RECORD_LENGTH_MAX) throw tooLong(0)
    yield* lines
  }
  rest += decode(decoder, undefined, bytes)
  if (rest !== '') yield rest
}

function decode(decoder: TextDecoder, piece: Uint8Array | undefined, at: number): string {
  try {
    return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true })
  } catch (cause) {
    throw notText(at, cause)
  }
}

/** Whether a quote that was opened is not closed: an odd number of them. */
function isOpen(record: string): boolean {
  let open = false
  for (let at = record.indexOf('"'); at !== -1; at = record.indexOf('"', at + 1)) open = !open
  return open
}

/** Cells of one record (a line, or lines held together by a quote). */
export function split(record: string): string[] {
  if (!record.includes('"')) return record.split(',')
  const cells: string[] = []
  let at = 0
  while (at <= record.length) {
    if (record[at] === '"') {
      let cell = ''
      let from = at + 1
      for (;;) {
        const to = record.indexOf('"', from)
        cell += record.slice(from, to)
        if (record[to + 1] !== '"') {
          at = to + 1
          break
        }
        cell += '"'
        from = to + 2
      }
      const next = record.indexOf(',', at)
      const end = next === -1 ? record.length : next
      cells.push(cell + record.slice(at, end))
      at = end + 1
    } else {
      const next = record.indexOf(',', at)
      const end = next === -1 ? record.length : next
      cells.push(record.slice(at, end))
      at = end + 1
    }
  }
  return cells
}

export function notText(offset: number, cause: unknown): Failure {
  return new Failure('Csv.NotText', 'input', `The file is not UTF-8 text (near byte ${offset}).`, {
    hint: 'Save it as “CSV UTF-8”.',
    facts: { offset },
    cause,
  })
}

export function tooLong(line: number): Failure {
  return new Failure('Csv.RecordTooLong', 'limit', `A row is longer than ${RECORD_LENGTH_MAX} characters.`, {
    hint: 'Is it a CSV file, and is every quote closed?',
    facts: { line, limit: RECORD_LENGTH_MAX },
  })
}

export function openQuote(line: number): Failure {
  return new Failure('Csv.OpenQuote', 'input', `A quote opened in the row of line ${line} is never closed.`, {
    hint: 'Close it, or double the quotes that belong to the text.',
    facts: { line },
  })
}

export function tooLarge(): Failure {
  return new Failure('Csv.TooLarge', 'limit', `The file is larger than ${FILE_BYTES_MAX} bytes.`, {
    hint: 'Split it; every part needs the header.',
    facts: { limit: FILE_BYTES_MAX },
  })
}
