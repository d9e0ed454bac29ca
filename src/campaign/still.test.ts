import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Knowledge, nothing } from '../attribution/attribution.ts'
import { assembleAccount, assembleUtxo } from '../ledger/ledger.ts'
import * as Asset from '../model/asset.ts'
import type { Transfer, UtxoBlock, UtxoTransaction } from '../model/transaction.ts'
import { asserted, type Member, still, stillAnswer } from './campaign.ts'
import { habitsOf, MOVES_MIN } from './still-habit.ts'
import { lotsOf, type Own } from './still-lots.ts'

/** Against an oracle that moves every single unit by itself, one after another. */
const USDT = Asset.token('tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')!
const COIN = Asset.coin('tron')
const id = (n: number): string => n.toString(16).padStart(64, '0')
const NAMES = ['A', 'B', 'x', 'y']
const DAY = 86_400

const transfers = fc.array(
  fc.record({
    from: fc.option(fc.constantFrom(...NAMES), { nil: null, freq: 6 }),
    to: fc.constantFrom(...NAMES),
    units: fc.bigInt(0n, 9n),
    kind: fc.constantFrom('transfer', 'transfer', 'transfer', 'internal', 'fee', 'approve'),
    status: fc.constantFrom('ok', 'ok', 'ok', 'failed'),
    hours: fc.nat(30),
  }),
  { maxLength: 40, size: 'max' },
)

type Unit = { since: number | null }

test('account ledgers: what rests, since when, and what left after how long, unit by unit', () => {
  fc.assert(
    fc.property(transfers, fc.nat(30), (list, until) => {
      const rows = [...list]
        .sort((a, b) => a.hours - b.hours)
        .map(({ from, to, units, kind, status, hours }, n) => {
          const asset = kind === 'fee' ? COIN : USDT
          const ends = kind === 'fee' ? { from: from ?? 'A', to: null } : { from, to }
          const place = { txid: id(n + 1), txIndex: n, logIndex: 0, height: n, time: hours }
          return { ...place, kind, status, ...ends, asset, units } as unknown as Transfer
        })
      const columns = assembleAccount('tron', rows)
      const own: Own = new Map(
        ['A', 'B'].flatMap(name => {
          const row = columns.addresses.find(name)
          return row === undefined ? [] : [[row, asserted('tron', name)] as const]
        }),
      )
      const found = lotsOf(columns, own, until)
      const oracle = accountOracle(rows, until)
      assert.deepEqual(table(found.resting), oracle.resting)
      assert.deepEqual(spread(found.moves), oracle.moves)
    }),
    { numRuns: 1500 },
  )
})

function accountOracle(rows: readonly Transfer[], until: number) {
  const seen = rows.filter(
    row =>
      row.time <= until &&
      row.units > 0n &&
      row.kind !== 'approve' &&
      (row.status === 'ok' || row.kind === 'fee') &&
      row.from !== row.to,
  )
  const own = (name: string | null): name is string => name === 'A' || name === 'B'
  /** Least number of unknown units at the start with which no payment is more than there is: tried one by one. */
  const opening = (name: string, asset: Asset.Asset): number => {
    for (let start = 0; ; start++) {
      let balance = start
      const enough = seen.every(row => {
        if (row.asset !== asset) return true
        if (row.from === name) balance -= Number(row.units)
        if (row.to === name) balance += Number(row.units)
        return balance >= 0
      })
      if (enough) return start
    }
  }
  const purses = new Map<string, Unit[]>()
  for (const asset of [USDT, COIN]) {
    for (const name of ['A', 'B']) {
      purses.set(
        `${name} ${asset.symbol}`,
        Array.from({ length: opening(name, asset) }, () => ({ since: null })),
      )
    }
  }
  const moves: string[] = []
  for (const { from, to, asset, units, time, kind } of seen) {
    for (let k = 0n; k < units; k++) {
      const unit = own(from) ? purses.get(`${from} ${asset.symbol}`)!.shift()! : { since: time }
      if (own(to)) purses.get(`${to} ${asset.symbol}`)!.push(unit)
      else if (own(from) && kind !== 'fee' && unit.since !== null) moves.push(`${asset.symbol} ${time - unit.since}`)
    }
  }
  const resting = [...purses].flatMap(([place, units]) => units.map(({ since }) => `${place} ${since}`))
  return { resting: tally(resting), moves: tally(moves) }
}

const sides = fc.array(fc.tuple(fc.constantFrom<string | null>(...NAMES, null), fc.bigInt(0n, 9n)), {
  minLength: 1,
  maxLength: 3,
})

test('UTXO ledgers: change keeps its age, the oldest leaves first, unit by unit', () => {
  const step = fc.record({
    spends: fc.array(fc.nat(30), { maxLength: 3 }),
    foreign: fc.boolean(),
    unread: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    outputs: sides,
    hours: fc.nat(30),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 15, size: 'max' }), fc.nat(30), (steps, until) => {
      const made: { txid: string; index: number; address: string | null; units: bigint; spent: boolean }[] = []
      const blocks: UtxoBlock[] = []
      for (const [n, { spends, foreign, unread, outputs, hours }] of steps.entries()) {
        const txid = id(n + 1)
        const inputs: UtxoTransaction['inputs'][number][] = []
        for (const wanted of spends) {
          const from = made[wanted]
          if (from === undefined || from.spent) continue
          from.spent = true
          const { txid: of, index, address, units } = from
          inputs.push({ txid: of, index, address, units, singleAnyoneCanPay: false })
        }
        if (foreign) {
          inputs.push({ txid: id(900 + n), index: 0, address: 'x', units: 5n, singleAnyoneCanPay: false })
        }
        if (unread) {
          inputs.push({ txid: id(950 + n), index: 0, address: 'A', units: null, singleAnyoneCanPay: false })
        }
        const transaction: UtxoTransaction = {
          ...{ txid, coinbase: inputs.length === 0, inputs },
          outputs: outputs.map(([address, units]) => ({ address, units })),
        }
        for (const [index, [address, units]] of outputs.entries()) {
          made.push({ txid, index, address, units, spent: false })
        }
        const place = { hash: id(500 + n), previous: id(499 + n), height: n, minedAt: hours }
        blocks.push({ ...place, transactions: [transaction] })
      }
      const columns = assembleUtxo('bitcoin', blocks)
      const own: Own = new Map(
        ['A', 'B'].flatMap(name => {
          const row = columns.addresses.find(name)
          return row === undefined ? [] : [[row, asserted('bitcoin', name)] as const]
        }),
      )
      const found = lotsOf(columns, own, until)
      const oracle = utxoOracle(blocks, until)
      assert.deepEqual(table(found.resting), oracle.resting)
      assert.deepEqual(spread(found.moves), oracle.moves)
    }),
    { numRuns: 1500 },
  )
})

function utxoOracle(blocks: readonly UtxoBlock[], until: number) {
  const purses = new Map<string, { address: string; units: Unit[] }>()
  const moves: string[] = []
  for (const { minedAt, transactions } of blocks) {
    if (minedAt > until) continue
    for (const { txid, inputs, outputs } of transactions) {
      const mine = inputs.filter(({ address }) => address === 'A' || address === 'B')
      const purse: Unit[] = []
      for (const { txid: of, index, units } of mine) {
        if (units === null) continue
        const held = purses.get(`${of} ${index}`)
        purses.delete(`${of} ${index}`)
        purse.push(...(held?.units ?? Array.from({ length: Number(units) }, () => ({ since: null }))))
      }
      purse.sort((a, b) => (a.since ?? -1) - (b.since ?? -1))
      const unsure = mine.some(({ units }) => units === null)
      const places = outputs.flatMap(({ address, units }, index) =>
        address === 'A' || address === 'B' ? [{ key: `${txid} ${index}`, address, units: Number(units) }] : [],
      )
      const wanted = places.reduce((sum, place) => sum + place.units, 0)
      while (purse.length > wanted) {
        const { since } = purse.shift()!
        if (since !== null) moves.push(`BTC ${Math.max(0, minedAt - since)}`)
      }
      while (purse.length < wanted) purse.push({ since: unsure ? null : minedAt })
      for (const { key, address, units } of places) purses.set(key, { address, units: purse.splice(0, units) })
    }
  }
  const resting = [...purses.values()].flatMap(({ address, units }) =>
    units.map(({ since }) => `${address} BTC ${since}`),
  )
  return { resting: tally(resting), moves: tally(moves) }
}

test('quantiles weigh every unit once, and what remains is asked of what lasted longer', () => {
  const drawn = fc.array(fc.record({ units: fc.bigInt(1n, 6n), seconds: fc.nat(20) }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(drawn, fc.nat(20), (list, age) => {
      const habit = habitsOf(list.map(one => ({ ...one, asset: USDT }))).get(Asset.key(USDT))
      assert.equal(habit === undefined, list.length < MOVES_MIN)
      if (habit === undefined) return
      const units = list.flatMap(one => Array.from({ length: Number(one.units) }, () => one.seconds))
      assert.deepEqual(
        [habit.quarter, habit.median, habit.threeQuarters],
        [1, 2, 3].map(one => quantile(units, one)),
      )
      const longer = units.filter(seconds => seconds > age)
      const enough = list.filter(one => one.seconds > age).length >= MOVES_MIN
      const left = habit.leftAt(age)
      assert.deepEqual(
        left === null ? null : [left.quarter, left.half],
        enough ? [quantile(longer, 1) - age, quantile(longer, 2) - age] : null,
      )
    }),
  )
})

/** The least value that at least so many quarters of the list do not exceed. */
function quantile(list: readonly number[], quarters: number): number {
  const sorted = [...list].sort((a, b) => a - b)
  return sorted.find(one => sorted.filter(other => other <= one).length * 4 >= sorted.length * quarters)!
}

const SERVICE = 'Exchange Example'

const labelled: Knowledge = {
  ...nothing,
  labelsOf: (network, address) =>
    address !== 'hot'
      ? []
      : [
          {
            ...{ network, address, name: SERVICE, entity: null, category: 'exchange', role: null, source: 'test' },
            ...{ confidence: { id: 'service_api', level: 80 }, citations: [] },
          },
        ],
}

test('each place has who could hold it; frozen value is apart, deposits are inferred from where they pay', () => {
  const rows: Transfer[] = []
  const pay = (from: string | null, to: string, units: bigint, day: number, asset = USDT): void => {
    const n = rows.length
    const place = { txid: id(n + 1), txIndex: n, logIndex: 0, height: n, time: day * DAY }
    rows.push({ ...place, kind: 'transfer', status: 'ok', from, to, asset, units } as Transfer)
  }
  for (let day = 0; day < 10; day += 2) {
    pay('giver', 'A', 100n, day)
    pay('A', 'deposit', 100n, day + 1)
    pay('deposit', 'hot', 100n, day + 1)
  }
  pay('giver', 'A', 7n, 30)
  pay('giver', 'A', 3n, 30, COIN)
  pay('giver', 'B', 50n, 30)
  pay('giver', 'hosted', 20n, 30)
  pay('A', 'deposit', 5n, 31)
  pay('A', 'stranger', 1n, 31)
  const hosted: Member = { ...asserted('tron', 'hosted'), role: 'donation', hostedAt: 'Another Exchange' }
  const set = [asserted('tron', 'A'), asserted('tron', 'B'), hosted, asserted('tron', 'never')]
  const until = 31 * DAY + DAY / 2
  const found = still([assembleAccount('tron', rows)], set, {
    ...{ until, knowledge: labelled },
    heldBy: (_, address) => (address === 'B' ? 'frozen' : null),
  })
  const answer = stillAnswer(found, until, null, set.length)
  assert.deepEqual(
    answer.resting.map(one => [one.address, one.amount.asset, one.amount.amount, one.control.who, one.held]),
    [
      ['B', 'USDT', '50', 'Tether', 'frozen'],
      ['hosted', 'USDT', '20', 'Another Exchange', null],
      ['A', 'USDT', '1', 'Tether', null],
      ['A', 'TRX', '3', null, null],
    ],
  )
  assert.deepEqual(
    answer.arrived.map(one => [one.address, one.amount.amount, one.stillThere?.amount, one.control]),
    [
      ['deposit', '5', '5', { kind: 'exchange', who: SERVICE, grade: 'inferred' }],
      ...[9, 7, 5, 3].map(() => ['deposit', '100', '0', { kind: 'exchange', who: SERVICE, grade: 'inferred' }]),
    ],
  )
  assert.deepEqual(
    answer.stoppable.map(one => [one.control.who, one.resting.amount, one.arrived.amount, one.halfBy]),
    [
      ['Another Exchange', '20', '0', null],
      [SERVICE, '0', '5', null],
      ['Tether', '1', '0', null],
    ],
  )
  assert.deepEqual(
    answer.outOfReach.map(one => one.value),
    ['0.000003'],
  )
  assert.deepEqual(
    answer.frozen.map(one => one.value),
    ['0.000050'],
  )
  assert.equal(answer.habits[0]?.medianSeconds, DAY)
  assert.equal(found.unseen.length, 1)
  assert.ok(answer.sentences.every(one => /[\u0600-\u06ff]/.test(one.ar) && !/[\u0600-\u06ff]/.test(one.en)))
})

function table(lots: ReturnType<typeof lotsOf>['resting']): Record<string, number> {
  return tally(
    lots.flatMap(({ member, asset, units, since }) =>
      Array.from({ length: Number(units) }, () => `${member.address} ${asset.symbol} ${since}`),
    ),
  )
}

function spread(moves: ReturnType<typeof lotsOf>['moves']): Record<string, number> {
  return tally(
    moves.flatMap(({ asset, units, seconds }) =>
      Array.from({ length: Number(units) }, () => `${asset.symbol} ${seconds}`),
    ),
  )
}

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of [...words].sort()) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
