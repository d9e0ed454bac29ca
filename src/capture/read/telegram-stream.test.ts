import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { writeExport } from '../../../bench/telegram-export.ts'
import { fixedClock } from '../../std/clock.ts'
import { openWriter } from '../../store/store.ts'
import * as Capture from '../capture.ts'
import { readBytes } from './entry.ts'
import { chunksOf } from './telegram-stream.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-stream-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function* cut(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** The same export read at once and in pieces of any size says the same. */
function readBoth(bytes: Uint8Array, size: number) {
  const whole = [...readBytes('x', bytes)][0]!.document!
  const chunks = [...chunksOf(cut(bytes, size))]
  return { whole, chunks, text: chunks.map(one => one.document.text).join('') }
}

test('an export in pieces of any size says what it says as a whole', () => {
  const path = join(folder, 'small.json')
  writeExport(path, 20_000)
  const bytes = new Uint8Array(readFileSync(path))
  for (const size of [1, 7, 100, 4096, bytes.length]) {
    const { whole, chunks, text } = readBoth(bytes, size)
    assert.equal(text, whole.text)
    assert.deepEqual(
      chunks.flatMap(one => one.document.messages),
      whole.messages,
    )
    assert.equal(chunks.at(-1)!.document.title, 'قناة الشتاء')
    assert.equal(chunks.at(-1)!.done, bytes.length)
  }
})

test('a whole account in pieces: chats are read, personal parts set apart, followers kept', () => {
  const account = {
    about: 'x',
    contacts: { list: [{ first_name: 'Sara "S" \\', phone_number: '0599123456' }] },
    chats: {
      about: 'y',
      list: [
        { name: 'a', type: 'public_channel', id: 1, members_count: 7, messages: [{ id: 1, date: 'd', text: 'one' }] },
        { name: 'b', type: 'x', id: 2, messages: [{ id: 2, date: 'd', text: ['two ', { type: 'code', text: '{[' }] }] },
      ],
    },
  }
  const bytes = Buffer.from(JSON.stringify(account, null, 1))
  for (const size of [1, 13, 10_000]) {
    const { whole, chunks, text } = readBoth(bytes, size)
    assert.equal(text, whole.text)
    assert.ok(!text.includes('Sara'))
    assert.deepEqual(
      chunks.flatMap(one => one.document.counts ?? []),
      [{ what: 'members_count', raw: '7', value: 7 }],
    )
    assert.ok(chunks[0]!.document.apart!.includes('Sara "S" \\'))
  }
})

test('an export that is cut off or altered anywhere: what is whole is read, nothing throws', () => {
  const path = join(folder, 'damaged.json')
  writeExport(path, 6000)
  const bytes = new Uint8Array(readFileSync(path))
  const cutOff = [...chunksOf(cut(bytes.subarray(0, bytes.length - 500), 1000))]
  assert.ok(cutOff.flatMap(one => one.document.messages).length > 3)
  assert.ok(cutOff.at(-1)!.document.notes.some(note => note.includes('cut off')))
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 6 }),
      fc.nat(2000),
      (edits, size) => {
        const changed = Uint8Array.from(bytes)
        for (const [at, byte] of edits) changed[at] = byte
        for (const { document } of chunksOf(cut(changed, size + 1))) assert.equal(typeof document.text, 'string')
      },
    ),
    { numRuns: 200 },
  )
})

test('sealing a long export stops between pieces and goes on where it stopped', () => {
  const path = join(folder, 'long.json')
  const { bytes } = writeExport(path, 40_000_000)
  const store = openWriter(join(folder, 'data'))
  const [entry] = [...Capture.readPath(path)]
  assert.ok(entry!.long !== undefined && entry!.bytes === null)
  const source = { sourceUrl: null, postedAt: null, campaign: null, collector: 'tester' }
  const sealUpTo = (limit: number, seen: number[]) => {
    const onPiece = (done: number) => {
      seen.push(done)
      if (done >= limit) throw new Error('stopped')
    }
    const long = { ...entry!.long!, sha256: entry!.sha256!, onPiece }
    return Capture.sealPieces(store, entry!, long, source, fixedClock(1))
  }
  const seen: number[] = []
  assert.throws(() => sealUpTo(20_000_000, seen), /stopped/)
  assert.deepEqual([Capture.list(store).length, store.vault.keys().files().length], [0, 1])
  const { capture, isNew } = sealUpTo(Number.POSITIVE_INFINITY, [])
  assert.deepEqual([isNew, capture.bytes, store.vault.keys().files().length], [true, bytes, 1])
  assert.equal(Capture.verify(store, null, () => {}).ok, true)
  const [sealed] = [...Capture.readSealed(store, capture.sha256)]
  const messages = [...sealed!.long!.chunks()].reduce((sum, one) => sum + one.document.messages.length, 0)
  assert.ok(messages > 30_000)
  store.close()
})
