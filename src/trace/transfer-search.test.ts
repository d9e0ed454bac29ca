import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { NONE } from '../ledger/ledger.ts'
import { createTransferSearch, fewestTransfers, type TransferGraph } from './transfer-search.ts'

const ACCOUNTS = 7
const transfer = fc.record({
  from: fc.integer({ min: -1, max: ACCOUNTS - 1 }),
  to: fc.integer({ min: -1, max: ACCOUNTS - 1 }),
  asset: fc.nat(2),
  moves: fc.integer({ min: 0, max: 3 }).map(one => Math.min(1, one)),
})
const graphs = fc.array(transfer, { maxLength: 40 }).map((list): TransferGraph => {
  const column = (of: (one: (typeof list)[number]) => number) => list.map(of)
  const transfers = {
    count: list.length,
    from: Uint32Array.from(column(one => (one.from === -1 ? NONE : one.from))),
    to: Uint32Array.from(column(one => (one.to === -1 ? NONE : one.to))),
    asset: Uint16Array.from(column(one => one.asset)),
    moves: Uint8Array.from(column(one => one.moves)),
  }
  return { accounts: ACCOUNTS, transfers }
})

test('the fewest transfers, each after the one before in its asset: as trying all ways gives', () => {
  fc.assert(
    fc.property(
      graphs,
      fc.nat(ACCOUNTS - 1),
      fc.nat(ACCOUNTS - 1),
      fc.nat(ACCOUNTS - 1),
      (graph, start, goal, stop) => {
        // One search answers many questions: what earlier ones marked must not show.
        const search = createTransferSearch(graph)
        for (const from of [goal, start]) {
          const stopOf = (account: number) => (account === stop && account !== from ? 1 : 0)
          const isGoal = (account: number) => account === goal && account !== from
          const { rows } = fewestTransfers(search, { start: from, stopOf, isGoal, limit: 1e6 })
          assert.equal(rows.length, slowly(graph, from, stopOf, isGoal))
          assert.ok(isWay(graph, rows, from, isGoal))
        }
      },
    ),
    { numRuns: 1000 },
  )
})

test('a limit ends the search and says so; what is found before it is found', () => {
  const line: TransferGraph = {
    accounts: 5,
    transfers: {
      ...{ count: 4, from: Uint32Array.of(0, 1, 2, 3), to: Uint32Array.of(1, 2, 3, 4) },
      ...{ asset: new Uint16Array(4), moves: new Uint8Array(4).fill(1) },
    },
  }
  const ask = (limit: number) =>
    fewestTransfers(createTransferSearch(line), { start: 0, stopOf: () => 0, isGoal: one => one === 4, limit })
  assert.deepEqual(ask(100), { rows: [0, 1, 2, 3], edges: 4, truncated: false })
  assert.deepEqual(ask(2), { rows: [], edges: 2, truncated: true })
})

type Judge = (account: number) => number

/** Transfers of the shortest way, 0: none. Every way is tried, by depth. */
function slowly(
  { transfers }: TransferGraph,
  start: number,
  stopOf: Judge,
  isGoal: (account: number) => boolean,
): number {
  const { count, from, to, asset, moves } = transfers
  // Rows at which a way of so many transfers can end.
  let ends = new Set<number>()
  for (let steps = 1; steps <= count; steps++) {
    const next = new Set<number>()
    for (let row = 0; row < count; row++) {
      if (moves[row] !== 1 || from[row] === NONE || to[row] === NONE) continue
      const follows =
        steps === 1
          ? from[row] === start
          : [...ends].some(one => to[one] === from[row] && asset[one] === asset[row] && one < row)
      if (!follows) continue
      if (isGoal(to[row]!)) return steps
      if (stopOf(to[row]!) === 0) next.add(row)
    }
    ends = next
  }
  return 0
}

function isWay({ transfers }: TransferGraph, rows: readonly number[], start: number, isGoal: (a: number) => boolean) {
  const { from, to, asset } = transfers
  return rows.every((row, i) => {
    if (i === 0) return from[row] === start && (rows.length > 1 || isGoal(to[row]!))
    const before = rows[i - 1]!
    const joined = to[before] === from[row] && asset[before] === asset[row] && before < row
    return joined && (i < rows.length - 1 || isGoal(to[row]!))
  })
}
