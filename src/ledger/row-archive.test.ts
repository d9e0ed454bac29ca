import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import type { Asset } from '../model/asset.ts'
import { NONE } from './columns.ts'
import { FAILED } from './link-account.ts'
import { openRowArchive } from './row-archive.ts'
import { emptyTransfers } from './stock.ts'
import { createEntry, createTransferRoll, type Entry, setUnits, type TransferRoll } from './transfer-roll.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-row-archive-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const ASSETS: readonly Asset[] = [
  { network: 'ethereum', contract: null, symbol: 'ETH', decimals: 18 },
  { network: 'ethereum', contract: '0xdac17f958d2ee523a2206206994597c13d831ec7', symbol: 'USDT', decimals: 6 },
]

/** Few of everything, so that rows come again, in full or in part. */
const row = fc.record({
  ...{ transaction: fc.nat(6), asset: fc.nat(1), txIndex: fc.nat(1), height: fc.constantFrom(7, 7, 7, 8) },
  ...{ kind: fc.constantFrom(0, 0, 0, 1, 2, 3, FAILED), logIndex: fc.constantFrom(-1, -1, 0, 1, 2) },
  ...{ from: fc.constantFrom(0, 1, 2, 1500, NONE), to: fc.constantFrom(0, 1, 2, 1500) },
  units: fc.constantFrom(0n, 1n, 2n ** 64n - 1n, 2n ** 64n, 2n ** 256n - 1n),
})
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never

/** Rows as they come, some of them again; after `settle` those before it are no longer in memory. */
const step = fc.oneof(
  { weight: 5, arbitrary: row },
  { weight: 2, arbitrary: fc.record({ again: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.constant('settle' as const) },
)

test('a roll whose rows lie on disk says of each row what one says that holds them all', () => {
  const tally = { added: 0, present: 0, conflict: 0 }
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), list => {
      const archive = openRowArchive(folder)
      const [held, settled] = [rollOf(), rollOf(archive)]
      const came: Row[] = []
      for (const step of list) {
        if (step === 'settle') settled.settle()
        const next = step === 'settle' ? undefined : 'again' in step ? came[step.again] : step
        if (next === undefined) continue
        came.push(next)
        const [expected, verdict] = [enter(held, next), enter(settled, next)]
        assert.deepEqual(verdict, expected)
        tally[typeof expected === 'string' ? expected : 'conflict']++
      }
      assert.equal(settled.count, held.count)
      settled.settle()
      const all = held.slice(0)
      assert.deepEqual(archive.rowsOf([0, 1, 2, 1500]), all)
      for (const address of [0, 1, 2, 1500]) {
        const rows = Array.from({ length: all.count }, (_, k) => k).filter(
          k => all.from[k] === address || all.to[k] === address,
        )
        const { txid, units } = archive.rowsOf([address])
        assert.deepEqual(
          [...txid],
          rows.flatMap(k => [...all.txid.subarray(32 * k, 32 * k + 32)]),
        )
        assert.deepEqual(
          [...units.low],
          rows.map(k => all.units.low[k]),
        )
        const least = new Set(rows.map(k => all.txid[32 * k])).size
        assert.ok(archive.countOf(address) >= least && archive.countOf(address) <= rows.length)
      }
      const ids = new Set(Array.from({ length: all.count }, (_, k) => all.txid[32 * k]!))
      assert.equal(archive.transactions, ids.size)
      for (let k = 0; k < 7; k++) assert.equal(archive.has(idOf(k)), ids.has(k))
      const heights = [...all.height]
      assert.deepEqual(
        archive.heights,
        heights.length === 0 ? null : { low: Math.min(...heights), high: Math.max(...heights) },
      )
    }),
    { numRuns: 150 },
  )
  assert.ok(Math.min(...Object.values(tally)) > 20, JSON.stringify(tally))
})

test('its files have no name: nothing is left where a process ends in whatever way', () => {
  openRowArchive(folder)
  assert.deepEqual(readdirSync(folder), [])
})

function rollOf(archive?: ReturnType<typeof openRowArchive>): TransferRoll {
  return createTransferRoll({ ...emptyTransfers('ethereum'), assets: [...ASSETS] }, archive)
}

function enter(roll: TransferRoll, { transaction, units, ...rest }: Row) {
  const entry: Entry = { ...createEntry(), ...rest, isCoin: rest.asset === 0, time: 1 }
  setUnits(entry, units)
  return roll.enter(idOf(transaction), 0, entry)
}

function idOf(transaction: number): Uint8Array {
  return new Uint8Array(32).fill(transaction)
}
