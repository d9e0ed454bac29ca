import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { ADDRESSES, startTronNode, type TronNode } from '../../../test/tron-node.ts'
import { perform } from '../perform.ts'
import type { AlertList } from './alert.ts'
import type { RuleTest } from './rule.ts'
import type { WatchRun } from './watch.ts'

/** Words in payments raise alerts about who wrote them; what strangers write raises nothing about who is written to. */
const directory = mkdtempSync(join(tmpdir(), 'athar-memo-'))
const [campaign, customer, stranger, shop] = ADDRESSES as [string, string, string, string, ...string[]]
const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const FAKE = 'TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf'
let node: TronNode

const run = <T>(name: string, input: object, signal = new AbortController().signal): Promise<T> =>
  perform(name, input, {
    ...{ directory, user: 'amal', clock: () => 1_700_100_000, progress: () => {}, signal },
  }) as Promise<T>

const ofMemos = async (): Promise<AlertList['alerts']> =>
  (await run<AlertList>('alert list', { rule: 'supportive-memo' })).alerts

before(async () => {
  node = await startTronNode()
  await run('campaign add', { name: 'winter' })
  await run('campaign link', { name: 'winter', addresses: [campaign], role: 'donation', publisher: 't.me/example' })
  await run('watch add', { target: 'winter', kind: 'campaign' })
  await run('watch add', { target: customer, name: 'customer' })
  node.mine({ from: stranger, to: customer, units: 50_000_000n, memo: 'hello' })
  node.mine({ from: stranger, to: customer, units: 7_000_000n, contract: USDT })
  // A third one: who has three can be a control.
  node.mine({ from: stranger, to: ADDRESSES[9]!, units: 1_000_000n })
})
after(async () => {
  await node.stop()
  rmSync(directory, { recursive: true, force: true })
})

test('a draft raises nothing; tested on the ledger, it can be put in force', async () => {
  await run('ledger sync', { network: 'tron', from: node.url })
  await assert.rejects(run('rule activate', { rule: 'supportive-memo' }), { name: 'Rule.Untested' })
  const { watched } = await run<RuleTest>('rule test', { rule: 'supportive-memo', controls: 5 })
  assert.deepEqual([watched.addresses, watched.fired], [2, 0])
  await run('rule activate', { rule: 'supportive-memo' })
})

test('words of strangers to an innocent address raise nothing about it, however they are sent', async () => {
  node.mine(
    { from: stranger, to: customer, units: 1_000_000n, memo: 'weapons for the mujahideen' },
    { from: stranger, to: customer, units: 1n, memo: 'سلاح للمجاهدين' },
    // A worthless token’s contract says that the customer paid, in a transaction that the stranger signed.
    { from: customer, to: stranger, units: 9n, contract: FAKE, caller: stranger, memo: 'weapons for the mujahideen' },
  )
  await run('ledger sync', { network: 'tron', from: node.url })
  const { raised } = await run<WatchRun>('watch run', {})
  assert.ok(raised.some(one => one.rule === 'any-payment@1' && one.address === customer))
  assert.deepEqual(await ofMemos(), [])
})

test('what the watched address writes itself, and what is written to a campaign, with who wrote it', async () => {
  node.mine(
    { from: customer, to: shop, units: 2_000_000n, memo: 'for the mujahideen' },
    { from: customer, to: shop, units: 3_000_000n, memo: 'zakat and sadaqa for the orphans of the martyrs' },
    { from: stranger, to: campaign, units: 4_000_000n, memo: 'buy ammunition\nfor them' },
  )
  await run('ledger sync', { network: 'tron', from: node.url })
  await run('watch run', {})
  const [toCampaign, own] = (await ofMemos()).toSorted((a, b) => (a.watch < b.watch ? 1 : -1))
  assert.equal((await ofMemos()).length, 2)
  assert.deepEqual([own!.address, own!.measured['writer'], own!.measured['found']], [customer, customer, 'mujahideen'])
  const measured = { words: 1, found: 'ammunition', message: 'buy ammunition for them', writer: stranger }
  assert.deepEqual([toCampaign!.address, toCampaign!.measured], [campaign, measured])
  assert.match(toCampaign!.unsure!, /by nobody who is paid/)
  assert.match(toCampaign!.because.en, /words 1.*message buy ammunition for them, written by T/)
  assert.match(toCampaign!.because.ar, /كتبها/)
})

test('while a network is followed the same, block by block', async () => {
  const controller = new AbortController()
  const following = run(
    'ledger sync',
    { network: 'tron', from: node.url, follow: true, watch: true, every: 1 },
    controller.signal,
  )
  try {
    node.mine({ from: stranger, to: campaign, units: 5_000_000n, contract: USDT, memo: 'للمجاهدين' })
    for (let tries = 0; tries < 600 && (await ofMemos()).length < 3; tries++) await pause(50)
    assert.equal((await ofMemos())[0]!.measured['message'], 'للمجاهدين')
  } finally {
    controller.abort()
    await following
  }
})
