import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { shared, skipWithout } from '../../../test/shared.ts'
import { perform, type Setting } from '../perform.ts'
import type { ActivityAnswer } from './activity.ts'
import type { FlowAnswer, FlowSide } from './flow.ts'
import type { NeighboursAnswer } from './neighbours.ts'

const directory = mkdtempSync(join(tmpdir(), 'athar-flow-'))
after(() => rmSync(directory, { recursive: true }))

const setting: Setting = {
  ...{ directory, user: 'test', clock: () => 1_800_000_000, progress: () => undefined },
  signal: new AbortController().signal,
}

const [A, B, C] = ['0x', '0x', '0x'].map((head, i) => head + `${i + 1}`.repeat(40)) as [string, string, string]
const HEAD = 'network,txid,txIndex,height,time,from,to,amount'
const ROWS = [
  `ethereum,0x${'a'.repeat(64)},0,1,2024-01-01T00:00:00Z,,${A},10`,
  `ethereum,0x${'b'.repeat(64)},0,2,2024-01-02T00:00:00Z,${A},${B},4`,
  `ethereum,0x${'c'.repeat(64)},0,3,2024-01-03T00:00:00Z,${B},${C},3`,
]

function units({ address, amounts }: FlowSide, method: string): [string | null, string | undefined] {
  return [address, amounts[method]?.amount]
}

test('the way of value, transfer by transfer, forward and back; neighbours and days of the same', async () => {
  const file = join(directory, 'transfers.csv')
  writeFileSync(file, `${[HEAD, ...ROWS].join('\n')}\n`)
  await perform('ledger import', { file }, setting)
  const forward = (await perform('flow', { origin: [A] }, setting)) as FlowAnswer
  const ether = (whole: string) => `${whole}${'0'.repeat(18)}`
  assert.deepEqual(
    forward.steps.map(step => [step.hops, units(step.paid[0]!, 'fifo'), units(step.got[0]!, 'fifo')]),
    [
      [1, [A, ether('4')], [B, ether('4')]],
      [2, [B, ether('3')], [C, ether('3')]],
    ],
  )
  assert.deepEqual(
    forward.parties.map(party => [party.address, party.isOrigin, party.stoppedBecause]),
    [
      [A, true, 'unspent'],
      [B, false, 'unspent'],
      [C, false, 'unspent'],
    ],
  )
  const back = (await perform('flow', { origin: [C], direction: 'backward' }, setting)) as FlowAnswer
  assert.deepEqual(
    back.steps.map(step => [step.hops, units(step.paid[0]!, 'haircut'), units(step.got[0]!, 'haircut')]),
    [
      [1, [B, ether('3')], [C, ether('3')]],
      [2, [A, ether('3')], [B, ether('3')]],
      [3, [null, ether('3')], [A, ether('3')]],
    ],
  )
  const cut = (await perform('flow', { origin: [A], limit: 1 }, setting)) as FlowAnswer
  assert.deepEqual([cut.steps.length, cut.total, cut.left], [1, 2, 1])

  const page = (await perform('neighbours', { address: B, limit: 1 }, setting)) as NeighboursAnswer
  assert.deepEqual([page.total, page.left, page.cursor], [2, 1, '1'])
  assert.deepEqual(
    page.neighbours.map(one => [one.address, one.direction, one.amounts[0]!.most.value]),
    [[A, 'in', '4.000000000000000000']],
  )
  const last = (await perform('neighbours', { address: B, cursor: page.cursor! }, setting)) as NeighboursAnswer
  assert.deepEqual([last.neighbours.map(one => one.address), last.cursor], [[C], null])
  const none = (await perform('neighbours', { address: B, to: '2023-12-31' }, setting)) as NeighboursAnswer
  assert.deepEqual(none.neighbours, [])
  await assert.rejects(perform('neighbours', { address: B, asset: 'USDT' }, setting), {
    name: 'Neighbour.UnknownAsset',
  })
  await assert.rejects(perform('neighbours', { address: B, cursor: '-1' }, setting), { name: 'Neighbour.BadCursor' })
  const days = (await perform('activity', { address: B }, setting)) as ActivityAnswer
  assert.deepEqual(
    days.days.map(day => [day.day, day.transactions, day.received[0]?.value, day.sent[0]?.value]),
    [
      ['2024-01-02', 1, '4.000000000000000000', undefined],
      ['2024-01-03', 1, undefined, '3.000000000000000000'],
    ],
  )
  const unread = (await perform('neighbours', { address: B, network: 'base' }, setting)) as NeighboursAnswer
  assert.deepEqual([unread.coverage.transactionsRead, unread.notes.length], [null, 1])
})

const BLOCK = 'data/bitcoin/mainnet/block363703.dat'

test('coins of a real block: each transaction carries as much traced value as it took, by each method', {
  skip: skipWithout(BLOCK),
}, async () => {
  await perform('ledger add', { network: 'bitcoin', files: [shared(BLOCK)] }, setting)
  const answer = (await perform('flow', { origin: ['1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK'] }, setting)) as FlowAnswer
  assert.ok(answer.steps.length > 0)
  for (const { paid, got, txid } of answer.steps) {
    for (const method of ['haircut', 'fifo', 'lifo', 'tiho']) {
      const sum = (sides: readonly FlowSide[]) =>
        sides.reduce((all, side) => all + BigInt(side.amounts[method]?.amount ?? 0), 0n)
      assert.ok(sum(got) <= sum(paid), `${txid} ${method}: ${sum(got)} of ${sum(paid)}`)
    }
  }
})
