import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dumplings, EMULATED, emulatedRuns, OTHER, WASABI } from '../../test/corpus/coinjoin.ts'
import { wilson } from '../../test/corpus/interval.ts'
import { EARLY, LATE, MAINNET, mainnetBlock } from '../../test/corpus/mainnet.ts'
import { skipWithout } from '../../test/shared.ts'
import { utxo } from '../../test/story/story.ts'
import { assembleUtxo, type UtxoColumns } from '../ledger/ledger.ts'
import { DETECTORS, firingDetectors, partition } from './cluster.ts'
import { createForest, find, unite } from './forest.ts'
import { sidesOf } from './sides.ts'

/**
 * The measured error of each detector, by name. Every figure of docs/methods/cluster.md stands here, so a release whose
 * detectors got worse (or better) does not pass without saying so.
 */

test('each detector names its source and has a version', () => {
  assert.deepEqual(
    DETECTORS.map(({ name, version, holders }) => `${name} ${version} ${holders}`),
    [
      ...['wasabi2 2 many', 'whirlpool 1 many', 'wasabi1 1 many', 'joinmarket 1 many', 'equal-outputs 2 many'],
      'whirlpool-tx0 1 one',
    ],
  )
  for (const { source } of DETECTORS) assert.match(source, /\d{4}|Tx0Service/)
})

test('emulated Wasabi 2: no two owners are merged, and without the guard they are', {
  skip: skipWithout(EMULATED),
}, () => {
  const runs = emulatedRuns().map(run => ({ ...run, columns: assembleUtxo('bitcoin-regtest', run.blocks) }))
  const measured = runs.map(({ columns, owners }) => pairs(columns, owners, partition(columns).find))
  const bare = runs.map(({ columns, owners }) => pairs(columns, owners, unguarded(columns)))
  assert.deepEqual(sum(measured), { linked: 0, right: 0, same: 2332 })
  assert.deepEqual(sum(bare), { linked: 3822, right: 415, same: 2332 })
})

test('Wasabi 2: precision and recall on the emulated runs, with the limits of one tried on the other', {
  skip: skipWithout(EMULATED),
}, () => {
  const [first, second] = emulatedRuns().map(run => mixesOf(assembleUtxo('bitcoin-regtest', run.blocks)))
  const found = (mixes: readonly Mix[], least: readonly [number, number]) =>
    mixes.filter(({ inputs, outputs }) => inputs >= least[0] && outputs >= least[1]).length
  for (const run of [first!, second!]) {
    assert.deepEqual([run.length, run.filter(mix => mix.names.includes('wasabi2')).length], [6, 6])
    assert.equal(wrongly(run), 0)
  }
  assert.deepEqual(wilson(6, 6), [0.61, 1])
  // The narrowest limits that find all of the first run find four of six in the second: ten and ten leave room.
  const narrowest = [least(first!, 'inputs'), least(first!, 'outputs')] as const
  assert.deepEqual(narrowest, [13, 31])
  assert.deepEqual([found(second!, narrowest), found(second!, [narrowest[0], 10]), found(second!, [10, 10])], [4, 6, 6])
})

test('real mixes as the Dumplings scanner lists them, and what was paid out of them', {
  skip: skipWithout(WASABI, OTHER),
}, () => {
  assert.deepEqual(tally(assembleUtxo('bitcoin', dumplings(WASABI, 'WasabiCoinJoins'))), { all: 196, wasabi1: 196 })
  assert.deepEqual(wilson(196, 196), [0.981, 1])
  const others = assembleUtxo('bitcoin', dumplings(OTHER, 'OtherCoinJoins'))
  assert.deepEqual(tally(others), { all: 567, joinmarket: 317, 'equal-outputs': 2, none: 248 })
  // The list's own rule counts dust and several outputs to one address as equal: in most of what is not found no two
  // addresses get the same sum (token trades), so there is nothing that mixes.
  const missed = range(others.transactions.count).filter(at => nameOf(others, at) === 'none')
  assert.deepEqual([missed.length, missed.filter(at => sidesOf(others, at).equal < 2).length], [248, 202])
  // Payments out of mixes: some are mixes again. 342 of 354 and 941 of 1,055 fire nothing.
  assert.deepEqual(tally(assembleUtxo('bitcoin', dumplings(WASABI, 'WasabiPostMixTxs'))), {
    ...{ all: 354, joinmarket: 12, none: 342 },
  })
  assert.deepEqual(tally(assembleUtxo('bitcoin', dumplings(OTHER, 'OtherCoinJoinPostMixTxs'))), {
    ...{ all: 1055, joinmarket: 93, 'equal-outputs': 18, wasabi1: 2, wasabi2: 1, none: 941 },
  })
})

test('ordinary blocks of 2013–2017: what each detector fires on, wrongly for certain where it did not exist yet', {
  skip: skipWithout(MAINNET),
}, () => {
  const measure = (names: readonly string[]) =>
    add(names.map(name => tallyPaid(assembleUtxo('bitcoin', [mainnetBlock(name)]))))
  assert.deepEqual(measure(EARLY), { all: 896, several: 312, joinmarket: 1, 'equal-outputs': 4 })
  assert.deepEqual(measure(LATE), { all: 5125, several: 1153 })
  // None of 1,465 for Wasabi 1, Wasabi 2 and Whirlpool.
  assert.deepEqual(wilson(0, 1465), [0, 0.003])
})

test('Whirlpool by its shape, and its Tx0 is marked and still links its payer', () => {
  const mix = columnsOf(`
    b1 t1: coinbase -> ${W(1)} 1000500, ${W(2)} 1000400, ${W(3)} 1000000, ${W(4)} 1000000, ${W(5)} 1000000
    b2 t2: t1:0, t1:1, t1:2, t1:3, t1:4 -> ${[6, 7, 8, 9, 10].map(n => `${W(n)} 1000000`).join(', ')}`)
  assert.deepEqual(namesIn(mix, 1), ['whirlpool', 'equal-outputs'])
  assert.deepEqual([...partition(mix).refused.values()], ['coinjoin:whirlpool'])
  const tx0 = columnsOf(`
    b1 t1: coinbase -> ${W(1)} 2000000, ${W(2)} 2100000
    b2 t2: t1:0, t1:1 -> ${W(3)} 1000600, ${W(4)} 1000600, ${W(5)} 1000600, ${W(6)} 50000, ${W(7)} 1040000, - 0`)
  assert.deepEqual(namesIn(tx0, 1), ['whirlpool-tx0'])
  const clusters = partition(tx0)
  assert.deepEqual([clusters.refused.size, clusters.sizeOf(tx0.addresses.find(W(1))!)], [0, 2])
})

test('a sweep of many coins into one round sum is no Wasabi 2', () => {
  const coins = range(12).map(n => `${W(n)} 10000000`)
  const columns = columnsOf(`
    b1 t1: coinbase -> ${coins.join(', ')}
    b2 t2: ${range(12)
      .map(n => `t1:${n}`)
      .join(', ')} -> ${W(90)} 100000000`)
  assert.deepEqual(namesIn(columns, 1), [])
})

type Mix = {
  readonly names: readonly string[]
  readonly inputs: number
  readonly outputs: number
  readonly is: boolean
}

/** Transactions with several payers or a firing detector. In these runs a mix is what has ten inputs and more. */
function mixesOf(columns: UtxoColumns): Mix[] {
  const { firstInput, firstOutput } = columns.transactions
  return range(columns.transactions.count)
    .map(at => ({
      names: namesIn(columns, at),
      inputs: firstInput[at + 1]! - firstInput[at]!,
      outputs: firstOutput[at + 1]! - firstOutput[at]!,
    }))
    .map(one => ({ ...one, is: one.inputs >= 10 }))
    .filter(({ is, names }) => is || names.length > 0)
}

function wrongly(mixes: readonly Mix[]): number {
  return mixes.filter(({ is }) => !is).length
}

function least(mixes: readonly Mix[], side: 'inputs' | 'outputs'): number {
  return Math.min(...mixes.map(mix => mix[side]))
}

function namesIn(columns: UtxoColumns, transaction: number): string[] {
  return firingDetectors(columns, transaction).map(({ name }) => name)
}

/** The name that is given: the first that fires and refuses. */
function nameOf(columns: UtxoColumns, transaction: number): string {
  return firingDetectors(columns, transaction).find(({ holders }) => holders === 'many')?.name ?? 'none'
}

function tally(columns: UtxoColumns): Record<string, number> {
  const counts: Record<string, number> = { all: columns.transactions.count }
  for (const at of range(columns.transactions.count)) {
    const name = nameOf(columns, at)
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

/** The same for transactions that several known addresses pay, which alone can link anybody. */
function tallyPaid(columns: UtxoColumns): Record<string, number> {
  const { firstInput } = columns.transactions
  const counts: Record<string, number> = { all: columns.transactions.count, several: 0 }
  for (const at of range(columns.transactions.count)) {
    const payers = new Set(columns.inputs.address.subarray(firstInput[at], firstInput[at + 1]))
    payers.delete(0xffff_ffff)
    if (payers.size > 1) counts['several']!++
    const name = nameOf(columns, at)
    if (payers.size > 1 && name !== 'none') counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

/** Pairs of addresses with a known owner that paid: linked by the heuristic, of these rightly, and of one owner. */
function pairs(columns: UtxoColumns, owners: ReadonlyMap<string, string>, root: (row: number) => number) {
  const rows: { row: number; owner: string }[] = []
  for (const row of new Set(columns.inputs.address.subarray(0, columns.inputs.count))) {
    const owner = row < columns.addresses.count ? owners.get(columns.addresses.format(row)) : undefined
    if (owner !== undefined) rows.push({ row, owner })
  }
  const counts = { linked: 0, right: 0, same: 0 }
  for (let i = 0; i < rows.length; i++) {
    for (let j = i + 1; j < rows.length; j++) {
      const isSame = rows[i]!.owner === rows[j]!.owner
      const isLinked = root(rows[i]!.row) === root(rows[j]!.row)
      if (isSame) counts.same++
      if (isLinked) counts.linked++
      if (isSame && isLinked) counts.right++
    }
  }
  return counts
}

/** The multi-input heuristic alone: what the guard is for. */
function unguarded(columns: UtxoColumns): (row: number) => number {
  const forest = createForest(columns.addresses.count)
  const { firstInput } = columns.transactions
  for (const at of range(columns.transactions.count)) {
    const known = columns.inputs.address.slice(firstInput[at], firstInput[at + 1]).filter(row => row !== 0xffff_ffff)
    unite(forest, new Uint32Array(known.length).fill(known[0] ?? 0), known, known.length)
  }
  return row => find(forest, row)
}

function sum<T extends Record<string, number>>(list: readonly T[]): T {
  return list.reduce((a, b) => Object.fromEntries(Object.keys(a).map(key => [key, a[key]! + b[key]!])) as T)
}

function add(list: readonly Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const one of list) for (const key of Object.keys(one)) total[key] = (total[key] ?? 0) + one[key]!
  return total
}

/** A native segwit address of mainnet by its form; the data behind it is a number. */
function W(n: number): string {
  return `bc1q${String(n).padStart(38, '0').replaceAll('1', 'l')}`
}

function columnsOf(text: string): UtxoColumns {
  return assembleUtxo('bitcoin', utxo(text))
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i)
}
