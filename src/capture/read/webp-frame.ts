/**
 * The frames of a WebP (RFC 9649), each as a still picture of its own: a moving one keeps them in `ANMF` chunks, which
 * decoders of stills refuse. Frames that cover a part of the canvas come as that part.
 */
export function framesOf(bytes: Uint8Array, most: number): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const frames = [...chunksIn(view, 12, bytes.length)].filter(chunk => chunk.name === 'ANMF').slice(0, most)
  if (frames.length === 0) return [bytes]
  return frames.flatMap(({ start, end }) => stillOf(bytes, view, start, end) ?? [])
}

type Chunk = { readonly name: string; readonly start: number; readonly end: number }

function* chunksIn(view: DataView, from: number, to: number): Generator<Chunk> {
  for (let at = from; at + 8 <= to; ) {
    const name = String.fromCharCode(...[0, 1, 2, 3].map(i => view.getUint8(at + i)))
    const size = view.getUint32(at + 4, true)
    const end = Math.min(to, at + 8 + size)
    yield { name, start: at + 8, end }
    at += 8 + size + (size & 1)
  }
}

/** The chunks of one frame with a head of their own. */
function stillOf(bytes: Uint8Array, view: DataView, start: number, end: number): Uint8Array | undefined {
  if (start + 16 > end) return undefined
  const parts = [...chunksIn(view, start + 16, end)].filter(({ name }) => ['ALPH', 'VP8 ', 'VP8L'].includes(name))
  if (!parts.some(({ name }) => name.startsWith('VP8'))) return undefined
  const extended = Buffer.alloc(18)
  extended.write('VP8X')
  extended.writeUInt32LE(10, 4)
  extended[8] = 0x10
  extended.set(bytes.subarray(start + 6, start + 12), 12)
  const hasAlpha = parts.some(({ name }) => name === 'ALPH')
  const chunks = parts.flatMap(part => {
    const body = bytes.subarray(part.start - 8, part.end)
    return body.length % 2 === 0 ? [body] : [body, Buffer.alloc(1)]
  })
  const content = Buffer.concat([...(hasAlpha ? [extended] : []), ...chunks])
  const head = Buffer.alloc(12)
  head.write('RIFF')
  head.writeUInt32LE(content.length + 4, 4)
  head.write('WEBP', 8)
  return Buffer.concat([head, content])
}
