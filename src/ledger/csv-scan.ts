import { type CsvRow, FILE_BYTES_MAX, notText, openQuote, RECORD_LENGTH_MAX, split, tooLarge, tooLong } from './csv.ts'

/**
 * Who is told of the records of a CSV file. A record of plain cells, ASCII without quotes, is shown as bytes, and no
 * text or array is made of it; where `plain` gives false, and for every other record, it is told as text.
 */
export type CsvVisitor = {
  plain(bytes: Uint8Array, cells: Cells, line: number): boolean
  text(row: CsvRow): void
}

/** Cell `k` is `bytes[start[k] … end[k])`. Good until the visitor returns. */
export type Cells = { count: number; readonly start: Uint32Array; readonly end: Uint32Array }

/** More cells than that are told as text. */
const CELLS_MAX = 64

/**
 * The records of `readCsv`, in its order and with its failures, at some hundred megabytes a second: the bytes are gone
 * through once, and nearly all records need nothing more.
 */
export function scanCsv(pieces: Iterable<Uint8Array>, visitor: CsvVisitor): void {
  const scan = createScan(visitor)
  let room = new Uint8Array(0)
  /** The bytes that are there: the record that is not over, and the piece after it. */
  let held = room
  let [read, isFirst] = [0, true]
  const run = (): void => {
    scan.state.begin = isFirst && MARK.every((byte, at) => held[at] === byte) ? MARK.length : 0
    isFirst = false
    scan.run(held)
  }
  for (const piece of pieces) {
    read += piece.length
    if (read > FILE_BYTES_MAX) throw tooLarge()
    const rest = held.subarray(scan.state.begin)
    const length = rest.length + piece.length
    const to: Uint8Array<ArrayBuffer> = length > room.length ? new Uint8Array(length + PIECE_MORE) : room
    to.set(rest)
    to.set(piece, rest.length)
    room = to
    held = to.subarray(0, length)
    scan.state.begin = 0
    if (!isFirst || length >= MARK.length) run()
  }
  if (isFirst) run()
  scan.end(held)
}

/** Room for the rest of a record before the next piece. */
const PIECE_MORE = 4 * RECORD_LENGTH_MAX

/** The byte order mark. */
const MARK = [0xef, 0xbb, 0xbf]

const [LF, QUOTE, COMMA, CR] = [0x0a, 0x22, 0x2c, 0x0d]

type State = {
  /** Where the record begins that is not yet told, and its line; the line that is being read. */
  begin: number
  begun: number
  line: number
}

function createScan(visitor: CsvVisitor) {
  const state: State = { begin: 0, begun: 1, line: 1 }
  const cells: Cells = { count: 0, start: new Uint32Array(CELLS_MAX), end: new Uint32Array(CELLS_MAX) }
  const tell = (bytes: Uint8Array, end: number, isPlain: boolean): void => {
    const begin = state.begin
    const last = end > begin && bytes[end - 1] === CR ? end - 1 : end
    if (last > begin) {
      const shown = isPlain && last - begin <= RECORD_LENGTH_MAX && setCells(bytes, begin, last, cells)
      if (!shown || !visitor.plain(bytes, cells, state.begun)) tellText(visitor, bytes, begin, end, state.begun)
    } else if (end - begin > RECORD_LENGTH_MAX) throw tooLong(state.begun)
    state.begun = state.line
    state.begin = end + 1
  }
  return {
    state,
    /** Tells the records that end within the bytes. */
    run(bytes: Uint8Array) {
      const end = bytes.length
      let [open, wide, quoted] = [false, false, false]
      for (let at = state.begin; at < end; at++) {
        const byte = bytes[at]!
        if (byte === LF) {
          state.line++
          if (open) checkLength(bytes, state.begin, at, state.begun)
          else {
            tell(bytes, at, !wide && !quoted)
            wide = false
            quoted = false
          }
        } else if (byte === QUOTE) {
          open = !open
          quoted = true
        } else if (byte >= 0x80) wide = true
      }
      // Lines of a record that is not over are counted again with the next piece.
      if (end - state.begin > 4 * RECORD_LENGTH_MAX) throw tooLong(state.begun)
      state.line = state.begun
    },
    end(bytes: Uint8Array) {
      if (state.begin >= bytes.length) return
      const text = decode(bytes, state.begin, bytes.length)
      if (text.length > RECORD_LENGTH_MAX) throw tooLong(state.begun)
      if (text.split('"').length % 2 === 0) throw openQuote(state.begun)
      tell(bytes, bytes.length, false)
    },
  }
}

/** Cells between commas; false where there are too many. */
function setCells(bytes: Uint8Array, begin: number, end: number, cells: Cells): boolean {
  let count = 0
  let from = begin
  for (let at = begin; at <= end; at++) {
    if (at < end && bytes[at] !== COMMA) continue
    if (count === CELLS_MAX) return false
    cells.start[count] = from
    cells.end[count++] = at
    from = at + 1
  }
  cells.count = count
  return true
}

function tellText(visitor: CsvVisitor, bytes: Uint8Array, begin: number, end: number, line: number): void {
  const record = decode(bytes, begin, end)
  if (record.length > RECORD_LENGTH_MAX) throw tooLong(line)
  const plain = record.endsWith('\r') ? record.slice(0, -1) : record
  visitor.text({ line, cells: split(plain) })
}

function checkLength(bytes: Uint8Array, begin: number, end: number, line: number): void {
  if (end - begin > RECORD_LENGTH_MAX && decode(bytes, begin, end).length > RECORD_LENGTH_MAX) throw tooLong(line)
}

function decode(bytes: Uint8Array, begin: number, end: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(begin, end))
  } catch (cause) {
    throw notText(begin, cause)
  }
}
