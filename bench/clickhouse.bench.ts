import assert from 'node:assert/strict'
import { nothing } from '../src/attribution/attribution.ts'
import { type AccountColumns, ClickHouse, NONE } from '../src/ledger/ledger.ts'
import * as Asset from '../src/model/asset.ts'
import { unread } from '../src/model/coverage.ts'
import { elapsedMilliseconds } from '../src/std/clock.ts'
import { seededRandom } from '../src/std/random.ts'
import { type Declared, declare, fetchWalk, run, runFetched } from '../src/trace/trace.ts'
import { skip, startCluster } from '../test/clickhouse.ts'

/**
 * P11: a ledger beyond one machine, on two real ClickHouse servers beside this process (three processes, two cores).
 * Loading, in transfers a second with encoding and both sort orders, at a tenth and at the whole size; then a trace
 * from 100 accounts over six hops, whose answer must be that of the embedded ledger before it is timed.
 *
 * Bound on paper: a transfer is 230 bytes sent, sorted and compressed twice; a walk of six hops is 8 questions, each
 * of which reads a block of 512 rows for every account asked about, or all of them.
 */
const ROWS = Number(process.argv[2] ?? 10_000_000)

if (skip !== false) {
  console.log(skip)
  process.exit(0)
}

const cluster = await startCluster()
const as = (user: 'admin' | 'loader' | 'reader') =>
  ClickHouse.connect({ urls: cluster.urls, user: `athar_${user}`, password: cluster.passwords[user], ca: null })
const [admin, loader, reader] = await Promise.all([as('admin'), as('loader'), as('reader')])
try {
  await ClickHouse.makeTables(admin)
  let before = 0
  for (const count of [ROWS / 10, ROWS]) {
    const columns = synthetic(count)
    const start = elapsedMilliseconds()
    await ClickHouse.load(loader, columns)
    const spent = elapsedMilliseconds() - start
    const growth = before === 0 ? '' : `  ${(spent / before).toFixed(1)} × the time of a tenth`
    console.log(`load     ${count} transfers  ${(count / spent / 1000).toFixed(2)} M/s${growth}`)
    before = spent
    await settled()
    await traces(columns)
  }
} finally {
  await Promise.all([admin, loader, reader].map(one => one.close()))
  await cluster.stop()
}

/** Until the servers have merged what was loaded, at most a minute: they do it on the same cores. */
async function settled(): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    const counts = cluster.urls.map(async url => {
      const answer = await fetch(url, { method: 'POST', body: 'SELECT count() FROM system.merges' })
      return Number(await answer.text())
    })
    if ((await Promise.all(counts)).every(count => count === 0)) return
    await new Promise(done => setTimeout(done, 500))
  }
}

async function traces(columns: AccountColumns): Promise<void> {
  const pin = (await ClickHouse.pin(reader, 'ethereum'))!
  const every = Math.floor(columns.addresses.count / 100)
  const names = Array.from({ length: 100 }, (_, k) => columns.addresses.format(k * every))
  const declared = declare({ hops: 6, methods: ['haircut'] })
  columns.addresses.transactionsOf(0)
  const start = elapsedMilliseconds()
  const expected = run(columns, nothing, names, declared)
  const embedded = elapsedMilliseconds() - start
  const times: number[] = []
  let asked = 0
  for (let turn = 0; turn < 5; turn++) {
    const begun = elapsedMilliseconds()
    const found = await trace(pin, names, declared)
    times.push(elapsedMilliseconds() - begun)
    asked = found.asked
    if (turn === 0) assert.deepEqual(found.trace, expected)
  }
  times.sort((a, b) => a - b)
  const told = [
    `${expected.edges} visited`,
    `${asked.toFixed(0)} ms of it asking`,
    `embedded ${embedded.toFixed(0)} ms`,
  ]
  console.log(`trace    best ${times[0]!.toFixed(0)} ms, median ${times[2]!.toFixed(0)} ms  ${told.join('  ')}`)
}

async function trace(pin: ClickHouse.Pin, names: readonly string[], declared: Declared) {
  const far = ClickHouse.openFar(pin)
  const walk = fetchWalk(far, nothing, names, declared)
  let asked = 0
  let step = walk.next()
  while (step.done !== true) {
    const start = elapsedMilliseconds()
    await far.answer(step.value)
    asked += elapsedMilliseconds() - start
    step = walk.next()
  }
  return { trace: runFetched(step.value, nothing, names, declared), asked }
}

/** One token among `count / 6` accounts, each payment by one of them at random to another, one a transaction. */
function synthetic(count: number): AccountColumns {
  const random = seededRandom(count)
  const people = Math.floor(count / 6)
  const number = new Uint32Array(people).fill(NONE)
  let accounts = 0
  const numberOf = (person: number): number => {
    if (number[person] === NONE) number[person] = accounts++
    return number[person]!
  }
  const column = () => new Uint32Array(count)
  const [from, to, height, time, transaction] = [column(), column(), column(), column(), column()]
  const txid = new Uint8Array(32 * count)
  const words = new Uint32Array(txid.buffer)
  const low = new BigUint64Array(count)
  const units = new Uint32Array(low.buffer)
  for (let row = 0; row < count; row++) {
    from[row] = numberOf(random.below(people))
    to[row] = numberOf(random.below(people))
    height[row] = Math.floor(row / 100)
    time[row] = 1_600_000_000 + 12 * height[row]!
    transaction[row] = row
    for (let w = 0; w < 8; w++) words[8 * row + w] = Math.imul(row + 1, 0x9e3779b1 + 2 * w) ^ (row >>> w)
    units[2 * row] = 1 + random.below(1_000_000_000)
  }
  const transfers = {
    ...{ count, transaction, logIndex: new Int32Array(count), kind: new Uint8Array(count), from, to },
    ...{ moves: new Uint8Array(count).fill(1), asset: new Uint16Array(count), units: { low, above: new Map() } },
  }
  const firstTransfer = Uint32Array.from({ length: count + 1 }, (_, row) => row)
  const coverage = { ...unread('ethereum'), truncated: false, transactionsRead: count }
  return {
    ...{ shape: 'account', network: 'ethereum', transfers, transactions: { count, txid, height, time, firstTransfer } },
    assets: [Asset.tokens.find(token => token.network === 'ethereum' && token.symbol === 'USDT')!],
    addresses: addressesOf(accounts, from, to),
    coverage: () => coverage,
  }
}

/** Twenty bytes that spell the number. */
function hex(row: number): string {
  return `a${row.toString(16).padStart(39, '0')}`
}

/** Addresses that spell their number. */
function addressesOf(count: number, from: Uint32Array, to: Uint32Array): AccountColumns['addresses'] {
  let history: { first: Uint32Array; rows: Uint32Array } | undefined
  return {
    count,
    format: row => `0x${hex(row)}`,
    find(address) {
      const row = Number.parseInt(address.slice(10), 16)
      return row < count ? row : undefined
    },
    keyOf: row => Uint8Array.from([8, ...Buffer.from(hex(row), 'hex')]),
    transactionsOf(row) {
      history ??= historyOf(count, from, to)
      return history.rows.subarray(history.first[row]!, history.first[row + 1]!)
    },
  }
}

function historyOf(count: number, from: Uint32Array, to: Uint32Array) {
  const first = new Uint32Array(count + 1)
  const each = (visit: (account: number, row: number) => void): void => {
    for (let row = 0; row < from.length; row++) {
      visit(from[row]!, row)
      if (to[row] !== from[row]) visit(to[row]!, row)
    }
  }
  each(account => {
    first[account + 1]!++
  })
  for (let account = 0; account < count; account++) first[account + 1]! += first[account]!
  const next = first.slice()
  const rows = new Uint32Array(first[count]!)
  each((account, row) => {
    rows[next[account]!++] = row
  })
  return { first, rows }
}
