import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { concat } from '../std/bytes.ts'
import { decodeTransfers, encodeTransfers } from './chunk.ts'
import { type Columns, decode, encode, FORMAT, formatOf } from './record.ts'

const bytesOf = (columns: Columns): Uint8Array => concat(...encode(columns))

test('columns of every type come back as they were', () => {
  const columns = fc.record({
    'a.u8': fc.uint8Array(),
    u16: fc.uint16Array(),
    u32: fc.uint32Array(),
    i32: fc.int32Array(),
    f64: fc.float64Array({ noNaN: true }),
    u64: fc.bigUint64Array(),
  })
  fc.assert(
    fc.property(columns, given => {
      assert.deepEqual(decode(bytesOf(given)), { ...given })
    }),
  )
})

test('what is no record is told apart', () => {
  assert.equal(decode(new Uint8Array(4)), undefined)
  assert.equal(decode(bytesOf({ a: Uint8Array.of(1) }).with(0, 0)), undefined)
})

test('a record of another format is told by its number and not read', () => {
  const other = bytesOf({ a: Uint8Array.of(1) }).with(7, FORMAT + 1)
  assert.equal(formatOf(other), FORMAT + 1)
  assert.equal(decode(other), undefined)
})

test('amounts of 256 bits survive the chunk', () => {
  const largest = 2n ** 256n - 1n
  const batch = {
    ...{ count: 2, txid: new Uint8Array(64), txIndex: new Uint32Array(2), logIndex: Int32Array.of(-1, 5) },
    ...{ kind: new Uint8Array(2), height: new Uint32Array(2), time: new Uint32Array(2), from: new Uint32Array(2) },
    ...{ to: new Uint32Array(2), asset: new Uint16Array(2) },
    units: { low: BigUint64Array.of(2n ** 64n - 1n, 2n ** 64n - 1n), above: new Map([[1, largest]]) },
  }
  const keys = { type: new Uint8Array(0), start: Uint32Array.of(0), payload: new Uint8Array(0) }
  const chunk = { batch, keys, assets: [] }
  assert.deepEqual(decodeTransfers(decode(bytesOf(encodeTransfers(chunk)))!), chunk)
})
