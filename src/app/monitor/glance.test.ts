import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { ADDRESSES } from '../../../test/tron-node.ts'
import { sponsorshipOf } from '../../cluster/cluster.ts'
import { type Columns, followTransfers, openTransferIngest, prices } from '../../ledger/ledger.ts'
import type { Transfer } from '../../model/transfer.ts'
import { eventsOf } from '../../monitor/monitor.ts'
import { openWriter } from '../../store/store.ts'
import { type Glance, glanceAt } from './glance.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-glance-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const NETWORK = 'tron'
const people = ADDRESSES.slice(0, 7)

/** Two pay for others, who spend: mostly each of those for the same ones. */
const payment = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 2, max: 6 }).map(to => ({ from: to % 2, to, isFee: false })) },
  { weight: 4, arbitrary: fc.integer({ min: 2, max: 6 }).map(from => ({ from, to: 0, isFee: true })) },
  { weight: 1, arbitrary: fc.record({ from: fc.nat(6), to: fc.nat(6), isFee: fc.constant(false) }) },
)

/** As above, whatever chance brings: each of the two pays for some, who spend after. */
const SPONSORED = [2, 4, 6, 3, 5].flatMap(one => [
  { from: one % 2, to: one, isFee: false },
  { from: one, to: 0, isFee: true },
])

test('who follows a chain from disk is told the same of each address as one who holds all columns', () => {
  let sponsors = 0
  fc.assert(
    fc.property(fc.array(payment, { minLength: 4, maxLength: 30 }), payments => {
      const transfers = payments.map(({ from, to, isFee }, k): Transfer => {
        const place = { txid: (k + 1).toString(16).padStart(64, '0'), txIndex: 0, logIndex: -1, height: k, time: k }
        const ends = { from: people[from]!, to: isFee ? null : people[to]! }
        return { ...{ network: NETWORK, ...place, kind: isFee ? 'fee' : 'transfer' }, ...ends, ...COIN }
      })
      const [disk, memory] = [openStore(), openStore()]
      followTransfers(disk, NETWORK, () => 1).add('x', transfers)
      openTransferIngest(memory, NETWORK, () => 1).add('x', transfers)
      const [glance, whole] = [glanceAt(disk, NETWORK)!, glanceAt(memory, NETWORK)!]
      assert.deepEqual([glance.whole, whole.whole === null], [null, false])
      assert.deepEqual([glance.top, glance.coverage()], [whole.top, whole.coverage()])
      const txids = new Set([transfers[0]!.txid, transfers.at(-1)!.txid, 'f'.repeat(64)])
      for (const txid of txids) assert.equal(glance.among(txids).has(txid), whole.among(txids).has(txid))
      for (const address of people) {
        const known = prices(disk)
        const expected = eventsOf(whole.of(address), address, known)
        assert.deepEqual(eventsOf(glance.of(address), address, known), expected)
        assert.deepEqual(eventsOf(glance.near(address)!, address, known), expected)
        for (const until of [payments.length >> 1, payments.length]) {
          const sponsored = sponsorOf(whole, address, until)
          assert.deepEqual(sponsorOf(glance, address, until), sponsored)
          if (sponsored !== null && sponsored.sponsored.length > 1) sponsors++
        }
      }
      disk.close()
      memory.close()
    }),
    { numRuns: 12, examples: [[SPONSORED]] },
  )
  assert.ok(sponsors >= 5, `${sponsors} addresses whose sponsor has several: too few to tell`)
})

const COIN = { token: null, units: 1_000_000n, failed: false }

const openStore = () => openWriter(mkdtempSync(join(folder, 'data-')))

function sponsorOf(glance: Glance, address: string, until: number) {
  const ask = (columns: Columns) => {
    const row = columns.addresses.find(address)
    return row === undefined || columns.shape === 'utxo' ? null : sponsorshipOf(columns, row, () => null, until)
  }
  const found = glance.about(address, ask)
  return found === null ? null : { ...found, sponsored: [...found.sponsored].sort() }
}
