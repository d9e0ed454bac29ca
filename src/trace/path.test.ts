import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { account, timeOf, txid, utxo } from '../../test/story/story.ts'
import type { Knowledge, Label } from '../attribution/attribution.ts'
import { assembleAccount, assembleUtxo } from '../ledger/ledger.ts'
import { because, declare, declareRun, finishRun, listRuns, offramps, pairOf, path, run } from './trace.ts'

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

test('a row says why in one sentence of each language', () => {
  const columns = assembleUtxo('bitcoin', utxo('b1 t1: coinbase -> A 60\nb2 t2: t1:0 -> S 60'))
  const { reached } = run(columns, known('S'), ['A'], declare()).methods.fifo!
  assert.deepEqual(because(reached[0]!, 'forward'), {
    en:
      '0.00000060 BTC reached S, labelled Service (exchange), 1 transaction from the origin; ' +
      'the trace stops there because a custodial service pools its customers’ money.',
    ar:
      '\u20660.00000060 BTC\u2069 وصل إلى \u2066S\u2069، الموسوم \u2066Service\u2069، على بعد معاملة واحدة من الأصل؛ ' +
      'ويتوقف التتبع لأن الخدمة الحافظة تجمع أموال عملائها.',
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
