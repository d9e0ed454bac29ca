import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMULATED, emulatedRuns } from '../../test/corpus/coinjoin.ts'
import { blocksOf } from '../../test/corpus/world.ts'
import { skipWithout } from '../../test/shared.ts'
import { txid, utxo } from '../../test/story/story.ts'
import { assembleUtxo, NONE, type UtxoColumns } from '../ledger/ledger.ts'
import { Failure } from '../std/failure.ts'
import { generate, SEED } from '../world/world.ts'
import { CHANGE_HEURISTICS, type Change, linkOf, type Partition, parseChange, partition, show, why } from './cluster.ts'
import { CHANGE_RATES, MULTI_INPUT } from './error-rate.ts'

/** Addresses by their form only; a `1` is no bech32 digit. */
const P2WPKH = (n: number) => `bc1q${'qpzry9x8'[n]!.repeat(38)}`
const P2PKH = (n: number) => `1${String(n).padStart(33, 'A')}`

test('each change heuristic gives the outputs that it cannot rule out', () => {
  const columns = assembleUtxo(
    'bitcoin',
    utxo(`
    b1 t1: coinbase -> ${P2WPKH(1)} 70000000, ${P2WPKH(2)} 40000000, ${P2PKH(9)} 5000
    b2 t2: t1:0, t1:1 -> ${P2PKH(9)} 90000000, ${P2WPKH(3)} 19999000, - 0
    b3 t3: t2:1 -> ${P2PKH(8)} 5000000, ${P2WPKH(4)} 14998000
    b4 t4: t3:1 -> ${P2PKH(7)} 1000001, ${P2WPKH(5)} 13996999
    b5 t5: t3:0 -> ${P2PKH(6)} 4000000`),
  )
  const rows = (transaction: number) =>
    Object.fromEntries(
      CHANGE_HEURISTICS.map(({ name, candidates }) => [
        name,
        candidates(columns, transaction).map(row => row - columns.transactions.firstOutput[transaction]!),
      ]),
    )
  // Nothing is known here of how the transactions were written: no fingerprint rules anything out.
  const written = { locktime: [0, 1], sequence: [0, 1], version: [0, 1], rate: [0, 1] }
  assert.deepEqual(rows(1), { fresh: [1], type: [1], round: [1], optimal: [1], peel: [0, 1], fee: [0, 1], ...written })
  assert.deepEqual(rows(2), { fresh: [0, 1], type: [1], round: [1], optimal: [0, 1], peel: [1], fee: [1], ...written })
})

test('a merge by change keeps its own reason, and is off unless asked for', () => {
  const columns = assembleUtxo(
    'bitcoin',
    utxo(`
    b1 t1: coinbase -> A 10, B 10, P 1
    b2 t2: t1:0, t1:1 -> P 15, C 5`),
  )
  assert.equal(show(columns, 'A', partition(columns)).size, 2)
  const fresh = parseChange('fresh')!
  const found = show(columns, 'A', partition(columns, fresh))
  assert.deepEqual(found.addresses, ['A', 'B', 'C'])
  assert.deepEqual(
    found.heuristics.map(({ name, version }) => [name, version]),
    [
      ['multi-input', '3'],
      ['change:fresh', '1'],
    ],
  )
  assert.match(found.note!, /may be payees/)
  assert.deepEqual(why(columns, 'B', 'C', fresh).witness, [
    { txid: txid('t2'), heuristic: 'change:fresh', addresses: ['B', 'C'] },
  ])
  assert.deepEqual(why(columns, 'A', 'B', fresh).witness[0]!.heuristic, 'multi-input')
  assert.equal(why(columns, 'A', 'C').linked, false)
})

test('change that goes back to a payer’s own address is the change: the new address is the payee’s', () => {
  const columns = assembleUtxo('bitcoin', utxo('b1 t1: coinbase -> A 10\nb2 t2: t1:0 -> A 3, N 7'))
  assert.equal(show(columns, 'A', partition(columns, parseChange('fresh'))).size, 1)
})

test('no change is looked for where a mix or several signers pay', () => {
  const columns = assembleUtxo(
    'bitcoin',
    utxo(`
    b1 t1: coinbase -> A 60, B 60, C 60, P 1, D 5, E 5
    b2 t2: t1:0, t1:1, t1:2 -> Q 50, R 50, S 50, P 10, T 9, P 8
    b3 t3: t1:4, t1:5! -> P 5, U 4`),
  )
  const clusters = partition(columns, parseChange('fresh'))
  assert.deepEqual([...columnsOf(columns, clusters)], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])
})

test('names: several are put in one order, and what is none is refused', () => {
  assert.equal(parseChange('optimal, fresh')!.reason, 'change:fresh+optimal')
  assert.equal(parseChange(undefined), null)
  const refused = (text: string) => {
    try {
      return parseChange(text)
    } catch (error) {
      return error instanceof Failure ? `${error.name}: ${error.message}` : error
    }
  }
  assert.equal(refused('new'), 'Cluster.UnknownChange: "new" is no change heuristic.')
  assert.equal(parseChange('rate,locktime')!.reason, 'change:locktime+rate')
})

test('precision and recall on the sample world, against a choice at random: no release falls behind them', () => {
  const world = generate(SEED)
  const columns = assembleUtxo('bitcoin-regtest', blocksOf(world))
  const ownerOf = ownersIn(columns, world.truth.owners)
  const measured = Object.fromEntries(
    Object.keys(CHANGE_RATES).map(reason => {
      const { picked, right, truth } = measure(columns, ownerOf, parseChange(reason.slice(7).replaceAll('+', ','))!)
      return [reason, { precision: share(right, picked), recall: share(right, truth), picked }]
    }),
  )
  assert.deepEqual(measured, CHANGE_RATES)
  // Whoever takes any output of these payments is right in 50 of 100.
  assert.equal(share(...control(columns, ownerOf)), 0.498)
})

test('pairs of addresses on the sample world: multi-input links no two owners, change links more of one', () => {
  const world = generate(SEED)
  const columns = assembleUtxo('bitcoin-regtest', blocksOf(world))
  const ownerOf = ownersIn(columns, world.truth.owners)
  const people = (owner: string) => owner.startsWith('person-')
  const byInputs = pairsIn(columns, partition(columns), ownerOf, people)
  const byChange = pairsIn(columns, partition(columns, parseChange('fresh,type,optimal')), ownerOf, people)
  assert.deepEqual([byInputs, byChange], [PAIRS.inputs, PAIRS.change])
  assert.match(MULTI_INPUT.errorRate.note, /sample world/)
})

test('the emulated runs hold no payment with one known owner and change: nothing to measure', {
  skip: skipWithout(EMULATED),
}, () => {
  for (const { blocks, owners } of emulatedRuns()) {
    const columns = assembleUtxo('bitcoin-regtest', blocks)
    for (const { name } of CHANGE_HEURISTICS) {
      const { picked, truth } = measure(columns, ownersIn(columns, owners), parseChange(name)!)
      assert.deepEqual([picked, truth], [0, 0])
    }
  }
})

/** Pairs of people's addresses: linked, of these of one owner, and of one owner in all. */
const PAIRS = {
  inputs: { linked: 1495, right: 1495, same: 141_806 },
  change: { linked: 7055, right: 7055, same: 141_806 },
}

type OwnerOf = (address: number) => string | undefined

function ownersIn(columns: UtxoColumns, owners: ReadonlyMap<string, string>): OwnerOf {
  return address => (address === NONE ? undefined : owners.get(columns.addresses.format(address)))
}

/** Payments of one known owner: those whose change goes to one other address of his, and what the heuristic takes. */
function measure(columns: UtxoColumns, ownerOf: OwnerOf, change: Change) {
  const counts = { truth: 0, picked: 0, right: 0 }
  for (const { transaction, owner, own } of payments(columns, ownerOf)) {
    if (own.length === 1) counts.truth++
    const taken = linkOf(columns, transaction, change).change
    if (taken === NONE) continue
    counts.picked++
    if (ownerOf(taken) === owner) counts.right++
  }
  return counts
}

/** Expected hits of a choice at random among the outputs, over payments with a change. */
function control(columns: UtxoColumns, ownerOf: OwnerOf): [number, number] {
  const with1 = payments(columns, ownerOf).filter(({ own }) => own.length === 1)
  return [with1.reduce((sum, { outputs }) => sum + 1 / outputs, 0), with1.length]
}

function payments(columns: UtxoColumns, ownerOf: OwnerOf) {
  const { count, firstInput, firstOutput } = columns.transactions
  return Array.from({ length: count }, (_, transaction) => {
    const payers = [...columns.inputs.address.subarray(firstInput[transaction], firstInput[transaction + 1])]
    const paid = [...columns.outputs.address.subarray(firstOutput[transaction], firstOutput[transaction + 1])]
    const owners = new Set(payers.map(ownerOf))
    const owner = owners.size === 1 ? [...owners][0] : undefined
    const own = paid.filter(address => ownerOf(address) === owner && !payers.includes(address))
    const isBack = paid.some(address => payers.includes(address))
    return { transaction, owner, own: isBack ? [] : own, outputs: paid.filter(address => address !== NONE).length }
  }).filter(({ owner, outputs }) => owner !== undefined && outputs > 1)
}

function pairsIn(columns: UtxoColumns, clusters: Partition, ownerOf: OwnerOf, counts: (owner: string) => boolean) {
  const sizes = { linked: new Map<string, number>(), right: new Map<string, number>(), same: new Map<string, number>() }
  const put = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)
  for (let row = 0; row < columns.addresses.count; row++) {
    const owner = ownerOf(row)
    if (owner === undefined || !counts(owner)) continue
    put(sizes.linked, String(clusters.find(row)))
    put(sizes.right, `${clusters.find(row)} ${owner}`)
    put(sizes.same, owner)
  }
  const pairs = (map: Map<string, number>) => [...map.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
  return { linked: pairs(sizes.linked), right: pairs(sizes.right), same: pairs(sizes.same) }
}

function columnsOf(columns: UtxoColumns, clusters: Partition): number[] {
  return Array.from({ length: columns.addresses.count }, (_, row) => clusters.sizeOf(row))
}

function share(hits: number, of: number): number {
  return Math.round((1000 * hits) / of) / 1000
}
