import assert from 'node:assert/strict'
import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { createTxidIndex } from './txid-index.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-txid-index-'))
after(() => rmSync(folder, { recursive: true, force: true }))

let serial = 0

/** A table in memory beside it: the same answers, whatever is filed in whatever order. */
function openPair(entries: number) {
  const keys: string[] = []
  const confirm = (row: number, bytes: Uint8Array, at: number): boolean => keys[row] === hexAt(bytes, at)
  const index = createTxidIndex(openSync(join(folder, `${serial++}`), 'w+'), confirm, entries)
  const known = new Map<string, number>()
  return {
    index,
    known,
    file(ids: readonly Uint8Array[]): void {
      const distinct = [...new Map(ids.map(id => [hexAt(id, 0), id]))]
      const rows = distinct.map(([key]) => keys.push(key) - 1)
      const expected = distinct.map(([key]) => known.get(key) ?? -1)
      for (const [k, [key]] of distinct.entries()) known.set(key, rows[k]!)
      const told: number[] = []
      index.exchangeAll(
        Buffer.concat(distinct.map(([, id]) => id)),
        Uint32Array.from(rows),
        rows.length,
        (nth, before) => {
          told[nth] = before
        },
      )
      assert.deepEqual(told, expected)
    },
  }
}

const hexAt = (bytes: Uint8Array, at: number): string => Buffer.from(bytes.subarray(at, at + 32)).toString('hex')

/** Ids that are made up: few and in a row, so that they come again; or at random. */
const id = fc.oneof(
  fc.nat(40).map(n => Buffer.from(n.toString(16).padStart(64, '0'), 'hex')),
  fc.uint8Array({ minLength: 32, maxLength: 32 }),
)

test('each transaction is found at its newest row, through pages that divide; what is not there is not', () => {
  fc.assert(
    fc.property(fc.array(fc.array(id, { maxLength: 40 }), { maxLength: 12 }), fc.array(id), (lists, others) => {
      const { index, known, file } = openPair(3)
      for (const list of lists) file(list)
      assert.equal(index.count, known.size)
      for (const one of [...lists.flat(), ...others]) {
        const padded = Buffer.concat([Buffer.alloc(5), one])
        assert.equal(index.find(padded, 5), known.get(hexAt(one, 0)) ?? -1)
      }
    }),
    { numRuns: 60 },
  )
})

test('twenty thousand in pages of the usual size', () => {
  const { index, known, file } = openPair(340)
  for (let from = 0; from < 20_000; from += 2000) {
    file(Array.from({ length: 2000 }, (_, k) => Buffer.from((from + k).toString(16).padStart(64, '0'), 'hex')))
  }
  assert.equal(index.count, 20_000)
  for (const [key, row] of known) assert.equal(index.find(Buffer.from(key, 'hex'), 0), row)
})

test('ids that all begin with the same hash hang behind one another, and each is found', () => {
  // The hash mixes word by word: what two words do to it is undone by a third, so whoever wants to can make these.
  const { index, known, file } = openPair(3)
  file(Array.from({ length: 40 }, (_, k) => colliding(k)))
  assert.equal(index.count, 40)
  for (const [key, row] of known) assert.equal(index.find(Buffer.from(key, 'hex'), 0), row)
})

/** Ids whose mix before the last word is told, and the last word takes it away: their first hash is 0. */
function colliding(k: number): Buffer {
  const bytes = Buffer.alloc(32)
  bytes.writeInt32BE(k + 1, 0)
  let mixed = 0
  for (let word = 0; word < 28; word += 4) {
    mixed = Math.imul(mixed ^ bytes.readInt32BE(word), 0x9e3779b1)
    mixed ^= mixed >>> 15
  }
  bytes.writeInt32BE(mixed, 28)
  return bytes
}
