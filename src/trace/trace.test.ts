import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import * as Oracle from '../../test/story/oracle.ts'
import { timeOf, txid, utxo } from '../../test/story/story.ts'
import { worlds } from '../../test/story/world.ts'
import type { Knowledge, Label } from '../attribution/attribution.ts'
import { assembleUtxo } from '../ledger/ledger.ts'
import type { Category } from '../model/category.ts'
import { type Declared, declare, METHODS, type Method, run, type Trace } from './trace.ts'

test('change that returns is not counted twice, and every unit is somewhere', () => {
  const found = story(
    `b1 t1: coinbase -> A 100
     b2 t2: t1:0 -> B 30, A 69
     b3 t3: t2:1 -> C 60, A 8`,
    ['A'],
  )
  for (const method of METHODS) {
    assert.deepEqual(brief(found, method), {
      reached: [`t2:0 B 30 1 unspent`, `t3:0 C 60 1 unspent`, `t3:1 A 8 0 unspent`],
      total: '100',
      fees: '2',
    })
  }
  assert.equal(found.conserved, true)
})

test('the five methods split a mixed transaction as defined', () => {
  const text = `
    b1 t1: coinbase -> A 6
    b1 t2: coinbase -> X 4
    b2 t3: t1:0, t2:0 -> P 2, Q 5, R 2`
  const expected: Record<Method, string[]> = {
    poison: ['t3:0 P 2 1 unspent', 't3:1 Q 5 1 unspent', 't3:2 R 2 1 unspent'],
    haircut: ['t3:0 P 1 1 unspent', 't3:1 Q 3 1 unspent', 't3:2 R 1 1 unspent'],
    fifo: ['t3:0 P 2 1 unspent', 't3:1 Q 4 1 unspent'],
    lifo: ['t3:1 Q 3 1 unspent', 't3:2 R 2 1 unspent'],
    tiho: ['t3:0 P 1 1 unspent', 't3:1 Q 5 1 unspent'],
  }
  const found = story(text, ['A'])
  for (const method of METHODS) assert.deepEqual(brief(found, method).reached, expected[method], method)
  const fees = METHODS.map(method => brief(found, method).fees)
  assert.deepEqual(fees, ['1', '1', '0', '1', '0'])
  assert.deepEqual(
    found.envelope.map(({ address, min, max, robust }) => [address, min.units, max.units, robust]),
    [
      ['Q', 3n, 5n, true],
      ['P', 0n, 2n, false],
      ['R', 0n, 2n, false],
    ],
  )
})

test('a window holds for an outpoint as for an address: what entered after its end is no origin', () => {
  const text = `
    b1 t1: coinbase -> A 6
    b9 t2: coinbase -> A 4`
  const until = { to: timeOf(5) }
  for (const origin of [['A'], [`${txid('t1')}:0`, `${txid('t2')}:0`]]) {
    assert.deepEqual(brief(story(text, origin, until), 'fifo').reached, ['t1:0 A 6 0 unspent'])
  }
})

test('value that comes back from beyond a limit counts again, and the answer says so', () => {
  const text = `
    b1 t1: coinbase -> A 6
    b2 t2: t1:0 -> B 6
    b3 t3: t2:0 -> A 6`
  const whole = story(text, ['A'])
  assert.deepEqual([brief(whole, 'fifo').total, whole.notes], ['6', []])
  const cut = story(text, ['A'], { hops: 1 })
  assert.equal(brief(cut, 'fifo').total, '12')
  assert.deepEqual(cut.notes, [
    'Value was left at a declared limit at B, which paid the origin: what came back that way counts again.',
  ])
})

test('FIFO keeps the order of units inside an output that is tainted in part', () => {
  const found = story(
    `b1 t1: coinbase -> X 3
     b1 t2: coinbase -> A 4
     b1 t3: coinbase -> Y 3
     b2 t4: t1:0, t2:0, t3:0 -> M 10
     b3 t5: t4:0 -> P 4, Q 1, R 5`,
    ['A'],
  )
  assert.deepEqual(brief(found, 'fifo').reached, ['t5:0 P 1 2 unspent', 't5:1 Q 1 2 unspent', 't5:2 R 2 2 unspent'])
})

test('a trace stops at services, mixers, unread inputs and horizons, each with its reason', () => {
  const text = `
    b1 t1: coinbase -> A 100
    b2 t2: t1:0 -> S 20, M 20, U 20, H 20, D 10, E 10
    b3 t3: t2:2, ?x:0 -> V 20
    b3 t4: t2:3 -> W 20
    b4 t5: t4:0 -> Z 20
    b9 t6: t2:5 -> Y 10
    b3 t7: t2:4 -> D1 1, D2 9
    b4 t8: t7:0 -> D3 1`
  const found = story(text, ['A'], { hops: 2, min: '0.00000005', to: timeOf(5) }, { S: 'exchange', M: 'mixer' })
  assert.deepEqual(brief(found, 'fifo').reached, [
    't2:0 S 20 1 service',
    't2:1 M 20 1 mixer',
    't2:2 U 20 1 unread',
    't2:5 E 10 1 time',
    't4:0 W 20 2 horizon',
    't7:0 D1 1 2 horizon',
    't7:1 D2 9 2 unspent',
  ])
  assert.equal(found.conserved, true)
  assert.equal(found.methods.fifo!.reached[0]!.label!.category, 'exchange')
  const least = story(text, ['A'], { min: '0.00000005' }, { S: 'exchange', M: 'mixer' })
  assert.ok(brief(least, 'fifo').reached.includes('t7:0 D1 1 2 min'))
})

test('what OP_RETURN destroys is burned, not unspent', () => {
  const found = story('b1 t1: coinbase -> A 9\nb2 t2: t1:0 -> B 5, burn 3, - 1', ['A'])
  assert.deepEqual(brief(found, 'fifo').reached, [
    't2:0 B 5 1 unspent',
    't2:1 null 3 1 burned',
    't2:2 null 1 1 unspent',
  ])
})

test('a sanctioned exchange is still an exchange: the trace stops there', () => {
  const columns = assembleUtxo('bitcoin', utxo('b1 t1: coinbase -> A 9\nb2 t2: t1:0 -> S 9\nb3 t3: t2:0 -> B 9'))
  const both = { ...known({ S: 'sanctioned' }) }
  const labelsOf: Knowledge['labelsOf'] = (network, address) =>
    both.labelsOf(network, address).map(label => ({ ...label, categories: ['sanctioned', 'exchange'] }))
  const { reached } = run(columns, { ...both, labelsOf }, ['A'], declare()).methods.fifo!
  assert.deepEqual(
    reached.map(row => [row.address, row.stoppedBecause, row.label!.category]),
    [['S', 'service', 'sanctioned']],
  )
})

test('the edge limit is said, and value is still conserved', () => {
  const found = story(
    `b1 t1: coinbase -> A 9
     b2 t2: t1:0 -> B 9
     b3 t3: t2:0 -> C 9`,
    ['A'],
    { edges: 2 },
  )
  assert.deepEqual(brief(found, 'lifo').reached, ['t2:0 B 9 1 limit'])
  assert.deepEqual([found.truncated, found.coverage.truncated, found.conserved], [true, true, true])
})

test('an outpoint can be the origin; an origin that was not read is named', () => {
  const found = story(
    `b1 t1: coinbase -> A 9, A 5
     b2 t2: t1:1 -> B 5`,
    [`${txid('t1')}:1`, 'Nowhere'],
  )
  assert.deepEqual(brief(found, 'haircut'), { reached: ['t2:0 B 5 1 unspent'], total: '5', fees: '0' })
  assert.deepEqual(found.notes, ['Nowhere is nowhere in what was read of bitcoin.'])
})

test('backward finds what paid the origin, by the mirror of each method', () => {
  const text = `
    b1 t1: coinbase -> X 6
    b1 t2: coinbase -> Y 4
    b2 t3: t1:0, t2:0 -> P 2, A 5, R 2
    b3 t4: t3:1 -> A 3, B 2`
  const expected: Record<string, string[]> = {
    haircut: ['t1:0 X 3 1 coinbase', 't2:0 Y 2 1 coinbase'],
    fifo: ['t1:0 X 4 1 coinbase', 't2:0 Y 1 1 coinbase'],
    lifo: ['t1:0 X 3 1 coinbase', 't2:0 Y 2 1 coinbase'],
    tiho: ['t1:0 X 5 1 coinbase'],
  }
  const found = story(text, ['A'], { direction: 'backward' })
  for (const [method, rows] of Object.entries(expected)) {
    assert.deepEqual(brief(found, method as Method), { reached: rows, total: '5', fees: '0' }, method)
  }
  assert.equal(found.conserved, true)
})

test('equal to the unit-by-unit oracle on random graphs, in any order of import', () => {
  fc.assert(
    fc.property(worlds, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }), (text, hops, min) => {
      const blocks = utxo(text)
      const rules = { origin: new Set(['A', 'B']), services: new Set(['S']), hops, min, to: timeOf(11) }
      const declared = declare({ hops, min: `0.0000000${min}`, to: timeOf(11) })
      const found = run(
        assembleUtxo('bitcoin', [...blocks].reverse()),
        known({ S: 'exchange' }),
        present(text),
        declared,
      )
      for (const method of METHODS) {
        const truth = Oracle.follow(blocks, method, rules)
        const rows = found.methods[method]!.reached.map(
          row => `${row.outpoint} ${row.address} ${row.amount.units} ${row.hops} ${row.stoppedBecause}`,
        )
        assert.deepEqual(rows.sort(), truth.reached, method)
        assert.equal(found.methods[method]!.total[0]!.units, BigInt(truth.total), method)
        assert.equal(found.methods[method]!.fees[0]!.units, BigInt(truth.fees), method)
      }
      assert.equal(found.conserved, true)
    }),
    { numRuns: 300 },
  )
})

test('value is conserved backward on random graphs, and poison bounds every other method', () => {
  fc.assert(
    fc.property(worlds, text => {
      const found = run(
        assembleUtxo('bitcoin', utxo(text)),
        known({ S: 'exchange' }),
        present(text),
        declare({ direction: 'backward' }),
      )
      assert.equal(found.conserved, true)
      const upper = new Map(found.methods.poison!.reached.map(row => [row.outpoint, row.amount.units]))
      for (const method of METHODS) {
        for (const row of found.methods[method]!.reached) assert.ok(row.amount.units <= upper.get(row.outpoint)!)
      }
    }),
    { numRuns: 200 },
  )
})

test('FIFO and LIFO pair the same units in both directions', () => {
  fc.assert(
    fc.property(worlds, text => {
      const whole = text.replace(/, \?x\d+:0(?!=)/g, '')
      const blocks = utxo(whole)
      const columns = assembleUtxo('bitcoin', blocks)
      const spent = new Set(
        blocks.flatMap(one => one.transactions.flatMap(tx => tx.inputs.map(input => `${input.txid}:${input.index}`))),
      )
      const outpoints = blocks.flatMap(one =>
        one.transactions.flatMap(tx =>
          tx.outputs.map((output, i) => ({ at: `${tx.txid}:${i}`, tx, units: output.units })),
        ),
      )
      const mined = outpoints.filter(one => one.tx.coinbase && one.units > 0n)
      const ends = outpoints.filter(one => !spent.has(one.at) && one.units > 0n).slice(0, 4)
      for (const method of ['fifo', 'lifo'] as const) {
        const flows = (origin: string, direction: 'forward' | 'backward') => {
          const rows = run(columns, known({}), [origin], declare({ methods: [method], direction })).methods[method]!
            .reached
          return new Map(rows.map(row => [row.outpoint!, row.amount.units]))
        }
        const back = ends.map(end => flows(end.at, 'backward'))
        for (const coin of mined) {
          const there = flows(coin.at, 'forward')
          ends.forEach((end, i) => {
            assert.equal(there.get(end.at) ?? 0n, back[i]!.get(coin.at) ?? 0n, `${method} ${coin.at} ${end.at}`)
          })
        }
      }
    }),
    { numRuns: 100 },
  )
})

/** The origin's addresses that the text has, so that no note is due. */
function present(text: string): string[] {
  return ['A', 'B'].filter(address => text.includes(`${address} `))
}

function story(
  text: string,
  origin: string[],
  part: Partial<Declared> = {},
  labels: Record<string, Category> = {},
): Trace {
  return run(assembleUtxo('bitcoin', utxo(text)), known(labels), origin, declare(part))
}

/** `t1:0 A 5 1 unspent` for each row, with the story's names for transactions. */
function brief(found: Trace, method: Method): { reached: string[]; total: string; fees: string } {
  const names = new Map(Array.from({ length: 20 }, (_, i) => [txid(`t${i}`), `t${i}`]))
  const outcome = found.methods[method]!
  return {
    reached: outcome.reached.map(row => {
      const [id, index] = (row.outpoint ?? ':').split(':')
      const place = row.outpoint === null ? '' : `${names.get(id!) ?? id}:${index} `
      return `${place}${row.address} ${row.amount.units} ${row.hops} ${row.stoppedBecause}`
    }),
    total: outcome.total.map(amount => amount.units.toString()).join(' '),
    fees: outcome.fees.map(amount => amount.units.toString()).join(' '),
  }
}

function known(labels: Record<string, Category>): Knowledge {
  return {
    labelsOf: (network, address): Label[] => {
      const category = labels[address]
      const rest = { entity: null, role: null, confidence: { id: 'test', level: 50 }, source: 'test', citations: [] }
      return category === undefined ? [] : [{ network, address, name: address, category, ...rest }]
    },
    designationsOf: () => [],
    lists: [],
    labelCount: () => Object.keys(labels).length,
  }
}
