import { accessSync, constants, existsSync, mkdirSync, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Context, Operation } from './operation.ts'

/** One thing that was looked at. `missing` needs action; `note` is only good to know. */
export type Finding = {
  readonly what: string
  readonly state: 'ok' | 'note' | 'missing'
  readonly found: string
  readonly remedy: string | null
}

export type Diagnosis = { readonly ok: boolean; readonly findings: readonly Finding[] }

export const doctor: Operation = {
  name: 'doctor',
  summary: 'Say what is missing on this machine, and how to get it',
  access: 'read',
  fields: {},
  examples: [
    { command: 'athar doctor', says: 'what is there, what is missing' },
    { command: 'athar doctor --data /mnt/evidence --json', says: 'the same for another data directory, for a script' },
  ],
  verdict: (answer: Diagnosis) => (answer.ok ? 'ok' : 'no'),
  run: (_input: object, context: Context) => diagnose(context),
}

/** Node's release line below which the program does not run: types are stripped and node:sqlite is there from 24 on. */
const NODE_MAJOR_MIN = 24

/** Free space below which an import is likely to fail half way. Ours. */
const FREE_BYTES_MIN = 1_000_000_000

function diagnose(context: Context): Diagnosis {
  const findings = [runtime(), ...storage(context)]
  return { ok: findings.every(finding => finding.state !== 'missing'), findings }
}

function runtime(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  const old = major < NODE_MAJOR_MIN
  const remedy = old ? `Install Node ${NODE_MAJOR_MIN} or newer, or start by ./athar, which brings its own.` : null
  return { what: 'Node', state: old ? 'missing' : 'ok', found: `${process.versions.node} (SQLite ${sqlite()})`, remedy }
}

function sqlite(): string {
  return process.versions['sqlite'] ?? 'unknown'
}

function storage(context: Context): Finding[] {
  const { directory } = context.store
  return [writable(directory), space(directory), lists(context)]
}

function writable(directory: string): Finding {
  try {
    mkdirSync(directory, { recursive: true })
    accessSync(directory, constants.R_OK | constants.W_OK)
    const mode = statSync(directory).mode & 0o077
    if (mode === 0) return { what: 'data directory', state: 'ok', found: directory, remedy: null }
    const remedy = `Others on this machine may look into it: chmod 700 ${directory}`
    return { what: 'data directory', state: 'note', found: directory, remedy }
  } catch {
    const remedy = 'Give yourself the right to write there, or name another with --data.'
    return { what: 'data directory', state: 'missing', found: `${directory} cannot be written`, remedy }
  }
}

function space(directory: string): Finding {
  const stats = statfsSync(existsSync(directory) ? directory : dirname(directory))
  const free = stats.bavail * stats.bsize
  const found = `${(free / 1e9).toFixed(1)} GB free`
  if (free >= FREE_BYTES_MIN) return { what: 'space', state: 'ok', found, remedy: null }
  return { what: 'space', state: 'missing', found, remedy: 'Free at least 1 GB, or name another place with --data.' }
}

function lists(context: Context): Finding {
  const path = join(context.store.directory, 'athar.db')
  const found = existsSync(path) ? 'database opened' : 'no database'
  return { what: 'database', state: 'ok', found, remedy: null }
}
