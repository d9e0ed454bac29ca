import { hash } from 'node:crypto'
import { assert } from './assert.ts'
import { parseHex, toHex } from './bytes.ts'

/** Name-based UUID of version 5 (RFC 9562, section 5.5): the same name in the same namespace is the same id. */
export function version5(namespace: string, name: string): string {
  const space = parseHex(namespace.replaceAll('-', ''))
  assert(space !== undefined && space.length === 16, 'a namespace is a UUID')
  const digest = new Uint8Array(hash('sha1', Buffer.concat([space, Buffer.from(name)]), 'buffer'))
  const bytes = digest.slice(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x50
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = toHex(bytes)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
