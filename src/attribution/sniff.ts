import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { constants, gunzipSync } from 'node:zlib'

/**
 * Which format a file looks like, by how it begins: for a hint when another was named, and for `auto`. Undefined where
 * nothing is telling; a plain list of addresses is never guessed, since any text would fit.
 */
export function formatOf(path: string): string | undefined {
  const head = headOf(path)
  return head === undefined ? undefined : formatOfHead(head)
}

function formatOfHead(head: string): string | undefined {
  const text = head.replace(/^\uFEFF/, '').trimStart()
  if (text.startsWith('<')) return ofXml(text)
  if (/^[[{]/.test(text)) return ofJson(text)
  return ofYaml(text) ?? ofCsv(text.split('\n', 1)[0]!)
}

/** Enough to reach the first element behind a long comment or namespace, and the header of a pack. */
const HEAD_BYTES = 2 ** 14

function headOf(path: string): string | undefined {
  if (/\.(zst|bz2|zip|xz|7z)$/i.test(path)) return undefined
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined
  const descriptor = openSync(path, 'r')
  try {
    const bytes = new Uint8Array(HEAD_BYTES)
    const head = bytes.subarray(0, readSync(descriptor, bytes, 0, HEAD_BYTES, 0))
    return new TextDecoder().decode(/\.gz$/i.test(path) ? unpackedHead(head) : head)
  } finally {
    closeSync(descriptor)
  }
}

/** What the first bytes of a gzip file hold; nothing where they hold none, or far more than any list's would. */
function unpackedHead(bytes: Uint8Array): Uint8Array {
  try {
    const maxOutputLength = 2 ** 24
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength }).subarray(0, HEAD_BYTES)
  } catch {
    return new Uint8Array(0)
  }
}

const ROOTS = new Map<string, string>([
  ['Sanctions', 'ofac-advanced'],
  ['sdnList', 'ofac-sdn'],
  ['sanctionsData', 'ofac-enhanced'],
  ['CONSOLIDATED_LIST', 'un'],
  ['export', 'eu'],
  ['Designations', 'uk'],
])

function ofXml(text: string): string | undefined {
  return ROOTS.get(/<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]/.exec(text)?.[1] ?? '')
}

function ofJson(text: string): string | undefined {
  if (/"type"\s*:\s*"bundle"/.test(text) || /"spec_version"\s*:\s*"2\./.test(text)) return 'stix'
  if (/^\{\s*"(Event|response)"/.test(text) || /^\[\s*\{\s*"Event"/.test(text)) return 'misp'
  if (/"schema"\s*:\s*"[A-Z]/.test(text) && /"properties"\s*:/.test(text)) return 'opensanctions'
  const hasLogs = /"topics"\s*:|"event_name"\s*:|"logs?"\s*:|"kind"\s*:\s*"(un)?frozen"/.test(text)
  return hasLogs ? 'issuer-freezes' : undefined
}

function ofYaml(text: string): string | undefined {
  if (/^actors:\s*$/m.test(text)) return 'actorpack'
  if (/^tags:\s*$/m.test(text)) return 'tagpack'
  return /^(title|creator):\s/m.test(text) && /^(confidence|currency|lastmod):\s/m.test(text) ? 'tagpack' : undefined
}

function ofCsv(header: string): string | undefined {
  if (/^"?Report Date:/i.test(header)) return 'uk'
  const columns = header.split(',').map(name => name.trim().replace(/^"|"$/g, ''))
  const has = (...names: readonly string[]) => names.every(name => columns.includes(name))
  if (has('Unique ID', 'OFSI Group ID')) return 'uk'
  if (has('seizure_order_heading') || has('order_id', 'wallet_address')) return 'nbctf'
  if (has('address') && (has('event') || has('topics', 'data'))) return 'issuer-freezes'
  return has('address') ? 'addresses' : undefined
}
