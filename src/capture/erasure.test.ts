import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { fixedClock } from '../std/clock.ts'
import { sha256Hex } from '../std/digest.ts'
import { openFiles } from '../store/files.ts'
import { openReader, openWriter, type Store } from '../store/store.ts'
import * as Capture from './capture.ts'
import * as Custody from './custody.ts'
import * as Table from './table.ts'

const clock = fixedClock(1_700_000_000)
const SOURCE: Capture.Source = { sourceUrl: null, postedAt: null, campaign: null, collector: 'tester' }
const ORDER = { authority: 'Court of First Instance, order 12/2026', reason: 'erasure of personal data', by: 'tester' }
const SECRET = 'Umm Khalid of Street Nine, call 0599123456 after the prayer'

function folder(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'athar-erase-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

function sealAll(store: Store, path: string, bytes: Uint8Array): Capture.Capture[] {
  return [...Capture.readBytes(path, bytes)].map(entry => Capture.seal(store, entry, SOURCE, clock).capture)
}

/** Forms in which a text may still lie in a file: two encodings, base64 at its three offsets, hex, packed. */
function holds(directory: string, text: string): string[] {
  const plain = [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()]
  const coded = [0, 1, 2].map(shift => {
    const base64 = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).toString('base64')
    return Buffer.from(base64.slice(4, -4))
  })
  const needles = [...plain, ...coded, Buffer.from(Buffer.from(text).toString('hex'))]
  const found: string[] = []
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const path = join(directory, name)
    let bytes: Buffer
    try {
      bytes = readFileSync(path)
    } catch {
      continue
    }
    const forms = [bytes, ...unpacked(bytes)]
    if (forms.some(form => needles.some(needle => form.includes(needle)))) found.push(name)
  }
  return found.sort()
}

/** Whatever unpacks, from each place where a packed stream may begin (Zstandard, gzip, zlib, ZIP member). */
function unpacked(bytes: Buffer): Buffer[] {
  const all: Buffer[] = []
  const attempt = (work: () => Buffer) => {
    try {
      all.push(work())
    } catch {
      // Not one: as it should be.
    }
  }
  for (let at = 0; at < Math.min(bytes.length, 1 << 20); at++) {
    const head = bytes.readUInt16BE(Math.min(at, Math.max(0, bytes.length - 2)))
    if (head === 0x28b5) attempt(() => zstdDecompressSync(bytes.subarray(at)))
    if (head === 0x1f8b) attempt(() => gunzipSync(bytes.subarray(at)))
    if (head === 0x789c) attempt(() => inflateSync(bytes.subarray(at)))
    if (head === 0x504b && bytes.length > at + 30) {
      const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
      attempt(() => inflateRawSync(bytes.subarray(start)))
    }
  }
  return all
}

test('what is sealed lies enciphered: no form of the text is in the data folder even before an erasure', () => {
  using place = folder()
  const store = openWriter(place.path)
  sealAll(store, 'post.txt', Buffer.from(SECRET.repeat(50)))
  assert.deepEqual(holds(place.path, SECRET), [])
  // The search for it can find it: a file in the clear, packed or coded, is named.
  openFiles(join(place.path, 'clear')).put(Buffer.from(SECRET.repeat(50)))
  writeFileSync(join(place.path, 'base64.txt'), Buffer.from(`x${SECRET}`).toString('base64'))
  assert.equal(holds(place.path, SECRET).length, 2)
  store.close()
})

test('an erasure takes the archive above and the members below, leaves tombstones, and verify', () => {
  using place = folder()
  const store = openWriter(place.path)
  const zip = zipSync({ 'a.txt': strToU8(SECRET), 'b.txt': strToU8('another text altogether') })
  const [archive, a, b] = sealAll(store, 'export.zip', zip)
  const file = (
    store.database.prepare('SELECT file FROM capture_seal WHERE sha256 = ?').get(a!.sha256) as {
      file: string
    }
  ).file
  const done = Capture.erase(store, a!.sha256, ORDER, clock)
  assert.deepEqual(done.erased.map(one => one.sha256).sort(), [a!.sha256, archive!.sha256].sort())
  assert.deepEqual([done.logEmptied, done.copiesNotReached], [true, []])
  assert.equal(existsSync(store.vault.pathOf(file)), false)
  assert.equal(store.vault.keys().find(file), undefined)
  assert.throws(() => Capture.open(store, a!.sha256), { name: 'Capture.Withheld' })
  assert.equal(Capture.openUnlessWithheld(store, archive!.sha256), null)
  assert.equal(Buffer.from(Capture.open(store, b!.sha256)).toString(), 'another text altogether')
  const { ok, withheld, failures } = Capture.verify(store, null, () => {})
  assert.deepEqual([ok, failures], [true, []])
  assert.deepEqual(
    withheld.map(one => one.because),
    [a!.sha256, a!.sha256],
  )
  assert.match(withheld[0]!.commitment, /^[0-9a-f]{64}$/)
  // The same bytes do not come in again by the back door.
  const again = [...Capture.readBytes('again.txt', Buffer.from(SECRET))][0]!
  assert.throws(() => Capture.seal(store, again, SOURCE, clock), { name: 'Capture.Withheld' })
  store.close()
  assert.deepEqual(holds(place.path, SECRET), [])
})

test('erasing an archive takes the members that came from it alone', () => {
  using place = folder()
  const store = openWriter(place.path)
  const [archive, a, b] = sealAll(store, 'x.zip', zipSync({ 'a.txt': strToU8(SECRET), 'b.txt': strToU8('kept text') }))
  sealAll(store, 'b.txt', Buffer.from('kept text'))
  const { erased } = Capture.erase(store, archive!.sha256, ORDER, clock)
  assert.deepEqual(erased.map(one => one.sha256).sort(), [archive!.sha256, a!.sha256].sort())
  assert.equal(Capture.show(store, b!.sha256).withheld, null)
  store.close()
})

test('words that claims quote go too; a claim about something else keeps its own', () => {
  using place = folder()
  const store = openWriter(place.path)
  const [post] = sealAll(store, 'post.txt', Buffer.from(`he said: ${SECRET}`))
  const claim = (id: string, words: string, sha256: string | null) =>
    store.database
      .prepare('INSERT INTO claim (id, content, known_at, added_by) VALUES (?, ?, 1, ?)')
      .run(id, JSON.stringify({ words, capture: sha256 === null ? null : { sha256, start: 0, end: 1 } }), 'tester')
  claim('cites', 'short', post!.sha256)
  claim('quotes', SECRET, null)
  claim('other', 'of another matter', null)
  assert.equal(Capture.erase(store, post!.sha256, ORDER, clock).claims, 2)
  const rows = store.database.prepare(`SELECT id, json_extract(content, '$.words') AS words FROM claim`).all()
  assert.deepEqual(
    rows.map(row => ({ ...row })),
    [
      { id: 'cites', words: '[withheld]' },
      { id: 'quotes', words: '[withheld]' },
      { id: 'other', words: 'of another matter' },
    ],
  )
  assert.throws(() => store.database.exec('UPDATE claim SET content = 1'), /append-only/)
  store.close()
  assert.deepEqual(holds(place.path, SECRET), [])
})

test('a hold blocks the erasure of the capture and of the archive that holds it, until its authority lifts it', () => {
  using place = folder()
  const store = openWriter(place.path)
  const [archive, a] = sealAll(store, 'x.zip', zipSync({ 'a.txt': strToU8(SECRET) }))
  const prosecutor = { authority: 'Prosecutor', reason: 'trial 7/2026', by: 'tester' }
  Capture.hold(store, a!.sha256, 'hold', prosecutor, clock)
  for (const sha256 of [a!.sha256, archive!.sha256]) {
    assert.throws(() => Capture.erase(store, sha256, ORDER, clock), { name: 'Capture.Held' })
  }
  Capture.hold(store, a!.sha256, 'hold', { ...prosecutor, authority: 'Second court' }, clock)
  Capture.hold(store, a!.sha256, 'release', prosecutor, clock)
  assert.throws(() => Capture.erase(store, a!.sha256, ORDER, clock), { name: 'Capture.Held' })
  Capture.hold(store, a!.sha256, 'release', { ...prosecutor, authority: 'Second court' }, clock)
  assert.throws(() => Capture.hold(store, a!.sha256, 'release', prosecutor, clock), { name: 'Capture.NoHold' })
  assert.throws(() => Capture.erase(store, a!.sha256, { ...ORDER, reason: ' ' }, clock), {
    name: 'Capture.NoAuthority',
  })
  assert.equal(Capture.erase(store, a!.sha256, ORDER, clock).erased.length, 2)
  assert.equal(Capture.verify(store, null, () => {}).ok, true)
  store.close()
})

test('an erasure that was cut off after its tombstone is finished when the data is next opened', () => {
  using place = folder()
  const store = openWriter(place.path)
  const [post] = sealAll(store, 'post.txt', Buffer.from(SECRET))
  const { file, commitment } = store.database.prepare('SELECT file, commitment FROM capture_seal').get() as {
    file: string
    commitment: string
  }
  store.database
    .prepare('INSERT INTO capture_tombstone VALUES (?, ?, ?, ?, ?, 1, ?)')
    .run(post!.sha256, commitment, 'Court', 'order', 'tester', post!.sha256)
  store.close()
  const again = openWriter(place.path)
  assert.equal(again.vault.keys().find(file), undefined)
  assert.equal(existsSync(again.vault.pathOf(file)), false)
  again.close()
})

test('captures that an older version sealed in the clear come under keys when the data is next written', () => {
  using place = folder()
  const store = openWriter(place.path)
  const [post] = sealAll(store, 'post.txt', Buffer.from(SECRET))
  const { file } = store.database.prepare('SELECT file FROM capture_seal').get() as { file: string }
  store.database.exec('DROP TRIGGER capture_seal_no_delete; DELETE FROM capture_seal')
  store.database.exec('DROP TRIGGER custody_no_delete; DELETE FROM custody')
  const { action, at, by, tool, detail } = post!.custody[0]!
  const { seal: _, encoding: __, commitment: ___, ...older } = JSON.parse(detail) as Record<string, unknown>
  const what = { sha256: post!.sha256, action, at, by, tool, detail: JSON.stringify(older) }
  Table.insertCustody(store, Custody.append(null, what))
  store.vault.remove(file)
  store.vault.keys().forget(file)
  store.files.put(Buffer.from(SECRET))
  store.close()
  const reader = openReader(place.path)
  assert.equal(Buffer.from(Capture.open(reader, post!.sha256)).toString(), SECRET)
  reader.close()
  const writer = openWriter(place.path)
  assert.equal(existsSync(writer.files.pathOf(post!.sha256)), false)
  assert.equal(Buffer.from(Capture.open(writer, post!.sha256)).toString(), SECRET)
  assert.equal(Capture.verify(writer, null, () => {}).ok, true)
  writer.close()
  assert.deepEqual(holds(place.path, SECRET), [])
})

test('verify finds every altered byte of an enciphered file, and a file cut off or grown', () => {
  using place = folder()
  const store = openWriter(place.path)
  const [post] = sealAll(store, 'post.txt', Buffer.from(SECRET))
  const { file } = store.database.prepare('SELECT file FROM capture_seal').get() as { file: string }
  const path = store.vault.pathOf(file)
  const whole = readFileSync(path)
  const fails = () => Capture.verify(store, post!.sha256, () => {}).failures.map(one => one.node)
  const named = [`captures/${post!.sha256}/file`]
  for (let at = 0; at < whole.length; at++) {
    const altered = Buffer.from(whole)
    altered[at]! ^= 1 << (at % 8)
    writeFileSync(path, altered)
    assert.deepEqual(fails(), named, `byte ${at} of ${whole.length}`)
  }
  for (const changed of [whole.subarray(0, -1), Buffer.concat([whole, Buffer.of(0)]), whole.subarray(0, 8)]) {
    writeFileSync(path, changed)
    assert.deepEqual(fails(), named)
  }
  writeFileSync(path, whole)
  assert.deepEqual(fails(), [])
  assert.equal(sha256Hex(Buffer.from(SECRET)), post!.sha256)
  store.close()
})
