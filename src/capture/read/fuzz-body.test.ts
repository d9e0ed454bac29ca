import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { after, test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { effortOf } from '../../../test/effort.ts'
import { readBytes } from './entry.ts'

// PDF and pictures altered inside: headers, lengths and sums hold, so that what is altered reaches the decoders.

const ADDRESS = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
const load = createRequire(import.meta.url)
const SIDE = 48

type Edits = readonly (readonly [number, number])[]
/** A file whose body was altered so. */
type Make = (edits: Edits) => Uint8Array

function altered(bytes: Uint8Array, edits: Edits, from = 0, to = bytes.length): Buffer {
  const changed = Buffer.from(bytes)
  for (const [at, byte] of edits) changed[from + (at % (to - from))] = byte
  return changed
}

/** Objects with their places and lengths right. */
function pdfOf(content: Uint8Array, filter: string): Uint8Array {
  const objects = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    Buffer.from(
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
    ),
    Buffer.concat([
      Buffer.from(`<< /Length ${content.length} ${filter} >>\nstream\n`),
      content,
      Buffer.from('\nendstream'),
    ]),
    Buffer.from('<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>'),
  ]
  const parts = [Buffer.from('%PDF-1.7\n')]
  const places: number[] = []
  const length = () => parts.reduce((sum, part) => sum + part.length, 0)
  for (const [i, object] of objects.entries()) {
    places.push(length())
    parts.push(Buffer.from(`${i + 1} 0 obj\n`), object, Buffer.from('\nendobj\n'))
  }
  const rows = places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const end = `xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${length()}\n%%EOF`
  return new Uint8Array(Buffer.concat([...parts, Buffer.from(end)]))
}

const CONTENT = Buffer.from(
  `q 1 0 0 1 0 0 cm 0 0 9 9 re f BT /F 12 Tf 40 700 Td (${ADDRESS}) Tj ET BT /F 9 Tf 40 600 Td [(a) -9 (b)] TJ ET\n`,
)
/** Operators that open, nest, move far, or name what is not there. */
const OPERATORS = [
  'q ',
  'Q ',
  'BT ',
  'ET ',
  '1e38 0 0 1e38 0 0 cm ',
  '/X Do ',
  '/F 1e9 Tf ',
  '[[[[ ',
  '<< /A ',
  'BI ID EI ',
]
const more = ['<ffff', '(((( ', ')', '0 0 0 0 re W n ', 'sh ', '-1 -1 1e30 1e30 re f ', '/G gs ', '%', '\0', '<41> Tj ']

function withOperators(edits: Edits): Buffer {
  const words = [...OPERATORS, ...more]
  const added = edits.map(([at, byte]) => words[byte % words.length]!.repeat(1 + (at % 40)))
  const at = (edits[0]?.[0] ?? 0) % CONTENT.length
  return Buffer.concat([CONTENT.subarray(0, at), Buffer.from(added.join('')), CONTENT.subarray(at)])
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
}

const LINES = Buffer.alloc(SIDE * (1 + 3 * SIDE), 0x5a)
for (let y = 0; y < SIDE; y++) LINES[y * (1 + 3 * SIDE)] = y % 5

function pngOf(packed: Uint8Array): Uint8Array {
  const head = Buffer.from([0, 0, 0, SIDE, 0, 0, 0, SIDE, 8, 2, 0, 0, 0])
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const body = [chunk('IHDR', head), chunk('IDAT', packed), chunk('IEND', Buffer.alloc(0))]
  return new Uint8Array(Buffer.concat([signature, ...body]))
}

function jpeg(): Buffer {
  const { encode } = load('jpeg-js') as { encode(image: object, quality: number): { data: Buffer } }
  const data = Buffer.from(Array.from({ length: 4 * SIDE * SIDE }, (_, i) => (i * 37) % 256))
  return encode({ data, width: SIDE, height: SIDE }, 60).data
}

function gif(): Buffer {
  type Writer = { addFrame(x: number, y: number, w: number, h: number, pixels: number[]): void; end(): number }
  const { GifWriter } = load('omggif') as {
    GifWriter: new (into: Buffer, width: number, height: number, options: object) => Writer
  }
  const into = Buffer.alloc(65_536)
  const writer = new GifWriter(into, SIDE, SIDE, { palette: [0, 0xffffff], loop: 0 })
  for (let i = 2; i < 5; i++) {
    const pixels = Array.from({ length: SIDE * SIDE }, (_, at) => (at % i === 0 ? 1 : 0))
    writer.addFrame(0, 0, SIDE, SIDE, pixels)
  }
  return into.subarray(0, writer.end())
}

const JPEG = jpeg()
const SCAN = JPEG.indexOf(Buffer.from('ffda', 'hex')) + 14
const TABLES = JPEG.indexOf(Buffer.from('ffdb', 'hex')) + 4
const GIF = gif()
const WEBP = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64')

const MAKERS: Readonly<Record<string, Make>> = {
  'PDF, content': edits => pdfOf(altered(CONTENT, edits), ''),
  'PDF, operators': edits => pdfOf(withOperators(edits), ''),
  'PDF, packed content': edits => pdfOf(deflateSync(altered(CONTENT, edits)), '/Filter /FlateDecode'),
  'PDF, packing': edits => pdfOf(altered(deflateSync(CONTENT), edits, 2), '/Filter /FlateDecode'),
  'PNG, lines': edits => pngOf(deflateSync(altered(LINES, edits))),
  'PNG, packing': edits => pngOf(altered(deflateSync(LINES), edits, 2)),
  'JPEG, scan': edits => new Uint8Array(altered(JPEG, edits, SCAN)),
  'JPEG, tables': edits => new Uint8Array(altered(JPEG, edits, TABLES, TABLES + 60)),
  'GIF, frames': edits => new Uint8Array(altered(GIF, edits.slice(0, 2), 60)),
  'WebP, frame': edits => new Uint8Array(altered(WEBP, edits, 30)),
}

const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 16 })
const reached: Record<string, number> = {}
after(() => {
  // Counted apart: a fuzz that no longer gets past the headers must say so.
  for (const [kind, count] of Object.entries(reached)) assert.ok(count >= 1, `${kind}: ${count} reached the decoder`)
})

for (const [kind, make] of Object.entries(MAKERS)) {
  test(`fuzz inside: ${kind}`, () => {
    reached[kind] = 0
    const property = fc.property(edits, some => {
      const effort = effortOf(() => {
        for (const { document, failure } of readBytes('x', make(some))) {
          assert.equal(typeof (document?.text ?? ''), 'string')
          if (document !== null && failure === null) reached[kind]!++
        }
      })
      assert.ok(effort < 40_000, 'longer than its limit')
    })
    // By number, not by time: a busy machine would try fewer. A GIF takes eighty milliseconds.
    fc.assert(property, { numRuns: kind === 'GIF, frames' ? 40 : 150 })
  })
}

test('what is fuzzed is read where nothing is altered', () => {
  for (const make of Object.values(MAKERS)) assert.notEqual([...readBytes('x', make([]))][0]!.document, null)
})
