import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { account, timeOf, txid, utxo } from '../../test/story/story.ts'
import { worlds } from '../../test/story/world.ts'
import type { Knowledge, Label } from '../attribution/attribution.ts'
import { assembleAccount, assembleUtxo } from '../ledger/ledger.ts'
import type { UtxoBlock } from '../model/transaction.ts'
import {
  because,
  declare,
  declareRun,
  finishRun,
  listRuns,
  nearestService,
  offramps,
  pairOf,
  path,
  run,
} from './trace.ts'

test('the fewest transactions along coins, forward only, and never through a service', () => {
  const columns = assembleUtxo(
    'bitcoin',
    utxo(`
      b1 t1: coinbase -> A 90
      b2 t2: t1:0 -> S 30, B 30, C 30
      b3 t3: t2:0 -> D 30
      b3 t4: t2:1 -> E 30
      b4 t5: t4:0 -> D 30`),
  )
  const found = path(columns, known('S'), 'A', 'D')
  assert.deepEqual(
    found.steps.map(step => [step.txid, step.from, step.to, step.amount.units, step.time]),
    [
      [txid('t2'), 'A', 'B', 30n, timeOf(2)],
      [txid('t4'), 'B', 'E', 30n, timeOf(3)],
      [txid('t5'), 'E', 'D', 30n, timeOf(4)],
    ],
  )
  assert.equal(path(columns, known(), 'A', 'D').steps.length, 2)
  assert.equal(path(columns, known(), 'D', 'A').found, false)
  assert.equal(path(columns, known(), 'A', 'Nowhere').found, false)
})

test('as short as a plain search over the blocks finds, and never through the service', () => {
  fc.assert(
    fc.property(worlds, text => {
      const blocks = utxo(text)
      const columns = assembleUtxo('bitcoin', blocks)
      const names = ['A', 'B', 'C', 'D', 'E', 'S'].filter(name => columns.addresses.find(name) !== undefined)
      for (const from of names) {
        for (const to of names) {
          const found = path(columns, known('S'), from, to)
          assert.equal(
            found.steps.length,
            plainly(blocks, from, name => name === to),
            `${from} ${to}`,
          )
          if (!found.found) continue
          assert.deepEqual([found.steps[0]!.from, found.steps.at(-1)!.to], [from, to])
          for (const step of found.steps.slice(1)) assert.ok(step.from === from || step.from !== 'S')
        }
        const service = nearestService(columns, known('S'), from)
        if (from !== 'S')
          assert.equal(
            service.steps.length,
            plainly(blocks, from, name => name === 'S'),
          )
      }
    }),
    { numRuns: 200 },
  )
})

/** Transactions on the shortest way from an address to one that is wanted, by widening; 0: none. */
function plainly(blocks: readonly UtxoBlock[], from: string, isGoal: (address: string) => boolean): number {
  const all = blocks.flatMap(block => block.transactions)
  const paysOn = (address: string | null) => address !== from && address !== 'S'
  let coins = new Set(
    all.flatMap(({ txid, outputs }) => outputs.flatMap((one, i) => (one.address === from ? [`${txid}:${i}`] : []))),
  )
  const done = new Set<string>()
  for (let hops = 1; coins.size > 0; hops++) {
    const spenders = all.filter(
      one => !done.has(one.txid) && one.inputs.some(({ txid, index }) => coins.has(`${txid}:${index}`)),
    )
    if (spenders.some(({ outputs }) => outputs.some(one => one.units > 0n && isGoal(one.address ?? '')))) return hops
    for (const { txid } of spenders) done.add(txid)
    coins = new Set(
      spenders.flatMap(({ txid, outputs }) =>
        outputs.flatMap((one, i) => (one.units > 0n && paysOn(one.address) ? [`${txid}:${i}`] : [])),
      ),
    )
  }
  return 0
}

test('the nearest service on an account chain, each transfer after the one before', () => {
  const columns = assembleAccount(
    'tron',
    account('tron', 'h1 t1: B -> S 5 USDT\nh2 t2: A -> B 5 USDT\nh3 t3: B -> C 5 USDT\nh4 t4: C -> S 5 USDT'),
  )
  const { steps } = nearestService(columns, known('S'), 'A')
  assert.deepEqual(
    steps.map(step => step.txid),
    ['t2', 't3', 't4'].map(txid),
  )
})

test('on account chains no step comes before the one before it', () => {
  const columns = assembleAccount(
    'tron',
    account(
      'tron',
      `h1 t1: B -> C 5 USDT
       h2 t2: A -> B 5 USDT
       h3 t3: B -> X 5 USDT
       h4 t4: X -> C 5 TRX
       h5 t5: X -> C 5 USDT`,
    ),
  )
  const found = path(columns, known(), 'A', 'C')
  assert.deepEqual(
    found.steps.map(step => step.txid),
    [txid('t2'), txid('t3'), txid('t5')],
  )
  assert.deepEqual([path(columns, known(), 'B', 'C').steps.length, path(columns, known(), 'C', 'A').found], [1, false])
})

test('an earlier arrival with more steps does not hide a way that only it can take', () => {
  const columns = assembleAccount(
    'tron',
    account(
      'tron',
      `h1 t1: A -> P 5 USDT
       h2 t2: P -> M 5 USDT
       h3 t3: M -> Z 5 USDT
       h4 t4: A -> M 5 USDT`,
    ),
  )
  assert.deepEqual(
    path(columns, known(), 'A', 'Z').steps.map(step => step.txid),
    ['t1', 't2', 't3'].map(txid),
  )
})

test('an off-ramp names the service, the range, and the inferred deposit address apart', () => {
  const columns = assembleUtxo(
    'bitcoin',
    utxo(`
      b1 t1: coinbase -> A 60
      b1 t2: coinbase -> X 40
      b2 t3: t1:0 -> D 59
      b3 t4: t3:0, t2:0 -> S 70, R 29`),
  )
  const found = offramps(columns, known('S'), run(columns, known('S'), ['A'], declare()))
  assert.equal(found.length, 1)
  const { service, min, max, robust, hops, deposits, direct, transactions } = found[0]!
  assert.deepEqual([service, min.units, max.units, robust, hops, direct], ['S', 30n, 59n, true, 2, false])
  assert.deepEqual(
    deposits.map(one => [one.address, one.grade]),
    [
      ['D', 'inferred'],
      ['X', 'inferred'],
    ],
  )
  assert.deepEqual(transactions, [txid('t4')])
})

test('what a deposit address paid elsewhere tells it from one that only forwards', () => {
  const columns = assembleAccount(
    'tron',
    account(
      'tron',
      `h1 t1: ? -> A 60 USDT
       h2 t2: A -> D 30 USDT
       h2 t3: A -> E 30 USDT
       h3 t4: D -> S 30 USDT
       h3 t4: D -> - 1 TRX fee
       h3 t5: E -> S 20 USDT
       h4 t6: E -> X 10 USDT`,
    ),
  )
  const [found] = offramps(columns, known('S'), run(columns, known('S'), ['A'], declare()))
  assert.deepEqual(found!.deposits, [
    { address: 'D', grade: 'inferred', forwardsOnly: true },
    { address: 'E', grade: 'inferred', forwardsOnly: false },
  ])
})

test('a row says why in one sentence of each language', () => {
  const columns = assembleUtxo('bitcoin', utxo('b1 t1: coinbase -> A 60\nb2 t2: t1:0 -> S 60'))
  const { reached } = run(columns, known('S'), ['A'], declare()).methods.fifo!
  assert.deepEqual(because(reached[0]!, 'forward'), {
    en:
      '0.00000060 BTC reached S, labelled Service (exchange), 1 transaction from the origin; ' +
      'the trace stops there because a custodial service pools its customers’ money.',
    ar:
      '\u20680.00000060 BTC\u2069 وصل إلى \u2068S\u2069، الموسوم \u2068Service\u2069، ' +
      'على بُعد معاملة واحدة من المنشأ؛ ويتوقف التتبّع لأن خدمة الوصاية تجمع أموال عملائها معًا.',
  })
})

test('a run is declared before it starts, finished after, and never changed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'athar-runs-'))
  const record = { declaredAt: 10, user: 'u', network: 'bitcoin', origin: ['A'], declared: { hops: 3 } }
  const id = declareRun(directory, record)
  assert.deepEqual(listRuns(directory, 5), [{ id, ...record, sha256: null }])
  finishRun(directory, id, 11, 'ab')
  assert.equal(listRuns(directory, 5)[0]!.sha256, 'ab')
  assert.throws(() => finishRun(directory, id, 12, 'cd'), { name: 'Trace.RunsUnwritable' })
  rmSync(directory, { recursive: true })
})

test('bad declarations are refused by name', () => {
  const bad = { name: 'Trace.BadDeclaration', kind: 'usage' }
  for (const part of [{ hops: 0 }, { hops: 1.5 }, { min: '1e5' }, { min: '-1' }, { edges: 0 }, { methods: [] }]) {
    assert.throws(() => declare(part), bad)
  }
  assert.throws(() => declare({ from: 2, to: 1 }), bad)
  assert.throws(() => pairOf(['A']), { name: 'Trace.NotTwo' })
})

function known(service?: string): Knowledge {
  return {
    labelsOf: (network, address): Label[] => {
      const rest = { entity: null, role: null, confidence: { id: 'test', level: 50 }, source: 'test', citations: [] }
      return address === service ? [{ network, address, name: 'Service', category: 'exchange', ...rest }] : []
    },
    designationsOf: () => [],
    lists: [],
    labelCount: () => 1,
  }
}
