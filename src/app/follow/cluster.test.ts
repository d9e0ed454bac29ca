import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utxo } from '../../../test/story/story.ts'
import { parseChange, partitionOf } from '../../cluster/cluster.ts'
import { assembleUtxo } from '../../ledger/ledger.ts'

test('one partition for each ledger and set of heuristics; a grown or another ledger gets its own', () => {
  const blocks = utxo(`
    b1 t1: coinbase -> A 10, B 10, P 1
    b2 t2: t1:0, t1:1 -> P 15, C 5
    b3 t3: t1:2, t2:1 -> Q 6`)
  const [short, long] = [assembleUtxo('bitcoin', blocks.slice(0, 2)), assembleUtxo('bitcoin', blocks)]
  const fresh = parseChange('fresh')
  const plain = partitionOf(short)!
  assert.equal(partitionOf(short), plain)
  assert.notEqual(partitionOf(short, fresh), plain)
  const size = (columns: typeof long, address: string, change: typeof fresh = null) =>
    partitionOf(columns, change)!.sizeOf(columns.addresses.find(address)!)
  assert.deepEqual([size(short, 'A'), size(short, 'A', fresh)], [2, 3])
  // P and C pay together: with the change of t2 that is one holder of A, B, C and P.
  assert.deepEqual([size(long, 'A'), size(long, 'C'), size(long, 'A', fresh)], [2, 2, 4])
  const other = assembleUtxo('bitcoin', utxo('b1 t1: coinbase -> A 10, Z 10\nb2 t9: t1:0, t1:1 -> Y 20'))
  assert.deepEqual([size(other, 'A'), other.addresses.count], [2, 3])
})
