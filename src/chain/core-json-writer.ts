import { parseHex } from '../std/bytes.ts'

/** Writes a serialized block piece by piece. What is no hex of the right length sets `failed` and writes nothing. */
export type Writer = {
  byte(value: number): void
  /** The low 32 bits, little-endian: signed and unsigned alike. */
  int32(value: number): void
  uint64(value: bigint): void
  /** CompactSize. */
  count(value: number): void
  hex(text: string): void
  /** The bytes of a hex text behind their count. */
  counted(hex: string): void
  /** 32 bytes printed in reverse. */
  hash(hex: string): void
  /** 4 bytes printed in reverse: the compact target. */
  hash4(hex: string): void
  done(): Uint8Array
  readonly failed: boolean
}

export function createWriter(): Writer {
  let bytes = new Uint8Array(4096)
  let at = 0
  let failed = false
  const room = (more: number): void => {
    if (at + more <= bytes.length) return
    const larger = new Uint8Array(2 * (at + more))
    larger.set(bytes)
    bytes = larger
  }
  const number = (value: number, width: number): void => {
    room(width)
    for (let i = 0; i < width; i++) bytes[at++] = Math.floor(value / 2 ** (8 * i)) & 0xff
  }
  const put = (piece: Uint8Array): void => {
    room(piece.length)
    bytes.set(piece, at)
    at += piece.length
  }
  const parse = (hex: string, length?: number): Uint8Array => {
    const piece = parseHex(hex)
    if (piece !== undefined && (length === undefined || piece.length === length)) return piece
    failed = true
    return new Uint8Array(0)
  }
  const count = (value: number): void => {
    const width = value < 0xfd ? 0 : value < 0x1_0000 ? 2 : 4
    if (width > 0) number(width === 2 ? 0xfd : 0xfe, 1)
    number(value, Math.max(width, 1))
  }
  return {
    byte: value => number(value, 1),
    int32: value => number(value >>> 0, 4),
    uint64: value => {
      number(Number(value & 0xffff_ffffn), 4)
      number(Number(value >> 32n), 4)
    },
    count,
    hex: text => put(parse(text)),
    counted: text => {
      const piece = parse(text)
      count(piece.length)
      put(piece)
    },
    hash: text => put(parse(text, 32).reverse()),
    hash4: text => put(parse(text, 4).reverse()),
    done: () => bytes.slice(0, at),
    get failed() {
      return failed
    },
  }
}
