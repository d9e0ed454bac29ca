/**
 * Columns that grow at their end: rows are added behind what older views of the same memory see, and all is copied only
 * where the room behind is used up.
 */
export type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | BigUint64Array

/** The column with room behind it: what was set apart before, or a copy with an eighth more than is needed now. */
export function longer<T extends Column>(column: T, from: number, to: number, filled?: number): T {
  const make = column.constructor as new (from: number | ArrayBufferLike, at?: number, length?: number) => T
  const fits = column.byteOffset + to * column.BYTES_PER_ELEMENT <= column.buffer.byteLength
  const room = fits ? new make(column.buffer, column.byteOffset, to) : new make(to + (to >> 3) + 64).subarray(0, to)
  if (!fits) room.set(column as never)
  if (filled !== undefined) (room as Uint32Array).fill(filled, from)
  return room as T
}

/** Each column of a table with room for `count` rows; what it holds a row follows from its length. */
export function withRoom<T extends { readonly count: number }>(table: T, count: number): T {
  const longerTable: Record<string, unknown> = { count }
  for (const [name, column] of Object.entries(table)) {
    if (!ArrayBuffer.isView(column)) continue
    const typed = column as unknown as Column
    const isRange = name.startsWith('first')
    const each = isRange ? 1 : table.count === 0 ? widthOf(name) : typed.length / table.count
    longerTable[name] = longer(typed, typed.length, each * count + (isRange ? 1 : 0))
  }
  return longerTable as T
}

function widthOf(name: string): number {
  return name === 'txid' || name === 'hash' || name === 'previousTxid' ? 32 : 1
}
