/** A saved scene as the end of a link (`#graph=…`): deflated, base64url. It never leaves the browser's address line. */
const KEY = 'graph='

/** Characters that browsers and mail programs still carry. */
export const LINK_MAX = 60_000

/** Bytes that a link may unfold to. */
const BYTES_MAX = 8 * 1024 * 1024

export async function toHash(text: string): Promise<string> {
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'), Infinity)
  let binary = ''
  for (const byte of bytes!) binary += String.fromCharCode(byte)
  return KEY + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Undefined: no graph in the link, or one that does not unfold. */
export async function fromHash(hash: string): Promise<string | undefined> {
  const text = hash.replace(/^#/, '')
  if (!text.startsWith(KEY)) return undefined
  try {
    const binary = atob(text.slice(KEY.length).replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, one => one.charCodeAt(0))
    const whole = await through(bytes, new DecompressionStream('deflate-raw'), BYTES_MAX)
    return whole === undefined ? undefined : new TextDecoder().decode(whole)
  } catch {
    return undefined
  }
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: GenericTransformStream,
  most: number,
): Promise<Uint8Array | undefined> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader()
  const parts: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > most) {
      await reader.cancel()
      return undefined
    }
    parts.push(value)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
