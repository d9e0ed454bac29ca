import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ledgerAdd, ledgerImport, ledgerStatus } from '../../src/app/ledger/ledger.ts'
import { type RebuildAnswer, rebuild } from '../../src/app/ledger/rebuild.ts'
import type { Context, Operation } from '../../src/app/operation.ts'
import { digestOf, openColumns } from '../../src/ledger/ledger.ts'
import type { NetworkId } from '../../src/model/network.ts'
import { fixedClock } from '../../src/std/clock.ts'
import { Failure } from '../../src/std/failure.ts'
import { seededRandom } from '../../src/std/random.ts'
import { openWriter, type Store } from '../../src/store/store.ts'
import { buildChain, frame } from './chain.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-format-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const { links } = buildChain(seededRandom(5), 30)
const blocks = join(folder, 'blk00000.dat')
writeFileSync(blocks, frame(links))
const transfers = join(folder, 'transfers.csv')
writeFileSync(
  transfers,
  `network,txid,height,time,from,to,amount
tron,${'a'.repeat(64)},5,2023-01-31T12:00:00Z,TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t,TEkxiTehnzSmSe2XqrBj4w32RUN966rdz8,1.5
`,
)

for (const format of [1, 99]) {
  test(`columns of format ${format} are refused by name everywhere, and derived anew from ground`, () => {
    const store = openWriter(mkdtempSync(join(folder, 'data-')))
    after(() => store.close())
    const networks: NetworkId[] = ['bitcoin-regtest', 'tron']
    run(store, ledgerAdd, { network: 'bitcoin-regtest', files: [blocks], dryRun: false })
    run(store, ledgerImport, { file: transfers, dryRun: false })
    const digests = networks.map(network => digestOf(openColumns(store, network)!))
    for (const network of networks) claimFormat(store, network, format)
    const refused = [
      ...networks.map(network => () => openColumns(store, network)),
      () => run(store, ledgerAdd, { network: 'bitcoin-regtest', files: [blocks], dryRun: false }),
      () => run(store, ledgerImport, { file: transfers, dryRun: false }),
      () => run(store, ledgerStatus, { digest: false }),
    ]
    for (const work of refused) assert.deepEqual(failureOf(work), ['Ledger.Format', true])
    const answer = run(store, rebuild, { dryRun: false }) as RebuildAnswer
    assert.deepEqual(
      answer.networks.map(one => [one.network, one.before, one.after]),
      networks.map((network, at) => [network, null, digests[at]]),
    )
    assert.deepEqual(
      networks.map(network => digestOf(openColumns(store, network)!)),
      digests,
    )
    run(store, ledgerAdd, { network: 'bitcoin-regtest', files: [blocks], dryRun: false })
  })
}

/** A manifest as another Athar would have written it. */
function claimFormat({ database }: Store, network: NetworkId, format: number): void {
  database
    .prepare(
      `INSERT INTO ledger_manifest (network, generation, format, chunks, blocks, transactions, sha256, committed_at)
       SELECT network, generation, ?, chunks, blocks, transactions, sha256, committed_at
       FROM ledger_manifest WHERE network = ? ORDER BY id DESC LIMIT 1`,
    )
    .run(format, network)
}

function run(store: Store, operation: Operation, input: object): unknown {
  const signal = new AbortController().signal
  const context: Context = { store, clock: fixedClock(1), user: 'test', progress: () => {}, signal }
  return operation.run(input as never, context)
}

/** Its name, and whether the hint says what to do. */
function failureOf(work: () => unknown): [string, boolean] {
  try {
    work()
  } catch (thrown) {
    assert(thrown instanceof Failure, String(thrown))
    return [thrown.name, thrown.hint?.includes('athar rebuild') === true]
  }
  return ['nothing was thrown', false]
}
