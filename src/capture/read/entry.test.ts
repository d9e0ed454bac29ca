import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { type Entry, readBytes, readPath } from './entry.ts'

const ADDRESS = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'

const read = (bytes: Uint8Array | string, name = 'post') => [
  ...readBytes(name, typeof bytes === 'string' ? Buffer.from(bytes) : bytes),
]
const only = (bytes: Uint8Array | string): Entry => {
  const entries = read(bytes)
  assert.equal(entries.length, 1)
  return entries[0]!
}
const names = (entries: readonly Entry[]) => entries.map(entry => entry.failure?.name ?? entry.mediaType)

/** Windows-1256 of letters that the test uses (Microsoft's table). */
function windows1256(text: string): Buffer {
  const decoder = new TextDecoder('windows-1256')
  const table = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
  return Buffer.from([...text].map(letter => table.get(letter)!))
}

test('encodings: each text is read, and each span leads back to its bytes', () => {
  const text = `العنوان للتبرع ${ADDRESS} شكرا`
  const bigEndian = Buffer.from(text, 'utf16le').swap16()
  const forms: [string, Uint8Array][] = [
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', bigEndian],
    ['windows-1256', windows1256(text)],
  ]
  for (const [encoding, bytes] of forms) {
    const { document, encoding: found } = only(bytes)
    assert.equal(found, encoding)
    assert.equal(document?.text, text, `${encoding}, without its mark`)
    const at = text.indexOf(ADDRESS)
    const span = Buffer.from(bytes).subarray(document.byteOf(at)!, document.byteOf(at + ADDRESS.length)!)
    const plain =
      encoding === 'utf-16be'
        ? Buffer.from(span).swap16().toString('utf16le')
        : span.toString(encoding === 'utf-16le' ? 'utf16le' : 'latin1')
    assert.equal(plain, ADDRESS)
  }
})

test('byte positions of UTF-8 are those of the encoder, at every character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3000 }), fc.nat(), (text, seed) => {
      const well = text.toWellFormed()
      const { document } = only(Buffer.from(`ا${well}`))
      if (document === null || document.text !== `ا${well}`) return
      const at = seed % document.text.length
      if (document.text.charCodeAt(at) >> 10 === 0x37) return
      assert.equal(document.byteOf(at), Buffer.byteLength(document.text.slice(0, at)))
    }),
    { numRuns: 200 },
  )
})

test('HTML: visible words, attributes after them, scripts never; exact bytes where the source has them', () => {
  const html =
    `<html lang="ar"><head><title>ت &amp; ب</title><script>x("${ADDRESS}")</script></head><body><p>سطر ${ADDRESS}<br>` +
    `a&amp;b</p><p hidden>h</p><a href="https://t.me/x">قناة</a><img onerror="${ADDRESS}" src=x></body></html>`
  const { document, mediaType, notes } = only(html)
  assert.equal(mediaType, 'text/html')
  assert.equal(document?.title, 'ت & ب')
  assert.equal(document.declaredLanguage, 'ar')
  assert.equal(document.text, `سطر ${ADDRESS}\na&b\nh\nقناة\nhttps://t.me/x\n${ADDRESS}\n`)
  assert.deepEqual(
    document.regions.map(({ role, start, end }) => [role, document.text.slice(start, end).trim()]),
    [
      ['hidden', 'h'],
      ['attribute', 'https://t.me/x'],
      ['attribute', ADDRESS],
    ],
  )
  const start = document.text.indexOf(ADDRESS)
  const [from, to] = document.bytesOf(start, start + ADDRESS.length)!
  assert.equal(Buffer.from(html).subarray(from, to).toString(), ADDRESS)
  assert.equal(document.byteOf(document.text.lastIndexOf(ADDRESS)), null)
  assert.ok(notes.includes('1 scripts were neither run nor read.'))
})

test('HTML: letters of one word in several elements are one word, and no one span of bytes', () => {
  const html = `<p>x <b>${ADDRESS.slice(0, 9)}</b><i>${ADDRESS.slice(9)}</i><b>y</b></p>`
  const { document } = only(html)
  assert.equal(document?.text, `x ${ADDRESS}y`)
  assert.equal(document.bytesOf(2, 36), null)
  assert.deepEqual(document.bytesOf(2, 11), [8, 17])
})

test('HTML: a page nested without end is read to its end, at once', () => {
  const deep = `<html><body>${'<div>'.repeat(200_000)}<br>${'<b><i><p>'.repeat(1000)}<p>${ADDRESS}`
  const { document, notes } = only(deep)
  assert.equal(document!.text.trim(), ADDRESS)
  const at = document!.text.indexOf(ADDRESS)
  assert.deepEqual(document!.bytesOf(at, at + ADDRESS.length), [deep.indexOf(ADDRESS), deep.length])
  assert.deepEqual(notes, ['Elements nest deeper than 512; all were taken as closed there.'])
  // As deep as Chromium goes is not too deep: what closes still closes.
  const fair = only(`${'<div>'.repeat(400)}<p hidden>h</p>${'</div>'.repeat(400)}<p>${ADDRESS}`)
  assert.deepEqual([fair.notes, fair.document!.regions.map(region => region.role)], [[], ['hidden']])
})

test('Telegram JSON: text as string or pieces, zone only where unix time is, links kept aside', () => {
  const messages = [
    { id: 1, type: 'message', date: '2021-11-07T13:33:00', from: 'A', text: 'hello' },
    {
      ...{
        id: 2,
        type: 'message',
        date: '2021-11-07T13:34:00',
        date_unixtime: '1636281240',
        from: 'B',
        forwarded_from: 'C',
      },
      text: ['to ', { type: 'code', text: ADDRESS }, { type: 'text_link', text: 'here', href: 'https://t.me/y' }],
    },
    { id: 3, type: 'service', date: '2021-11-07T13:35:00', text: '' },
  ]
  const { document, notes } = only(JSON.stringify({ name: 'channel', type: 'public_channel', messages }))
  assert.equal(document?.title, 'channel')
  assert.equal(document.text, `hello\n\nto ${ADDRESS}here\n${ADDRESS}\nhttps://t.me/y\n\n`)
  assert.deepEqual(
    document.messages.map(({ id, from, postedAt, zone, forwardedFrom, start }) => [
      id,
      from,
      postedAt,
      zone,
      forwardedFrom,
      start,
    ]),
    [
      ['1', 'A', null, 'unknown', null, 0],
      ['2', 'B', 1_636_281_240, 'utc', 'C', 7],
    ],
  )
  assert.deepEqual(notes, ['1 messages have a local time only; their zone is unknown.'])
})

test('a whole account: chats are read, personal parts are named and set apart', () => {
  const chat = { name: 'c', messages: [{ id: 1, date: '2021-01-01T00:00:00', text: 'hi' }] }
  const contacts = { list: [{ phone_number: '+90 532 123 45 67' }] }
  const { document, notes } = only(JSON.stringify({ contacts, chats: { list: [chat, chat] } }))
  assert.equal(document?.text.includes('+90'), false)
  assert.equal(document?.messages.length, 2)
  assert.equal(notes[0], 'The personal part "contacts" was set apart: not shown and not searched unless asked for.')
})

test('Telegram HTML: sender, time with its zone', () => {
  const page = (time: string) =>
    `<!DOCTYPE html><html><body><div class="message default clearfix" id="message12"><div class="body">` +
    `<div class="pull_right date details" title="${time}">13:33</div><div class="from_name"> Chan </div>` +
    `<div class="text">send ${ADDRESS}</div></div></div></body></html>`
  const [message] = only(page('07.11.2021 13:33:00 UTC+03:00')).document!.messages
  assert.deepEqual([message?.id, message?.from, message?.postedAt, message?.zone], ['12', 'Chan', 1_636_281_180, 'utc'])
  const [local] = only(page('07.11.2021 13:33:00')).document!.messages
  assert.deepEqual([local?.postedAt, local?.postedLocal, local?.zone], [null, '2021-11-07T13:33:00', 'unknown'])
})

test('archives: members by their place, names are labels, archives in archives', () => {
  const inner = zipSync({ 'b.txt': strToU8(ADDRESS), '../../x.txt': strToU8('x') })
  const entries = read(zipSync({ 'a.zip': inner, 'empty.txt': strToU8('') }), 'post.zip')
  assert.deepEqual(
    entries.map(entry => [entry.path, entry.failure?.name ?? entry.mediaType]),
    [
      ['post.zip', 'application/zip'],
      ['post.zip!/a.zip', 'application/zip'],
      ['post.zip!/a.zip!/b.txt', 'text/plain'],
      ['post.zip!/a.zip!/../../x.txt', 'text/plain'],
      ['post.zip!/empty.txt', 'Capture.Empty'],
    ],
  )
  assert.deepEqual(entries[3]!.notes, ['The name points outside of its archive; it is used as a label only.'])
  assert.equal(entries[2]!.container?.sha256, entries[1]!.sha256)
})

test('a zip bomb is refused by what it declares, by its ratio, by its depth and when it lies', () => {
  const zeros = zipSync({ x: new Uint8Array(40 * 2 ** 20) })
  assert.deepEqual(names(read(zeros)), ['Archive.TooLarge'])
  const huge = Buffer.from(zipSync({ x: strToU8('x'.repeat(100)) }))
  const central = huge.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  huge.writeUInt32LE(0xf000_0000, central + 24)
  assert.match(only(huge).failure!.message, /one member unpacks to 4026531840 bytes; the limit is 536870912/)
  const lying = Buffer.from(zipSync({ x: strToU8('x'.repeat(5000)) }))
  lying.writeUInt32LE(10, lying.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24)
  assert.deepEqual(names(read(lying)), ['application/zip', 'Archive.Damaged'])
  let deep = zipSync({ x: strToU8('x') })
  for (let i = 0; i < 4; i++) deep = zipSync({ 'a.zip': deep })
  assert.equal(names(read(deep)).at(-1), 'Archive.TooDeep')
})

test('damaged archives fail by name wherever they are cut or changed, and never throw', () => {
  const whole = Buffer.from(zipSync({ 'a.txt': strToU8('hello hello hello'), 'b.txt': strToU8(ADDRESS) }))
  assert.deepEqual(names(read(whole.subarray(0, whole.length - 10))), ['Archive.Damaged'])
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
      const changed = Buffer.from(whole)
      changed[at] = byte
      read(changed)
    }),
    { numRuns: 300 },
  )
})

test('deep JSON is refused before it is parsed; broken JSON is read as text', () => {
  assert.equal(only('['.repeat(100_000)).failure?.name, 'Json.TooDeep')
  assert.equal(only(`{"a": "${'['.repeat(1000)}"}`).failure, null)
  const broken = only(`{"a": ${ADDRESS}`)
  assert.deepEqual(
    [broken.mediaType, broken.notes],
    ['text/plain', ['It begins like JSON but is none; read as plain text.']],
  )
})

test('what is no text says so', () => {
  assert.equal(only(Buffer.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)).mediaType, 'image/png')
  const stub = only(Buffer.from('%PDF-1.7'))
  assert.ok(stub.document === null && /^The PDF was not read: /.test(stub.notes[0]!))
  assert.equal(only(Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 7) % 256))).document, null)
})

test('paths: folders sorted, links not followed, missing and empty named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'athar-read-'))
  try {
    mkdirSync(join(folder, 'sub'))
    writeFileSync(join(folder, 'b.txt'), 'b')
    writeFileSync(join(folder, 'sub', 'a.txt'), 'a')
    writeFileSync(join(folder, 'zero'), '')
    symlinkSync('/', join(folder, 'root'))
    const found = [...readPath(folder)].map(entry => [entry.path.slice(folder.length), entry.failure?.name ?? 'read'])
    assert.deepEqual(found, [
      ['/b.txt', 'read'],
      ['/sub/a.txt', 'read'],
      ['/zero', 'Capture.Empty'],
    ])
    assert.deepEqual(names([...readPath(join(folder, 'none'))]), ['Capture.Missing'])
    mkdirSync(join(folder, 'empty'))
    assert.deepEqual(names([...readPath(join(folder, 'empty'))]), ['Capture.EmptyFolder'])
    assert.deepEqual(names([...readPath('/dev/null')]), ['Capture.NotAFile'])
    assert.deepEqual(names([...readPath('a\0b')]), ['Capture.Unreadable'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('whatever the bytes: no throw', () => {
  const head = fc.constantFrom(
    '',
    '<html>',
    '{"messages":[',
    '[',
    'PK\u0003\u0004',
    '<div class="message" id="message1">',
    '\ufeff',
  )
  fc.assert(
    fc.property(head, fc.uint8Array({ maxLength: 300 }), (start, bytes) => {
      for (const entry of read(Buffer.concat([Buffer.from(start), bytes]))) assert.ok(entry.path.startsWith('post'))
    }),
    { numRuns: 500 },
  )
})
