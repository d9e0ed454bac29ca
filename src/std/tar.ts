/**
 * Headers of tar archives (POSIX.1-1988 ustar, with GNU's base-256 sizes and long names, and pax paths): enough to
 * write a backup that `tar` can list, and to read what others packed. Pure: blocks in, members out.
 */
export const BLOCK_BYTES = 512

export type TarMember = {
  readonly name: string
  readonly bytes: number
  /** 0 or NUL a file · 5 a folder · L GNU long name · x pax header · others are neither files nor followed. */
  readonly type: string
}

/** The header of one file. Failure: none; names beyond 255 bytes do not fit and give undefined. */
export function formatHeader(name: string, bytes: number): Uint8Array | undefined {
  const block = Buffer.alloc(BLOCK_BYTES)
  const cut = Buffer.byteLength(name) <= 100 ? 0 : name.lastIndexOf('/', 154) + 1
  const [prefix, short] = cut === 0 ? ['', name] : [name.slice(0, cut - 1), name.slice(cut)]
  if (Buffer.byteLength(short) > 100 || Buffer.byteLength(prefix) > 155) return undefined
  block.write(short, 0)
  block.write('0000600\0', 100)
  block.write('0000000\0'.repeat(2), 108)
  if (bytes < 8 ** 11) block.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124)
  else {
    block[124] = 0x80
    block.writeBigUInt64BE(BigInt(bytes), 128)
  }
  block.write(`${'0'.repeat(11)}\0`, 136)
  block.write('0ustar\x0000', 156)
  block.copyWithin(257, 157, 165)
  block.fill(0, 157, 165)
  block.write(prefix, 345)
  block.write(`${sumOf(block).toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

/** Zeros that fill a member's last block. */
export function padding(bytes: number): number {
  return (BLOCK_BYTES - (bytes % BLOCK_BYTES)) % BLOCK_BYTES
}

/** A header block: a member, `end` of the archive (zeros), or undefined where its checksum is wrong. */
export function parseHeader(given: Uint8Array): TarMember | 'end' | undefined {
  const block = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  if (block.length < BLOCK_BYTES) return undefined
  if (block.every(byte => byte === 0)) return 'end'
  const told = Number.parseInt(textAt(block, 148, 8).trim(), 8)
  if (told !== sumOf(block)) return undefined
  const bytes = (block[124]! & 0x80) !== 0 ? Number(block.readBigUInt64BE(128)) : octal(textAt(block, 124, 12))
  if (!Number.isSafeInteger(bytes) || bytes < 0) return undefined
  const prefix = textAt(block, 257, 5) === 'ustar' ? textAt(block, 345, 155) : ''
  const name = textAt(block, 0, 100)
  return { name: prefix === '' ? name : `${prefix}/${name}`, bytes, type: String.fromCharCode(block[156]! || 0x30) }
}

/** Sum of the bytes with the field of the sum as spaces. */
function sumOf(block: Uint8Array): number {
  let sum = 8 * 32
  for (let i = 0; i < BLOCK_BYTES; i++) if (i < 148 || i >= 156) sum += block[i]!
  return sum
}

function octal(text: string): number {
  const digits = text.trim()
  return digits === '' ? 0 : /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN
}

function textAt(block: Buffer, at: number, length: number): string {
  const field = block.subarray(at, at + length)
  const end = field.indexOf(0)
  return field.subarray(0, end === -1 ? length : end).toString('utf8')
}
