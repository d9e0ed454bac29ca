/**
 * P3: a block file of 450,000 transactions → columns and addresses on disk, restartable; and opening it again, which
 * is P10's "opening an investigation". Bound on paper: 145 MB hashed twice at 370 MB/s, 1.8 million table look-ups of
 * about 100 ns, 100 MB written: about 0.8 s.
 *
 * Each step runs in a process of its own, so that its peak memory is its own.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Added, ledgerAdd } from '../src/app/ledger.ts'
import { openColumns } from '../src/ledger/ledger.ts'
import { elapsedMilliseconds, systemClock } from '../src/std/clock.ts'
import { openReader, openWriter } from '../src/store/store.ts'
import { buildChain } from './chain.ts'

const TRANSACTIONS = 450_000
const [step, directory, file] = process.argv.slice(2)

if (step === undefined) parent()
else tell(step === 'add' ? add(directory!, file!) : open(directory!))

function parent(): void {
  const folder = mkdtempSync(join(tmpdir(), 'athar-bench-'))
  try {
    const path = join(folder, 'blk00000.dat')
    const { pieces, truth } = buildChain(TRANSACTIONS)
    writeFileSync(path, Buffer.concat(pieces))
    const rounds = [0, 1, 2].map(round => run('add', join(folder, `data-${round}`), path))
    for (const { answer } of rounds) {
      const { blocks, transactions, inputs, inputsResolved, outputs, feesSats } = answer as Added
      const found = { blocks, transactions, inputs, inputsResolved, outputs, feesSats }
      const { fees, addresses: _, ...counts } = truth
      assert.deepEqual(found, { ...counts, inputsResolved: truth.inputs, feesSats: String(fees) })
    }
    report('blocks → columns on disk', rounds)
    report(
      'open again',
      [0, 1, 2].map(() => run('open', join(folder, 'data-0'), path)),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Told = { answer: unknown; milliseconds: number; cpu: number; peak: number }

function report(what: string, rounds: readonly Told[]): void {
  const best = Math.min(...rounds.map(one => one.milliseconds))
  const cpu = Math.min(...rounds.map(one => one.cpu))
  const peak = Math.max(...rounds.map(one => one.peak))
  const rate = Math.round(TRANSACTIONS / best)
  process.stdout.write(
    `${what}: ${Math.round(best)} ms (${Math.round(cpu)} ms of processor), ${rate}k tx/s, ${peak} MB\n`,
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

function add(into: string, path: string): Omit<Told, 'cpu' | 'peak'> {
  const store = openWriter(into)
  const begun = elapsedMilliseconds()
  const context = { store, clock: systemClock, user: 'bench', progress: () => {}, signal: new AbortController().signal }
  const answer = ledgerAdd.run({ network: 'bitcoin-regtest', files: [path], dryRun: false } as never, context)
  const milliseconds = elapsedMilliseconds() - begun
  store.close()
  return { answer, milliseconds }
}

function open(from: string): Omit<Told, 'cpu' | 'peak'> {
  const store = openReader(from)
  const begun = elapsedMilliseconds()
  const columns = openColumns(store, 'bitcoin-regtest')!
  const answer = columns.addresses.transactionsOf(0).length
  const milliseconds = elapsedMilliseconds() - begun
  store.close()
  return { answer, milliseconds }
}
