import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { type ScriptedExplorer, startScriptedExplorer } from '../../../test/scripted-explorer.ts'
import { type ScriptedHistory, startScriptedHistory } from '../../../test/scripted-history.ts'
import { asTester } from '../../../test/tester.ts'
import { ADDRESSES, startTronNode, type TronNode } from '../../../test/tron-node.ts'
import { perform } from '../perform.ts'
import type { Fetched } from './fetched.ts'

/**
 * Each way in which a provider can err or lie, with each kind of provider: the outcome is whole, partial for a reason
 * that is told, or a refusal, and never a wrong ledger that is called whole.
 */
const folder = mkdtempSync(join(tmpdir(), 'athar-doubt-'))
after(() => rmSync(folder, { recursive: true, force: true }))

type Kind = 'esplora' | 'electrum' | 'trongrid' | 'etherscan'
type Distort = (place: string, answer: unknown, query: URLSearchParams) => unknown
/** `whole`; why it is partial; or the failure that refuses it. */
type Outcome = 'whole' | RegExp | `Source.${string}`

/** A lie that nothing disproves when it is told stays in the ledger, and is told as a contradiction from then on. */
const STAYS = 'etherscan lies about an amount'

type Row = Readonly<Record<string, unknown>>

const [a, b] = ADDRESSES as [string, string]

const list = (answer: unknown): readonly Row[] => answer as readonly Row[]
const data = (answer: unknown, change: (rows: readonly Row[]) => readonly Row[]): unknown => ({
  ...(answer as Row),
  data: change(list((answer as Row)['data'])),
})
const isList: Readonly<Record<Kind, (place: string) => boolean>> = {
  esplora: place => place.includes('/txs/chain'),
  electrum: place => place.endsWith('get_history'),
  trongrid: place => /transactions(\/trc20)?$/.test(place),
  etherscan: place => place === 'txlist',
}
/** Changes the rows of each list. */
const rows = (kind: Kind, change: (rows: readonly Row[]) => readonly Row[]): Distort => {
  return (place, answer) => {
    if (!isList[kind](place)) return answer
    return kind === 'trongrid' ? data(answer, change) : change(list(answer))
  }
}
/** Lists are the same from the second question on. */
const sameAgain = (kind: Kind): Distort => {
  let first: unknown
  return (place, answer) => {
    if (!isList[kind](place)) return answer
    first ??= answer
    return first
  }
}
const nothing: Distort = () => ' '.repeat(10 * 2 ** 20)

const FAULTS: readonly [string, Readonly<Record<Kind, readonly [Distort, Outcome]>>][] = [
  [
    'cuts its lists short',
    {
      esplora: [rows('esplora', some => (some.length < 25 ? [] : some)), /60 stated/],
      electrum: [rows('electrum', some => some.slice(0, 40)), /A balance of .* was read and .* stated/],
      trongrid: [
        (p, x) => (isList.trongrid(p) ? { ...(x as Row), meta: {}, data: list((x as Row)['data']).slice(0, 3) } : x),
        /does not agree/,
      ],
      etherscan: [rows('etherscan', some => (some.length < 1000 ? [] : some)), /does not agree/],
    },
  ],
  [
    'repeats rows',
    {
      esplora: [rows('esplora', some => [...some, ...some.slice(-3)]), 'whole'],
      electrum: [rows('electrum', some => [...some, ...some]), 'whole'],
      trongrid: [rows('trongrid', some => some.flatMap(row => [row, row])), 'whole'],
      etherscan: [rows('etherscan', some => some.flatMap((row, at) => (at === 5 ? [row, row] : [row]))), 'whole'],
    },
  ],
  [
    'tells its rows in another order',
    {
      esplora: [rows('esplora', some => [...some.slice(0, -1).toReversed(), ...some.slice(-1)]), 'whole'],
      electrum: [rows('electrum', some => some.toReversed()), 'whole'],
      trongrid: [rows('trongrid', some => some.toReversed()), 'whole'],
      etherscan: [rows('etherscan', some => some.toReversed()), 'Source.NotUnderstood'],
    },
  ],
  [
    'leaves rows out in the middle',
    {
      esplora: [rows('esplora', some => [...some.slice(0, 7), ...some.slice(9)]), /stated/],
      electrum: [rows('electrum', some => [...some.slice(0, 7), ...some.slice(9)]), /stated/],
      trongrid: [rows('trongrid', some => some.filter((_, at) => at !== 2)), /does not agree/],
      etherscan: [rows('etherscan', some => [...some.slice(0, 7), ...some.slice(9)]), /does not agree/],
    },
  ],
  [
    'gives the same page again and again',
    {
      esplora: [sameAgain('esplora'), 'Source.NotUnderstood'],
      electrum: [sameAgain('electrum'), 'whole'],
      trongrid: [
        (p, x) => (isList.trongrid(p) ? { ...(x as Row), meta: { fingerprint: '0' } } : x),
        'Source.NotUnderstood',
      ],
      etherscan: [sameAgain('etherscan'), 'Source.NotUnderstood'],
    },
  ],
  [
    'states another total',
    {
      esplora: [
        (p, x) => (isTotal(p) ? { chain_stats: { ...stats(x), tx_count: 61 } } : x),
        /60 transactions were read and 61 stated/,
      ],
      electrum: [(p, x) => (p.endsWith('get_balance') ? { confirmed: 5 } : x), /5 stated/],
      trongrid: [
        (p, x) => (isAccount(p) ? data(x, ([one]) => [{ ...one, trc20: [{ [USDT]: '1' }] }]) : x),
        /USDT does not agree/,
      ],
      etherscan: [(p, x) => (p === 'balance' ? 12 : x), /does not agree/],
    },
  ],
  [
    'answers for another address',
    {
      esplora: [(p, x) => (isTotal(p) ? { ...(x as Row), address: 'bcrt1qsomebodyelse' } : x), 'Source.NotUnderstood'],
      electrum: [rows('electrum', () => []), /stated/],
      trongrid: [(p, x) => (isAccount(p) ? data(x, ([one]) => [{ ...one, address: b }]) : x), 'Source.NotUnderstood'],
      etherscan: [rows('etherscan', some => some.map(row => ({ ...row, to: `0x${'88'.repeat(20)}` }))), /contradicts/],
    },
  ],
  [
    'lies about an amount',
    {
      esplora: [(p, x) => (p.endsWith('/hex') ? String(x).replace('e8030000', 'e9030000') : x), /refused/],
      electrum: [
        (p, x) => (p.endsWith('transaction.get') ? String(x).replace('e8030000', 'e9030000') : x),
        'Source.NotUnderstood',
      ],
      trongrid: [
        (p, x) => (p.endsWith('trc20') ? data(x, some => some.map(row => ({ ...row, value: '7' }))) : x),
        /contradicts/,
      ],
      etherscan: [
        rows('etherscan', some => some.map((row, at) => (at === 3 ? { ...row, value: '9' } : row))),
        /does not agree/,
      ],
    },
  ],
  [
    'sends ten million bytes of nothing',
    {
      esplora: [(p, x, q) => (isList.esplora(p) ? nothing(p, x, q) : x), 'Source.NotUnderstood'],
      electrum: [(p, x, q) => (isList.electrum(p) ? nothing(p, x, q) : x), 'Source.NotUnderstood'],
      trongrid: [nothing, 'Source.NotUnderstood'],
      etherscan: [nothing, 'Source.NotUnderstood'],
    },
  ],
]

function isTotal(path: string): boolean {
  return /\/address\/[^/]+$/.test(path)
}

function isAccount(path: string): boolean {
  return /^\/v1\/accounts\/[^/]+$/.test(path)
}

function stats(answer: unknown): Row {
  return (answer as { chain_stats: Row }).chain_stats
}

const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'

describe('a provider that errs or lies', () => {
  let history: ScriptedHistory
  let node: TronNode
  let explorer: ScriptedExplorer
  before(async () => {
    history = await startScriptedHistory(60)
    node = await startTronNode()
    explorer = await startScriptedExplorer(1200)
    for (let k = 1; k <= 6; k++) {
      node.mine({ from: b, to: a, units: BigInt(1000 + k) }, { from: b, to: a, units: BigInt(50 + k), contract: USDT })
    }
  })
  after(async () => {
    for (const one of [history, node, explorer]) await one.stop()
  })
  afterEach(() => {
    for (const one of [history, node, explorer]) one.distort = null
  })

  const subjects = (kind: Kind): object => {
    if (kind === 'trongrid') return { addresses: [a], from: node.url }
    if (kind === 'etherscan') return { addresses: [explorer.address], network: 'ethereum', from: explorer.url }
    return { addresses: [history.address], network: 'bitcoin-regtest', from: history[kind] }
  }
  const read = (kind: Kind, directory: string, signal = new AbortController().signal): Promise<Fetched> =>
    perform('ledger fetch', subjects(kind), asTester(join(folder, directory), { signal })) as Promise<Fetched>

  for (const kind of ['esplora', 'electrum', 'trongrid', 'etherscan'] as const) {
    for (const [what, outcomes] of FAULTS) {
      const [distort, outcome] = outcomes[kind]
      test(`${kind} ${what}: ${String(outcome)}`, async () => {
        const directory = `${kind} ${what}`
        for (const one of [history, node, explorer]) one.distort = distort as never
        if (typeof outcome === 'string' && outcome !== 'whole') {
          await assert.rejects(read(kind, directory), { name: outcome })
        } else {
          const [one] = (await read(kind, directory)).results
          assert.equal(one!.complete === false, outcome !== 'whole', one!.why)
          if (outcome !== 'whole') assert.match(one!.why, outcome)
        }
        // Once it tells the truth again, nothing wrong has stayed: the same command makes the history whole.
        for (const one of [history, node, explorer]) one.distort = null
        const [after] = (await read(kind, directory)).results
        if (directory === STAYS) assert.match(after!.why, /contradicts/)
        else assert.notEqual(after!.complete, false, after!.why)
      })
    }
  }
})
