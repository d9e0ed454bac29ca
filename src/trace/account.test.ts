import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import * as Backward from '../../test/story/account-backward-oracle.ts'
import * as Oracle from '../../test/story/account-oracle.ts'
import { account, timeOf } from '../../test/story/story.ts'
import type { Knowledge, Label } from '../attribution/attribution.ts'
import { assembleAccount } from '../ledger/ledger.ts'
import type { Category } from '../model/category.ts'
import { type Declared, declare, METHODS, type Method, run, type Trace } from './trace.ts'

const MIXED = `
  h1 t1: ? -> A 60 USDT
  h1 t2: ? -> X 40 USDT
  h2 t3: X -> M 40 USDT
  h3 t4: A -> M 60 USDT
  h4 t5: M -> P 30 USDT
  h5 t6: M -> Q 30 USDT`

test('the methods spend an account as defined', () => {
  const expected: Record<Method, string[]> = {
    poison: ['M USDT 40 1 unspent', 'P USDT 30 2 unspent', 'Q USDT 30 2 unspent'],
    haircut: ['M USDT 24 1 unspent', 'P USDT 18 2 unspent', 'Q USDT 18 2 unspent'],
    fifo: ['M USDT 40 1 unspent', 'Q USDT 20 2 unspent'],
    lifo: ['P USDT 30 2 unspent', 'Q USDT 30 2 unspent'],
    tiho: ['P USDT 30 2 unspent', 'Q USDT 30 2 unspent'],
  }
  const found = story(MIXED, ['A'])
  for (const method of METHODS) assert.deepEqual(brief(found, method).reached, expected[method], method)
  assert.deepEqual(brief(found, 'fifo').total, ['USDT 60'])
  assert.equal(found.conserved, true)
})

test('by the lowest intermediate balance value stays as long as the balance allows, and no longer', () => {
  const units = (text: string) =>
    story(text, ['A']).lowest!.reached.map(row => `${row.address} ${row.amount.units} ${row.stoppedBecause}`)
  assert.deepEqual(units(MIXED), ['M 40 unspent', 'Q 20 unspent'])
  const dipped = `${MIXED}\nh7 t7: M -> R 35 USDT\nh8 t8: ? -> M 90 USDT\nh9 t9: M -> W 90 USDT`
  assert.deepEqual(units(dipped), ['M 5 unspent', 'Q 20 unspent', 'R 35 unspent'])
  assert.equal(story(MIXED, ['P'], { direction: 'backward' }).lowest, null)
  fc.assert(
    fc.property(chains, text => {
      const origin = ['A', 'B'].filter(name => text.includes(` ${name} `))
      if (origin.length === 0) return
      const found = story(text, origin, {}, { S: 'exchange' })
      assert.equal(found.conserved, true)
    }),
    { numRuns: 200 },
  )
})

test('an account that pays more than it was seen to hold: an unread lot, spent first; the origin’s own counts', () => {
  const found = story(
    `h1 t1: A -> B 100 USDT
     h2 t2: B -> C 130 USDT
     h3 t3: C -> D 40 USDT`,
    ['A'],
  )
  assert.deepEqual(brief(found, 'fifo'), {
    reached: ['C USDT 90 2 unspent', 'D USDT 10 3 unspent'],
    total: ['USDT 100'],
    fees: ['USDT 0'],
  })
})

test('several assets side by side, with fees; a failed transaction moves only its fee', () => {
  const found = story(
    `h1 t1: ? -> A 100 USDT
     h1 t2: ? -> A 9 TRX
     h2 t3: A -> B 70 USDT
     h2 t3: A -> - 3 TRX fee
     h3 t4: A -> B 30 USDT failed
     h3 t4: A -> - 2 TRX fee failed
     h4 t5: A -> - 4 TRX`,
    ['A'],
  )
  assert.deepEqual(brief(found, 'lifo'), {
    reached: ['A USDT 30 0 unspent', 'B USDT 70 1 unspent', 'null TRX 4 1 burned'],
    total: ['TRX 9', 'USDT 100'],
    fees: ['TRX 5', 'USDT 0'],
  })
  assert.equal(found.conserved, true)
})

test('nothing leaves before it arrived, and value that comes back is not counted again', () => {
  const found = story(
    `h1 t1: ? -> B 50 USDT
     h2 t2: B -> C 20 USDT
     h3 t3: ? -> A 10 USDT
     h4 t4: A -> B 10 USDT
     h5 t5: B -> A 40 USDT`,
    ['A'],
  )
  assert.deepEqual(brief(found, 'fifo').reached, ['A USDT 40 0 unspent'])
  assert.deepEqual(brief(found, 'fifo').total, ['USDT 40'])
})

const SWAP = `
    h1 t1: ? -> A 60 USDT
    h1 t2: ? -> X 40 USDT
    h2 t3: A -> B 60 USDT
    h2 t4: X -> B 40 USDT
    h3 t5: B -> D 50 USDT
    h3 t5: P -> B 7 TRX
    h4 t6: B -> C 5 TRX`

test('a swap is one linked edge: the share goes on in what the same transaction pays back', () => {
  const expected: Record<string, [string[], bigint[]]> = {
    haircut: [
      ['B USDT 30 1 unspent', 'B TRX 2 2 unspent', 'C TRX 2 3 unspent'],
      [30n, 4n],
    ],
    fifo: [
      ['B USDT 10 1 unspent', 'B TRX 2 2 unspent', 'C TRX 5 3 unspent'],
      [50n, 7n],
    ],
    lifo: [
      ['B USDT 50 1 unspent', 'C TRX 2 3 unspent'],
      [10n, 2n],
    ],
    tiho: [
      ['B USDT 10 1 unspent', 'B TRX 2 2 unspent', 'C TRX 5 3 unspent'],
      [50n, 7n],
    ],
  }
  const found = story(SWAP, ['A'], {}, { D: 'dex' })
  for (const [method, [reached, amounts]] of Object.entries(expected)) {
    assert.deepEqual(brief(found, method as Method).reached, reached, method)
    const { converted } = found.methods[method as Method]!
    assert.deepEqual(
      converted!.map(one => [one.address, one.contract, one.from.asset.symbol, one.to.asset.symbol]),
      [['B', 'D', 'USDT', 'TRX']],
    )
    assert.deepEqual([converted![0]!.from.units, converted![0]!.to.units], amounts, method)
  }
  assert.equal(found.conserved, true)
})

test('what is not paired, and every bridge, is a contract that is not decoded', () => {
  const stops = (text: string, category: Category) =>
    brief(story(text, ['A'], {}, { D: category }), 'fifo').reached.filter(row => row.includes('contract'))
  assert.deepEqual(stops(SWAP, 'dex'), [])
  assert.deepEqual(stops(SWAP, 'bridge'), ['D USDT 50 2 contract'])
  assert.deepEqual(stops(SWAP.replace('h3 t5: P', 'h3 t7: P'), 'dex'), ['D USDT 50 2 contract'])
  assert.deepEqual(stops(SWAP.replace('7 TRX', '7 USDT'), 'dex'), ['D USDT 50 2 contract'])
  assert.deepEqual(stops(SWAP.replace('h4 t6', 'h3 t5'), 'dex'), ['D USDT 50 2 contract'])
  assert.deepEqual(stops(SWAP.replace('7 TRX', '7 TRX failed'), 'dex'), ['D USDT 50 2 contract'])
})

test('with swaps at random every asset is still conserved, to the last unit', () => {
  const texts = fc.array(
    fc.record({
      ...{ from: fc.constantFrom('A', 'B', 'C', 'D', '?'), to: fc.constantFrom('A', 'B', 'C', 'D', 'D') },
      ...{ units: fc.integer({ min: 1, max: 9 }), asset: fc.constantFrom('USDT', 'TRX'), same: fc.boolean() },
      swap: fc.boolean(),
    }),
    { minLength: 3, maxLength: 20 },
  )
  let swaps = 0
  fc.assert(
    fc.property(texts, rows => {
      let at = 0
      const lines = rows.flatMap(({ from, to, units, asset, same, swap }) => {
        if (!same) at++
        const paid = `h${at} t${at}: ${from} -> ${to} ${units} ${asset}`
        if (!swap || to !== 'D' || from === '?') return [paid]
        return [paid, `h${at} t${at}: P -> ${from} 7 ${asset === 'TRX' ? 'USDT' : 'TRX'}`]
      })
      const origin = ['A', 'B'].filter(name => lines.some(line => line.includes(` ${name} `)))
      if (origin.length === 0) return
      const found = story(lines.join('\n'), origin, {}, { D: 'dex' })
      assert.equal(found.conserved, true)
      swaps += found.methods.haircut!.converted?.length ?? 0
    }),
    { numRuns: 800 },
  )
  assert.ok(swaps > 20, `only ${swaps} swaps came up`)
})

test('services, horizons and the window stop an account trace', () => {
  const text = `
    h1 t1: ? -> A 100 USDT
    h2 t2: A -> S 10 USDT
    h2 t3: A -> B 20 USDT
    h3 t4: B -> C 20 USDT
    h4 t5: C -> D 20 USDT
    h9 t6: A -> E 5 USDT`
  const found = story(text, ['A'], { hops: 2, to: timeOf(5) }, { S: 'exchange' })
  assert.deepEqual(brief(found, 'haircut').reached, ['A USDT 70 0 time', 'S USDT 10 1 service', 'C USDT 20 2 horizon'])
})

test('equal to the unit-by-unit oracle on random account chains', () => {
  fc.assert(
    fc.property(chains, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), (text, hops, min) => {
      const transfers = account('tron', text)
      const rules = { origin: new Set(['A', 'B']), services: new Set(['S']), hops, min }
      const declared = declare({ hops, min: `0.00000${min}` })
      const origin = ['A', 'B'].filter(name => text.includes(` ${name} `))
      if (origin.length === 0) return
      const found = run(assembleAccount('tron', [...transfers].reverse()), known({ S: 'exchange' }), origin, declared)
      for (const method of METHODS) {
        const truth = Oracle.follow(transfers, method, rules)
        const rows = brief(found, method)
        assert.deepEqual(rows.reached.map(row => row.replace('null', '-')).sort(), truth.reached, method)
        const sums = (of: Readonly<Record<string, number>>) =>
          Object.entries(of).map(([asset, units]) => `${asset} ${units}`)
        assert.deepEqual(rows.total.toSorted(), sums(truth.total).sort(), method)
      }
      assert.equal(found.conserved, true)
    }),
    { numRuns: 800 },
  )
})

test('backward mirrors forward, unit for unit, and conserves value', () => {
  const expected: Record<string, string[]> = {
    haircut: ['A USDT 18 2 unread', 'X USDT 12 2 unread'],
    fifo: ['X USDT 30 2 unread'],
    lifo: ['A USDT 30 2 unread'],
    tiho: ['A USDT 30 2 unread'],
  }
  const text = MIXED.replace('? -> A', 'A0 -> A').replace('? -> X', 'X0 -> X')
  const found = story(text, ['P'], { direction: 'backward' })
  const moved = Object.fromEntries(
    Object.keys(expected).map(method => [
      method,
      brief(found, method as Method).reached.map(row =>
        row.replace('X0', 'X').replace('A0', 'A').replace(' 3 ', ' 2 '),
      ),
    ]),
  )
  assert.deepEqual(moved, Object.fromEntries(Object.entries(expected).map(([method, rows]) => [method, rows])))
  fc.assert(
    fc.property(chains, text => {
      const origin = ['A', 'B'].filter(name => text.includes(` ${name} `))
      if (origin.length === 0) return
      const columns = assembleAccount('tron', account('tron', text))
      const back = run(columns, known({ S: 'exchange' }), origin, declare({ direction: 'backward' }))
      assert.equal(back.conserved, true)
      for (const method of METHODS) for (const row of back.methods[method]!.reached) assert.ok(row.amount.units > 0n)
    }),
    { numRuns: 300 },
  )
})

test('backward by haircut, TIHO and poison is equal to the oracle that undoes transfers unit by unit', () => {
  fc.assert(
    fc.property(chains, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), (text, hops, min) => {
      const transfers = account('tron', text)
      const rules = { origin: new Set(['A', 'B']), services: new Set(['S']), hops, min }
      const origin = ['A', 'B'].filter(name => text.includes(` ${name} `))
      if (origin.length === 0) return
      const declared = declare({ hops, min: `0.00000${min}`, direction: 'backward' })
      const found = run(assembleAccount('tron', [...transfers].reverse()), known({ S: 'exchange' }), origin, declared)
      for (const method of ['haircut', 'tiho', 'poison'] as const) {
        const truth = Backward.followBack(transfers, method, rules)
        const rows = brief(found, method)
        assert.deepEqual(rows.reached.map(row => row.replace('null', '-')).sort(), truth.reached, method)
        const sums = Object.entries(truth.total).map(([asset, units]) => `${asset} ${units}`)
        assert.deepEqual(rows.total.toSorted(), sums.sort(), method)
      }
    }),
    { numRuns: 800 },
  )
})

test('backward, a balance that unread units answered for whole has no distance left', () => {
  const text = `
    h1 t1: ? -> C 1 TRX
    h2 t2: C -> D 1 TRX
    h3 t3: C -> A 1 TRX
    h5 t5: D -> A 1 TRX`
  const found = story(text, ['A'], { direction: 'backward' })
  assert.deepEqual(brief(found, 'haircut').reached.toSorted(), ['C TRX 1 1 unread', 'null TRX 1 3 unread'])
})

test('forward from one transfer and backward from another pair the same units by FIFO and by LIFO', () => {
  fc.assert(
    fc.property(chains, text => {
      const transfers = account('tron', text).filter(row => row.to !== null && row.kind === 'transfer')
      const columns = assembleAccount('tron', account('tron', text))
      const moved = transfers.filter(row => row.status === 'ok' && row.units > 0n)
      const [first, last] = [moved[0], moved.at(-1)]
      if (first === undefined || last === undefined || first === last) return
      const at = (row: typeof first) => `${row.txid}:${row.logIndex}`
      for (const method of ['fifo', 'lifo'] as const) {
        const there = run(columns, known({}), [at(first)], declare({ methods: [method] }))
        const back = run(columns, known({}), [at(last)], declare({ methods: [method], direction: 'backward' }))
        assert.deepEqual([there.conserved, back.conserved], [true, true])
        const units = (trace: Trace) => trace.methods[method]!.total.reduce((sum, amount) => sum + amount.units, 0n)
        assert.deepEqual([units(there), units(back)], [first.units, last.units])
      }
    }),
    { numRuns: 200 },
  )
})

const names = fc.constantFrom('A', 'B', 'C', 'D', 'S', 'E')
const chains = fc
  .array(
    fc.record({
      from: fc.oneof({ weight: 4, arbitrary: names }, { weight: 1, arbitrary: fc.constant('?') }),
      to: fc.oneof({ weight: 9, arbitrary: names }, { weight: 1, arbitrary: fc.constant('-') }),
      units: fc.integer({ min: 0, max: 9 }),
      asset: fc.constantFrom('USDT', 'USDT', 'TRX'),
      more: fc.constantFrom('', '', '', '', ' fee', ' failed', ' approve'),
    }),
    { minLength: 2, maxLength: 16 },
  )
  .map(rows =>
    rows
      .map(({ from, to, units, asset, more }, i) => {
        const fee = more === ' fee' && from !== '?'
        const place = fee ? '-' : to
        return `h${i + 1} t${i}: ${from} -> ${place} ${units} ${asset}${more === ' fee' && !fee ? '' : more}`
      })
      .join('\n'),
  )

function story(
  text: string,
  origin: string[],
  part: Partial<Declared> = {},
  labels: Record<string, Category> = {},
): Trace {
  return run(assembleAccount('tron', account('tron', text)), known(labels), origin, declare(part))
}

function brief(found: Trace, method: Method): { reached: string[]; total: string[]; fees: string[] } {
  const { reached, total, fees } = found.methods[method]!
  return {
    reached: reached.map(
      row => `${row.address} ${row.amount.asset.symbol} ${row.amount.units} ${row.hops} ${row.stoppedBecause}`,
    ),
    total: total.map(amount => `${amount.asset.symbol} ${amount.units}`).sort(),
    fees: fees.map(amount => `${amount.asset.symbol} ${amount.units}`).sort(),
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
