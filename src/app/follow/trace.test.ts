import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { shared, skipWithout } from '../../../test/shared.ts'
import { listRuns } from '../../trace/trace.ts'
import { perform, type Setting } from '../perform.ts'

const MAINNET = 'data/bitcoin/mainnet'
const PACK = 'data/tagpacks/packs/walletexplorer.yaml'
const BLOCKS = [`${MAINNET}/block363703.dat`, `${MAINNET}/block300025.raw`, `${MAINNET}/block300025-undo.raw`]
const LUCKY = '1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK'
const SERVICE = '1NxaBCFQwejSZbQfWcYNwgqML5wWoE3rK4'
/** Transaction 31289a81… of block 363,703. */
const WITNESS = '31289a819c7c3b7198d877ff3dcded6c6e454ae7e3430a3a4e9c25b0d5b6b3c9'

const directory = mkdtempSync(join(tmpdir(), 'athar-trace-'))
after(() => rmSync(directory, { recursive: true }))

const setting: Setting = {
  ...{ directory, user: 'test', clock: () => 1_800_000_000, progress: () => undefined },
  signal: new AbortController().signal,
}

type Row = {
  readonly address: string
  readonly outpoint: string
  readonly amount: { readonly amount: string }
  readonly stoppedBecause: string
  readonly label: { readonly name: string; readonly category: string } | null
}
type Answer = {
  readonly methods: Record<string, { reached: Row[]; total: { amount: string }[]; fees: { amount: string }[] }>
  readonly conserved: boolean
  readonly notes: string[]
  readonly coverage: { readonly transactionsRead: number | null }
  readonly run: number
}

test('a real trial: value of an unlabelled address stops at LuckyB.it', {
  skip: skipWithout(PACK, ...BLOCKS),
}, async () => {
  await perform('ledger add', { network: 'bitcoin', files: [shared(BLOCKS[0]!)] }, setting)
  await perform('ledger add', { network: 'bitcoin', files: [shared(BLOCKS[1]!)], undo: [shared(BLOCKS[2]!)] }, setting)
  await perform('list add', { format: 'tagpack', file: shared(PACK) }, setting)
  const answer = (await perform('trace', { origin: [LUCKY] }, setting)) as Answer
  assert.equal(answer.conserved, true)
  for (const method of ['poison', 'haircut', 'fifo', 'lifo', 'tiho']) {
    const { reached, total, fees } = answer.methods[method]!
    assert.equal(total[0]!.amount, '7450000', method)
    const row = reached.find(one => one.outpoint === `${WITNESS}:1`)!
    assert.deepEqual(
      [row.address, row.amount.amount, row.stoppedBecause, row.label!.name, row.label!.category],
      [SERVICE, '200000', 'service', 'LuckyB.it', 'gambling'],
    )
    assert.ok(reached.some(one => one.stoppedBecause === 'unread' && one.address === LUCKY))
    const sum = reached.reduce((units, one) => units + BigInt(one.amount.amount), BigInt(fees[0]!.amount))
    if (method !== 'poison') assert.equal(sum, 7_450_000n, method)
  }
  assert.equal(listRuns(directory, 1)[0]!.id, answer.run)
  const why = (await perform('cluster why', { addresses: [SERVICE, LUCKY] }, setting)) as Record<string, unknown[]>
  assert.deepEqual([why['linked'], why['witness']!.length, why['cut']!.length, why['cutAtLeast']], [true, 1, 9, null])
  assert.deepEqual(why['without'], { linked: false })
  const way = (await perform('path', { addresses: [LUCKY, SERVICE] }, setting)) as { forward: { hops: number } }
  assert.equal(way.forward.hops, 1)
  const near = (await perform('path', { addresses: [LUCKY], nearest: true }, setting)) as Record<string, unknown>
  assert.deepEqual([near['to'], (near['label'] as Row['label'])!.name], [SERVICE, 'LuckyB.it'])
  const funded = (await perform('funder', { address: SERVICE }, setting)) as { funding: { grade: string }[] }
  assert.equal(funded.funding.length, 1)
})

test('a ledger that was not read gives no zero', async () => {
  const answer = (await perform('trace', { origin: ['TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'] }, setting)) as Answer
  assert.deepEqual([answer.methods, answer.coverage.transactionsRead], [{}, null])
  assert.match(answer.notes[0]!, /was not read/)
  const cluster = (await perform('cluster show', { address: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t' }, setting)) as {
    note: string
  }
  assert.match(cluster.note, /was not read/)
})

test('what is no address, no method or of two networks is refused by name', async () => {
  const refused = (name: string, input: object) =>
    assert.rejects(perform('trace', input, setting), { name, kind: name === 'Address.Unknown' ? 'input' : 'usage' })
  await refused('Address.Unknown', { origin: ['nonsense'] })
  await refused('Trace.UnknownMethod', { origin: [LUCKY], method: 'guess' })
  await refused('Trace.NetworksDiffer', { origin: [LUCKY, 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'] })
  await refused('Input.UnknownNetwork', { origin: [LUCKY], network: 'nowhere' })
  await refused('Trace.BadDeclaration', { origin: [LUCKY], hops: 0 })
  const two = { addresses: [LUCKY, SERVICE], nearest: true }
  await assert.rejects(perform('path', two, setting), { name: 'Trace.NotOne', kind: 'usage' })
})
