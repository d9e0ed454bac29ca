import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import * as Instant from '../../model/instant.ts'
import { fixedClock } from '../../std/clock.ts'
import { Failure } from '../../std/failure.ts'
import { openWriter } from '../../store/store.ts'
import * as World from '../../world/world.ts'
import type { Context, Operation } from '../operation.ts'
import { type Check, checkTruth } from './check.ts'
import { type Investigated, investigate } from './steps.ts'

type Input = { readonly out: string; readonly seed: number; readonly serve: boolean }

/** What `demo` answers. */
export type DemoAnswer = {
  readonly synthetic: true
  readonly seed: number
  readonly folder: string
  /** The data directory of the sample: `athar --data DIR serve` shows it. */
  readonly data: string
  readonly case: string
  readonly reports: readonly string[]
  readonly found: Investigated['found']
  /** Figures of the report held against what was planted. */
  readonly checks: readonly Check[]
  readonly ok: boolean
}

export const demo: Operation = {
  name: 'demo',
  summary: 'Run the sample investigation, end to end, on a generated world',
  access: 'read',
  fields: {
    out: { type: 'string', says: 'Folder to write to', default: 'athar-sample', path: true },
    seed: { type: 'integer', says: 'Seed of the world', default: World.SEED },
    serve: { type: 'boolean', says: 'Then serve the workbench on it', default: false },
  },
  examples: [
    { command: 'athar demo', says: 'world, investigation and reports in ./athar-sample' },
    { command: 'athar demo --out sample --seed 7', says: 'another world' },
  ],
  verdict: (answer: DemoAnswer) => (answer.ok ? 'ok' : 'no'),
  print: (answer: DemoAnswer) => print(answer),
  run: (input: Input, context: Context) => run(input, context),
}

/** A data directory of its own, so that nothing synthetic ever stands among real evidence. */
async function run({ out, seed }: Input, context: Context): Promise<DemoAnswer> {
  const folder = resolve(out)
  const world = World.generate(seed)
  clear(folder)
  writeWorld(world, folder)
  const data = join(folder, 'data')
  const store = openWriter(data)
  try {
    // Field by field: a spread would ask for the user's own store, and open it.
    const { user, progress, signal } = context
    const own = { store, clock: fixedClock(NOW), user, progress, signal }
    const { found, reports, name } = await investigate(world, folder, own)
    const checks = checkTruth(world.truth, found)
    const ok = checks.every(check => check.ok)
    return { synthetic: true, seed, folder, data, case: name, reports, found, checks, ok }
  } finally {
    store.close()
  }
}

/** The sample is investigated on one invented day, so that its reports are the same bytes each time. */
const NOW = Instant.fromDay(2025, 10, 2) + 9 * 3600

/** Writes the world's files under a folder. */
function writeWorld(world: World.World, folder: string): void {
  for (const { path, bytes } of world.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
}

/** Takes away an earlier sample; a folder that holds anything else is left alone. */
function clear(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return
  const readme = join(folder, 'README.txt')
  if (!existsSync(readme) || !readFileSync(readme, 'utf8').includes(World.MARK)) throw notEmpty(folder)
  for (const part of ['data', 'ledger', 'lists', 'posts', 'prices']) {
    rmSync(join(folder, part), { recursive: true, force: true })
  }
}

function print({ found, checks, reports, ok, data, seed }: DemoAnswer): string {
  const width = Math.max(...checks.map(({ what }) => what.length))
  const lines = checks.map(
    ({ what, found: value, ok: same }) => `  ${same ? '✓' : '✗'} ${what.padEnd(width)}  ${value}`,
  )
  return [
    `SYNTHETIC: a generated world (seed ${seed}); nobody and nothing in it exists.`,
    '',
    `${found.posts} posts read, ${found.mentions} addresses found, ${found.rejected} rejected; ` +
      `${found.transactions} transactions, ${found.transfers} transfers.`,
    ok ? 'The report says what was planted:' : 'The report does NOT say what was planted:',
    ...lines,
    '',
    ...reports.map(path => `Report: ${path}`),
    `Workbench: athar --data ${data} serve`,
    '',
  ].join('\n')
}

function notEmpty(folder: string): Failure {
  return new Failure('Demo.NotEmpty', 'conflict', `${folder} is not empty and is no earlier sample.`, {
    hint: 'Name another folder with --out.',
    facts: { folder },
  })
}
