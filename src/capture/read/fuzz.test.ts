import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { effortOf } from '../../../test/effort.ts'
import { shared } from '../../../test/shared.ts'
import { readBytes } from './entry.ts'

// Whatever was altered in a file of any kind: nothing is thrown, and no file takes longer than its limit.

const ADDRESS = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
const HTML =
  `<html lang="ar"><body><div class="message" id="message1"><div class="text">${ADDRESS}</div>` + `</div></body></html>`
const CHAT = { name: 'c', type: 'x', id: 1, messages: [{ id: 1, date: 'd', date_unixtime: '1', text: [ADDRESS] }] }
const MAIL =
  `MIME-Version: 1.0\r\nFrom: a@b.c\r\nContent-Type: multipart/mixed; boundary="x` +
  `"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n${ADDRESS}\r\n--x--\r\n`
const WARC =
  `WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a/b\r\nContent-Length:` +
  ` ${ADDRESS.length}\r\n\r\n${ADDRESS}\r\n\r\n`
const WORD = zipSync({ 'word/document.xml': strToU8(`<?xml version="1.0"?><w:p><w:t>${ADDRESS}</w:t></w:p>`) })

/** Read in this thread: many trials. */
const QUICK: Readonly<Record<string, Uint8Array>> = {
  text: Buffer.from(`تبرعوا ${ADDRESS}`),
  'utf-16': Buffer.from(`\ufeffتبرعوا ${ADDRESS}`, 'utf16le'),
  html: Buffer.from(HTML),
  telegram: Buffer.from(JSON.stringify(CHAT)),
  x: Buffer.from(`window.YTD.tweets.part0 = [{"tweet":{"full_text":"${ADDRESS}"}}]`),
  facebook: Buffer.from(`[{"timestamp":1,"data":[{"post":"${ADDRESS}"}]}]`),
  whatsapp: Buffer.from(`21/11/2026, 10:11 - A: ${ADDRESS}\n21/11/2026, 10:12 - B: x\n`),
  mail: Buffer.from(MAIL),
  word: WORD,
  zip: zipSync({ 'a.txt': strToU8(ADDRESS), 'b.zip': zipSync({ 'c.html': strToU8(HTML) }) }),
  warc: Buffer.from(WARC),
  gzip: gzipSync(WARC),
}

/** Altered, cut, or with a piece said twice. */
function mutate(
  bytes: Uint8Array,
  edits: readonly (readonly [number, number])[],
  cut: number,
  twice: number,
): Uint8Array {
  const changed = Buffer.from(bytes)
  for (const [at, byte] of edits) changed[at % changed.length] = byte
  const piece = changed.subarray(twice % changed.length, (twice % changed.length) + 64)
  return new Uint8Array(Buffer.concat([changed.subarray(0, changed.length - (cut % changed.length)), piece]))
}

const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 12 })

function readAll(bytes: Uint8Array, secondsMax: number): void {
  const effort = effortOf(() => {
    for (const entry of readBytes('x', bytes)) {
      assert.ok(entry.path.startsWith('x'))
      assert.equal(typeof (entry.document?.text ?? ''), 'string')
    }
  })
  assert.ok(effort < secondsMax * 1000, `${effort} ms`)
}

for (const [kind, bytes] of Object.entries(QUICK)) {
  test(`fuzz: ${kind}`, () => {
    const property = fc.property(edits, fc.nat(40), fc.nat(), (some, cut, twice) =>
      readAll(mutate(bytes, some, cut, twice), 5),
    )
    fc.assert(property, { numRuns: 150 })
  })
}

/** Read by foreign decoders in a thread of their own, which may die and does not take us with it. */
const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n' +
    `4 0 obj<</Length 60>>stream\nBT /F 12 Tf 10 100 Td (${ADDRESS}) Tj ET\nendstream endobj\n` +
    '5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF',
)

test('fuzz: PDF, PNG, GIF, WebP', () => {
  const folder = shared('data/qr')
  const png = folder === undefined ? Buffer.from('89504e470d0a1a0a', 'hex') : readFileSync(join(folder, '1/input.png'))
  const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
  const webp = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64')
  const kinds = fc.constantFrom(PDF, png, gif, webp)
  fc.assert(
    fc.property(kinds, edits, fc.nat(40), fc.nat(), (bytes, some, cut, twice) =>
      readAll(mutate(bytes, some, cut, twice), 40),
    ),
    { numRuns: 40 },
  )
})
