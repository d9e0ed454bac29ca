import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readBytes } from '../../src/capture/capture.ts'
import { find, readingOf, solicitationOf } from '../../src/mention/mention.ts'
import { seededRandom } from '../../src/std/random.ts'
import { effortOf } from '../effort.ts'
import { posts } from './hostile.ts'

/** Of processor time for a text of a few kilobytes; the budget of readings holds it far below. */
const MILLISECONDS_MAX = 5000
const POSTS = posts(6, 77).map(post => post.text)

function look(text: string): void {
  const effort = effortOf(() => lookAt(text))
  assert.ok(effort < MILLISECONDS_MAX, `${effort} ms; ${find(text).notes}`)
}

function lookAt(text: string): void {
  const { mentions, rejected } = find(text)
  for (const { start, end, raw } of [...mentions, ...rejected]) {
    assert.ok(0 <= start && start < end && end <= text.length)
    assert.equal(text.slice(start, end), raw)
  }
  for (const { word, start, end } of solicitationOf(text, mentions).cues) assert.equal(text.slice(start, end), word)
  readingOf(text, { title: null, language: null })
}

test('mutated posts: cut, doubled, mixed, their letters changed: never a throw, spans hold, in time', () => {
  const random = seededRandom(4711)
  for (let round = 0; round < 1500; round++) {
    let units = [...random.pick(POSTS)]
    for (let change = 0; change < 1 + random.below(12); change++) {
      const at = random.below(units.length + 1)
      const kind = random.below(5)
      if (kind === 0) units.splice(at, 1 + random.below(6))
      else if (kind === 1) units.splice(at, 0, String.fromCharCode(random.below(0x10000)))
      else if (kind === 2) units = [...units.slice(0, at), ...random.pick(POSTS).slice(random.below(40))]
      else if (kind === 3) units.splice(at, 0, ...units.slice(at, at + random.below(50)))
      else units[at] = String.fromCharCode(random.below(0x600))
    }
    look(units.join(''))
  }
})

test('random text of every script, and of letters of addresses', () => {
  const letters = '13TLbcqpz0xX.:/@-_ \n\u200b٣АоّـOIl48GrDEQUu=?&lnbcu1'
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), look), { numRuns: 400 })
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...letters), maxLength: 600 }), look), { numRuns: 400 })
})

test('nothing but damaged addresses: repair stops at its limit, says so, and stays in time', () => {
  const random = seededRandom(5)
  const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
  const one = () => `1A${Array.from({ length: 31 }, () => letters[random.below(58)]!).join('')}`
  const bait = Array.from({ length: 6000 }, one).join('\n')
  assert.ok(effortOf(() => find(bait)) < MILLISECONDS_MAX)
  const { mentions, notes } = find(bait)
  assert.deepEqual(
    mentions.filter(mention => mention.kind === 'address' && mention.certainty !== 'possible'),
    [],
  )
  assert.match(notes.join(), /^Repair stopped after \d+ readings/)
})

test('mutated bytes of posts through the reader of files', () => {
  const random = seededRandom(99)
  for (let round = 0; round < 300; round++) {
    const bytes = new Uint8Array(Buffer.from(random.pick(POSTS)))
    for (let i = 0; i < 8; i++) bytes[random.below(bytes.length)] = random.below(256)
    for (const { document } of readBytes('post.txt', bytes)) if (document !== null) look(document.text)
  }
})
