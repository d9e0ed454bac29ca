import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { buildChain } from '../../test/fault/chain.ts'
import * as Address from '../chain/address.ts'
import { decode } from '../chain/block.ts'
import * as Key from '../chain/key.ts'
import { formatUnits } from '../model/amount.ts'
import * as Asset from '../model/asset.ts'
import * as Instant from '../model/instant.ts'
import type { Transfer } from '../model/transaction.ts'
import { seededRandom } from '../std/random.ts'
import { openWriter, type Store } from '../store/store.ts'
import { bytesOf } from './csv.ts'
import {
  assembleAccount,
  assembleUtxo,
  type Columns,
  coverageOf,
  exportLines,
  importTransfers,
  networksOf,
  openColumns,
  openIngest,
} from './ledger.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-snapshot-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('the store gives the columns that memory gives, array by array', () => {
  const { links } = buildChain(seededRandom(5), 30)
  const store = open()
  const ingest = openIngest(store, 'bitcoin-regtest', () => 1, true, 1000)
  for (const { bytes } of links.toReversed()) {
    ingest.add({ bytes, offset: 0, height: null, statedHeight: null, spent: null })
  }
  ingest.finish()
  const blocks = links.map(({ bytes }) => {
    const decoded = decode(bytes, 'bitcoin-regtest')
    assert(decoded.ok)
    return decoded.block
  })
  const [kept, made] = [openColumns(store, 'bitcoin-regtest'), assembleUtxo('bitcoin-regtest', blocks)]
  assert(kept?.shape === 'utxo')
  assert.deepEqual(kept.blocks, made.blocks)
  assert.deepEqual(kept.transactions, made.transactions)
  assert.deepEqual(kept.inputs, made.inputs)
  assert.deepEqual(kept.outputs, made.outputs)
  assert.deepEqual(historyOf(kept), historyOf(made))
  assert.deepEqual(networksOf(store), ['bitcoin-regtest'])
  assert.equal(openColumns(store, 'bitcoin-regtest'), kept, 'opened once')
  assert.equal(coverageOf(store, 'bitcoin').transactionsRead, null)
})

const address = (n: number): string => Address.fromKey('tron', Key.TRON, new Uint8Array(20).fill(n)).address
const party = fc.option(fc.integer({ min: 1, max: 6 }).map(address))
const usdt = Asset.token('tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')!

/** Transfers no two of which share a place: transaction and event index follow from the position. */
const transfers = fc.array(
  fc
    .record({
      ...{ from: party, to: party, units: fc.bigInt(0n, 2n ** 256n - 1n), block: fc.nat(3) },
      kind: fc.constantFrom('transfer' as const, 'internal' as const, 'fee' as const, 'approve' as const),
      ...{
        status: fc.constantFrom('ok' as const, 'failed' as const),
        asset: fc.constantFrom(usdt, Asset.coin('tron')),
      },
    })
    .filter(({ from, to }) => from !== null || to !== null),
  { maxLength: 12 },
)

test('a CSV of transfers, shuffled and cut in two, is the ledger of these transfers', () => {
  fc.assert(
    fc.property(transfers, fc.nat(12), fc.nat(), (given, cut, seed) => {
      const rows = given.map(
        ({ block, ...rest }, at): Transfer => ({
          ...rest,
          ...{ txid: (block + 1).toString(16).padStart(64, '0'), txIndex: block % 2, height: 10 + (block >> 1) },
          ...{ logIndex: at, time: 1_700_000_000 + block },
        }),
      )
      const store = open()
      const mixed = shuffled(rows, seed)
      for (const part of [mixed.slice(0, cut), mixed.slice(cut), mixed]) if (part.length > 0) importRows(store, part)
      const kept = openColumns(store, 'tron')
      const made = assembleAccount('tron', rows)
      if (rows.length === 0) assert.equal(kept, undefined)
      else {
        assert(kept?.shape === 'account')
        assert.deepEqual([...exportLines(kept)], [...exportLines(made)])
        assert.deepEqual(kept.transfers, made.transfers)
        assert.deepEqual(historyOf(kept), historyOf(made))
      }
      store.close()
    }),
    { numRuns: 25 },
  )
})

function importRows(store: Store, rows: readonly Transfer[]): void {
  const head = 'amount,to,from,time,height,status,kind,logIndex,txIndex,txid,contract,asset,network'
  const lines = rows.map(row => {
    const { symbol, contract, decimals } = row.asset
    const cells = [formatUnits(row.units, decimals), row.to ?? '', row.from ?? '', Instant.format(row.time), row.height]
    const place = [row.status, row.kind, row.logIndex, row.txIndex, row.txid]
    return [...cells, ...place, contract ?? '', symbol, 'tron'].join(',')
  })
  const file = { kind: 'transfers', name: 'x.csv', sha256: '', bytes: 0, path: '/x.csv' } as const
  const imported = importTransfers(
    store,
    { ...file, height: null, statedHeight: null, undo: null, content: null },
    bytesOf([head, ...lines].join('\n')),
    { clock: () => 1, keep: true, step: () => {} },
  )
  assert.deepEqual(imported.rejected, [])
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = seededRandom(seed)
  return items
    .map(item => ({ item, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

function historyOf({ addresses }: Columns): [string, number[]][] {
  return Array.from({ length: addresses.count }, (_, row) => {
    assert.equal(addresses.find(addresses.format(row)), row)
    return [addresses.format(row), [...addresses.transactionsOf(row)]]
  })
}

function open(): Store {
  return openWriter(mkdtempSync(join(folder, 'data-')))
}
