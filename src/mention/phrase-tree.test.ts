import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FOUND, FOUND_ENDS, plant, walk } from './phrase-tree.ts'

const PHRASES = [
  { phrase: 'support', open: false },
  { phrase: 'suppo', open: true },
  { phrase: 'support us', open: false },
  { phrase: 'support our wallet', open: false },
  { phrase: 'support', open: true },
  { phrase: 'دعم', open: false },
]
const TREE = plant(PHRASES)

function at(text: string, place = 0): string[] {
  const count = walk(TREE, text, place)
  return Array.from({ length: count }, (_, i) => `${FOUND[i]}: ${text.slice(place, FOUND_ENDS[i])}`)
}

test('all phrases that stand at a place, short ones first, in any case, over up to three gaps', () => {
  assert.deepEqual(at('support us'), ['1: support', '0: support', '4: support', '2: support us'])
  assert.deepEqual(at('SUPPORT \n\u00a0US!'), ['1: SUPPORT', '0: SUPPORT', '4: SUPPORT', '2: SUPPORT \n\u00a0US'])
  assert.deepEqual(at('support    us'), ['1: support', '0: support', '4: support'])
  assert.deepEqual(at('supporters'), ['1: supporters', '4: supporters'])
  assert.deepEqual(at('لدعم', 1), ['5: دعم'])
  assert.deepEqual(at('دعما'), [])
  assert.deepEqual(at(''), [])
})

test('any phrases: each is found where it stands, and none that does not', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'é', 'ع'), minLength: 1, maxLength: 3 })
  const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map(words => words.join(' '))
  fc.assert(
    fc.property(fc.uniqueArray(phrase, { minLength: 1, maxLength: 20 }), phrase, (phrases, text) => {
      const tree = plant(phrases.map(one => ({ phrase: one, open: false })))
      const count = walk(tree, text, 0)
      const found = Array.from(FOUND.subarray(0, count), number => phrases[number]!).sort()
      const standing = phrases.filter(one => text === one || text.startsWith(`${one} `)).sort()
      assert.deepEqual(found, standing)
    }),
  )
})
