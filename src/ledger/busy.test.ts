import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unread } from '../model/coverage.ts'
import { createTextDictionary } from './address-column.ts'
import { createBatch, ORDINARY } from './batch.ts'
import { NONE, UNREAD } from './columns.ts'
import { movementsOf, totalsOf } from './history.ts'
import { linkUtxo, unanchored } from './link-utxo.ts'

const MANY = 1_000_000
const PER_BLOCK = 1000

test('an address with 10^6 transactions: its sums, and its history page by page, each transaction once', () => {
  const columns = busyLedger()
  const row = columns.addresses.find('busy')!
  assert.equal(columns.addresses.transactionsOf(row).length, MANY)
  const { transactions, received, sent } = totalsOf(columns, row)
  // Each spends what the one before it paid, and adds one unit that somebody else brings.
  assert.equal(transactions, MANY)
  assert.equal(received[0]!.units, (BigInt(MANY) * BigInt(MANY + 1)) / 2n)
  assert.equal(sent[0]!.units, (BigInt(MANY) * BigInt(MANY - 1)) / 2n)
  const seen = new Set<string>()
  for (const from of [0, 100, 499_950, MANY - 100]) {
    const page = movementsOf(columns, row, from, 100)
    assert.ok(page.length >= 100)
    for (const { txid } of page) seen.add(txid)
  }
  assert.equal(seen.size, 400)
  assert.deepEqual(movementsOf(columns, row, MANY, 100), [])
})

/** One coin of one address that is spent and made anew a million times; a coinbase makes it. */
function busyLedger() {
  const batch = createBatch()
  const addresses = createTextDictionary()
  const busy = addresses.add('busy')
  const ids = new Uint8Array(32 * (MANY + 1))
  const words = new Uint32Array(ids.buffer)
  for (let k = 0; k < MANY; k++) {
    if (k % PER_BLOCK === 0) startBlock(batch, k / PER_BLOCK)
    // Spread like a hash: the index takes words of it for one.
    for (let word = 0; word < 8; word++) words[8 * k + word] = Math.imul(k + 1, 0x9e3779b1 + 2 * word)
    batch.transaction(ids, 32 * k, k === 0, k, undefined)
    if (k > 0) batch.input(ids, 32 * (k - 1), { index: 0, parent: k - 1, flags: 0, units: UNREAD, address: NONE })
    batch.output(BigInt(k + 1), busy, ORDINARY)
  }
  const coverage = () => unread('bitcoin')
  const input = { network: 'bitcoin' as const, batches: [batch.take()], addresses, anchors: unanchored, coverage }
  return linkUtxo(input).columns
}

function startBlock(batch: ReturnType<typeof createBatch>, height: number): void {
  const hashOf = (at: number) => new Uint8Array(Uint32Array.of(at + 1, 7, at + 1, 7, 7, 7, 7, 7).buffer)
  batch.block({
    ...{ hash: hashOf(height), previous: hashOf(height - 1), height, time: 1_500_000_000 + 600 * height },
    ...{ bits: 0, flags: 0, ground: 0, offset: 0, size: 0 },
  })
}
