import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { ADDRESSES } from '../../../test/tron-node.ts'
import type { AccountBlock } from '../../chain/account-block.ts'
import { coverageOf, exportLines, openColumns } from '../../ledger/ledger.ts'
import type { AccountSource } from '../../source/account-source.ts'
import { sha256Hex } from '../../std/digest.ts'
import { openDoor } from '../access.ts'
import type { Context } from '../operation.ts'
import { accountRound } from './sync-round.ts'

/** Blocks that were read more than once, in pieces that overlap, are withdrawn as if they had been read once. */
const folder = mkdtempSync(join(tmpdir(), 'athar-sync-twice-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('a chain that was read twice and shrinks, then forks, is the ledger of one that was read once', async () => {
  for (const second of [1, 37]) {
    const node = openNode(80)
    const { context, end } = openContext()
    await read(node, context, { start: 1 })
    await read(node, context, { start: second })
    assert.equal(kept(context), 80)
    node.become(60)
    const { reorganised } = await read(node, context)
    assert.deepEqual(reorganised, { height: 61, depth: 20, final: 14 })
    await same(node, context, 1)
    const told: unknown[] = []
    // Within a file of final blocks, and of what was read again.
    for (const fork of [58, 51, 2]) {
      node.become(83, fork)
      told.push((await read(node, context)).reorganised)
      await same(node, context, 1)
    }
    assert.deepEqual(told, [
      { height: 58, depth: 3 },
      { height: 51, depth: 33, final: 27 },
      { height: 2, depth: 82, final: 76 },
    ])
    end()
  }
})

const story = fc.record({
  pieces: fc.array(fc.record({ start: fc.integer({ min: 1, max: 30 }), length: fc.integer({ min: 0, max: 30 }) }), {
    ...{ minLength: 1, maxLength: 4 },
  }),
  forks: fc.array(fc.record({ tip: fc.integer({ min: 20, max: 35 }), fork: fc.integer({ min: 2, max: 30 }) }), {
    ...{ minLength: 1, maxLength: 2 },
  }),
})

test('in whatever pieces it was read: the ledger is that of the node’s chain', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ pieces, forks }) => {
      const node = openNode(30)
      const { context, end } = openContext()
      for (const { start, length } of pieces) await read(node, context, { start, until: start + length })
      await read(node, context, { start: 1 })
      for (const { tip, fork } of forks) {
        node.become(tip, fork)
        await read(node, context)
        await same(node, context, 1)
      }
      end()
    }),
    { numRuns: 4, endOnFailure: true },
  )
})

test('a fork that comes while blocks are read again: nothing of two branches stands side by side', async () => {
  const node = openNode(60)
  const { context, end } = openContext()
  await read(node, context, { start: 1 })
  const { source } = node
  let isFirst = true
  const late: AccountSource = {
    ...source,
    blocks: async (from, count) => {
      if (from > 1 && isFirst) node.become(64, 40)
      isFirst &&= from === 1
      return source.blocks(from, count)
    },
  }
  await accountRound(late, { network: 'tron', start: 1 }, 'scripted')(context, () => {})
  await read(node, context)
  await same(node, context, 1)
  end()
})

test('a block that does not continue the one before: nothing from it on is taken, and it says so', async () => {
  const { source } = openNode(30)
  const { context, end } = openContext()
  const liar: AccountSource = {
    ...source,
    blocks: async (from, count) =>
      (await source.blocks(from, count)).map(one => (one.height === 10 ? { ...one, parent: 'f0' } : one)),
  }
  for (let k = 0; k < 2; k++) {
    const { rejected, blocks, lag } = await accountRound(
      liar,
      { network: 'tron', start: 1 },
      'scripted',
    )(context, () => {})
    const [below] = await source.hashes([9])
    const says = `Block 10 says that it follows f0; the node’s block 9 is ${below}: not taken.`
    const row = { file: 'block 10 from scripted', offset: null, reason: 'conflict', says, cutOff: false }
    assert.deepEqual([rejected, blocks, lag], [[row], 9, 21])
    assert.equal(coverageOf(context.store, 'tron').toHeight, 9)
  }
  end()
})

type Node = ReturnType<typeof openNode>

/** A node whose chain may be replaced from a height on: transactions of the other branch are others. */
function openNode(length: number) {
  const blocks = [blockAt(0, undefined, 0)]
  let branch = 0
  const become = (tip: number, fork = tip + 1): void => {
    if (fork < blocks.length) branch++
    blocks.length = Math.min(blocks.length, fork, tip + 1)
    while (blocks.length <= tip) blocks.push(blockAt(blocks.length, blocks.at(-1), branch))
  }
  become(length)
  const source: AccountSource = {
    status: async () => {
      const { height, hash } = blocks.at(-1)!
      return { tip: { height, hash }, finalHeight: height - 6, version: 'scripted', internal: true }
    },
    hashes: async heights => heights.map(height => blocks[height]?.hash ?? null),
    blocks: async (from, count) => blocks.slice(from, from + count),
  }
  return { source, become }
}

async function read({ source }: Node, context: Context, span: { start?: number; until?: number } = {}) {
  const { reorganised, rejected } = await accountRound(
    source,
    { network: 'tron', ...span },
    'scripted',
  )(context, () => {})
  assert.deepEqual(rejected, [])
  return { reorganised }
}

async function same(node: Node, { store }: Context, start: number): Promise<void> {
  const { context, end } = openContext()
  await read(node, context, { start })
  const of = (one: Context['store']) => [coverageOf(one, 'tron'), [...exportLines(openColumns(one, 'tron')!)]]
  assert.deepEqual(of(store), of(context.store))
  end()
}

/** Rows of blocks that were written. */
function kept({ store }: Context): number {
  return (store.database.prepare('SELECT count(*) AS n FROM ledger_account_block').get() as { n: number }).n
}

function openContext(): { readonly context: Context; readonly end: () => void } {
  const door = openDoor(mkdtempSync(join(folder, 'data-')))
  const setting = { user: 'tester', clock: () => 1, progress: () => {}, signal: new AbortController().signal }
  return { context: { ...setting, store: door.writer(), release: door.release }, end: door.release }
}

function blockAt(height: number, below: AccountBlock | undefined, branch: number): AccountBlock {
  const hash = sha256Hex(`${below?.hash} ${height} ${branch}`)
  const transfer = {
    ...({ network: 'tron', txid: sha256Hex(`of ${hash}`), txIndex: 0, logIndex: -1, kind: 'transfer' } as const),
    ...{ failed: false, height, time: 1000 + height, from: ADDRESSES[0]!, to: ADDRESSES[1]!, token: null, units: 5n },
  }
  const told = { issuer: [], bridges: [], control: [], notes: [] }
  const place = { height, hash, parent: below?.hash ?? '', time: 1000 + height }
  const transfers = height % 7 === 0 ? [] : [transfer]
  return { ...place, transactions: transfers.length, internal: true, transfers, ...told }
}
