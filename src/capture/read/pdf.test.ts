import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import { seededRandom } from '../../std/random.ts'
import { readBytes } from '../capture.ts'
import { linesOf, type Piece, runsOf } from './page-line.ts'

/** A PDF of one page with these lines, as PDF 1.7 (ISO 32000-1) writes the least of one. */
function pdfOf(lines: readonly string[]): Uint8Array {
  const painted = lines.map((line, i) => `BT /F1 12 Tf 40 ${700 - 20 * i} Td (${line}) Tj ET`).join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${painted.length} >>\nstream\n${painted}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>',
  ]
  let text = '%PDF-1.7\n'
  const places: number[] = []
  objects.forEach((object, i) => {
    places.push(text.length)
    text += `${i + 1} 0 obj\n${object}\nendobj\n`
  })
  const start = text.length
  const rows = places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  text += `xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

const ADDRESS = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
const piecesOf = (...texts: [string, number, number][]): Piece[] =>
  texts.map(([text, x, w]) => ({ text, x, w, y: 700, h: 10 }))
const read = (pieces: readonly Piece[]) =>
  linesOf(pieces).map(line =>
    runsOf(line)
      .map(run => run.text)
      .join(''),
  )

test('a PDF: its lines, and the place of each', () => {
  const [entry] = [...readBytes('a.pdf', pdfOf(['Send to', ADDRESS]))]
  assert.equal(entry!.mediaType, 'application/pdf')
  assert.equal(entry!.document?.text, `Send to\n${ADDRESS}\n`)
  const region = entry!.document!.regions.find(({ start }) => start === 8)
  assert.deepEqual([region?.role, region?.area?.page, region?.area?.x, region?.area?.y], ['page', 1, 40, 108])
})

test('Arabic as a browser paints it: shapes from left to right, brackets turned, addresses whole', () => {
  const painted = piecesOf(
    ['٢٠٢١', 0, 20],
    [' ', 20, 4],
    ['ﻢ', 24, 6],
    ['ﻜ', 30, 6],
    ['ﻴ', 36, 3],
    ['ﻓ', 39, 5],
    [' ', 44, 4],
    ['(', 48, 3],
    [ADDRESS, 51, 190],
    [')', 241, 3],
    [' ', 244, 4],
    ['رك', 248, 14],
    ['ﺎ', 262, 3],
    ['ﺑ', 265, 3],
  )
  assert.deepEqual(read(painted), [`بارك (${ADDRESS}) فيكم ٢٠٢١`])
  assert.deepEqual(read(piecesOf(['USD', 0, 20], ['25', 26, 10])), ['USD 25'])
})

test('a PDF that is cut off or damaged is a note or what is left of it, never a throw', () => {
  const whole = pdfOf(['Send to', ADDRESS])
  const random = seededRandom(3)
  for (let i = 0; i < 12; i++) {
    const broken = Uint8Array.from(whole)
    for (let change = 0; change < 20; change++) broken[5 + random.below(broken.length - 5)] = random.below(256)
    const [entry] = [
      ...readBytes('b.pdf', i % 2 === 0 ? broken : whole.subarray(0, 20 + random.below(whole.length - 20))),
    ]
    assert.equal(entry!.failure, null)
    assert.ok(entry!.document !== null || entry!.notes.length > 0)
  }
})

test('a code that the page draws as shapes is read, in its place in points', async () => {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm')
  const wasmBinary = new Uint8Array(readFileSync(path)).buffer as ArrayBuffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  const said = 'bitcoin:1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
  const { symbol } = await writeBarcode(said, { format: 'QRCode', withQuietZones: false })
  const { data, width, height } = symbol
  const dark = [...data].flatMap((value, i) =>
    value === 0 ? [`${i % width} ${height - 1 - Math.floor(i / width)} 1 1 re`] : [],
  )
  const paint = `q 0.1 0.2 0.1 rg 4 0 0 4 100 400 cm\n${dark.join('\n')}\nf Q`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>',
    `<</Length ${paint.length}>>\nstream\n${paint}\nendstream`,
  ].map((object, i) => `${i + 1} 0 obj\n${object}\nendobj\n`)
  const bytes = Buffer.from(`%PDF-1.4\n${objects.join('')}trailer<</Size 5/Root 1 0 R>>\n%%EOF\n`)
  const document = [...readBytes('drawn.pdf', new Uint8Array(bytes))][0]!.document
  const [region] = document?.regions ?? []
  assert.ok(document !== null && document !== undefined && region?.area !== undefined)
  assert.equal(document.text.slice(region.start, region.end), said)
  const { x, y, w, page } = region.area
  assert.ok(
    page === 1 && Math.abs(x - 100) < 3 && Math.abs(y - (842 - 400 - 4 * height)) < 3 && Math.abs(w - 4 * width) < 6,
  )
})
