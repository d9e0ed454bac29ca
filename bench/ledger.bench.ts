/**
 * P3: a block file of 450,000 transactions → columns, addresses and clusters on disk, restartable; opening it
 * again, which is P10's "opening an investigation"; and the same for a million transfers of an account chain, all of
 * one address. Bound on paper for the blocks: 148 MB hashed twice at 370 MB/s and once at 1.2 GB/s, 2.2 million table
 * look-ups of about 100 ns (a third of it where many are under way), 90 MB written and hashed: about 1.1 s.
 *
 * Each step runs in a process of its own, so that its peak memory is its own.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ImportAnswer, ledgerImport } from '../src/app/ledger/import.ts'
import { type Added, ledgerAdd } from '../src/app/ledger/ledger.ts'
import { openClusters, partition } from '../src/cluster/cluster.ts'
import { digestOf, movementsOf, openColumns, totalsOf, type UtxoColumns } from '../src/ledger/ledger.ts'
import { elapsedMilliseconds, systemClock } from '../src/std/clock.ts'
import { openReader, openWriter, type Store } from '../src/store/store.ts'
import { buildChain } from './chain.ts'
import { writeTransfers } from './transfer-file.ts'

const TRANSACTIONS = 450_000
const TRANSFERS = 1_000_000
const ROUNDS = 3

type Told = { answer: unknown; milliseconds: number; cpu: number; peak: number }

const steps: Record<string, (directory: string, more: string) => Omit<Told, 'cpu' | 'peak'>> = {
  add: (directory, file) =>
    writing(directory, context =>
      ledgerAdd.run({ network: 'bitcoin-regtest', files: [file], workers: 0, dryRun: false } as never, context),
    ),
  crew: (directory, file) =>
    writing(directory, context =>
      ledgerAdd.run({ network: 'bitcoin-regtest', files: [file], workers: 1, dryRun: false } as never, context),
    ),
  import: (directory, file) =>
    writing(directory, context => ledgerImport.run({ file, dryRun: false } as never, context)),
  digest: directory => reading(directory, store => digestOf(openColumns(store, 'bitcoin-regtest')!)),
  open: (directory, network) => reading(directory, store => openColumns(store, network as never)!.transactions.count),
  cluster: directory => clusters(directory, (_, columns) => partition(columns).sizeOf(0)),
  'cluster-kept': directory => clusters(directory, (store, columns) => openClusters(store, columns).sizeOf(0)),
  page: (directory, address) => busy(directory, address, 'page'),
  totals: (directory, address) => busy(directory, address, 'totals'),
}

const [step, directory, more] = process.argv.slice(2)
if (step === undefined) parent()
else tell(steps[step]!(directory!, more ?? ''))

function parent(): void {
  const folder = mkdtempSync(join(tmpdir(), 'athar-bench-'))
  try {
    blocks(folder)
    transfers(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function blocks(folder: string): void {
  const [path, last] = [join(folder, 'blk00000.dat'), join(folder, 'blk00001.dat')]
  const { pieces, truth } = buildChain(TRANSACTIONS)
  writeFileSync(path, Buffer.concat(pieces))
  const rounds = times(round => run('add', join(folder, `data-${round}`), path))
  const { fees, addresses: _, ...counts } = truth
  for (const { answer } of rounds) {
    const { blocks, transactions, inputs, inputsResolved, outputs, feesSats } = answer as Added
    const found = { blocks, transactions, inputs, inputsResolved, outputs, feesSats }
    assert.deepEqual(found, { ...counts, inputsResolved: truth.inputs, feesSats: String(fees) })
  }
  const data = join(folder, 'data-0')
  report('blocks → columns and clusters on disk, one core', TRANSACTIONS, rounds)
  const crews = times(round => run('crew', join(folder, `crew-${round}`), path))
  for (const { answer } of crews) assert.deepEqual(answer, rounds[0]!.answer)
  assert.equal(run('digest', join(folder, 'crew-0'), '').answer, run('digest', data, '').answer)
  report('the same with a thread that checks blocks beside', TRANSACTIONS, crews)
  report(
    'open again',
    TRANSACTIONS,
    times(() => run('open', data, 'bitcoin-regtest')),
  )
  report(
    'clusters of it, by multi-input',
    TRANSACTIONS,
    times(() => run('cluster', data, '')),
  )
  report(
    'clusters of it, from what was kept',
    TRANSACTIONS,
    times(() => run('cluster-kept', data, '')),
  )
  // In two files the later first, into a ledger that must say the same.
  writeFileSync(path, Buffer.concat(pieces.slice(0, -3)))
  writeFileSync(last, Buffer.concat(pieces.slice(-3)))
  run('add', join(folder, 'two'), path)
  report('one block more', TRANSACTIONS, [run('add', join(folder, 'two'), last)])
  assert.equal(run('digest', join(folder, 'two'), '').answer, run('digest', data, '').answer)
}

function transfers(folder: string): void {
  const path = join(folder, 'transfers.csv')
  const truth = writeTransfers(path, TRANSFERS)
  const rounds = times(round => run('import', join(folder, `transfers-${round}`), path))
  for (const { answer } of rounds) {
    const { rows, added, rejectedCount } = answer as ImportAnswer
    assert.deepEqual([rows, added, rejectedCount], [truth.rows, truth.rows, 0])
  }
  const data = join(folder, 'transfers-0')
  report('CSV of transfers → columns on disk', TRANSFERS, rounds)
  report(
    'open again',
    TRANSFERS,
    times(() => run('open', data, 'tron')),
  )
  const totals = times(() => run('totals', data, truth.busy))
  for (const { answer } of totals) {
    assert.deepEqual(answer, [TRANSFERS, String(truth.received), String(truth.sent)])
  }
  report('sums of an address with all of them', TRANSFERS, totals)
  report(
    'a page of 100 from the midst of its history',
    100,
    times(() => run('page', data, truth.busy)),
  )
}

function times(work: (round: number) => Told): Told[] {
  return Array.from({ length: ROUNDS }, (_, round) => work(round))
}

function report(what: string, rows: number, rounds: readonly Told[]): void {
  const best = Math.min(...rounds.map(one => one.milliseconds))
  const cpu = Math.min(...rounds.map(one => one.cpu))
  const peak = Math.max(...rounds.map(one => one.peak))
  const rate = Math.round(rows / best)
  process.stdout.write(
    `${what}: ${Math.round(best)} ms (whole process: ${Math.round(cpu)} ms of processor), ${rate}k/s, ${peak} MB\n`,
  )
}

function run(...words: string[]): Told {
  const { stdout, stderr, status } = spawnSync(process.execPath, [import.meta.filename, ...words], {
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  })
  assert.equal(status, 0, stderr)
  return JSON.parse(stdout) as Told
}

function tell(told: Omit<Told, 'cpu' | 'peak'>): void {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const cpu = (userCPUTime + systemCPUTime) / 1000
  process.stdout.write(JSON.stringify({ ...told, cpu, peak: Math.round(maxRSS / 1024) }))
}

type Context = Parameters<typeof ledgerAdd.run>[1]

function writing(into: string, work: (context: Context) => unknown): Omit<Told, 'cpu' | 'peak'> {
  const store = openWriter(into)
  const signal = new AbortController().signal
  const told = timed(() => work({ store, clock: systemClock, user: 'bench', progress: () => {}, signal }))
  store.close()
  return told
}

function reading(from: string, work: (store: Store) => unknown): Omit<Told, 'cpu' | 'peak'> {
  const store = openReader(from)
  const told = timed(() => work(store))
  store.close()
  return told
}

function timed(work: () => unknown): Omit<Told, 'cpu' | 'peak'> {
  const begun = elapsedMilliseconds()
  const answer = work()
  return { answer, milliseconds: elapsedMilliseconds() - begun }
}

function clusters(from: string, work: (store: Store, columns: UtxoColumns) => number): Omit<Told, 'cpu' | 'peak'> {
  const store = openReader(from)
  const columns = openColumns(store, 'bitcoin-regtest')!
  assert(columns.shape === 'utxo')
  const told = timed(() => work(store, columns))
  store.close()
  return told
}

function busy(from: string, address: string, what: 'page' | 'totals'): Omit<Told, 'cpu' | 'peak'> {
  const store = openReader(from)
  const columns = openColumns(store, 'tron')!
  const row = columns.addresses.find(address)!
  const count = columns.addresses.transactionsOf(row).length
  const told = timed(() => {
    if (what === 'page') return movementsOf(columns, row, count >> 1, 100).length
    const { transactions, received, sent } = totalsOf(columns, row)
    return [transactions, String(received[0]!.units), String(sent[0]!.units)]
  })
  store.close()
  return told
}
