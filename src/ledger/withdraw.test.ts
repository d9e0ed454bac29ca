import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import type { Transfer } from '../model/transfer.ts'
import { openWriter, type Store } from '../store/store.ts'
import {
  exportLines,
  type Ground,
  listGround,
  openColumns,
  openRebuilder,
  openTransferIngest,
  rebuildTransfers,
  withdrawTransfers,
} from './ledger.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-withdraw-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const NETWORK = 'ethereum'
const address = (n: number): string => `0x${(n + 1).toString(16).padStart(40, '0')}`

/** What is read one after another: blocks of a node, and pages of a provider about any height. */
const step = fc.record({
  page: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, fc.nat(14)),
  rows: fc.array(fc.record({ from: fc.nat(5), to: fc.nat(5), units: fc.bigInt(1n, 9n) }), { maxLength: 3 }),
  /** Tells a transaction of the newest block again, at another height: refused for as long as that block stands. */
  contradicts: fc.boolean(),
})
const story = fc.record({
  steps: fc.array(step, { minLength: 4, maxLength: 14 }),
  depths: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
})

test('without the files of blocks that are withdrawn, the ledger is what all the others tell', () => {
  const tally = { read: 0, of: 0 }
  fc.assert(
    fc.property(story, ({ steps, depths }) => {
      const store = openWriter(mkdtempSync(join(folder, 'data-')))
      const lost = new Set<number | null>()
      let blocks: { height: number; ground: number | null; txid: string }[] = []
      let serial = 0
      for (const depth of depths) {
        for (const { page, rows, contradicts } of steps) {
          const top = blocks.at(-1)
          const height = page ?? (top === undefined ? 3 : top.height + 1)
          const transfers = rows.map((row, at) => transfer(height, at, hashOf(serial++), row))
          if (page !== null && contradicts && top !== undefined) {
            transfers.push(transfer(Math.max(0, top.height - 3), 9, top.txid, { from: 0, to: 1, units: 3n }))
          }
          const { ground } = openTransferIngest(store, NETWORK, () => 1).add(`step ${serial}`, transfers)
          if (page === null) blocks.push({ height, ground, txid: transfers[0]?.txid ?? hashOf(0) })
        }
        const from = Math.max(1, (blocks.at(-1)?.height ?? 0) - depth + 1)
        for (const { height, ground } of blocks) if (height >= from && ground !== null) lost.add(ground)
        blocks = blocks.filter(({ height }) => height < from)
        const counted = withdraw(store, from, lost)
        tally.read += counted.read
        tally.of += counted.of
      }
      store.close()
    }),
    { numRuns: 12 },
  )
  assert.ok(tally.read < tally.of && tally.read > 5, JSON.stringify(tally))
})

/** Withdraws, and compares with deriving from all files that stay. Gives how many files were read, and of how many. */
function withdraw(store: Store, from: number, lost: ReadonlySet<number | null>): { read: number; of: number } {
  const all = listGround(store, NETWORK).filter(ground => !lost.has(ground.id))
  const expected = [...exportLines(rebuildTransfers(NETWORK, filesOf(store, all), undefined))]
  const rebuilder = openRebuilder(store, NETWORK, () => 1)
  let read = 0
  const files = (grounds: readonly Ground[]) => {
    read = grounds.length
    return filesOf(store, grounds)
  }
  const columns = withdrawTransfers(store, NETWORK, { from, lost }, files, rebuilder)
  rebuilder.activate()
  assert.deepEqual([...exportLines(columns)], expected)
  assert.deepEqual([...exportLines(openColumns(store, NETWORK)!)], expected)
  return { read, of: all.length }
}

function filesOf(store: Store, grounds: readonly Ground[]) {
  return grounds.map(ground => ({ ground, pieces: [store.files.get(ground.sha256)] }))
}

function hashOf(serial: number): string {
  return serial.toString(16).padStart(64, '0')
}

function transfer(
  height: number,
  txIndex: number,
  txid: string,
  { from, to, units }: { from: number; to: number; units: bigint },
): Transfer {
  return {
    ...{ network: NETWORK, txid, txIndex, logIndex: -1, kind: 'transfer', failed: false, height, time: 1000 + height },
    ...{ from: address(from), to: address(to), token: null, units },
  }
}
