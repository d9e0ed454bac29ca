import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
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
 * from 100 accounts over six hops, whose answer must be that of the embedded ledger before it is timed: right after
 * loading, and at rest, when the servers have merged what came. Below each figure is where its time went, and what it
 * cost each process in processor time, which other work on the machine disturbs less than the clock.
 *
 * Bound on paper: a transfer is 300 bytes sent, sorted and written; a walk of six hops is 8 questions, each of which
 * reads a block of 128 rows for every account asked about, and 128 bytes a visited transfer come back.
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
const servers = execFileSync('pgrep', ['-P', `${process.pid}`, '-f', 'clickhouse-shard'], { encoding: 'utf8' })
const processes = servers.trim().split('\n').map(Number)
try {
  await ClickHouse.makeTables(admin)
  const before: Record<string, number> = {}
  for (const count of [ROWS / 10, ROWS]) {
    const columns = synthetic(count)
    console.log(`\n${count} transfers, load average ${loadavg()[0]!.toFixed(1)}`)
    const spent = await loading(columns)
    const pin = (await ClickHouse.pin(reader, 'ethereum'))!
    const fresh = await traces(pin, columns, 'at once', 2)
    const rest = await settled()
    console.log(`rest     ${seconds(rest)} until the servers had merged it`)
    const best = await traces(pin, columns, 'at rest', 5)
    const times = { load: spent, 'trace at once': fresh, 'trace at rest': best }
    for (const [what, time] of Object.entries(times)) {
      if (before[what] !== undefined) console.log(`growth   ${what}: ${(time / before[what]).toFixed(1)} × a tenth`)
    }
    Object.assign(before, times)
  }
} finally {
  await Promise.all([admin, loader, reader].map(one => one.close()))
  await cluster.stop()
}

async function loading(columns: AccountColumns): Promise<number> {
  const { count } = columns.transfers
  const used = processors()
  const start = elapsedMilliseconds()
  let done = 0
  await ClickHouse.load(loader, columns, {
    step: name => {
      if (name === 'done') done = elapsedMilliseconds() - start
    },
  })
  const spent = elapsedMilliseconds() - start
  console.log(`load     ${(count / spent / 1000).toFixed(2)} M/s  ${seconds(spent)}`)
  console.log(`           rows sent ${seconds(done)}, counted and published ${seconds(spent - done)}  ${used()}`)
  return spent
}

/** Until the servers have merged what was loaded to one part a table, at most 100 seconds: how long it took. */
async function settled(): Promise<number> {
  const start = elapsedMilliseconds()
  const left = `SELECT count() FROM (SELECT table, partition FROM system.parts WHERE active AND database = 'athar'
AND table LIKE '%_local' GROUP BY table, partition HAVING count() > 1)`
  for (;;) {
    const counts = cluster.urls.map(async url =>
      Number(await (await fetch(url, { method: 'POST', body: left })).text()),
    )
    const spent = elapsedMilliseconds() - start
    if ((await Promise.all(counts)).every(count => count === 0) || spent > 100_000) return spent
    await new Promise(done => setTimeout(done, 500))
  }
}

/** The best time of some turns. */
async function traces(pin: ClickHouse.Pin, columns: AccountColumns, when: string, turns: number): Promise<number> {
  const every = Math.floor(columns.addresses.count / 100)
  const names = Array.from({ length: 100 }, (_, k) => columns.addresses.format(k * every))
  const declared = declare({ hops: 6, methods: ['haircut'] })
  columns.addresses.transactionsOf(0)
  const start = elapsedMilliseconds()
  const expected = run(columns, nothing, names, declared)
  const embedded = elapsedMilliseconds() - start
  const found: Awaited<ReturnType<typeof trace>>[] = []
  const used = processors()
  for (let turn = 0; turn < turns; turn++) {
    const one = await trace(pin, names, declared)
    if (turn === 0) assert.deepEqual(one.trace, expected)
    found.push(one)
  }
  found.sort((a, b) => a.total - b.total)
  const [best, median] = [found[0]!, found[Math.floor(turns / 2)]!]
  const told = `${expected.edges} visited, equal to the embedded ledger’s (${seconds(embedded)})`
  console.log(`trace    ${when}: best ${seconds(best.total)}, median ${seconds(median.total)}  ${told}`)
  const parts = Object.entries(best.parts).map(([part, spent]) => `${part} ${seconds(spent)}`)
  console.log(`           ${parts.join(', ')}  ${used(turns)}`)
  return best.total
}

async function trace(pin: ClickHouse.Pin, names: readonly string[], declared: Declared) {
  const parts: Record<string, number> = {}
  const begun = elapsedMilliseconds()
  let last = begun
  const mark = (part: string): void => {
    const now = elapsedMilliseconds()
    parts[part] = (parts[part] ?? 0) + now - last
    last = now
  }
  const far = ClickHouse.openFar(pin)
  const walk = fetchWalk(far, nothing, names, declared)
  let step = walk.next()
  while (step.done !== true) {
    await far.answer(step.value)
    mark(step.value.ask)
    step = walk.next()
    mark(step.done === true ? 'excerpt' : 'discovery')
  }
  const found = runFetched(step.value, nothing, names, declared)
  mark('sweep')
  return { trace: found, total: last - begun, parts }
}

/** Begins to count processor time: of this process and of each server, of one turn. */
function processors(): (turns?: number) => string {
  const own = process.cpuUsage()
  const theirs = processes.map(ticksOf)
  return (turns = 1) => {
    const { user, system } = process.cpuUsage(own)
    const spent = processes.map((id, k) => seconds((10 * (ticksOf(id) - theirs[k]!)) / turns))
    return `(processor: ${seconds((user + system) / 1000 / turns)} here, ${spent.join(' and ')} the servers)`
  }
}

/** Hundredths of a second of processor time: fields 14 and 15 of /proc/…/stat. */
function ticksOf(id: number): number {
  const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return Number(fields[11]) + Number(fields[12])
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`
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
