/** The media type of bytes by what they begin with; a name is never believed. */
export function detect(bytes: Uint8Array): string {
  for (const [type, signature] of SIGNATURES) {
    if (signature.every((byte, i) => byte < 0 || bytes[i] === byte)) return type
  }
  return 'text/plain'
}

/** The media type of a text: HTML and JSON by their first signs, else plain. */
export function detectText(text: string): string {
  const head = text.slice(0, 2048).trimStart()
  if (
    /^(?:<!doctype html|<html|<head|<body|<!--|<\?xml|<(?:div|p|a|meta|table|span|article|script|h1|br)\b)/i.test(head)
  )
    return /^<\?xml/i.test(head) && !/<html/i.test(head) ? 'text/xml' : 'text/html'
  if (/^window\.YTD\.\w+\.part\d+\s*=/.test(head)) return 'application/json'
  if (/^[{[]/.test(head) && /^[{[]\s*(?:["{[\]}\d-]|true|false|null)/.test(head)) return 'application/json'
  return 'text/plain'
}

/** What this version reads for its text. */
export function isReadable(type: string): boolean {
  return type.startsWith('text/') || type === 'application/json' || type === 'application/zip'
}

const ANY = -1

const SIGNATURES: readonly (readonly [string, readonly number[]])[] = [
  ['application/zip', [0x50, 0x4b, 3, 4]],
  ['application/zip', [0x50, 0x4b, 5, 6]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46, ANY, ANY, ANY, ANY, 0x57, 0x45, 0x42, 0x50]],
  ['application/gzip', [0x1f, 0x8b]],
  ['application/x-bzip2', [0x42, 0x5a, 0x68]],
  ['application/zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['application/x-7z-compressed', [0x37, 0x7a, 0xbc, 0xaf]],
  ['application/vnd.rar', [0x52, 0x61, 0x72, 0x21]],
]
