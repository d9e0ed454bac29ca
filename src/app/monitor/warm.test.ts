import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { ADDRESSES } from '../../../test/tron-node.ts'
import type { AccountBlock } from '../../chain/account-block.ts'
import type { Transfer } from '../../model/transfer.ts'
import { alerts, findRule, keepTest } from '../../monitor/monitor.ts'
import type { AccountSource } from '../../source/account-source.ts'
import { openReader, openWriter } from '../../store/store.ts'
import { openDoor } from '../access.ts'
import { accountRound } from '../ledger/sync-round.ts'
import type { Context } from '../operation.ts'
import { perform } from '../perform.ts'
import { openWarm } from './warm.ts'

/** Whatever comes in whatever rounds: the alerts that stand are those of one look at all of it. */
const folder = mkdtempSync(join(tmpdir(), 'athar-warm-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const START = 1_714_500_000
const USDT = { contract: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', symbol: 'USDT', decimals: 6 }
const people = ADDRESSES.slice(0, 7)

/** A payment: from whom to whom, how much of which asset, and as what. */
const payment = fc.record({
  from: fc.nat(people.length - 1),
  to: fc.nat(people.length - 1),
  units: fc.constantFrom(0n, 1n, 9_600_000_000n, 9_800_000_000n, 50_000_000n),
  kind: fc.constantFrom<Transfer['kind']>(...Array<'transfer'>(6).fill('transfer'), 'internal', 'fee', 'approve'),
  failed: fc.constantFrom(false, false, false, true),
  token: fc.boolean(),
})
type Payment = typeof payment extends fc.Arbitrary<infer T> ? T : never

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      is: fc.constant('blocks' as const),
      of: fc.array(fc.array(payment, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      is: fc.constant('fork' as const),
      depth: fc.integer({ min: 1, max: 2 }),
      of: fc.array(fc.array(payment, { maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('watch' as const), who: fc.nat(people.length - 1) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('list' as const), who: fc.nat(people.length - 1) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('campaign' as const), who: fc.nat(people.length - 1) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant('rule' as const),
      which: fc.constantFrom('structuring', 'awakened', 'zeroing'),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** A chain that can be told to go on or to fork. */
function openChain() {
  const blocks: AccountBlock[] = []
  let serial = 0
  const block = (payments: readonly Payment[]): void => {
    const height = blocks.length
    const time = START + 3600 * height
    const transfers = payments.map((one, k): Transfer => {
      const { from, to, units, kind, failed, token } = one
      const hasNoPayee = kind === 'fee'
      const isToken = token && (kind === 'transfer' || kind === 'approve')
      return {
        ...{ network: 'tron', txid: (++serial).toString(16).padStart(64, '0'), txIndex: k, logIndex: isToken ? k : -1 },
        ...{
          kind,
          failed: failed && kind !== 'fee',
          height,
          time,
          from: people[from]!,
          to: hasNoPayee ? null : people[to]!,
        },
        ...{ token: isToken ? USDT : null, units },
      }
    })
    const hash = `${height.toString(16).padStart(16, '0')}${(++serial).toString(16).padStart(48, '0')}`
    const parent = blocks.at(-1)?.hash ?? '0'.repeat(64)
    blocks.push({
      height,
      hash,
      parent,
      time,
      transactions: payments.length,
      internal: true,
      transfers,
      issuer: [],
      bridges: [],
      control: [],
      notes: [],
    })
  }
  block([])
  const source: AccountSource = {
    status: async () => {
      const tip = blocks.at(-1)!
      return { tip: { height: tip.height, hash: tip.hash }, finalHeight: -1, version: 'scripted', internal: true }
    },
    hashes: async heights => heights.map(height => blocks[height]?.hash ?? null),
    blocks: async (from, count) => blocks.slice(from, from + count),
  }
  return { blocks, source, block }
}

const settingOf = (directory: string, now: number) => ({
  ...{ directory: join(folder, directory), user: 'tester', clock: () => now, progress: () => {} },
  signal: new AbortController().signal,
})

/** What is not a block: known to both. */
async function tell(one: Step, directory: string, now: number): Promise<void> {
  const setting = settingOf(directory, now)
  const ask = (name: string, input: object): Promise<unknown> => perform(name, input, setting).catch(() => null)
  if (one.is === 'watch') await ask('watch add', { target: people[one.who], network: 'tron' })
  if (one.is === 'campaign') {
    await ask('campaign add', { name: 'winter' })
    await ask('campaign link', { name: 'winter', addresses: [people[one.who]], role: 'donation' })
  }
  if (one.is === 'rule') {
    // Kept by hand: a test of a ledger that has nothing yet would put no rule in force, and here it must be in both.
    const store = openWriter(join(folder, directory))
    const tested = { watched: 1, watchedFired: 0, controls: 1, controlsFired: 0, hits: 0 }
    keepTest(store, findRule(store, one.which), tested, now, 'tester')
    store.close()
    await ask('rule activate', { rule: one.which })
  }
  if (one.is === 'list') {
    const file = join(folder, `${directory}-list.txt`)
    writeFileSync(file, `${people[one.who]}\n`)
    const listed = { format: 'addresses', file, authority: `LIST-${one.who}`, published: '2024-01-01' }
    await ask('list add', listed)
  }
}

const standing = (directory: string): string[] => {
  const store = openReader(join(folder, directory))
  const all = alerts(store).filter(alert => alert.status !== 'withdrawn')
  store.close()
  return all.map(one => [one.watch, one.rule, one.txid, one.direction, one.height, one.amount.value].join(' ')).sort()
}

/** One round of a follower on a store that is opened for it. */
function openFollower(directory: string, source: AccountSource) {
  const door = openDoor(join(folder, directory))
  const warm = openWarm('tron', 3)
  const round = accountRound(source, { network: 'tron' }, 'scripted')
  return async (now: number): Promise<void> => {
    const { directory: _, ...setting } = settingOf(directory, now)
    const context: Context = { ...setting, store: door.writer(), release: door.release }
    warm.begin(context)
    const done = await round(context, transfers => warm.came(context, transfers))
    warm.end(context, done, null)
    door.release()
  }
}

let runs = 0

test('alerts of blocks as they come, of forks, lists, watches and rules between them: those of one look', async () => {
  let raised = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 12 }), async steps => {
      const [streamed, stored] = [`streamed-${++runs}`, `stored-${runs}`]
      const chain = openChain()
      const first: Step[] = [0, 1].map(who => ({ is: 'watch', who }))
      const round = openFollower(streamed, chain.source)
      let now = START
      for (const one of [...first, ...steps]) {
        if (one.is === 'fork') chain.blocks.splice(Math.max(1, chain.blocks.length - one.depth))
        if (one.is === 'fork' || one.is === 'blocks') for (const payments of one.of) chain.block(payments)
        else await tell(one, streamed, now)
        await round(++now)
      }
      await openFollower(stored, chain.source)(now)
      for (const one of [...first, ...steps]) await tell(one, stored, now)
      await perform('watch run', {}, settingOf(stored, now))
      const [found, expected] = [standing(streamed), standing(stored)]
      raised += expected.length
      assert.deepEqual(found, expected)
    }),
    { numRuns: RUNS, examples: [[EMPTY]] },
  )
  assert.ok(raised > 50, `${raised} alerts in all: too few to tell`)
})

const RUNS = 10

/** Blocks that move nothing, of a ledger that has nothing yet. */
const EMPTY: Step[] = Array(6).fill({ is: 'blocks', of: [[]] })
