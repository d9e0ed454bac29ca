import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { find } from '../../mention/mention.ts'
import { seededRandom } from '../../std/random.ts'
import { readBytes } from './entry.ts'
import { positionsOf, stepAt } from './utf8.ts'

/** Published in a campaign's post (docs of the sample world). */
const ADDRESS = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
const TEXT = `العنوان للتبرع ${ADDRESS} شكرا لكم\n`
const UTF8 = Buffer.from(TEXT)
const LITTLE = Buffer.from(TEXT, 'utf16le')
const BIG = Buffer.from(LITTLE).swap16()
/** Windows-1256 of «تبرع لنا». */
const LINE_1256 = Buffer.of(0xca, 0xc8, 0xd1, 0xda, 0x20, 0xe1, 0xe4, 0xc7, 0x0a)

const noise = (length: number) => seededRandom(7).bytes(length)
const join = (...parts: (Uint8Array | string)[]) => Buffer.concat(parts.map(part => Buffer.from(part)))
const of = (...bytes: number[]) => Uint8Array.from(bytes)

/** Addresses with the bytes that their span leads to, zero bytes aside, and what was told. */
function look(bytes: Buffer): { found: string[]; encoding: string | null; notes: readonly string[] } {
  const entries = [...readBytes('post', bytes)]
  const found = entries.flatMap(({ document }) => {
    if (document === null) return []
    return find(document.text).mentions.flatMap(one => {
      if (one.kind !== 'address' || one.address !== ADDRESS || one.certainty !== 'found') return []
      const [from, to] = document.bytesOf(one.start, one.end)!
      return [bytes.subarray(from, to).toString('latin1').replaceAll('\0', '')]
    })
  })
  return { found, encoding: entries[0]!.encoding, notes: entries.flatMap(one => one.notes) }
}

const DISGUISED: readonly (readonly [string, Buffer, string])[] = [
  ['NUL after a word', join(UTF8.subarray(0, 15), of(0, 0, 0), UTF8.subarray(15)), 'utf-8'],
  ['three control characters a word', Buffer.from(TEXT.replaceAll(' ', ' \u0001\u0002\u0000')), 'utf-8'],
  ['NUL inside the address', Buffer.from(TEXT.replace('gq2', 'g\0q\u00002')), 'utf-8'],
  ['two NUL between all letters', Buffer.from([...`pay to ${ADDRESS} now`].join('\0\0')), 'utf-8'],
  ['four bytes a letter', Buffer.from([...`pay ${ADDRESS} now`].flatMap(one => [one.charCodeAt(0), 0, 0, 0])), 'utf-8'],
  ['the mark of UTF-16 before UTF-8', join(of(0xff, 0xfe), UTF8), 'utf-8'],
  ['the other mark before UTF-8', join(of(0xfe, 0xff), UTF8), 'utf-8'],
  ['the mark of UTF-16 before ASCII', join(of(0xff, 0xfe), `Donate  ${ADDRESS} now`), 'utf-8'],
  ['the wrong mark of UTF-16', join(of(0xff, 0xfe), BIG), 'utf-16be'],
  ['the mark of UTF-8 before UTF-16', join(of(0xef, 0xbb, 0xbf), LITTLE), 'utf-16le'],
  [
    'the mark of UTF-16 before Latin-1',
    join(of(0xff, 0xfe), Buffer.from(`für ${ADDRESS} größer`, 'latin1')),
    'windows-1252',
  ],
  ['UTF-8 before UTF-16', join('a text in letters of one byte: ', LITTLE), 'utf-16le'],
  ['Windows-1256 beside UTF-8', join(LINE_1256, UTF8, LINE_1256), 'utf-8'],
  ['noise around', join(noise(3000), ` ${ADDRESS} and more words`, noise(3000)), 'utf-8'],
  ['noise around UTF-16', join(noise(3001), LITTLE, noise(3000)), 'utf-16le'],
  ['the first bytes of another kind: zip', join(of(0x50, 0x4b, 3, 4), UTF8), 'utf-8'],
  ['gzip', join(of(0x1f, 0x8b), UTF8), 'utf-8'],
  ['PNG', join(of(0x89, 0x50, 0x4e, 0x47), UTF8), 'utf-8'],
  ['JPEG', join(of(0xff, 0xd8, 0xff), UTF8), 'utf-8'],
  ['PDF', join('%PDF- ', UTF8), 'utf-8'],
  ['bzip2', join('BZh9 ', UTF8), 'utf-8'],
]

for (const [name, bytes, expected] of DISGUISED) {
  test(`bytes that hide an address are seen through: ${name}`, () => {
    const { found, encoding, notes } = look(bytes)
    assert.deepEqual([found, encoding], [[ADDRESS], expected])
    if (!name.startsWith('UTF-8 before')) assert.notEqual(notes.length, 0, 'what was assumed is told')
  })
}

test('two encodings in one file: both are read', () => {
  assert.deepEqual(look(join(LITTLE, UTF8, BIG)).found, [ADDRESS, ADDRESS, ADDRESS])
  const { found, notes } = look(join(LITTLE, of(0xaa), LITTLE))
  assert.deepEqual(found, [ADDRESS, ADDRESS])
  assert.deepEqual(notes, [`Byte ${LITTLE.length} is half a character of UTF-16 and was not read.`])
})

test('UTF-16 of other scripts stays what it is', () => {
  for (const text of [
    '支援前線的兄弟們,請捐款。謝謝大家的幫助',
    '日本語のテキストです。ありがとう',
    'Поддержи 😀 нас',
    'תרמו לנו',
  ]) {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
    const [entry] = [...readBytes('post', bytes)]
    assert.deepEqual([entry!.document?.text, entry!.encoding], [text, 'utf-16le'])
  }
})

test('broken UTF-8 is read with a note that says where, and its positions are those of the bytes', () => {
  const bytes = Buffer.concat([Buffer.from('عنوان '), Buffer.of(0xff), Buffer.from(ADDRESS)])
  const [entry] = [...readBytes('post', bytes)]
  assert.deepEqual(entry!.notes, ['1 bytes are not valid UTF-8 (the first at byte 11) and stand as U+FFFD.'])
  assert.deepEqual(look(bytes).found, [ADDRESS])
})

test('positions in UTF-8, broken or not, are those of the decoder', () => {
  const pieces = fc.constantFrom('a', 'ع', '😀', '\ufffd', '\0')
  const part = fc.oneof(
    pieces.map(one => Buffer.from(one)),
    fc.uint8Array({ maxLength: 4 }),
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 60 }), fc.nat({ max: 1100 }), (parts, before) => {
      const bytes = Buffer.concat([Buffer.from('x'.repeat(before)), ...parts])
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
      const positionOf = positionsOf(bytes)
      let at = 0
      for (let unit = 0; unit < text.length; unit++) {
        const isPair = (text.charCodeAt(unit) & 0xfc00) === 0xd800
        assert.equal(positionOf(unit), at)
        if (isPair) assert.equal(positionOf(++unit), at + 2)
        at += Math.abs(stepAt(bytes, at))
      }
      assert.deepEqual([at, positionOf(text.length), positionOf(text.length + 1)], [bytes.length, at, null])
    }),
    { numRuns: 400 },
  )
})

test('what changes its encoding at every letter is read in time that grows with it', () => {
  const bytes = Buffer.concat(
    Array.from({ length: 100_000 }, (_, i) => (i % 2 === 0 ? LITTLE.subarray(0, 12) : LINE_1256)),
  )
  const [entry] = [...readBytes('post', join(bytes, ADDRESS))]
  assert.ok(entry!.document!.text.includes(ADDRESS))
})

test('a container that breaks off, or lies about a length, hides nothing after it', () => {
  const head = 'WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: https://a.example/\r\nContent-Type: text/plain\r\n'
  for (const length of ['99999999999', '-5', 'abc', '0']) {
    assert.equal(look(join(`${head}Content-Length: ${length}\r\n\r\n`, UTF8)).found.length, 1, length)
  }
  const tar = Buffer.alloc(512)
  tar.write('a.txt')
  tar.write('77777777777\0', 124)
  tar.write('ustar\u000000', 257)
  const sum = tar.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0)
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  assert.equal(look(join(tar, UTF8)).found.length, 1)
  assert.deepEqual(look(Buffer.from(`${'['.repeat(300)}"${ADDRESS}"`)).found, [ADDRESS], 'JSON nested too deep')
})
