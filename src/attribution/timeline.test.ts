import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { contentAt, isMember, order, type Shown, spans } from './timeline.ts'

const version = (id: number, publishedAt: number, knownAt = publishedAt) => ({ id, publishedAt, knownAt })
const content = (listedAt: number | null) => ({ listedAt })

test('a listing holds from its own date, is known from its first version and ends with the version without it', () => {
  const [v1, v2, v3] = [version(1, 100, 110), version(2, 200, 210), version(3, 300, 310)]
  const said = content(50)
  const shown: Shown<typeof said>[] = [
    ...[
      { version: v1, content: said },
      { version: v2, content: said },
    ],
    { version: v3, content: null },
  ]
  const found = spans(shown)
  assert.deepEqual(
    found.map(({ from, removedAt, knownAt }) => ({ from, removedAt, knownAt })),
    [{ from: 50, removedAt: 300, knownAt: 110 }],
  )
})

test('a date before a version that did not show it yet cannot be the start: the publication is', () => {
  const shown = [
    { version: version(1, 100), content: null },
    { version: version(2, 200), content: content(50) },
  ]
  assert.equal(spans(shown)[0]!.from, 200)
  assert.equal(spans([shown[0]!, { version: version(2, 200), content: content(150) }])[0]!.from, 150)
})

test('listed, delisted and listed again are two spans', () => {
  const shown = [content(null), null, content(null)].map((one, i) => ({
    version: version(i + 1, (i + 1) * 100),
    content: one,
  }))
  assert.deepEqual(
    spans(shown).map(span => [span.from, span.removedAt]),
    [
      [100, 200],
      [300, null],
    ],
  )
})

test('what a listing said is asked by valid time: the last version by then, else the first', () => {
  const [a, b] = [
    { listedAt: 0, name: 'a' },
    { listedAt: 0, name: 'b' },
  ]
  const [span] = spans([
    { version: version(1, 100), content: a },
    { version: version(2, 200), content: b },
  ])
  assert.deepEqual(
    [50, 100, 199, 200].map(asOf => contentAt(span!, asOf).content.name),
    ['a', 'a', 'a', 'b'],
  )
})

test('order takes what was known, by publication; of two with one date the later import', () => {
  const versions = [version(1, 300, 10), version(2, 100, 20), version(3, 300, 30), version(4, 200, 99)]
  assert.deepEqual(
    order(versions, 50).map(one => one.id),
    [2, 3],
  )
  assert.deepEqual(
    order(versions, 10).map(one => one.id),
    [1],
  )
})

test('membership is the last change up to a version', () => {
  const changes = [
    { version: 2, present: 1 },
    { version: 5, present: 0 },
    { version: 7, present: 1 },
  ]
  assert.deepEqual(
    [1, 2, 4, 5, 6, 7, 9].map(at => isMember(changes, at)),
    [false, true, true, false, false, true, true],
  )
})

test('spans never overlap, never end before they start, and cover each version that shows the listing', () => {
  const shows = fc.array(fc.option(fc.integer({ min: 0, max: 3000 }), { nil: null }), { maxLength: 12 })
  fc.assert(
    fc.property(shows, listed => {
      const shown = listed.map((at, i) => ({
        version: version(i + 1, (i + 1) * 100),
        content: at === null ? null : content(at),
      }))
      const found = spans(shown)
      found.forEach((span, i) => {
        assert.ok(span.removedAt === null || span.from < span.removedAt)
        assert.ok(i === 0 || found[i - 1]!.removedAt! <= span.from)
      })
      for (const { version: at, content: said } of shown) {
        const held = found.some(span => span.from <= at.publishedAt && (span.removedAt ?? Infinity) > at.publishedAt)
        assert.equal(held, said !== null)
      }
    }),
  )
})
