import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ADDRESSES } from '../../../test/tron-node.ts'
import type { AccountBlock } from '../../chain/account-block.ts'
import { coverageOf } from '../../ledger/ledger.ts'
import type { AccountSource } from '../../source/account-source.ts'
import { openDoor } from '../access.ts'
import type { Context } from '../operation.ts'
import { accountRound } from './sync-round.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-sync-start-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('a height to begin at counts once: each later look asks for what is new alone', async () => {
  const { blocks, asked, source } = openChain(6)
  const { context, end } = openContext()
  const round = accountRound(source, { network: 'tron', start: 2 }, 'scripted')
  const looks: unknown[] = []
  for (const more of [0, 0, 2, 0]) {
    for (let k = 0; k < more; k++) blocks.push(blockAt(blocks.length))
    const { asked: span, transfers, lag } = await round(context, () => {})
    looks.push([span, transfers, lag])
  }
  assert.deepEqual(looks, [
    [{ from: 2, to: 5 }, 4, 0],
    [null, 0, 0],
    [{ from: 6, to: 7 }, 2, 0],
    [null, 0, 0],
  ])
  assert.deepEqual(asked, [
    [2, 4],
    [6, 2],
  ])
  // Who says it again in a new look reads it again, and it is there once.
  const again = await accountRound(source, { network: 'tron', start: 2 }, 'scripted')(context, () => {})
  assert.deepEqual([again.asked, again.transfers], [{ from: 2, to: 7 }, 0])
  end()
})

test('a look that ended early is gone on with, also below what was there before', async () => {
  const { source } = openChain(13)
  const { context, end } = openContext()
  await accountRound(source, { network: 'tron', start: 10 }, 'scripted')(context, () => {})
  // The source leaves out what comes after the second block: what follows does not hang on it, and is not taken.
  const poor = { ...source, blocks: async (from: number, count: number) => leaky(await source.blocks(from, count)) }
  const round = accountRound(poor, { network: 'tron', start: 2 }, 'scripted')
  const looks: unknown[] = []
  for (let k = 0; k < 6; k++) looks.push((await round(context, () => {})).asked)
  assert.deepEqual(looks, [...[2, 4, 6, 8, 10].map(from => ({ from, to: 12 })), { from: 12, to: 12 }])
  const { fromHeight, toHeight, transactionsExpected } = coverageOf(context.store, 'tron')
  assert.deepEqual([fromHeight, toHeight, transactionsExpected], [2, 12, 11])
  end()
})

function leaky(blocks: readonly AccountBlock[]): AccountBlock[] {
  return [...blocks.slice(0, 2), ...blocks.slice(3)]
}

function openChain(length: number) {
  const asked: [number, number][] = []
  const blocks = Array.from({ length }, (_, height) => blockAt(height))
  const source: AccountSource = {
    status: async () => {
      const tip = blocks.at(-1)!
      return { tip: { height: tip.height, hash: tip.hash }, finalHeight: -1, version: 'scripted', internal: true }
    },
    hashes: async heights => heights.map(height => blocks[height]?.hash ?? null),
    blocks: async (from, count) => {
      asked.push([from, count])
      return blocks.slice(from, from + count)
    },
  }
  return { blocks, asked, source }
}

function openContext(): { readonly context: Context; readonly end: () => void } {
  const door = openDoor(mkdtempSync(join(folder, 'data-')))
  const setting = { user: 'tester', clock: () => 1, progress: () => {}, signal: new AbortController().signal }
  return { context: { ...setting, store: door.writer(), release: door.release }, end: door.release }
}

function blockAt(height: number): AccountBlock {
  const hash = (at: number): string => (at + 1).toString(16).padStart(64, '0')
  const transfer = {
    ...({ network: 'tron', txid: hash(100 + height), txIndex: 0, logIndex: -1, kind: 'transfer' } as const),
    ...{ failed: false, height, time: 1000 + height, from: ADDRESSES[0]!, to: ADDRESSES[1]!, token: null, units: 5n },
  }
  const told = { issuer: [], bridges: [], control: [], notes: [] }
  const place = { height, hash: hash(height), parent: hash(height - 1), time: 1000 + height }
  return { ...place, transactions: 1, internal: true, transfers: [transfer], ...told }
}
