import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import * as Bytes from './bytes.ts'
import { sha256d, sha256Hex, sha256Stream } from './digest.ts'
import { createForest } from './forest.ts'
import { createHeap } from './heap.ts'
import { isolate } from './isolate.ts'
import { seededRandom } from './random.ts'
import { unpackZstandard } from './zstandard.ts'

test('bytes: hex there and back; what is no hex is refused', () => {
  fc.assert(fc.property(fc.uint8Array(), bytes => Bytes.equals(Bytes.parseHex(Bytes.toHex(bytes))!, bytes)))
  assert.deepEqual(['0', 'zz', '0x00', ' 00', '0g'].map(Bytes.parseHex), Array(5).fill(undefined))
  assert.equal(Bytes.toHex(Bytes.parseHex('00FFaB')!), '00ffab')
})

test('bytes: compare is the order of Buffer.compare', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => Math.sign(Bytes.compare(a, b)) === Buffer.compare(a, b)),
  )
})

test('digest: FIPS 180-2 "abc", the Bitcoin genesis header, and a stream equal to the whole', () => {
  assert.equal(sha256Hex('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  const genesis =
    '0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3' +
    '888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c'
  assert.equal(
    Bytes.toHex(Bytes.reversed(sha256d(Bytes.parseHex(genesis)!))),
    '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f',
  )
  const stream = sha256Stream()
  stream.update(new TextEncoder().encode('a'))
  stream.update(new TextEncoder().encode('bc'))
  assert.equal(stream.hex(), sha256Hex('abc'))
})

test('heap: pops in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), numbers => {
      const heap = createHeap<number>((a, b) => a < b)
      for (const number of numbers) heap.push(number)
      const popped = numbers.map(() => heap.pop())
      assert.deepEqual(
        popped,
        numbers.toSorted((a, b) => a - b),
      )
      assert.equal(heap.pop(), undefined)
    }),
  )
})

test('forest: same set exactly when linked; as many joins as sets lost', () => {
  const links = fc.array(fc.tuple(fc.nat(19), fc.nat(19)))
  fc.assert(
    fc.property(links, pairs => {
      const forest = createForest(20)
      const set = Array.from({ length: 20 }, (_, i) => i)
      pairs.forEach(([a, b], reason) => {
        forest.union(a, b, reason)
        const [from, to] = [set[a]!, set[b]!]
        for (let i = 0; i < 20; i++) if (set[i] === from) set[i] = to
      })
      for (let a = 0; a < 20; a++) {
        for (let b = 0; b < 20; b++) assert.equal(forest.find(a) === forest.find(b), set[a] === set[b])
        assert.equal(forest.sizeOf(a), set.filter(other => other === set[a]).length)
      }
      assert.equal(forest.joins.length, 20 - new Set(set).size)
    }),
  )
})

test('random: the same seed gives the same numbers, and they are spread evenly', () => {
  const [a, b, other] = [seededRandom(7), seededRandom(7), seededRandom(8)]
  const numbers = Array.from({ length: 10_000 }, () => a.next())
  assert.deepEqual(
    numbers,
    Array.from({ length: 10_000 }, () => b.next()),
  )
  assert.notEqual(other.next(), numbers[0])
  const tenths = Array.from({ length: 10 }, (_, i) => numbers.filter(n => Math.floor(n * 10) === i).length)
  assert.ok(
    tenths.every(count => count > 850 && count < 1150),
    `${tenths}`,
  )
})

test('zstandard: frames that follow each other are one text, and the limit holds over all of them', () => {
  const [a, b] = [Buffer.from('trace '), Buffer.from('and footprint')]
  const packed = Bytes.concat(zstdCompressSync(a), zstdCompressSync(b))
  assert.equal(Buffer.from(unpackZstandard(packed, 100)).toString(), 'trace and footprint')
  assert.throws(() => unpackZstandard(packed, 18), { code: 'ERR_BUFFER_TOO_LARGE' })
  assert.throws(() => unpackZstandard(packed.subarray(0, packed.length - 3), 100))
})

test('isolate: a name that carries marks of direction cannot end it', () => {
  assert.equal(isolate('name'), '\u2068name\u2069')
  assert.equal(isolate('a\u2069\u202eb\u2066'), '\u2068ab\u2069')
})
