import assert from 'node:assert/strict'
import { test } from 'node:test'
import { effortOf } from '../../test/effort.ts'
import { account, txid, utxo } from '../../test/story/story.ts'
import { nothing } from '../attribution/attribution.ts'
import { assembleAccount, assembleUtxo } from '../ledger/ledger.ts'
import type { Transfer, UtxoBlock, UtxoTransaction } from '../model/transaction.ts'
import { declare, METHODS, type Method, path, run, type Trace } from './trace.ts'

const MOST = 2n ** 256n - 1n

test('amounts of 2^64, 2^256 − 1 and more in a balance keep every unit', () => {
  const rows = account(
    'tron',
    `h1 t1: ? -> A 1 USDT
     h1 t2: ? -> X 1 USDT
     h2 t3: A -> M 1 USDT
     h2 t4: X -> M 1 USDT
     h3 t5: M -> P 1 USDT`,
  )
  const sized = (units: readonly bigint[]): Transfer[] => rows.map((row, i) => ({ ...row, units: units[i]! }))
  for (const [a, x, paid] of [
    [2n ** 64n, 3n, 2n ** 64n - 1n],
    [2n ** 64n + 1n, 2n ** 64n - 1n, 2n ** 64n],
    [MOST, MOST, MOST],
  ] as const) {
    const columns = assembleAccount('tron', sized([a, x, a, x, paid]))
    const found = run(columns, nothing, ['A'], declare())
    assert.equal(found.conserved, true)
    const haircut = found.methods.haircut!.reached.find(row => row.address === 'P')!
    assert.equal(haircut.amount.units, (a * paid) / (a + x))
    for (const method of METHODS) assert.equal(found.methods[method]!.total[0]!.units, a, method)
    assert.equal(run(columns, nothing, ['P'], declare({ direction: 'backward' })).conserved, true)
  }
})

test('a transaction that spends itself, or a later one, is no loop', () => {
  const blocks = utxo('b1 t1: coinbase -> A 9\nb2 t2: t1:0 -> B 9\nb3 t3: t2:0 -> C 9')
  const own = (name: string, input: string): UtxoBlock[] =>
    blocks.map(block => ({
      ...block,
      transactions: block.transactions.map(one => (one.txid === txid(name) ? spending(one, txid(input)) : one)),
    }))
  for (const hostile of [own('t2', 't2'), own('t2', 't3')]) {
    const columns = assembleUtxo('bitcoin', hostile)
    for (const direction of ['forward', 'backward'] as const) {
      const found = run(columns, nothing, ['B'], declare({ direction }))
      assert.deepEqual([found.conserved, found.truncated], [true, false])
    }
    assert.equal(path(columns, nothing, 'B', 'A').found, false)
  }
})

function spending(transaction: UtxoTransaction, parent: string): UtxoTransaction {
  const input = { txid: parent, index: 0, units: null, address: null, singleAnyoneCanPay: false }
  return { ...transaction, inputs: [...transaction.inputs, input] }
}

test('a txid that is mined twice (BIP 30): the later one is what is spent, the earlier one stays where it was', () => {
  // As at heights 91,722 and 91,880, and 91,812 and 91,842: the coinbase again, with the same id.
  const [first, second, third] = utxo('b1 t1: coinbase -> A 50\nb2 t2: coinbase -> B 50\nb3 t3: t1:0 -> C 50')
  const again = { ...second!, transactions: [...second!.transactions, ...first!.transactions] }
  const columns = assembleUtxo('bitcoin', [first!, again, third!])
  assert.deepEqual([...columns.outputs.spender].map(row => row === 0).filter(Boolean).length, 1)
  const found = run(columns, nothing, ['A'], declare())
  for (const method of METHODS) {
    assert.deepEqual(brief(found, method), ['A 50 unspent', 'C 50 unspent'], method)
    assert.equal(found.methods[method]!.total[0]!.units, 100n)
  }
  assert.equal(found.conserved, true)
})

test('value that goes round and round on an account chain comes to an end, and is counted once', () => {
  const round = ['A -> B', 'B -> C', 'C -> A']
  const lines = Array.from({ length: 3000 }, (_, i) => `h${i + 2} t${i}: ${round[i % 3]} 10 USDT`)
  const columns = assembleAccount('tron', account('tron', ['h1 t: ? -> A 10 USDT', ...lines].join('\n')))
  for (const direction of ['forward', 'backward'] as const) {
    const found = run(columns, nothing, ['A'], declare({ direction }))
    assert.equal(found.conserved, true)
    assert.equal(found.methods.fifo!.total[0]!.units, 10n)
  }
  assert.equal(path(columns, nothing, 'C', 'B').steps.length, 2)
})

test('an account with 10^6 transfers is traced within bounds', () => {
  const [row] = account('tron', 'h1 t1: A -> B 3 USDT')
  const txids = Array.from({ length: 1000 }, (_, i) => txid(`m${i}`))
  const rows = Array.from({ length: 1_000_000 }, (_, i): Transfer => {
    const place = { txid: txids[i % 1000]!, logIndex: Math.floor(i / 1000), txIndex: i % 1000, height: 5 }
    const out = i % 2 === 0
    return { ...row!, ...place, from: out ? 'A' : `P${i % 5000}`, to: out ? `Q${i % 5000}` : 'A', units: 3n }
  })
  const columns = assembleAccount('tron', rows)
  const milliseconds = effortOf(() => {
    const found = run(columns, nothing, ['A'], declare({ methods: ['haircut', 'fifo'] }))
    assert.equal(found.conserved, true)
  })
  assert.ok(milliseconds < 60_000, `${milliseconds} ms`)
  const limited = run(columns, nothing, ['A'], declare({ methods: ['fifo'], edges: 1000 }))
  assert.deepEqual([limited.truncated, limited.conserved], [true, true])
})

function brief(found: Trace, method: Method): string[] {
  return found.methods[method]!.reached.map(row => `${row.address} ${row.amount.units} ${row.stoppedBecause}`).sort()
}
