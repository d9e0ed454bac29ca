import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { buildChain } from '../../../bench/chain.ts'
import { digestOf, openColumns } from '../../ledger/ledger.ts'
import { fixedClock } from '../../std/clock.ts'
import { Failure } from '../../std/failure.ts'
import { openWriter } from '../../store/store.ts'
import { ledgerAdd } from './ledger.ts'
import { threadsFor } from './threads.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-threads-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const { pieces } = buildChain(6000, 50)
const whole = Buffer.concat(pieces)
// One block cut short in the midst, so that faults too must come out alike.
const at = pieces.slice(0, 30).reduce((sum, piece) => sum + piece.length, 0)
const file = join(folder, 'blk00000.dat')
writeFileSync(file, Buffer.concat([whole.subarray(0, at), whole.subarray(at + 300)]))

test('whatever the number of threads: the same answer and the same ledger', () => {
  const [alone, ...others] = [0, 1, 3].map(workers => {
    const store = openWriter(join(folder, String(workers)))
    const context = { store, clock: fixedClock(1_700_000_000), user: 'test', progress: () => {} }
    const input = { network: 'bitcoin-regtest', files: [file], workers, dryRun: false }
    const answer = ledgerAdd.run(input as never, { ...context, signal: new AbortController().signal })
    const digest = digestOf(openColumns(store, 'bitcoin-regtest')!)
    store.close()
    return { answer, digest }
  })
  assert.ok((alone!.answer as { rejected: unknown[] }).rejected.length > 0)
  for (const other of others) assert.deepEqual(other, alone)
})

test('threads: as asked for, none for a small file, and never a number that is none', () => {
  assert.equal(threadsFor({ files: [file], workers: 5 }), 5)
  assert.equal(threadsFor({ files: [file] }), 0)
  for (const workers of [-1, 65, 1.5]) {
    assert.throws(
      () => threadsFor({ files: [file], workers }),
      thrown => thrown instanceof Failure && thrown.name === 'Ledger.BadWorkers',
    )
  }
})
