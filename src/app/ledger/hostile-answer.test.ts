import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { type ScriptedExplorer, startScriptedExplorer } from '../../../test/scripted-explorer.ts'
import { type ScriptedHistory, startScriptedHistory } from '../../../test/scripted-history.ts'
import { ADDRESSES, startTronNode, type TronNode } from '../../../test/tron-node.ts'
import { fixedClock } from '../../std/clock.ts'
import { Failure } from '../../std/failure.ts'
import { perform } from '../perform.ts'
import type { Fetched } from './fetched.ts'
import type { Synced } from './sync.ts'

/**
 * Answers that are JSON, have each part, and cannot be: numbers that were rounded on their way, heights and times that
 * no block has, proofs longer than any, amounts beyond all there is. Refused, or partial with the reason.
 */
const folder = mkdtempSync(join(tmpdir(), 'athar-answer-'))
after(() => rmSync(folder, { recursive: true, force: true }))

type Row = Record<string, unknown>
type Distort = (place: string, answer: unknown) => unknown

/** The third row of a list with other cells; a number that JSON would round is written as it stands (`@`). */
const third = (more: Row): Distort => {
  return (place, answer) =>
    place === 'txlist' ? patched(answer, (row, at) => (at === 2 ? { ...row, ...more } : row)) : answer
}
const each = (change: (row: Row, at: number) => Row): Distort => {
  return (place, answer) => (place === 'txlist' ? patched(answer, change) : answer)
}
const patched = (answer: unknown, change: (row: Row, at: number) => Row): Row[] => (answer as Row[]).map(change)
/** Of a text of JSON. */
const written = (is: (place: string) => boolean, from: RegExp, to: string): Distort => {
  return (place, answer) => (is(place) ? JSON.stringify(answer).replace(from, to) : answer)
}
const ends =
  (name: string) =>
  (place: string): boolean =>
    place.endsWith(name)
const ROUNDED = '9007199254740993'

const TOKEN = { contractAddress: `0x${'33'.repeat(20)}`, tokenSymbol: 'T', tokenDecimal: '6', value: '5' }
/** One token transfer, whose receipt is of somewhere else. */
const receipt = (more: Row): Distort => {
  return (place, answer) => {
    if (place === 'txlist') ROWS.splice(0, ROWS.length, ...(answer as Row[]))
    const { hash, blockNumber, to, from, timeStamp } = ROWS[2] ?? {}
    const word = (address: unknown): string => `0x${String(address).slice(2).padStart(64, '0')}`
    if (place === 'tokentx') return [{ hash, blockNumber, to, from, timeStamp, ...TOKEN }]
    const topics = [`0x${'ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'}`, word(from), word(to)]
    const log = { address: TOKEN.contractAddress, topics, data: word('0x5'), logIndex: '0x0' }
    const told = {
      transactionHash: hash,
      blockNumber: `0x${Number(blockNumber).toString(16)}`,
      transactionIndex: '0x0',
    }
    return place === 'eth_getTransactionReceipt' ? { ...told, status: '0x1', logs: [log], ...more } : answer
  }
}
const ROWS: Row[] = []

const EXPLORER: readonly (readonly [string, Distort, RegExp])[] = [
  ['nothing', (_, answer) => answer, /^whole/],
  [
    'a value that JSON rounds',
    (place, answer) =>
      place === 'txlist'
        ? `{"status":"1","result":${JSON.stringify(answer).replace(/"value":"1002"/, `"value":${ROUNDED}`)}}`
        : answer,
    /NotUnderstood/,
  ],
  ['a balance that JSON rounds', (place, answer) => (place === 'balance' ? Number(ROUNDED) : answer), /NotUnderstood/],
  ['a height of nothing', third({ blockNumber: '' }), /NotUnderstood/],
  ['a height with an exponent', third({ blockNumber: '1e3' }), /NotUnderstood/],
  ['a height that no chain has', third({ blockNumber: '99999999999' }), /NotUnderstood/],
  ['times in milliseconds', each(row => ({ ...row, timeStamp: `${String(row['timeStamp'])}000` })), /NotUnderstood/],
  ['times of 1970', each(row => ({ ...row, timeStamp: '0' })), /NotUnderstood/],
  ['times that have not come', each(row => ({ ...row, timeStamp: '4000000000' })), /contradicts/],
  ['times that run backward', each((row, at) => ({ ...row, timeStamp: `${1_700_000_000 - at}` })), /contradicts/],
  ['an id that comes again', each((row, at) => ({ ...row, hash: `0x${`${at % 5}`.repeat(64)}` })), /contradicts/],
  ['the token’s own receipt', receipt({}), /^whole/],
  ['a receipt of another transaction', receipt({ transactionHash: `0x${'9'.repeat(64)}` }), /contradicts/],
  ['a receipt of another block', receipt({ blockNumber: '0x1' }), /contradicts/],
]

const isPage: (place: string) => boolean = place => place.includes('/txs/chain')
const status = (more: Row): Distort => {
  return (place, answer) =>
    isPage(place) ? patched(answer, row => ({ ...row, status: { ...(row['status'] as Row), ...more } })) : answer
}
const prevout = (value: number): Distort => {
  return (place, answer) =>
    isPage(place)
      ? patched(answer, row => ({
          ...row,
          vin: (row['vin'] as Row[]).map(input => ({ ...input, prevout: { ...(input['prevout'] as Row), value } })),
        }))
      : answer
}
const proof = (more: Row): Distort => {
  return (place, answer) => (place.endsWith('merkle-proof') ? { ...(answer as Row), ...more } : answer)
}
const ESPLORA: readonly (readonly [string, Distort, RegExp])[] = [
  ['nothing', (_, answer) => answer, /^whole/],
  ['a height below nothing', status({ block_height: -3 }), /NotUnderstood/],
  ['a height that no chain has', status({ block_height: 2 ** 40 }), /NotUnderstood/],
  ['a tip below nothing', (place, answer) => (place.endsWith('/tip/height') ? '-7' : answer), /NotUnderstood/],
  ['a proof of ten thousand hashes', proof({ merkle: Array(10_000).fill('ab'.repeat(32)) }), /NotUnderstood/],
  ['a place before the first', proof({ pos: -1 }), /NotUnderstood/],
  ['more spent than there can be', prevout(2 ** 53 - 1), /refused/],
  ['less spent than paid', prevout(3), /refused/],
]
const tip = (height: number): Distort => {
  return (place, answer) => (place.endsWith('headers.subscribe') ? { ...(answer as Row), height } : answer)
}
const ELECTRUM: readonly (readonly [string, Distort, RegExp])[] = [
  ['a tip below nothing', tip(-5), /NotUnderstood/],
  ['a tip that no chain has', tip(2 ** 52), /NotUnderstood/],
]

const [a, b] = ADDRESSES as [string, string]
const isAccount: (place: string) => boolean = place => /accounts\/T\w+$/.test(place)
const TRON: readonly (readonly [string, Distort, RegExp, RegExp])[] = [
  ['nothing', (_, answer) => answer, /^whole/, /^6 blocks, final 4$/],
  ['a tip of a fraction', written(ends('getnowblock'), /"number":\d+/, '"number":1.5'), /Not/, /Not/],
  ['a tip beyond all numbers', written(ends('getnowblock'), /"number":\d+/, '"number":1e300'), /Not/, /Not/],
  ['a tip below nothing', written(ends('getnowblock'), /"number":\d+/, '"number":-5'), /Not/, /Not/],
  ['a balance that JSON rounds', written(isAccount, /"balance":\d+/, `"balance":${ROUNDED}`), /Not/, /^6 blocks/],
  ['an amount that JSON rounds', written(ends('trc20'), /"value":"\d+"/, `"value":${ROUNDED}`), /Not/, /^6 blocks/],
  ['times in seconds', written(ends('getblockbynum'), /("timestamp":\d+)000/, '$1'), /Not/, /Not/],
  ['times in microseconds', written(ends('getblockbynum'), /("timestamp":\d+)/, '$1000'), /Not/, /Not/],
  [
    'transactions twice',
    written(ends('getblockbynum'), /"transactions":\[(.*)\]/, '"transactions":[$1,$1]'),
    /Not/,
    /Not/,
  ],
  [
    'a final block above the tip',
    written(ends('walletsolidity/getnowblock'), /"number":\d+/, '"number":99'),
    /^whole/,
    /final 6$/,
  ],
]

describe('answers that cannot be', () => {
  let explorer: ScriptedExplorer
  let history: ScriptedHistory
  let node: TronNode
  let runs = 0
  before(async () => {
    explorer = await startScriptedExplorer(20)
    history = await startScriptedHistory(10)
    node = await startTronNode()
    const contract = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
    for (let k = 1; k <= 6; k++)
      node.mine({ from: b, to: a, units: BigInt(1000 + k) }, { from: b, to: a, units: BigInt(50 + k), contract })
  })
  after(async () => {
    for (const one of [explorer, history, node]) await one.stop()
  })
  afterEach(() => {
    for (const one of [explorer, history, node]) one.distort = null
  })

  const ask = async <T>(name: string, input: object, said: (answer: T) => string): Promise<string> => {
    const setting = { user: 'tester', clock: fixedClock(1_900_000_000), progress: () => {} }
    const directory = join(folder, `${++runs}`)
    try {
      return said((await perform(name, input, { ...setting, directory, signal: new AbortController().signal })) as T)
    } catch (cause) {
      if (cause instanceof Failure) return cause.name
      throw cause
    }
  }
  const fetched = (input: object): Promise<string> =>
    ask<Fetched>('ledger fetch', input, ({ results: [one] }) => (one!.complete === false ? one!.why : 'whole'))

  test('a node that knows none of 140 blocks takes nothing away; one that knows them goes on', async () => {
    const long = await startTronNode()
    for (let k = 1; k <= 140; k++) long.mine({ from: b, to: a, units: BigInt(k) })
    const setting = { directory: join(folder, 'long'), user: 'tester', clock: fixedClock(1_900_000_000) }
    const sync = async (): Promise<Synced> => {
      const more = { progress: () => {}, signal: new AbortController().signal }
      return (await perform(
        'ledger sync',
        { network: 'tron', from: long.url, start: 1 },
        { ...setting, ...more },
      )) as Synced
    }
    try {
      await sync()
      long.distort = (path, answer) => {
        const isBlock = path.endsWith('getblockbynum') && answer.block_header.raw_data.number > 0
        const { blockID } = answer as unknown as { blockID: string }
        return isBlock ? { ...answer, blockID: `${blockID.slice(0, 16)}${'7'.repeat(48)}` } : answer
      }
      await assert.rejects(sync(), { name: 'Source.OtherChain', kind: 'conflict' })
      long.distort = null
      const { reorganised, lag } = await sync()
      assert.deepEqual([reorganised, lag], [null, 0])
    } finally {
      await long.stop()
    }
  })

  for (const [what, distort, outcome] of EXPLORER)
    test(`an explorer: ${what}`, async () => {
      explorer.distort = distort as never
      assert.match(await fetched({ addresses: [explorer.address], network: 'ethereum', from: explorer.url }), outcome)
    })
  for (const [kind, cases] of [
    ['esplora', ESPLORA],
    ['electrum', ELECTRUM],
  ] as const)
    for (const [what, distort, outcome] of cases)
      test(`${kind}: ${what}`, async () => {
        history.distort = distort
        const input = { addresses: [history.address], network: 'bitcoin-regtest', from: history[kind] }
        assert.match(await fetched(input), outcome)
      })
  for (const [what, distort, asHistory, asBlocks] of TRON)
    test(`Tron: ${what}`, async () => {
      node.distort = distort as never
      assert.match(await fetched({ addresses: [a], from: node.url }), asHistory)
      const said = ({ blocks, finalHeight }: Synced): string => `${blocks} blocks, final ${finalHeight}`
      assert.match(await ask<Synced>('ledger sync', { network: 'tron', from: node.url, start: 1 }, said), asBlocks)
    })
})
