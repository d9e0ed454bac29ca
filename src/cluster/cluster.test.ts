import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { account, txid, utxo } from '../../test/story/story.ts'
import { assembleAccount, assembleUtxo } from '../ledger/ledger.ts'
import { partition, show, why } from './cluster.ts'

test('inputs of one transaction are one cluster, with the chain and the cut that say why', () => {
  const columns = ledger(`
    b1 t1: coinbase -> A 10, B 10, B 5
    b1 t2: coinbase -> C 10, D 10
    b2 t3: t1:0, t1:1 -> X 20
    b2 t4: t1:2, t2:0 -> X 15`)
  const found = show(columns, 'C', partition(columns))
  assert.deepEqual([found.cluster, found.size, found.addresses, found.refused], ['A', 3, ['A', 'B', 'C'], []])
  assert.deepEqual(
    found.heuristics.map(({ name, version }) => [name, version]),
    [['multi-input', '3']],
  )
  const { coverage: _, ...answer } = why(columns, 'A', 'C')
  assert.deepEqual(answer, {
    linked: true,
    witness: [
      { txid: txid('t3'), heuristic: 'multi-input', addresses: ['A', 'B'] },
      { txid: txid('t4'), heuristic: 'multi-input', addresses: ['B', 'C'] },
    ],
    cut: [txid('t3')],
    cutAtLeast: null,
    without: { linked: false },
    note: null,
  })
  assert.deepEqual([why(columns, 'A', 'D').linked, why(columns, 'A', 'D').note], [false, null])
})

test('a pair linked twice needs both transactions cut', () => {
  const columns = ledger(`
    b1 t1: coinbase -> A 10, B 10, A 10, B 10, C 1
    b2 t2: t1:0, t1:1 -> X 20
    b2 t3: t1:2, t1:3 -> X 20`)
  const found = why(columns, 'A', 'B')
  assert.deepEqual(found.cut, [txid('t2'), txid('t3')].sort())
  assert.deepEqual([found.witness.length, found.without.linked, found.cutAtLeast], [1, false, null])
})

test('a CoinJoin links nobody and is listed; an input signed SINGLE|ANYONECANPAY links nobody either', () => {
  const columns = ledger(`
    b1 t1: coinbase -> A 60, B 60, C 60, A 9
    b1 t2: coinbase -> D 5, E 5, F 7
    b2 t3: t1:0, t1:1, t1:2 -> P 50, Q 50, R 50, A 10, B 10, C 10
    b3 t4: t1:3, t3:3 -> A 19
    b4 t5: t2:0, t2:1!, t2:2 -> X 17`)
  const clusters = partition(columns)
  const found = show(columns, 'A', clusters)
  assert.deepEqual([found.size, found.refused], [1, [{ txid: txid('t3'), reason: 'coinjoin:joinmarket' }]])
  assert.deepEqual(show(columns, 'D', clusters).addresses, ['D', 'F'])
  assert.deepEqual(show(columns, 'E', clusters).refused, [{ txid: txid('t5'), reason: 'single-anyonecanpay' }])
  assert.equal(why(columns, 'D', 'E').linked, false)
})

test('equal outputs to one address are no CoinJoin', () => {
  const columns = ledger(`
    b1 t1: coinbase -> A 60, B 60, C 60
    b2 t2: t1:0, t1:1, t1:2 -> P 50, P 50, P 50, Q 30`)
  assert.equal(show(columns, 'A', partition(columns)).size, 3)
})

test('an address that was not read is never a clean cluster of one', () => {
  const columns = ledger('b1 t1: coinbase -> A 10')
  assert.match(show(columns, 'Z', partition(columns)).note!, /Nowhere in what was read of bitcoin: Z/)
  assert.match(why(columns, 'A', 'Z').note!, /Z/)
  assert.deepEqual([why(columns, 'A', 'A').linked, why(columns, 'A', 'A').without.linked], [true, true])
  const tron = assembleAccount('tron', account('tron', 'h1 t1: A -> B 100 USDT'))
  assert.match(show(tron, 'A', null).note!, /does not have/)
})

test('the cut is the smallest: no smaller set of transactions separates the two, and this one does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 3 }), { maxLength: 7 }),
      sets => {
        const names = ['A', 'B', 'C', 'D', 'E', 'F']
        const coins = sets.flatMap((set, i) => set.map(member => `b1 c${i}_${member}: coinbase -> ${names[member]} 1`))
        const joins = sets.map(
          (set, i) => `b2 j${i}: ${set.map(member => `c${i}_${member}:0`).join(', ')} -> X ${set.length}`,
        )
        const every = names.map((name, i) => `b0 n${i}: coinbase -> ${name} 1`)
        const columns = ledger([...every, ...coins, ...joins].join('\n'))
        const found = why(columns, 'A', 'B')
        const linked = (without: number) => isLinked(sets.filter((_, i) => ((without >> i) & 1) === 0))
        assert.equal(found.linked, linked(0))
        if (!found.linked) return
        let smallest = sets.length
        for (let without = 0; without < 1 << sets.length; without++) {
          if (!linked(without)) smallest = Math.min(smallest, bits(without))
        }
        assert.equal(found.cut.length, smallest)
        const mask = sets.reduce((sum, _, i) => sum | (found.cut.includes(txid(`j${i}`)) ? 1 << i : 0), 0)
        assert.equal(linked(mask), false)
        assert.equal(found.without.linked, false)
      },
    ),
    { numRuns: 400 },
  )
})

/** Whether 0 and 1 hang together by the sets. */
function isLinked(sets: readonly (readonly number[])[]): boolean {
  const reached = new Set([0])
  for (let grown = true; grown; ) {
    grown = false
    for (const set of sets) {
      if (!set.some(member => reached.has(member)) || set.every(member => reached.has(member))) continue
      for (const member of set) reached.add(member)
      grown = true
    }
  }
  return reached.has(1)
}

function bits(mask: number): number {
  return mask.toString(2).replaceAll('0', '').length
}

function ledger(text: string) {
  return assembleUtxo('bitcoin', utxo(text))
}

test('on an account chain why links nothing: one payer signs each transaction, whatever the two have in common', () => {
  const columns = assembleAccount(
    'tron',
    account(
      'tron',
      `h1 t1: A -> B 100 USDT
       h2 t2: B -> A 100 USDT
       h3 t3: A -> D 60 USDT
       h4 t4: B -> D 40 USDT
       h5 t5: D -> X 100 USDT
       h6 t6: B -> B 1 USDT`,
    ),
  )
  const apart = { linked: false, witness: [], cut: [], cutAtLeast: null, without: { linked: false } }
  for (const [a, b] of [
    ['A', 'B'],
    ['A', 'D'],
    ['D', 'X'],
  ] as const) {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const { coverage, note, ...answer } = why(columns, from, to)
      assert.deepEqual(answer, apart)
      assert.match(note!, /does not have/)
      assert.equal(coverage.network, 'tron')
    }
  }
  // Not read is not unlinked, and an address is in one cluster with itself here too.
  assert.match(why(columns, 'A', 'Z').note!, /Nowhere in what was read of tron: Z\. That is not the same as unlinked/)
  const self = why(columns, 'B', 'B')
  assert.deepEqual([self.linked, self.without, self.note], [true, { linked: true }, 'The two addresses are one.'])
  const shown = show(columns, 'D', null)
  assert.deepEqual([shown.cluster, shown.size, shown.addresses], ['D', 1, ['D']])
})
