import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { utxo } from '../../test/story/story.ts'
import { worlds } from '../../test/story/world.ts'
import { assembleUtxo, keepDerived, readDerived, type UtxoColumns } from '../ledger/ledger.ts'
import type { UtxoBlock } from '../model/transaction.ts'
import { sha256Hex } from '../std/digest.ts'
import { openWriter } from '../store/store.ts'
import { keepClusters, openClusters, type Partition, partition } from './cluster.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-clusters-'))
const store = openWriter(folder)
after(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})
const file = join(folder, 'ledger', 'bitcoin', 'multi-input.derived')

/** All that a partition says, row by row. */
function told(clusters: Partition) {
  const rows = Array.from({ length: clusters.columns.addresses.count }, (_, row) => row)
  return {
    sets: rows.map(row => [...clusters.membersOf(row)]),
    refused: [...clusters.refused],
    merges: clusters.merges,
  }
}

/** The blocks of a story, whose hashes commit to what is in them and before them, as those of a chain do. */
function blocksOf(text: string): UtxoBlock[] {
  let previous = '0'.repeat(64)
  return utxo(text).map(block => {
    const content = JSON.stringify(block.transactions, (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    )
    const linked = { ...block, previous, hash: sha256Hex(previous + content) }
    previous = linked.hash
    return linked
  })
}

function ledgerOf(text: string): UtxoColumns {
  return assembleUtxo('bitcoin', blocksOf(text))
}

test('clusters kept and gone on from, block by block or from another ledger’s, are those of a rebuild', () => {
  fc.assert(
    fc.property(worlds, fc.array(fc.integer({ min: -2, max: 4 }), { maxLength: 6 }), (text, pieces) => {
      const blocks = blocksOf(text)
      let at = 1
      // A ledger can be shorter than it was: blocks taken back.
      for (const piece of [...pieces, blocks.length]) {
        at = Math.max(1, Math.min(blocks.length, at + piece))
        const columns = assembleUtxo('bitcoin', blocks.slice(0, at))
        assert.deepEqual(told(keepClusters(store, columns)), told(partition(columns)))
      }
    }),
    { numRuns: 60 },
  )
})

const BEFORE = 'b1 t1: coinbase -> A 1, B 1, C 1\nb2 t2: coinbase -> D 5'
const AFTER = `${BEFORE}\nb3 t3: t1:0, t1:2 -> E 2`

test('only what is new is looked at: a merge written into what was kept stays, where the ledger only grew', () => {
  const before = ledgerOf(BEFORE)
  keepClusters(store, before)
  const kept = readDerived(store, 'bitcoin', 'multi-input')!
  const rowOf = (name: string) => before.addresses.find(name)!
  const forest = (kept['forest'] as Int32Array).slice()
  forest[rowOf('D')] = rowOf('B')
  forest[rowOf('B')] = -2
  keepDerived(store, 'bitcoin', 'multi-input', { ...kept, forest })
  const grown = openClusters(store, ledgerOf(AFTER))
  assert.deepEqual(
    ['A', 'B', 'C', 'D', 'E'].map(name => grown.sizeOf(grown.columns.addresses.find(name)!)),
    [...[2, 2, 2, 2, 1]],
  )
  // Another block in its place, or a value known since: from the start.
  const other = openClusters(store, ledgerOf(AFTER.replace('b2 t2', 'b2 t9')))
  assert.equal(other.sizeOf(other.columns.addresses.find('B')!), 1)
})

test('a block of which other transactions are there now is no beginning', () => {
  const story = 'b1 t1: coinbase -> A 1, B 1, C 1\nb2 t2: t1:0, t1:1 -> E 2'
  const other = story.replace('t2: t1:0, t1:1', 't3: t1:1, t1:2')
  // The hashes of a story's blocks follow from their heights alone, as if both were parts of one block.
  keepClusters(store, assembleUtxo('bitcoin', utxo(story)))
  const columns = assembleUtxo('bitcoin', utxo(other))
  assert.deepEqual(told(openClusters(store, columns)), told(partition(columns)))
})

test('what was damaged, cut short or is of another format is derived again', () => {
  const columns = ledgerOf(AFTER)
  const whole = told(partition(columns))
  keepClusters(store, columns)
  const bytes = readFileSync(file)
  for (const damaged of [
    bytes.subarray(0, 20),
    bytes.subarray(0, -8),
    bytes.with(60, bytes[60]! ^ 1),
    Buffer.alloc(0),
  ]) {
    writeFileSync(file, damaged)
    assert.equal(readDerived(store, 'bitcoin', 'multi-input'), undefined)
    assert.deepEqual(told(openClusters(store, columns)), whole)
  }
})
