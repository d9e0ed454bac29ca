import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { nothing } from '../../src/attribution/attribution.ts'
import { decode } from '../../src/chain/block.ts'
import { assembleUtxo, type Columns, digestOf, openColumns, openIngest } from '../../src/ledger/ledger.ts'
import { seededRandom } from '../../src/std/random.ts'
import { openWriter } from '../../src/store/store.ts'
import { declare, fundingOf, path, run } from '../../src/trace/trace.ts'
import { buildChain, type Link } from '../fault/chain.ts'

/**
 * One suite over every way to hold a ledger: the same questions, the same answers, compared whole. A driver turns
 * blocks into columns; the one that beyond one machine answers from ClickHouse joins the list when it comes.
 */
type Driver = { readonly name: string; readonly open: (links: readonly Link[]) => Columns }

const folder = mkdtempSync(join(tmpdir(), 'athar-conformance-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const NETWORK = 'bitcoin-regtest'

const drivers: readonly Driver[] = [
  { name: 'memory', open: links => assembleUtxo(NETWORK, links.map(blockOf)) },
  { name: 'memory, last block first', open: links => assembleUtxo(NETWORK, links.toReversed().map(blockOf)) },
  { name: 'segments', open: links => fromSegments(links, 1_000_000) },
  { name: 'segments, many small, last block first', open: links => fromSegments(links.toReversed(), 500) },
]

for (const seed of [1, 2]) {
  const { links } = buildChain(seededRandom(seed), 60)
  const [truth, ...others] = drivers.map(({ name, open }) => ({ name, columns: open(links) }))
  const addresses = addressesOf(truth!.columns)
  for (const { name, columns } of others) {
    test(`${name}: the ledger itself is that of memory (seed ${seed})`, () => {
      assert.equal(digestOf(columns), digestOf(truth!.columns))
      assert.deepEqual(addressesOf(columns), addresses)
      assert.deepEqual(columns.coverage(), truth!.columns.coverage())
      assert.ok(addresses.length > 20)
      for (const address of addresses) {
        assert.deepEqual([...historyOf(columns, address)], [...historyOf(truth!.columns, address)])
      }
    })

    test(`${name}: traces, both ways, are those of memory (seed ${seed})`, () => {
      let reached = 0
      for (const address of addresses.slice(0, 12)) {
        for (const direction of ['forward', 'backward'] as const) {
          for (const hops of [null, 2]) {
            const declared = declare({ direction, hops })
            const found = run(columns, nothing, [address], declared)
            assert.deepEqual(found, run(truth!.columns, nothing, [address], declared))
            reached += found.methods.fifo!.reached.length
          }
        }
      }
      assert.ok(reached > 50, `only ${reached} places`)
    })

    test(`${name}: paths and first funders are those of memory (seed ${seed})`, () => {
      let found = 0
      for (const from of addresses.slice(0, 10)) {
        for (const to of addresses.slice(10, 20)) {
          const way = path(columns, nothing, from, to)
          assert.deepEqual(way, path(truth!.columns, nothing, from, to))
          if (way.found) found++
        }
        assert.deepEqual(fundingOf(columns, nothing, from), fundingOf(truth!.columns, nothing, from))
      }
      assert.ok(found > 5, `only ${found} paths`)
    })
  }
}

function blockOf({ bytes }: Link) {
  const decoded = decode(bytes, NETWORK)
  assert(decoded.ok)
  return decoded.block
}

function fromSegments(links: readonly Link[], rows: number): Columns {
  const store = openWriter(mkdtempSync(join(folder, 'data-')))
  const ingest = openIngest(store, NETWORK, () => 1, true, rows)
  for (const { bytes } of links) ingest.add({ bytes, offset: 0, height: null, statedHeight: null, spent: null })
  ingest.finish()
  return openColumns(store, NETWORK)!
}

function addressesOf({ addresses }: Columns): string[] {
  return Array.from({ length: addresses.count }, (_, row) => addresses.format(row)).sort()
}

function historyOf(columns: Columns, address: string): Uint32Array {
  return columns.addresses.transactionsOf(columns.addresses.find(address)!)
}
