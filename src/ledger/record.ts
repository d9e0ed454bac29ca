/**
 * Named columns ⇄ bytes: a directory as JSON, then each column at a multiple of 8 bytes, so that reading makes views
 * and copies nothing. Little-endian, as every machine that Node runs on.
 *
 * | bytes | what |
 * |---|---|
 * | 8 | `athar`, two zeros and the version of the format |
 * | 4 | length of the directory, which is filled up with blanks to a multiple of 8 less 4 |
 * | … | JSON `[[name, type, offset, elements], …]`, offsets from the end of the directory |
 * | … | columns |
 */
export type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array | BigUint64Array

export type Columns = Readonly<Record<string, Column>>

/**
 * The format that this program writes and reads. A change of the columns or of their meaning raises it; what an older
 * program wrote is then derived again (`athar rebuild`), never guessed. 1: until outputs had a kind · 2: until
 * transactions had a form · 3: now.
 */
export const FORMAT = 3

const NAME = Uint8Array.from([...'athar'].map(letter => letter.charCodeAt(0)).concat(0, 0))

const TYPES = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
  u64: BigUint64Array,
}

type Entry = readonly [name: string, type: keyof typeof TYPES, offset: number, elements: number]

/** The record in pieces, to be written one after another: the columns themselves, not copies of them. */
export function encode(columns: Columns): Uint8Array[] {
  const entries: Entry[] = []
  const pieces: Uint8Array[] = []
  let size = 0
  for (const [name, column] of Object.entries(columns)) {
    entries.push([name, typeOf(column), size, column.length])
    const filled = roundUp(column.byteLength)
    pieces.push(bytesOf(column))
    if (filled > column.byteLength) pieces.push(new Uint8Array(filled - column.byteLength))
    size += filled
  }
  const directory = JSON.stringify(entries)
  const begin = roundUp(12 + directory.length)
  const head = new Uint8Array(begin)
  head.set(NAME)
  head[NAME.length] = FORMAT
  new DataView(head.buffer).setUint32(8, begin - 12, true)
  new TextEncoder().encodeInto(directory.padEnd(begin - 12), head.subarray(12))
  return [head, ...pieces]
}

/** The format that a record was written in; undefined where it is no record. */
export function formatOf(bytes: Uint8Array): number | undefined {
  if (bytes.length < 12 || NAME.some((byte, at) => bytes[at] !== byte)) return undefined
  return bytes[NAME.length]
}

/** Views into `bytes`, whose place in its buffer must be a multiple of 8; undefined where it is no such record. */
export function decode(bytes: Uint8Array): Columns | undefined {
  if (formatOf(bytes) !== FORMAT) return undefined
  const begin = 12 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true)
  const entries = JSON.parse(new TextDecoder().decode(bytes.subarray(12, begin))) as Entry[]
  const columns: Record<string, Column> = {}
  for (const [name, type, offset, elements] of entries) {
    columns[name] = new TYPES[type](bytes.buffer as ArrayBuffer, bytes.byteOffset + begin + offset, elements)
  }
  return columns
}

function typeOf(column: Column): keyof typeof TYPES {
  const found = Object.entries(TYPES).find(([, kind]) => column instanceof kind)
  return found![0] as keyof typeof TYPES
}

function bytesOf(column: Column): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
}

function roundUp(size: number): number {
  return Math.ceil(size / 8) * 8
}
