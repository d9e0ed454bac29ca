import { gunzipSync } from 'node:zlib'
import { Failure } from '../../std/failure.ts'
import { BLOCK_BYTES, padding, parseHeader } from '../../std/tar.ts'
import { FILE_BYTES_MAX, MEMBERS_MAX, RATIO_FROM_BYTES, RATIO_MAX } from './limit.ts'
import type { Part } from './part.ts'

/** gzip (RFC 1952) and tar, with limits before anything is unpacked. */

/** All members of a gzip file, joined. Failures: Archive.TooLarge, Archive.Damaged. */
export function gunzip(bytes: Uint8Array, budget: number, path: string): Uint8Array {
  const limit = Math.min(budget, FILE_BYTES_MAX, Math.max(RATIO_FROM_BYTES, bytes.length * RATIO_MAX))
  try {
    return new Uint8Array(gunzipSync(bytes, { maxOutputLength: Math.max(1, limit) }))
  } catch (cause) {
    throw (cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(path, limit) : damaged(path, cause)
  }
}

/** The name under which a gzip file's content goes. */
export function nameWithin(path: string): string {
  const name = path.split(/[/\\]/).at(-1)!
  return /\.t[ag]z$/i.test(name) ? name.replace(/\.t[ag]z$/i, '.tar') : name.replace(/\.gz$/i, '') || 'content'
}

export function isTar(bytes: Uint8Array): boolean {
  const member = bytes.length < 2 * BLOCK_BYTES ? undefined : parseHeader(bytes.subarray(0, BLOCK_BYTES))
  return member !== undefined && member !== 'end'
}

/** The files of a tar. What is damaged ends it with a note; links, devices and folders are left out. */
export function partsOfTar(bytes: Uint8Array): { parts: Part[]; notes: string[] } {
  const parts: Part[] = []
  const notes: string[] = []
  let longName: string | null = null
  let left = 0
  for (let at = 0; at + BLOCK_BYTES <= bytes.length; ) {
    const member = parseHeader(bytes.subarray(at, at + BLOCK_BYTES))
    if (member === 'end') break
    const start = at + BLOCK_BYTES
    if (member === undefined || start + member.bytes > bytes.length) {
      notes.push(`From byte ${at} on it is no whole tar archive; what follows was read for its words.`)
      parts.push({ name: `rest-${at}`, bytes: bytes.subarray(at), isRest: true })
      break
    }
    const body = bytes.subarray(start, start + member.bytes)
    if (member.type === 'L') longName = Buffer.from(body).toString('utf8').replace(/\0.*$/s, '')
    else if (member.type === 'x') longName = pathOfPax(body) ?? longName
    else {
      if (member.type === '0' || member.type === '7') parts.push({ name: longName ?? member.name, bytes: body })
      else if (member.type !== '5' && member.type !== 'g') left++
      longName = null
    }
    if (parts.length >= MEMBERS_MAX) {
      notes.push(`Only its first ${MEMBERS_MAX} files were read: the limit is reached.`)
      break
    }
    at = start + member.bytes + padding(member.bytes)
  }
  if (left > 0) notes.push(`${left} links or devices were left out.`)
  return { parts, notes }
}

/** `30 path=…\n`: POSIX.1-2001. */
function pathOfPax(body: Uint8Array): string | null {
  return /(?:^|\n)\d{1,6} path=([^\n]{1,4000})\n/.exec(Buffer.from(body).toString('utf8'))?.[1] ?? null
}

function tooLarge(path: string, limit: number): Failure {
  return new Failure('Archive.TooLarge', 'limit', `${path} unpacks to more than ${limit} bytes.`, {
    hint: 'Nothing was unpacked: this is how a bomb looks. If it is genuine, unpack it by hand and add the files.',
    facts: { path, limit },
  })
}

function damaged(path: string, cause: unknown): Failure {
  return new Failure('Archive.Damaged', 'input', `${path} cannot be unpacked: it is damaged or cut off.`, {
    hint: 'Get the file again, or unpack what can be saved by hand and add that.',
    facts: { path },
    cause,
  })
}
