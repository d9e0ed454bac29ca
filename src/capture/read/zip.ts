import { crc32, inflateRawSync } from 'node:zlib'
import { Failure } from '../../std/failure.ts'
import { FILE_BYTES_MAX, MEMBERS_MAX, RATIO_FROM_BYTES, RATIO_MAX } from './limit.ts'

/**
 * The members of a ZIP archive (APPNOTE.TXT 6.3.10, with ZIP64), from its central directory. Names are labels only:
 * nothing is written anywhere. Sizes are judged before anything is unpacked, and unpacking stops at the size declared.
 *
 * Failures: Archive.Damaged, Archive.TooLarge, Archive.TooMany.
 */
export type ZipMember = {
  readonly name: string
  readonly packedBytes: number
  readonly bytes: number
  readonly isFolder: boolean
  readonly isEncrypted: boolean
  readonly method: number
  readonly crc: number
  /** Where its local header stands. */
  readonly offset: number
}

/** Lists the members. `budget` is how many unpacked bytes are still allowed. */
export function list(archive: Uint8Array, budget: number, path: string): readonly ZipMember[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const end = findEnd(view, path)
  if (end.count > MEMBERS_MAX) throw tooMany(path, end.count)
  const members: ZipMember[] = []
  let at = end.offset
  for (let i = 0; i < end.count; i++) {
    if (at + 46 > archive.length || view.getUint32(at, true) !== ENTRY) throw damaged(path, at, 'no directory entry')
    const nameBytes = view.getUint16(at + 28, true)
    const extraBytes = view.getUint16(at + 30, true)
    if (at + 46 + nameBytes + extraBytes > archive.length) throw damaged(path, at, 'the directory is cut off')
    members.push(readEntry(archive, view, at, nameBytes, extraBytes))
    at += 46 + nameBytes + extraBytes + view.getUint16(at + 32, true)
  }
  judge(members, archive.length, budget, path)
  return members
}

/** The bytes of one member, held to its declared size and CRC-32. */
export function unpack(archive: Uint8Array, member: ZipMember, path: string): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const at = member.offset
  if (member.isEncrypted) throw encrypted(path)
  if (at + 30 > archive.length || view.getUint32(at, true) !== LOCAL) throw damaged(path, at, 'no local header')
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  const packed = archive.subarray(start, start + member.packedBytes)
  if (packed.length < member.packedBytes) throw damaged(path, start, 'the data is cut off')
  const bytes = member.method === STORED ? packed : inflate(packed, member, path)
  if (bytes.length !== member.bytes) throw damaged(path, start, `it holds ${bytes.length} bytes, not ${member.bytes}`)
  if (crc32(bytes) !== member.crc) throw damaged(path, start, 'its CRC-32 is wrong')
  return bytes
}

function inflate(packed: Uint8Array, member: ZipMember, path: string): Uint8Array {
  if (member.method !== DEFLATED)
    throw damaged(path, member.offset, `packed by method ${member.method}, which is not read`)
  try {
    return new Uint8Array(inflateRawSync(packed, { maxOutputLength: Math.max(member.bytes, 1) }))
  } catch (cause) {
    const more = cause instanceof RangeError ? 'it holds more bytes than declared' : 'its data cannot be unpacked'
    throw damaged(path, member.offset, more)
  }
}

/** Refuses what declares too much before a byte of it is unpacked. */
function judge(members: readonly ZipMember[], packed: number, budget: number, path: string): void {
  let total = 0
  for (const member of members) {
    total += member.bytes
    if (member.bytes > FILE_BYTES_MAX) throw tooLarge(path, 'one member', member.bytes, FILE_BYTES_MAX)
  }
  if (total > budget) throw tooLarge(path, 'the archive', total, budget)
  if (total > RATIO_FROM_BYTES && total > packed * RATIO_MAX) {
    throw new Failure('Archive.TooLarge', 'limit', `${path} unpacks to ${Math.round(total / packed)} times its size.`, {
      hint: `The limit is ${RATIO_MAX} times: this is how a zip bomb looks. Unpack it by hand if it is genuine.`,
      facts: { path, limit: RATIO_MAX, ratio: Math.round(total / packed), unpacked: total },
    })
  }
}

/** The end record, searched from the back (it may be followed by a comment of up to 65,535 bytes). */
function findEnd(view: DataView, path: string): { count: number; offset: number } {
  const last = view.byteLength - 22
  for (let at = last; at >= 0 && at >= last - 65_535; at--) {
    if (view.getUint32(at, true) !== END) continue
    const count = view.getUint16(at + 10, true)
    const offset = view.getUint32(at + 16, true)
    if (count !== 0xffff && offset !== 0xffff_ffff) return { count, offset }
    return findWideEnd(view, at) ?? { count, offset }
  }
  throw damaged(path, view.byteLength, 'its end record is missing: the file may be cut off')
}

function findWideEnd(view: DataView, end: number): { count: number; offset: number } | undefined {
  if (end < 20 || view.getUint32(end - 20, true) !== WIDE_LOCATOR) return undefined
  const at = Number(view.getBigUint64(end - 12, true))
  if (at + 56 > view.byteLength || view.getUint32(at, true) !== WIDE_END) return undefined
  return { count: Number(view.getBigUint64(at + 32, true)), offset: Number(view.getBigUint64(at + 48, true)) }
}

function readEntry(archive: Uint8Array, view: DataView, at: number, nameBytes: number, extraBytes: number): ZipMember {
  const flags = view.getUint16(at + 8, true)
  const raw = archive.subarray(at + 46, at + 46 + nameBytes)
  const name = new TextDecoder('utf-8').decode(raw)
  const extra = new DataView(archive.buffer, archive.byteOffset + at + 46 + nameBytes, extraBytes)
  const sizes = wideSizes(extra, [
    view.getUint32(at + 24, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 42, true),
  ])
  return {
    ...{ name, isFolder: name.endsWith('/'), isEncrypted: (flags & 1) !== 0 },
    ...{ method: view.getUint16(at + 10, true), crc: view.getUint32(at + 16, true) },
    ...{ bytes: sizes[0]!, packedBytes: sizes[1]!, offset: sizes[2]! },
  }
}

/** ZIP64: each 32-bit field that is all ones stands in extra field 1 as 64 bits, in this order. */
function wideSizes(extra: DataView, fields: readonly number[]): number[] {
  let at = 0
  while (at + 4 <= extra.byteLength && extra.getUint16(at, true) !== 1) at += 4 + extra.getUint16(at + 2, true)
  let next = at + 4
  return fields.map(field => {
    if (field !== 0xffff_ffff || next + 8 > extra.byteLength) return field
    next += 8
    return Number(extra.getBigUint64(next - 8, true))
  })
}

const LOCAL = 0x0403_4b50
const ENTRY = 0x0201_4b50
const END = 0x0605_4b50
const WIDE_END = 0x0606_4b50
const WIDE_LOCATOR = 0x0706_4b50
const STORED = 0
const DEFLATED = 8

function damaged(path: string, offset: number, what: string): Failure {
  return new Failure('Archive.Damaged', 'input', `${path} is no whole ZIP archive: ${what} (byte ${offset}).`, {
    hint: 'Get the file again, or unpack what can be saved by hand and add that.',
    facts: { path, offset },
  })
}

function encrypted(path: string): Failure {
  return new Failure('Archive.Encrypted', 'input', `${path} is enciphered with a password.`, {
    hint: 'Unpack it by hand with the password and add the files.',
    facts: { path },
  })
}

function tooLarge(path: string, what: string, bytes: number, limit: number): Failure {
  return new Failure(
    'Archive.TooLarge',
    'limit',
    `${path}: ${what} unpacks to ${bytes} bytes; the limit is ${limit}.`,
    {
      hint: 'Nothing was unpacked. If it is genuine, unpack it by hand and add the files in parts.',
      facts: { path, bytes, limit },
    },
  )
}

function tooMany(path: string, count: number): Failure {
  return new Failure('Archive.TooMany', 'limit', `${path} has ${count} members; the limit is ${MEMBERS_MAX}.`, {
    hint: 'Unpack it by hand and add the files in parts.',
    facts: { path, count, limit: MEMBERS_MAX },
  })
}
