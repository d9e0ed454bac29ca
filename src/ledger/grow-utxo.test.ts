import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { buildChain as buildPlain } from '../../bench/chain.ts'
import { buildChain, type Link } from '../../test/fault/chain.ts'
import { seededRandom } from '../std/random.ts'
import { openReader, openWriter, type Store } from '../store/store.ts'
import { carryColumns, digestOf, openColumns, openIngest, type UtxoColumns } from './ledger.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-grow-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const NETWORK = 'bitcoin-regtest'

/** A chain, and a longer branch that leaves it some blocks before its end. */
function story(seed: number): { readonly main: Link[]; readonly branch: Link[] } {
  const random = seededRandom(seed)
  const trunk = buildChain(random, 14)
  const from = { previous: trunk.links.at(-1)!.hash, height: trunk.links.length + 1, purse: trunk.purse }
  const place = { ...from, height: trunk.links.at(-1)!.height + 1 }
  return {
    main: [...trunk.links, ...buildChain(random, 8, place).links],
    branch: buildChain(random, 11, place).links,
  }
}

test('columns that grow at the tip are those that are linked anew: in the writer, and in a reader', () => {
  let grown = 0
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 6, maxLength: 12 }),
      (seed, sizes) => {
        const { main } = story(seed)
        grown += run([main], sizes).grown
      },
    ),
    { numRuns: 12 },
  )
  assert.ok(grown > 30, `${grown} steps grew`)
})

test('what is not simply next is linked anew: branches, reorganisations, gaps, any order', () => {
  const tally = { grown: 0, anew: 0 }
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 8, maxLength: 14 }),
      fc.boolean(),
      fc.integer({ min: 0, max: 3 }),
      (seed, sizes, late, mixed) => {
        const { main, branch } = story(seed)
        const lists = [main, branch]
        // Some pairs change places: a block before its parent, an input before what it spends.
        const random = seededRandom(seed)
        for (let k = 0; k < mixed; k++) {
          const list = lists[random.below(2)]!
          const at = random.below(list.length - 1)
          ;[list[at], list[at + 1]] = [list[at + 1]!, list[at]!]
        }
        const told = run(late ? [main.slice(9), main.slice(0, 9), branch] : lists, sizes)
        tally.grown += told.grown
        tally.anew += told.anew
      },
    ),
    { numRuns: 15 },
  )
  assert.ok(tally.grown > 20 && tally.anew > 20, JSON.stringify(tally))
})

test('a block with what its inputs spend, after it came without, is linked anew', () => {
  const { main } = story(3)
  const store = openWriter(mkdtempSync(join(folder, 'data-')))
  add(store, main.slice(0, 10))
  add(store, main.slice(10, 12))
  const before = openColumns(store, NETWORK)
  const ingest = openIngest(store, NETWORK, () => 1, true)
  const { bytes } = main[11]!
  assert.equal(ingest.add({ bytes, offset: 0, height: 12, statedHeight: null, spent: null }), 'added')
  ingest.finish()
  assert.notEqual(openColumns(store, NETWORK), before)
  same(openColumns(store, NETWORK), anew(store))
  store.close()
})

test('a refused block leaves nothing behind that a later one could trip over', () => {
  const { main } = story(5)
  const store = openWriter(mkdtempSync(join(folder, 'data-')))
  add(store, main.slice(0, 10))
  const broken = main[10]!.bytes.slice(0, -1)
  const ingest = openIngest(store, NETWORK, () => 1, true)
  assert.equal(typeof ingest.add({ bytes: broken, offset: 0, height: null, statedHeight: null, spent: null }), 'object')
  ingest.finish()
  for (const link of main.slice(10)) add(store, [link])
  same(openColumns(store, NETWORK), anew(store))
  store.close()
})

test('carried over to a store that is opened again, and gone on from there', () => {
  const { main } = story(7)
  const directory = mkdtempSync(join(folder, 'data-'))
  let store = openWriter(directory)
  add(store, main.slice(0, 12))
  add(store, main.slice(12, 13))
  const held = openColumns(store, NETWORK) as UtxoColumns
  const height = held.coverage().toHeight!
  store.close()
  const next = openWriter(directory)
  carryColumns(store, next)
  store = next
  add(store, main.slice(13, 14))
  const now = openColumns(store, NETWORK) as UtxoColumns
  assert.equal(now.transactions.txid.buffer, held.transactions.txid.buffer, 'nothing was read or linked again')
  assert.equal(now.coverage().toHeight, height + 1)
  same(now, anew(store))
  store.close()
})

test('blocks that tell no height go on as well, as long as they are one chain', () => {
  const { pieces } = buildPlain(900, 40)
  const links = pieces.filter(({ length }) => length > 4).map(piece => ({ bytes: new Uint8Array(piece) }))
  const { grown, anew } = run([links as Link[]], [3, 1, 1])
  // Now and then the room behind is used up, and new room is made: that looks like linking anew here.
  assert.ok(grown > 5, `${grown} grew, ${anew} were linked anew`)
})

/** Feeds lists of blocks one after another in pieces of these sizes; after each all views must agree. */
function run(lists: readonly (readonly Link[])[], sizes: readonly number[]): { grown: number; anew: number } {
  const directory = mkdtempSync(join(folder, 'data-'))
  const store = openWriter(directory)
  const reader = openReader(directory)
  const tally = { grown: 0, anew: 0 }
  const seen: { columns: UtxoColumns; digest: string; history: unknown }[] = []
  const links = lists.flat()
  for (let at = 0, k = 0; at < links.length; k++) {
    const size = sizes[k % sizes.length]!
    add(store, links.slice(at, at + size))
    at += size
    const columns = openColumns(store, NETWORK) as UtxoColumns
    const before = seen.at(-1)?.columns
    if (before !== undefined) tally[isGrown(before, columns) ? 'grown' : 'anew']++
    const expected = anew(store)
    same(columns, expected)
    if (k % 2 === 0) same(openColumns(reader, NETWORK), expected)
    seen.push({ columns, digest: digestOf(expected), history: k % 3 === 0 ? historyOf(expected) : null })
  }
  for (const { columns, digest, history } of seen) {
    assert.equal(digestOf(columns), digest, 'what was held stays as it was')
    if (history !== null) assert.deepEqual(historyOf(columns), history)
  }
  reader.close()
  store.close()
  return tally
}

/** Grown columns lie in the room of those before; those linked anew never. */
function isGrown(before: UtxoColumns, now: UtxoColumns): boolean {
  return before.outputs.address.buffer === now.outputs.address.buffer
}

function add(store: Store, links: readonly Link[]): void {
  const ingest = openIngest(store, NETWORK, () => 1, true, 1000)
  for (const { bytes } of links) {
    assert.equal(ingest.add({ bytes, offset: 0, height: null, statedHeight: null, spent: null }), 'added')
  }
  ingest.finish()
}

function anew({ directory }: Store): UtxoColumns {
  const reader = openReader(directory)
  const columns = openColumns(reader, NETWORK) as UtxoColumns
  // Read while the store is open: coverage asks it.
  const coverage = columns.coverage()
  reader.close()
  return { ...columns, coverage: () => coverage }
}

function same(actual: unknown, expected: UtxoColumns): void {
  const columns = actual as UtxoColumns
  assert.deepEqual(columns.blocks, expected.blocks)
  assert.deepEqual(columns.transactions, expected.transactions)
  assert.deepEqual(columns.inputs, expected.inputs)
  assert.deepEqual(columns.outputs, expected.outputs)
  assert.deepEqual(historyOf(columns), historyOf(expected))
  assert.deepEqual(columns.coverage(), expected.coverage())
}

function historyOf({ addresses }: UtxoColumns): [string, number[]][] {
  return Array.from({ length: addresses.count }, (_, row) => {
    assert.equal(addresses.find(addresses.format(row)), row)
    return [addresses.format(row), [...addresses.transactionsOf(row)]]
  })
}
