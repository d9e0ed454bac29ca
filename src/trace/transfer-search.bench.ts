import { NONE } from '../ledger/ledger.ts'
import { assert } from '../std/assert.ts'
import { elapsedMilliseconds } from '../std/clock.ts'
import { type Random, seededRandom } from '../std/random.ts'
import { codeOf } from './outcome.ts'
import { createTransferSearch, fewestTransfers, type TransferGraph, type TransferSearch } from './transfer-search.ts'

/**
 * P6 on an account chain: the nearest service over 10 M transfers among 1 M accounts in three assets. One account in a
 * thousand is a service. Some accounts pay much: the payer is taken by the cube of a random number.
 *
 * Bound on paper: a payment looked at costs four random loads, about 0.1 to 0.5 µs. Peer: the same question by maps and
 * objects on the same graph, as it was answered before; each answer is compared before it is timed.
 */
function bench(): void {
  const random = seededRandom(5)
  const graph = syntheticTransfers(10_000_000, 1_000_000, random)
  const stops = Uint8Array.from({ length: graph.accounts }, () => (random.below(1000) === 0 ? SERVICE : 0))
  const begun = elapsedMilliseconds()
  const search = createTransferSearch(graph)
  console.log(`${graph.transfers.count} transfers indexed in ${Math.round(elapsedMilliseconds() - begun)} ms`)
  const asked = Array.from({ length: QUERIES }, () => payer(search, random))
  for (const start of asked.slice(0, COMPARED)) {
    const [ours, theirs] = [nearest(search, stops, start), byMaps(search, stops, start)]
    assert(ours === theirs, `from ${start}: ${ours} transfers, by maps ${theirs}`)
  }
  const hops = asked.map(start => nearest(search, stops, start))
  console.log(`  found ${hops.filter(found => found > 0).length} of ${QUERIES}, ${Math.max(...hops)} transfers at most`)
  time('nearest service, columns', asked, start => nearest(search, stops, start))
  time('the same by maps', asked.slice(0, COMPARED), start => byMaps(search, stops, start))
}

const QUERIES = 2000
const COMPARED = 200
const LIMIT = 2_000_000
const SERVICE = codeOf('service')

function nearest(search: TransferSearch, stops: Uint8Array, start: number): number {
  const stopOf = (account: number) => (account === start ? 0 : stops[account]!)
  const isGoal = (account: number) => account !== start && stops[account] === SERVICE
  return fewestTransfers(search, { start, stopOf, isGoal, limit: LIMIT }).rows.length
}

/** Number of transfers; rounds as in the search, with a map of the earliest arrivals. */
function byMaps(
  { graph, payments, firstPayment, firstPurse }: TransferSearch,
  stops: Uint8Array,
  start: number,
): number {
  const { to, asset } = graph.transfers
  const best = new Map<string, number>()
  const keyOf = (account: number, of: number) => `${account} ${of}`
  let frontier = [0, 1, 2].map(of => ({ account: start, of, row: -1 }))
  for (const { account, of } of frontier) best.set(keyOf(account, of), -1)
  for (let rounds = 1, edges = 0; frontier.length > 0 && edges < LIMIT; rounds++) {
    const next = new Map<string, { account: number; of: number; row: number }>()
    for (const { account, of, row: since } of frontier) {
      for (let k = firstPayment[firstPurse[account]!]!; k < firstPayment[firstPurse[account + 1]!]!; k++) {
        const row = payments[k]!
        if (asset[row] !== of || row <= since) continue
        edges++
        const payee = to[row]!
        if (payee !== start && stops[payee] === SERVICE) return rounds
        const key = keyOf(payee, of)
        const known = next.get(key)?.row ?? best.get(key)
        if (known === undefined || row < known) next.set(key, { account: payee, of, row })
      }
    }
    frontier = [...next.values()]
    for (const [key, { row }] of next) best.set(key, row)
  }
  return 0
}

function time(name: string, asked: readonly number[], query: (start: number) => number): void {
  for (const start of asked.slice(0, asked.length / 10)) query(start)
  const times = asked.map(start => {
    const begun = elapsedMilliseconds()
    query(start)
    return elapsedMilliseconds() - begun
  })
  const sorted = times.sort((a, b) => a - b)
  const at = (share: number) => `${sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(3)} ms`
  console.log(`${name.padEnd(24)}  p50 ${at(0.5)}  p99 ${at(0.99)}  most ${at(1)}`)
}

function syntheticTransfers(count: number, accounts: number, random: Random): TransferGraph {
  const [from, to] = [new Uint32Array(count), new Uint32Array(count)]
  const asset = new Uint16Array(count)
  for (let row = 0; row < count; row++) {
    from[row] = Math.floor(random.next() ** 3 * accounts)
    to[row] = random.below(accounts)
    asset[row] = random.below(10) < 8 ? 0 : 1 + random.below(2)
  }
  return { accounts, transfers: { count, from, to, asset, moves: new Uint8Array(count).fill(1) } }
}

/** An account whose first payment is in the first half. */
function payer({ graph, firstPurse, firstPayment, payments }: TransferSearch, random: Random): number {
  for (;;) {
    const account = random.below(graph.accounts)
    const purse = firstPurse[account]!
    const first = purse < firstPurse[account + 1]! ? payments[firstPayment[purse]!]! : NONE
    if (first < graph.transfers.count / 2) return account
  }
}

if (import.meta.main) bench()
