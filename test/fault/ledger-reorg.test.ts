import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { digestOf, openColumns, openIngest, type UtxoColumns } from '../../src/ledger/ledger.ts'
import { reversed, toHex } from '../../src/std/bytes.ts'
import { seededRandom } from '../../src/std/random.ts'
import { openWriter, type Store } from '../../src/store/store.ts'
import { buildChain, type Link } from './chain.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-reorg-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const LENGTH = 8

test('a longer branch at any height takes over from there, and the old ledger stays as it was known', () => {
  for (let fork = 1; fork < LENGTH; fork++) {
    const { trunk, branch } = forkAt(fork, LENGTH - fork + 1)
    const store = open()
    take(store, trunk, 100)
    const before = digestOf(columnsOf(store))
    take(store, branch, 200)
    const now = columnsOf(store)
    assert.deepEqual(
      hashesOf(now),
      [...trunk.slice(0, fork), ...branch].map(link => link.hash),
      `fork at ${fork}`,
    )
    assert.equal(digestOf(openColumns(store, 'bitcoin-regtest', 150)!), before)
    checkSpends(now)
  }
})

test('a shorter branch stays beside; of two equal ones the lower hash counts, whichever came first', () => {
  const { trunk, branch } = forkAt(4, 2)
  const store = open()
  take(store, [...trunk, ...branch], 1)
  assert.deepEqual(
    hashesOf(columnsOf(store)),
    trunk.map(link => link.hash),
  )
  const equal = forkAt(4, LENGTH - 4)
  const [one, two] = [open(), open()]
  take(one, [...equal.trunk, ...equal.branch], 1)
  take(two, [...equal.trunk.slice(0, 4), ...equal.branch, ...equal.trunk.slice(4)], 1)
  assert.equal(digestOf(columnsOf(two)), digestOf(columnsOf(one)))
})

test('any order of blocks, cut into any batches, with any repeats, makes the same ledger', () => {
  const { trunk, branch } = forkAt(3, 7)
  const all = [...trunk, ...branch]
  const store = open()
  take(store, all, 1)
  const expected = digestOf(columnsOf(store))
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...all.keys()], { minLength: all.length }),
      fc.integer({ min: 1, max: 20 }),
      (order, cut) => {
        const other = open()
        take(
          other,
          order.slice(0, cut).map(at => all[at]!),
          1,
        )
        take(
          other,
          order.map(at => all[at]!),
          2,
        )
        assert.equal(digestOf(columnsOf(other)), expected)
      },
    ),
    { numRuns: 20, seed: 3 },
  )
})

/** A chain and a branch that leaves it after `at` blocks. */
function forkAt(at: number, length: number): { trunk: Link[]; branch: Link[] } {
  const stem = buildChain(seededRandom(1), at)
  const tip = { previous: stem.links.at(-1)!.hash, height: at + 1, purse: stem.purse }
  const rest = buildChain(seededRandom(2), LENGTH - at, tip)
  return { trunk: [...stem.links, ...rest.links], branch: buildChain(seededRandom(3), length, tip).links }
}

function open(): Store {
  const store = openWriter(mkdtempSync(join(folder, 'data-')))
  after(() => store.close())
  return store
}

function take(store: Store, links: readonly Link[], now: number): void {
  const ingest = openIngest(store, 'bitcoin-regtest', () => now, true, 2000)
  for (const { bytes } of links) {
    const verdict = ingest.add({ bytes, offset: 0, height: null, statedHeight: null, spent: null })
    assert.equal(typeof verdict, 'string', JSON.stringify(verdict))
  }
  ingest.finish()
}

function columnsOf(store: Store): UtxoColumns {
  const columns = openColumns(store, 'bitcoin-regtest')
  assert(columns?.shape === 'utxo')
  return columns
}

function hashesOf({ blocks }: UtxoColumns): string[] {
  return Array.from({ length: blocks.count }, (_, row) => toHex(reversed(blocks.hash.slice(32 * row, 32 * row + 32))))
}

/** Every input of these chains spends an output before it, and that output names it. */
function checkSpends({ inputs, outputs, transactions }: UtxoColumns): void {
  for (let row = 0; row < inputs.count; row++) {
    const output = inputs.output[row]!
    assert.ok(output < transactions.firstOutput[inputs.transaction[row]!]!)
    assert.equal(outputs.spender[output], row)
  }
}
