import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { decode, encode as encodePng } from 'fast-png'
import { encode } from 'jpeg-js'
import { wears } from '../../../test/world/degrade.ts'
import { asRead, find } from '../../mention/mention.ts'
import { type Entry, findLanguageData, readBytes, setLanguageData } from '../capture.ts'

/** A poster of our own making, Arabic and Latin, with two published addresses. */
const POSTER = new Uint8Array(readFileSync(resolve(import.meta.dirname, '../../../test/corpus/picture/poster.png')))
const BITCOIN = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
const TRON = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'

const data = findLanguageData(null)
const skip =
  data?.languages.length === 2 ? false : 'Tesseract has no language data here (apt install tesseract-ocr-ara)'

function read(name: string, bytes: Uint8Array): Entry {
  setLanguageData(data)
  try {
    return [...readBytes(name, bytes)][0]!
  } finally {
    setLanguageData(null)
  }
}

const addresses = (text: string) =>
  find(text).mentions.flatMap(one => {
    const read = asRead(one)
    return read.kind === 'address' ? [`${read.address} ${read.certainty} ${read.repaired?.rule}`] : []
  })

test('words of a picture, Arabic and Latin, each line with its place; addresses never verbatim', { skip }, () => {
  const { document, notes } = read('poster.png', POSTER)
  assert.ok(document !== null)
  assert.match(document.text, /تبرعوا لإخوانكم في المخيمات/)
  assert.match(document.text, /@winter_aid/)
  assert.deepEqual(addresses(document.text), [`${BITCOIN} probable ocr`, `${TRON} probable ocr+lookalike`])
  assert.match(notes.join(), /lines of words were read by OCR/)
  for (const { role, area } of document.regions) {
    assert.equal(role, 'ocr')
    assert.ok(area !== undefined && area.page === 1 && area.x >= 0 && area.x + area.w <= 900 && area.y + area.h <= 520)
  }
})

test('a poster that went through many hands: what is found is on it, and half of it is found', { skip }, () => {
  const { data, width, height, channels } = decode(POSTER)
  const pixels = new Uint8Array(4 * width * height).fill(255)
  for (let i = 0; i < width * height; i++) for (let c = 0; c < 3; c++) pixels[4 * i + c] = data[channels * i + c]!
  const seen: string[] = []
  for (const { name, of } of wears.filter(one => WORN.includes(one.name))) {
    const worn = of({ data: pixels, width, height })
    const { document } = read(name, new Uint8Array(encodePng({ ...worn, channels: 4, depth: 8 })))
    const found = addresses(document!.text).filter(one => one.includes(' probable '))
    for (const one of found) assert.ok(one.startsWith(BITCOIN) || one.startsWith(TRON), `${name}: ${one}`)
    seen.push(...new Set(found.map(one => `${name}: ${one.split(' ')[0]}`)))
  }
  assert.ok(seen.length >= WORN.length, seen.join('\n'))
})

const WORN = ['JPEG 20', 'turned 3°', 'low contrast', 'half the size']

test('words of a scanned page of a PDF', { skip }, () => {
  const { document } = read('scan.pdf', scanned())
  assert.ok(document !== null)
  assert.ok(document.regions.every(({ role, area }) => role === 'ocr' && area?.page === 1))
  assert.ok(
    addresses(document.text).some(one => one.startsWith(BITCOIN)),
    document.text,
  )
})

test('without language data, or switched off, words are not read, and it says so', () => {
  assert.equal(findLanguageData('/nowhere'), null)
  const [entry] = [...readBytes('poster.png', POSTER)]
  assert.equal(entry!.document?.text, '')
  assert.match(entry!.notes.join(), /its words are not read/)
})

test('a picture that is cut off is a note', { skip }, () => {
  const entry = read('cut.png', POSTER.slice(0, 9000))
  assert.equal(entry.failure, null)
  assert.ok(entry.notes.length > 0)
})

/** One page that is one picture, as a scanner makes it. */
function scanned(): Uint8Array {
  const { data, width, height, channels } = decode(POSTER)
  const pixels = Buffer.alloc(4 * width * height, 255)
  for (let i = 0; i < width * height; i++) for (let c = 0; c < 3; c++) pixels[4 * i + c] = data[channels * i + c]!
  const picture = Buffer.from(encode({ data: pixels, width, height }, 90).data)
  const form = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceRGB/BitsPerComponent 8`
  const paint = `q ${width} 0 0 ${height} 0 0 cm /P Do Q`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>>>`,
    `<</Length ${paint.length}>>\nstream\n${paint}\nendstream`,
  ]
  const parts = [Buffer.from('%PDF-1.4\n')]
  for (const [index, object] of objects.entries()) parts.push(Buffer.from(`${index + 1} 0 obj\n${object}\nendobj\n`))
  parts.push(Buffer.from(`5 0 obj\n<<${form}/Filter/DCTDecode/Length ${picture.length}>>\nstream\n`), picture)
  parts.push(Buffer.from('\nendstream\nendobj\ntrailer<</Size 6/Root 1 0 R>>\n%%EOF\n'))
  return new Uint8Array(Buffer.concat(parts))
}
