import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import type { Transfer } from '../model/transfer.ts'
import { openReader, openWriter, type Store } from '../store/store.ts'
import {
  type AccountColumns,
  addReadBlocks,
  carryColumns,
  digestOf,
  importTransfers,
  openColumns,
  openTransferIngest,
  withdrawBlocks,
} from './ledger.ts'
import { toCsv } from './transfer-csv.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-grow-account-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const NETWORK = 'tron'
const PARTIES = [
  ...['T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', 'TMuA6YqfCeX8EhbfYEg5y7S4DqzSJireY9'],
  ...['TWd4WrZ9wn84f5x1hZhL4DHvk738ns5jwb', 'TV6MuMXfmLbBqPZvBHdwFsDnQeVfnmiuSi', 'TG3XXyExBkPp9nzdajDZsozEu4BkaSJozs'],
]
const TOKENS = [
  { contract: PARTIES[1]!, symbol: 'USDT', decimals: 6 },
  { contract: PARTIES[2]!, symbol: 'ODD', decimals: 18 },
]

/** What comes at once: transfers at a height, one after the last, or before, or one that contradicts. */
type Portion = {
  readonly back: number
  readonly rows: readonly { from: number; to: number; units: bigint; token: number; event: boolean }[]
  readonly contradicts: boolean
  readonly how: 'ingest' | 'import' | 'anew' | 'carried' | 'same'
}

const portions = fc.array(
  fc.record({
    back: fc.oneof({ weight: 6, arbitrary: fc.constant(-1) }, fc.nat(4)),
    rows: fc.array(
      fc.record({
        ...{ from: fc.nat(5), to: fc.nat(5), token: fc.integer({ min: -1, max: 1 }), event: fc.boolean() },
        units: fc.oneof(fc.bigInt(0n, 9n), fc.bigInt(0n, 2n ** 256n - 1n)),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    contradicts: fc.boolean(),
    how: fc.constantFrom('ingest' as const, 'import' as const, 'anew' as const, 'carried' as const, 'same' as const),
  }),
  { minLength: 5, maxLength: 14 },
)

test('an account chain that grows is the one that is linked anew: in the writer, in a reader, whatever comes', () => {
  const tally = { grown: 0, anew: 0 }
  fc.assert(
    fc.property(portions, list => {
      run(list, tally)
    }),
    { numRuns: 20 },
  )
  assert.ok(tally.grown > 10 && tally.anew > 10, JSON.stringify(tally))
})

function run(list: readonly Portion[], tally: { grown: number; anew: number }): void {
  const directory = mkdtempSync(join(folder, 'data-'))
  let store = openWriter(directory)
  let ingest = openTransferIngest(store, NETWORK, () => 1)
  const reader = openReader(directory)
  const seen: { columns: AccountColumns; digest: string; history: unknown }[] = []
  let [top, serial] = [100, 0]
  for (const [at, portion] of list.entries()) {
    if (portion.how === 'anew' || portion.how === 'carried') {
      const before = store
      store.close()
      store = openWriter(directory)
      if (portion.how === 'carried') carryColumns(before, store)
    }
    if (portion.how !== 'same' || at === 0) ingest = openTransferIngest(store, NETWORK, () => 1)
    const height = portion.back === -1 ? ++top : top - portion.back
    const transfers = transfersOf(portion, height, () => serial++)
    if (portion.how === 'import') importAll(store, transfers)
    else ingest.add(`portion ${at}`, transfers)
    // One that contradicts what is known, at addresses nobody has named: refused, and no trace of it.
    if (portion.contradicts && portion.how !== 'import') {
      const { rejected } = ingest.add('again', [{ ...transfers[0]!, to: PARTIES[at % 6]!, height: height + 1 }])
      assert.equal(rejected.length, 1)
    }
    if (portion.how === 'import') ingest = openTransferIngest(store, NETWORK, () => 1)
    if (at % 4 === 3) continue
    const columns = openColumns(store, NETWORK) as AccountColumns
    const before = seen.at(-1)?.columns
    if (before !== undefined) tally[isGrown(before, columns) ? 'grown' : 'anew']++
    const expected = anew(directory)
    same(columns, expected)
    if (at % 2 === 0) same(openColumns(reader, NETWORK) as AccountColumns, expected)
    seen.push({ columns, digest: digestOf(expected), history: historyOf(expected) })
  }
  for (const { columns, digest, history } of seen) {
    assert.equal(digestOf(columns), digest, 'what was held stays as it was')
    assert.deepEqual(historyOf(columns), history)
  }
  reader.close()
  store.close()
}

function transfersOf({ rows }: Portion, height: number, next: () => number): Transfer[] {
  return rows.map(({ from, to, units, token, event }, index) => {
    const serial = next()
    return {
      ...{ network: NETWORK, txid: (serial >> 1).toString(16).padStart(64, '0'), txIndex: index, height, time: height },
      // Two transactions in a portion now and then share an id, which the ledger refuses where their places differ.
      ...{ logIndex: event ? index : -1, kind: 'transfer', failed: false },
      ...{ from: PARTIES[from]!, to: PARTIES[to]!, token: TOKENS[token] ?? null, units },
    }
  })
}

function importAll(store: Store, transfers: readonly Transfer[]): void {
  const content = toCsv(transfers)
  const file = { kind: 'transfers', name: 'x.csv', sha256: '', bytes: 0, path: '/x.csv', content: null } as const
  const given = { ...file, height: null, statedHeight: null, undo: null }
  importTransfers(store, given, [content], { clock: () => 1, keep: true, step: () => {} })
}

/** Grown columns lie in the room of those before; those linked anew never. */
function isGrown(before: AccountColumns, now: AccountColumns): boolean {
  return before.transfers.from.buffer === now.transfers.from.buffer
}

function anew(directory: string): AccountColumns {
  const reader = openReader(directory)
  const columns = openColumns(reader, NETWORK) as AccountColumns
  const coverage = columns.coverage()
  reader.close()
  return { ...columns, coverage: () => coverage }
}

function same(columns: AccountColumns, expected: AccountColumns): void {
  assert.deepEqual(columns.transactions, expected.transactions)
  assert.deepEqual(columns.transfers, expected.transfers)
  assert.deepEqual(columns.assets, expected.assets)
  assert.deepEqual(historyOf(columns), historyOf(expected))
  assert.deepEqual(columns.coverage(), expected.coverage())
}

function historyOf({ addresses }: AccountColumns): [string, number[]][] {
  return Array.from({ length: addresses.count }, (_, row) => {
    assert.equal(addresses.find(addresses.format(row)), row)
    return [addresses.format(row), [...addresses.transactionsOf(row)]]
  })
}

test('which blocks were read is what all of them tell, whatever was asked before: gaps, repeats, withdrawals', () => {
  const step = fc.record({
    from: fc.nat(20),
    heights: fc.integer({ min: 1, max: 4 }),
    transactions: fc.nat(9),
    withdraw: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, fc.nat(25)),
    onTop: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 10 }), steps => {
      const directory = mkdtempSync(join(folder, 'data-'))
      const store = openWriter(directory)
      const [first] = transfersOf({ ...NOTHING, rows: [ROW] }, 5, () => 0)
      openTransferIngest(store, NETWORK, () => 1).add('x', [first!])
      const standing = new Map<number, number>()
      for (const { from, heights, transactions, withdraw, onTop } of steps) {
        const at = onTop ? Math.max(-1, ...standing.keys()) + 1 : from
        const blocks = Array.from({ length: heights }, (_, k) => ({
          ...{ height: at + k, hash: 'x', time: 1, transactions: transactions + k, internal: true, ground: null },
        }))
        addReadBlocks(store, NETWORK, blocks, 1)
        for (const block of blocks) standing.set(block.height, block.transactions)
        if (withdraw !== null) {
          store.transaction(() => withdrawBlocks(store, NETWORK, withdraw, 1))
          for (const height of [...standing.keys()]) if (height >= withdraw) standing.delete(height)
        }
        const { fromHeight, toHeight, transactionsExpected } = openColumns(store, NETWORK)!.coverage()
        const [low, high] = [Math.min(5, ...standing.keys()), Math.max(5, ...standing.keys())]
        const isWhole = standing.size > 0 && standing.size === high - low + 1
        const sum = [...standing.values()].reduce((total, one) => total + one, 0)
        assert.deepEqual([fromHeight, toHeight, transactionsExpected], [low, high, isWhole ? sum : null])
      }
      store.close()
    }),
    { numRuns: 25 },
  )
})

const ROW = { from: 0, to: 1, units: 1n, token: -1, event: false }
const NOTHING = { back: -1, contradicts: false, how: 'same' as const }
