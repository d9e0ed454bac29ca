import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { shared, skipWithout } from '../../test/shared.ts'
import { sha256d } from '../std/digest.ts'
import { hasWork } from './block-header.ts'
import * as Rules from './block-rules.ts'
import * as Checkpoint from './checkpoint.ts'

test('every checkpoint of Bitcoin has a hash within the limit, later ones far within', () => {
  const limit = Rules.of('bitcoin').workLimit
  for (const [hash, height] of Checkpoint.of('bitcoin')) {
    assert.match(hash, /^[0-9a-f]{64}$/)
    assert.ok(BigInt(`0x${hash}`) <= (height > 100_000 ? limit >> 10n : limit), `${height}`)
  }
  assert.equal(
    Checkpoint.of('bitcoin').get('000000000000048b95347e83192f69cf0366076336c639f9b7228e9ba171342e'),
    210_000,
  )
  assert.equal(Checkpoint.of('litecoin').get(Rules.of('litecoin').genesis), 0)
})

const FIRST = 'data/bitcoin/mainnet/first-439-blocks.dat'

/** The headers of the first 439 blocks, and the places where they lie. */
function headers(): Uint8Array[] {
  const bytes = new Uint8Array(readFileSync(shared(FIRST)))
  const view = new DataView(bytes.buffer)
  const list: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += 8 + view.getUint32(at + 4, true)) list.push(bytes.subarray(at + 8, at + 88))
  return list
}

function links(list: readonly Uint8Array[]): Checkpoint.HeaderLinks {
  const [hash, previous] = [new Uint8Array(32 * list.length), new Uint8Array(32 * list.length)]
  const bits = new Uint32Array(list.length)
  list.forEach((header, row) => {
    hash.set(sha256d(header), 32 * row)
    previous.set(header.subarray(4, 36), 32 * row)
    bits[row] = new DataView(header.buffer, header.byteOffset).getUint32(72, true)
  })
  return { count: list.length, hash, previous, bits }
}

test('blocks from the first on are anchored, in any order, with their heights', { skip: skipWithout(FIRST) }, () => {
  const list = headers()
  assert.equal(list.length, 439)
  const { anchored, height } = Checkpoint.anchor(links(list.toReversed()), 'bitcoin')
  assert.ok(anchored.every(one => one === 1))
  assert.deepEqual(
    [...height],
    Array.from({ length: 439 }, (_, i) => 438 - i),
  )
})

test('after a gap nothing is anchored', { skip: skipWithout(FIRST) }, () => {
  const list = headers().filter((_, i) => i !== 100)
  const { anchored, height } = Checkpoint.anchor(links(list), 'bitcoin')
  assert.deepEqual(
    [...anchored],
    Array.from({ length: 438 }, (_, i) => (i < 100 ? 1 : 0)),
  )
  assert.equal(height[100], -1)
})

test('a child with an easier target than is due is not anchored', { skip: skipWithout(FIRST) }, () => {
  const list = headers().slice(0, 10)
  const easier = links(list)
  easier.bits[6] = 0x1d01ffff
  assert.deepEqual([...Checkpoint.anchor(easier, 'bitcoin').anchored], [1, 1, 1, 1, 1, 1, 0, 0, 0, 0])
})

test('forged blocks on a known block: cheap work does not anchor them', () => {
  // Regtest work is done in two tries; no such header passes on the main network, whatever it points to.
  const header = new Uint8Array(80)
  header.set([0xff, 0xff, 0x7f, 0x20], 72)
  assert.equal(hasWork(header, 0, Rules.of('bitcoin')), false)
})

test('ancestors of a checkpoint are anchored by their hashes alone', () => {
  const ids = Array.from({ length: 4 }, (_, i) => new Uint8Array(32).fill(i + 1))
  const known = Uint8Array.from([...Checkpoint.of('bitcoin').keys()][3]!.match(/../g)!, pair =>
    Number.parseInt(pair, 16),
  )
  const chain = [...ids, known.reverse()]
  const hash = new Uint8Array(160)
  const previous = new Uint8Array(160)
  chain.forEach((id, row) => {
    hash.set(id, 32 * row)
    if (row > 0) previous.set(chain[row - 1]!, 32 * row)
  })
  const bits = Uint32Array.of(1, 2, 3, 4, 5)
  const found = Checkpoint.anchor({ count: 5, hash, previous, bits }, 'bitcoin')
  assert.deepEqual([...found.anchored], [1, 1, 1, 1, 1])
  assert.deepEqual([...found.height], [73_996, 73_997, 73_998, 73_999, 74_000])
})
