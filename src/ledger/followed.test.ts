import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import type { Transfer } from '../model/transfer.ts'
import { openWriter } from '../store/store.ts'
import {
  type AccountColumns,
  carryColumns,
  coverageOf,
  digestOf,
  findFollowed,
  followTransfers,
  movementsOf,
  openColumns,
  openFollowed,
  openTransferIngest,
} from './ledger.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-followed-'))
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

/** Few transactions, so that rows come again, contradict what is there, or belong before it. */
const transfer = fc
  .record({
    ...{ txid: fc.nat(12), height: fc.nat(2), from: fc.nat(5), to: fc.nat(5), token: fc.integer({ min: -1, max: 1 }) },
    ...{ event: fc.integer({ min: -1, max: 1 }), isFee: fc.constantFrom(false, false, false, true) },
    units: fc.oneof(fc.bigInt(0n, 3n), fc.bigInt(0n, 2n ** 256n - 1n)),
  })
  .map(({ txid, height, from, to, token, event, isFee, units }): Transfer => {
    const place = { height: 100 + (txid % 5) + (height === 2 ? 1 : 0), time: 1000 + txid, txIndex: txid }
    return {
      ...{ network: NETWORK, txid: txid.toString(16).padStart(64, '0'), ...place, logIndex: isFee ? -1 : event },
      ...{ kind: isFee ? 'fee' : 'transfer', failed: false, from: PARTIES[from]!, to: isFee ? null : PARTIES[to]! },
      ...{ token: isFee ? null : (TOKENS[token] ?? null), units },
    }
  })

/** In a process that goes on, in one that starts, after somebody else has added; or what came is sent again. */
const portion = fc.record({
  transfers: fc.array(transfer, { maxLength: 6 }),
  how: fc.constantFrom('on', 'on', 'carried', 'anew', 'elsewhere', 'again'),
})

test('who follows takes and refuses what one does that holds all rows, and sees the same of each address', () => {
  const tally = { added: 0, present: 0, rejected: 0 }
  fc.assert(
    fc.property(fc.array(portion, { minLength: 3, maxLength: 12 }), portions => {
      const [twin, directory] = [openWriter(mkdtempSync(join(folder, 'a-'))), mkdtempSync(join(folder, 'b-'))]
      let store = openWriter(directory)
      const all: Transfer[] = []
      for (const { transfers, how } of portions) {
        if (how === 'anew' || how === 'carried') {
          const before = store
          store.close()
          store = openWriter(directory)
          if (how === 'carried') carryColumns(before, store)
        }
        const sent = how === 'again' ? all : transfers
        const ingest = (how === 'elsewhere' ? openTransferIngest : followTransfers)(store, NETWORK, () => 1)
        const taken = ingest.add('x', sent)
        assert.deepEqual(taken, openTransferIngest(twin, NETWORK, () => 1).add('x', sent))
        all.push(...transfers)
        tally.added += taken.added
        tally.present += taken.present
        tally.rejected += taken.rejected.length
        openFollowed(store, NETWORK)
        compare(store, openColumns(twin, NETWORK) as AccountColumns | undefined)
      }
      if (all.length > 0) assert.equal(digestOf(openColumns(store, NETWORK)!), digestOf(openColumns(twin, NETWORK)!))
      store.close()
      twin.close()
    }),
    { numRuns: 12 },
  )
  assert.ok(Math.min(...Object.values(tally)) > 10, JSON.stringify(tally))
})

function compare(store: ReturnType<typeof openWriter>, expected: AccountColumns | undefined): void {
  const followed = findFollowed(store, NETWORK)
  assert.equal(followed === undefined, expected === undefined)
  if (followed === undefined || expected === undefined) return
  assert.deepEqual(coverageOf(store, NETWORK), expected.coverage())
  assert.equal(followed.top, expected.transactions.height.at(-1))
  for (const address of PARTIES) {
    const { columns } = followed.columnsOf([address])
    assert.deepEqual(historyOf(columns, address), historyOf(expected, address))
  }
  const { columns } = followed.columnsOf(PARTIES)
  for (const address of PARTIES) assert.deepEqual(historyOf(columns, address), historyOf(expected, address))
  const busy = PARTIES.filter(address => expected.addresses.find(address) !== undefined)
  assert.deepEqual([...followed.columnsOf(PARTIES, 0).crowded], busy)
  const txids = Array.from({ length: 13 }, (_, k) => k.toString(16).padStart(64, '0'))
  const there = new Set(busy.flatMap(address => historyOf(expected, address).map(one => one.txid)))
  for (const txid of there) assert.ok(followed.among(txids).has(txid))
  assert.deepEqual(followed.among(['not a txid', 'f'.repeat(64)]), new Set())
}

/** All that an address did: what moved, and in which order. */
function historyOf(columns: AccountColumns, address: string) {
  const row = columns.addresses.find(address)
  return row === undefined ? [] : movementsOf(columns, row, 0, 1000)
}
