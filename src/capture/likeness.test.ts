import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { encode as encodePng } from 'fast-png'
import { encode as encodeJpeg } from 'jpeg-js'
import { fixedClock } from '../std/clock.ts'
import { seededRandom } from '../std/random.ts'
import { openWriter } from '../store/store.ts'
import * as Capture from './capture.ts'

const SOURCE = { sourceUrl: null, postedAt: null, campaign: null, collector: 'tester' }

/** A poster of blocks, in any size. */
function poster(seed: number, size: number): { width: number; height: number; data: Buffer } {
  const random = seededRandom(seed)
  const cells = Array.from({ length: 64 }, () => random.below(256))
  const data = Buffer.alloc(4 * size * size, 255)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const grey = cells[Math.floor((8 * y) / size) * 8 + Math.floor((8 * x) / size)]!
      data.fill(grey, 4 * (y * size + x), 4 * (y * size + x) + 3)
    }
  }
  return { width: size, height: size, data }
}

test('near-duplicates are linked and never merged: the same poster in another size and format,', () => {
  const directory = mkdtempSync(join(tmpdir(), 'athar-alike-'))
  const store = openWriter(directory)
  const add = (name: string, bytes: Uint8Array): string => {
    const [entry] = [...Capture.readBytes(name, new Uint8Array(bytes))]
    const { capture } = Capture.seal(store, entry!, SOURCE, fixedClock(1))
    Capture.remember(store, entry!)
    return capture.sha256
  }
  const png = (seed: number, size: number) => encodePng({ ...poster(seed, size), channels: 4, depth: 8 })
  const first = add('a.png', png(1, 320))
  const smaller = add('b.png', png(1, 200))
  const jpeg = add('c.jpg', encodeJpeg(poster(1, 256), 60).data)
  const other = add('d.png', png(2, 320))
  assert.deepEqual(
    Capture.alike(store, first)
      .map(one => one.sha256)
      .sort(),
    [smaller, jpeg].sort(),
  )
  assert.deepEqual(Capture.alike(store, other), [])

  const words =
    'تبرعوا الآن لدعم إخوانكم في الشتاء القادم عبر العملات الرقمية فقط ولا تنسوا الدعاء لهم جميعا وانشروا هذه الرسالة'
  const post = add('a.txt', Buffer.from(words))
  const edited = add('b.txt', Buffer.from(`${words} بارك الله فيكم`))
  const foreign = add(
    'c.txt',
    Buffer.from('another text with quite enough words in it to be given a mark of its own here'),
  )
  const [near] = Capture.alike(store, post)
  assert.deepEqual([near!.sha256, near!.kind, near!.otherMember], [edited, 'text', 'b.txt'])
  assert.ok(near!.similarity > 0.6 && near!.similarity < 1)
  assert.deepEqual(Capture.alike(store, foreign), [])
  assert.equal(Capture.list(store).length, 7)

  // Marks are derived: an erasure takes them.
  Capture.erase(store, edited, { authority: 'Court', reason: 'test', by: 'tester' }, fixedClock(1))
  assert.deepEqual(Capture.alike(store, post), [])
  store.close()
  rmSync(directory, { recursive: true })
})
