import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NONE } from '../ledger/ledger.ts'
import { assert } from '../std/assert.ts'
import { elapsedMilliseconds } from '../std/clock.ts'
import { type Random, seededRandom } from '../std/random.ts'
import { type CoinGraph, type CoinSearch, createCoinSearch, nearest, shortest } from './coin-search.ts'
import { codeOf } from './outcome.ts'

/**
 * P6: the nearest service, and the shortest path between two, over about 20 M inputs and outputs. One address in a
 * thousand is a service; each output pays an address of its own, which is the hardest case.
 *
 * Bound on paper: a transaction looked at costs some ten random loads, 10 to 20 ns each where they overlap and up to
 * 180 where they do not: about 1 µs. Peer: networkx (Debian's) on the first 200,000 transactions; the answers, as
 * numbers of transactions, are compared before any time is told.
 */
function bench(): void {
  const random = seededRandom(11)
  const graph = syntheticGraph(5_000_000, random)
  const stops = servicesOf(graph, random)
  const search = createCoinSearch(graph)
  compare(search, stops, 200_000, random)
  const { firstInput, firstOutput, count } = graph.transactions
  console.log(`${firstInput[count]! + firstOutput[count]!} inputs and outputs, ${count} transactions`)
  const hops = time('nearest service', QUERIES, () => nearestOf(search, stops, unspentRoot(graph, count, random)).hops)
  console.log(
    `  found ${hops.filter(found => found > 0).length} of ${QUERIES}, ${Math.max(...hops)} transactions at most`,
  )
  const ways = time('path of two', QUERIES, () => {
    const from = unspentRoot(graph, count, random)
    return pathOf(search, stops, from, walkFrom(graph, from, 1 + random.below(12), random))
  })
  console.log(`  found ${ways.filter(found => found > 0).length} of ${QUERIES}`)
}

const QUERIES = 2000
const SERVICE = codeOf('service')

type Found = { readonly hops: number; readonly edges: number }

function nearestOf(search: CoinSearch, stops: Uint8Array, output: number): Found {
  const question = { start: output, starts: [output], stopOf: (address: number) => stops[address]!, limit: 2_000_000 }
  const way = nearest(search, question, stop => stop === SERVICE)
  return { hops: Math.max(0, way.outputs.length - 1), edges: way.edges }
}

function pathOf(search: CoinSearch, stops: Uint8Array, from: number, to: number): number {
  const stopOf = (address: number) => (address === from || address === to ? 0 : stops[address]!)
  const question = { start: from, starts: [from], stopOf, limit: 2_000_000 }
  return Math.max(0, shortest(search, question, { address: to, outputs: [to] }).outputs.length - 1)
}

/** Prints p50 and p99 after a tenth of the queries to warm up. */
function time(name: string, queries: number, query: () => number): number[] {
  for (let i = 0; i < queries / 10; i++) query()
  const answers: number[] = []
  const times: number[] = []
  for (let i = 0; i < queries; i++) {
    const start = elapsedMilliseconds()
    answers.push(query())
    times.push(elapsedMilliseconds() - start)
  }
  console.log(`${name.padEnd(16)}  ${quantiles(times)}`)
  return answers
}

function quantiles(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => `${sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(3)} ms`
  return `p50 ${at(0.5)}  p99 ${at(0.99)}  most ${at(1)}`
}

/** Two inputs and two outputs a transaction on average, spent mostly young; one in a hundred is newly mined. */
function syntheticGraph(count: number, random: Random): CoinGraph {
  const [firstInput, firstOutput] = [new Uint32Array(count + 1), new Uint32Array(count + 1)]
  const most = 3 * count
  const [output, inputOf, outputOf] = [new Uint32Array(most), new Uint32Array(most), new Uint32Array(most)]
  const spender = new Uint32Array(most).fill(NONE)
  const free = new Uint32Array(most)
  let [inputs, outputs, free0] = [0, 0, 0]
  for (let t = 0; t < count; t++) {
    for (let k = free0 < 50 || random.below(100) === 0 ? 0 : 1 + random.below(3); k > 0 && free0 > 0; k--) {
      const at = Math.max(0, free0 - 1 - Math.floor(random.next() ** 3 * free0))
      const row = free[at]!
      free[at] = free[--free0]!
      spender[row] = inputs
      output[inputs] = row
      inputOf[inputs++] = t
    }
    for (let k = 1 + random.below(3); k > 0; k--) {
      outputOf[outputs] = t
      free[free0++] = outputs++
    }
    firstInput[t + 1] = inputs
    firstOutput[t + 1] = outputs
  }
  const address = Uint32Array.from({ length: outputs }, (_, row) => row)
  return {
    transactions: { count, firstInput, firstOutput },
    inputs: { transaction: inputOf, output },
    outputs: { transaction: outputOf, units: new BigUint64Array(outputs).fill(1n), address, spender },
  }
}

function servicesOf(graph: CoinGraph, random: Random): Uint8Array {
  return Uint8Array.from(graph.outputs.address, () => (random.below(1000) === 0 ? SERVICE : 0))
}

/** An output that is spent, of the first three quarters of the first `count` transactions. */
function unspentRoot(graph: CoinGraph, count: number, random: Random): number {
  for (;;) {
    const row = random.below(graph.transactions.firstOutput[Math.floor(count * 0.75)]!)
    if (graph.outputs.spender[row] !== NONE) return row
  }
}

/** An output that can be reached from another in at most so many transactions. */
function walkFrom({ transactions, inputs, outputs }: CoinGraph, from: number, steps: number, random: Random): number {
  let row = from
  for (let step = 0; step < steps && outputs.spender[row] !== NONE; step++) {
    const next = inputs.transaction[outputs.spender[row]!]!
    const [first, end] = [transactions.firstOutput[next]!, transactions.firstOutput[next + 1]!]
    row = first + random.below(end - first)
  }
  return row
}

/** The same questions to networkx on the first transactions alone. */
function compare(search: CoinSearch, stops: Uint8Array, count: number, random: Random): void {
  const { graph } = search
  const slice = createCoinSearch({ ...graph, outputs: { ...graph.outputs, spender: cutAt(graph, count) } })
  const asked = Array.from({ length: 200 }, () => unspentRoot(slice.graph, count, random))
  const told = askNetworkx(slice.graph, stops, count, asked)
  if (told === undefined) {
    console.log('networkx is not installed: nothing to compare with')
    return
  }
  for (const root of asked) nearestOf(slice, stops, root)
  const times: number[] = []
  asked.forEach((root, i) => {
    const start = elapsedMilliseconds()
    const { hops } = nearestOf(slice, stops, root)
    times.push(elapsedMilliseconds() - start)
    assert(hops === told.hops[i], `from ${root}: ${hops} transactions, networkx says ${told.hops[i]}`)
  })
  console.log(`slice of ${count}, ours      ${quantiles(times)}`)
  console.log(`slice of ${count}, networkx  ${quantiles(told.ms)}  (${asked.length} answers equal)`)
}

/** Spenders as they are where the ledger ends after so many transactions. */
function cutAt(graph: CoinGraph, count: number): Uint32Array {
  const inputs = graph.transactions.firstInput[count]!
  return graph.outputs.spender.map(spender => (spender < inputs ? spender : NONE))
}

function askNetworkx(graph: CoinGraph, stops: Uint8Array, count: number, asked: readonly number[]) {
  const folder = mkdtempSync(join(tmpdir(), 'athar-path-'))
  try {
    const { firstOutput } = graph.transactions
    const edges: string[] = []
    const services: number[] = []
    for (let row = 0; row < firstOutput[count]!; row++) {
      if (stops[row] !== 0) services.push(graph.outputs.transaction[row]!)
      const spender = graph.outputs.spender[row]!
      if (spender === NONE || stops[row] !== 0) continue
      edges.push(`${graph.outputs.transaction[row]} ${graph.inputs.transaction[spender]}`)
    }
    const roots = asked.map(row => graph.inputs.transaction[graph.outputs.spender[row]!]!)
    writeFileSync(join(folder, 'edges'), edges.join('\n'))
    writeFileSync(join(folder, 'asked.json'), JSON.stringify({ services, roots }))
    const { stdout, status } = spawnSync('python3', ['-c', SCRIPT, folder], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    return status === 0 ? (JSON.parse(stdout) as { hops: number[]; ms: number[] }) : undefined
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const SCRIPT = `
import json, sys, time
import networkx as nx
folder = sys.argv[1]
graph = nx.read_edgelist(folder + '/edges', nodetype=int, create_using=nx.DiGraph)
asked = json.load(open(folder + '/asked.json'))
services = set(asked['services'])
hops, ms = [], []
for root in asked['roots']:
    start = time.perf_counter()
    depth = {root: 1}
    found = 1 if root in services else 0
    if not found and root in graph:
        for parent, child in nx.bfs_edges(graph, root):
            depth[child] = depth[parent] + 1
            if child in services:
                found = depth[child]
                break
    ms.append(1000 * (time.perf_counter() - start))
    hops.append(found)
print(json.dumps({'hops': hops, 'ms': ms}))
`

if (import.meta.main) bench()
