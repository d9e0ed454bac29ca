import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import fc from 'fast-check'
import { txid, utxo } from '../../test/story/story.ts'
import { worlds } from '../../test/story/world.ts'
import { assembleUtxo, type UtxoColumns } from '../ledger/ledger.ts'
import type { UtxoBlock } from '../model/transaction.ts'
import { seededRandom } from '../std/random.ts'
import { CHANGE_HEURISTICS, grow, LARGE, type Partition, parseChange, partition, show } from './cluster.ts'
import { createForest, extend, find, sizeOf, unite } from './forest.ts'

test('growing block by block, in any pieces, gives what a rebuild gives', () => {
  const changes = fc.subarray(CHANGE_HEURISTICS.map(({ name }) => name))
  fc.assert(
    fc.property(worlds, changes, fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 6 }), (text, names, pieces) => {
      const blocks = utxo(text)
      const change = parseChange(names.join(','))
      let at = Math.min(blocks.length, 1)
      let grown = partition(assembleUtxo('bitcoin', blocks.slice(0, at)), change)
      for (const piece of [...pieces, blocks.length]) {
        at = Math.min(blocks.length, at + piece)
        grown = grow(grown, assembleUtxo('bitcoin', blocks.slice(0, at)))
      }
      const whole = partition(assembleUtxo('bitcoin', blocks), change)
      assert.deepEqual(told(grown), told(whole))
    }),
    { numRuns: 300 },
  )
})

test('the order in which blocks are given does not matter, nor do blocks put in between later', () => {
  fc.assert(
    fc.property(worlds, fc.integer(), fc.nat(), (text, seed, left) => {
      const blocks = utxo(text)
      const whole = told(partition(assembleUtxo('bitcoin', blocks)))
      assert.deepEqual(told(partition(assembleUtxo('bitcoin', shuffled(blocks, seed)))), whole)
      const without = blocks.filter((_, i) => i === 0 || i !== left % blocks.length)
      const before = partition(assembleUtxo('bitcoin', without))
      assert.deepEqual(told(grow(before, assembleUtxo('bitcoin', blocks))), whole)
    }),
    { numRuns: 200 },
  )
})

test('growing looks only at what is new: a merge written into the older sets stays', () => {
  const blocks = utxo('b1 t1: coinbase -> A 1, B 1, C 1\nb2 t2: coinbase -> D 5\nb3 t3: t1:0, t1:2 -> E 2')
  const before = partition(assembleUtxo('bitcoin', blocks.slice(0, 2)))
  const rowOf = (address: string) => before.columns.addresses.find(address)!
  unite(before.forest, Uint32Array.of(rowOf('B')), Uint32Array.of(rowOf('D')), 1)
  const grown = grow(before, assembleUtxo('bitcoin', blocks))
  assert.deepEqual(told(grown).sets, ['A C', 'B D', 'E'])
  assert.deepEqual(told(before).sets, ['A', 'B D', 'C'])
})

test('a reorganised ledger is clustered again from the start', () => {
  const old = partition(columnsOf('b1 t1: coinbase -> A 1, B 1, C 1\nb2 t2: t1:0, t1:1 -> X 2'))
  const now = columnsOf('b1 t1: coinbase -> A 1, B 1, C 1\nb2 t3: t1:1, t1:2 -> X 2')
  assert.deepEqual(told(grow(old, now)), told(partition(now)))
})

test('two large clusters that one transaction joins raise an alarm with the sizes before', () => {
  const many = (letter: string) => Array.from({ length: LARGE }, (_, i) => `${letter}${i}`)
  const pay = (name: string, from: number) =>
    `b2 ${name}: ${many('x').map((_, i) => `t1:${from + i}`)} -> ${name} ${LARGE}`
  const outputs = [...many('A'), ...many('B'), 'A0', 'B0', 'A1', 'B1'].map(address => `${address} 1`)
  const columns = columnsOf(`
    b1 t1: coinbase -> ${outputs.join(', ')}
    ${pay('t2', 0)}
    ${pay('t3', LARGE)}
    b3 t4: t1:${2 * LARGE}, t1:${2 * LARGE + 1} -> Z 2
    b4 t5: t1:${2 * LARGE + 2}, t1:${2 * LARGE + 3} -> Z 2`)
  const { alarms, size } = show(columns, 'A5', partition(columns))
  assert.equal(size, 2 * LARGE)
  assert.deepEqual(
    alarms.map(({ because: _, ...alarm }) => alarm),
    [{ kind: 'merge', txid: txid('t4'), threshold: LARGE, counts: [LARGE, LARGE] }],
  )
  assert.match(alarms[0]!.because, /joined two large clusters, of 100 and 100 addresses \(large: 100\)/)
})

test('union-find: joins, sizes and room for more', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 60 }), pairs => {
      const [a, b] = [Uint32Array.from(pairs, ([x]) => x), Uint32Array.from(pairs, ([, y]) => y)]
      const half = pairs.length >> 1
      const first = createForest(20)
      const small = pairs.slice(0, half).filter(([x, y]) => x < 20 && y < 20)
      const joins = unite(
        first,
        Uint32Array.from(small, ([x]) => x),
        Uint32Array.from(small, ([, y]) => y),
        small.length,
      )
      const forest = extend(first, 30)
      const total = joins + unite(forest, a, b, pairs.length)
      const sets = Map.groupBy(
        Array.from({ length: 30 }, (_, row) => row),
        row => find(forest, row),
      )
      assert.equal(sets.size, 30 - total)
      for (const [root, members] of sets) assert.equal(sizeOf(forest, root), members.length)
      const expected = slowSets(30, pairs)
      for (let row = 0; row < 30; row++) {
        assert.deepEqual(sets.get(find(forest, row)), expected[row])
      }
    }),
  )
})

test('a forest of many rows joins as a small one does: sets, sizes, and what is told, in its order', () => {
  const random = seededRandom(12)
  const [rows, count] = [400_000, 300_000]
  // Some rows come again and again, so that large sets meet all the time.
  const row = () => (random.below(3) === 0 ? random.below(2000) : random.below(rows))
  const [a, b] = [Uint32Array.from({ length: count }, row), Uint32Array.from({ length: count }, row)]
  const [many, few] = [createForest(rows), extend(createForest(0), rows)]
  assert.notEqual(many.byteOffset, few.byteOffset, 'one lies in the memory of a module')
  const heard: [number[][], number[][]] = [[], []]
  const joins = [many, few].map((forest, at) => {
    // In two goes: the second begins with sets.
    const half = 100_001
    const tell = (...told: number[]) => void heard[at]!.push(told)
    const first = unite(forest, a, b, half, 20, tell)
    return first + unite(forest, a.subarray(half), b.subarray(half), count - half, 20, tell)
  })
  assert.equal(joins[0], joins[1])
  assert.ok(heard[1].length > 10, `${heard[1].length} were told`)
  assert.deepEqual(heard[0], heard[1])
  for (let at = 0; at < rows; at++) {
    if (find(many, at) !== find(few, at) || sizeOf(many, at) !== sizeOf(few, at)) assert.fail(`row ${at} differs`)
  }
})

const PEERS = ['networkx', 'igraph']

for (const peer of PEERS) {
  const there = spawnSync('/usr/bin/python3', ['-c', `import ${peer}`]).status === 0
  test(`components of 100,000 pairs are those of ${peer}`, {
    skip: there ? false : `SKIPPED, no peer: python3-${peer} is not installed`,
  }, () => {
    const random = seededRandom(11)
    const [rows, count] = [120_000, 100_000]
    const [a, b] = [0, 1].map(() => Uint32Array.from({ length: count }, () => random.below(rows)))
    const forest = createForest(rows)
    const joins = unite(forest, a!, b!, count)
    const { status, stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', PEER[peer]!], {
      input: Buffer.concat([new Uint8Array(Uint32Array.of(rows).buffer), bytes(a!), bytes(b!)]),
      maxBuffer: 1 << 26,
    })
    assert.equal(status, 0, String(stderr))
    const theirs = new Uint32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + 4 * rows))
    assert.equal(new Set(theirs).size, rows - joins)
    // The same sets: the least member of each row's set, by both.
    const least = new Map<number, number>()
    for (let row = rows - 1; row >= 0; row--) least.set(find(forest, row), row)
    assert.deepEqual(
      Uint32Array.from(theirs, (_, row) => least.get(find(forest, row))!),
      theirs,
    )
  })
}

/** Reads rows, a and b; writes the least member of each row's component. */
const HEAD = `
import sys, array
d = array.array('I'); d.frombytes(sys.stdin.buffer.read())
n = d[0]; m = (len(d) - 1) // 2; a = d[1:1+m]; b = d[1+m:]
out = array.array('I', range(n))`
const TAIL = `
for c in parts:
    k = min(c)
    for x in c: out[x] = k
sys.stdout.buffer.write(out.tobytes())`
const PEER: Readonly<Record<string, string>> = {
  networkx: `${HEAD}
import networkx as nx
g = nx.Graph(); g.add_nodes_from(range(n)); g.add_edges_from(zip(a, b)); parts = nx.connected_components(g)${TAIL}`,
  igraph: `${HEAD}
import igraph
parts = igraph.Graph(n=n, edges=list(zip(a, b))).connected_components()${TAIL}`,
}

function bytes(column: Uint32Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
}

/** All that a partition says, by names and txids, whatever the rows. */
function told(clusters: Partition) {
  const { columns } = clusters
  const name = (row: number) => columns.addresses.format(row)
  const sets = new Set(
    Array.from({ length: columns.addresses.count }, (_, row) =>
      Array.from(clusters.membersOf(row), name).sort().join(' '),
    ),
  )
  const id = (transaction: number) =>
    Buffer.from(columns.transactions.txid.subarray(32 * transaction, 32 * transaction + 32)).toString('hex')
  return {
    sets: [...sets].sort(),
    refused: [...clusters.refused].map(([transaction, reason]) => `${id(transaction)} ${reason}`),
    merges: clusters.merges.map(({ transaction, sizes }) => `${id(transaction)} ${sizes}`),
  }
}

/** The set of each row, by spreading marks until nothing changes. */
function slowSets(count: number, pairs: readonly (readonly [number, number])[]): number[][] {
  const mark = Array.from({ length: count }, (_, row) => row)
  for (let changed = true; changed; ) {
    changed = false
    for (const [a, b] of pairs) {
      const low = Math.min(mark[a]!, mark[b]!)
      if (mark[a] !== low || mark[b] !== low) changed = true
      mark[a] = mark[b] = low
    }
  }
  return mark.map(low => mark.flatMap((other, row) => (other === low ? [row] : [])))
}

function shuffled(blocks: readonly UtxoBlock[], seed: number): UtxoBlock[] {
  const random = seededRandom(seed)
  return blocks
    .map(block => ({ block, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ block }) => block)
}

function columnsOf(text: string): UtxoColumns {
  return assembleUtxo('bitcoin', utxo(text))
}
