import { accessSync, constants, existsSync, mkdirSync, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import * as Attribution from '../attribution/attribution.ts'
import { ClickHouse } from '../ledger/ledger.ts'
import { Failure } from '../std/failure.ts'
import { openAudit } from '../store/audit.ts'
import { outside } from './config.ts'
import { connected, isConfigured } from './ledger/clickhouse.ts'
import { listFollowed } from './ledger/followed.ts'
import type { Context, Operation } from './operation.ts'
import { wordsData } from './read/words.ts'

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
  print: (answer: Diagnosis) => answer.findings.map(line).join('\n'),
  run: (_input: object, context: Context) => diagnose(context),
}

/** Node's release line below which the program does not run: types are stripped and node:sqlite is there from 24 on. */
const NODE_MAJOR_MIN = 24

/** Free space below which an import is likely to fail half way. Ours. */
const FREE_BYTES_MIN = 1_000_000_000

async function diagnose(context: Context): Promise<Diagnosis> {
  const findings = [runtime(), words(), queries(), ...(await cluster(context)), ...storage(context)]
  return { ok: findings.every(finding => finding.state !== 'missing'), findings }
}

function line({ what, state, found, remedy }: Finding): string {
  const head = `${state.padEnd(8)}${what}: ${found}`
  return remedy === null ? head : `${head}\n        → ${remedy}`
}

function runtime(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  const old = major < NODE_MAJOR_MIN
  const remedy = old ? `Install Node ${NODE_MAJOR_MIN} or newer, or start by ./athar, which brings its own.` : null
  return { what: 'Node', state: old ? 'missing' : 'ok', found: `${process.versions.node} (SQLite ${sqlite()})`, remedy }
}

/** Reading the words of pictures is optional. */
function words(): Finding {
  const what = 'words in pictures'
  const data = wordsData()
  const missing = ['eng', 'ara'].filter(language => !data?.languages.includes(language))
  const found = data === null ? 'no language data' : `${data.languages.join(', ')} in ${data.folder}`
  if (missing.length === 0) return { what, state: 'ok', found, remedy: null }
  const packages = missing.map(language => `tesseract-ocr-${language}`).join(' ')
  const remedy = `Optional: apt install ${packages}, or name a folder of .traineddata files in ATHAR_TESSDATA.`
  return { what, state: 'note', found, remedy }
}

/** Whether and how this machine may ask others. */
function queries(): Finding {
  const { forbidden, proxy } = outside()
  const what = 'queries to other machines'
  if (forbidden) {
    const remedy = 'ATHAR_NO_EGRESS is set: unset it where a node or provider is to be asked.'
    return { what, state: 'note', found: 'forbidden', remedy }
  }
  // A proxy's address may carry a password: that it is there is enough.
  const found = proxy === null ? 'allowed, each is logged (egress list)' : 'allowed, by the proxy of ATHAR_PROXY'
  const remedy = 'ATHAR_NO_EGRESS=1 forbids all of them; ATHAR_PROXY names an HTTP proxy.'
  return { what, state: 'ok', found, remedy: proxy === null ? remedy : null }
}

/** Nothing where no ClickHouse is configured: the embedded ledger needs none. */
async function cluster({ signal }: Context): Promise<Finding[]> {
  if (!isConfigured()) return []
  const what = 'ClickHouse'
  try {
    const { versions, ledgers } = await connected('reader', signal, ClickHouse.status)
    const word = versions.length === 1 ? 'shard' : 'shards'
    const shards = `${versions.length} ${word} (${[...new Set(versions)].join(', ')})`
    const held = ledgers.map(({ network, rows }) => `${network} ${rows} transfers`)
    const remedy = held.length > 0 ? null : 'Nothing is loaded yet: athar ledger load.'
    const found = `${shards}, ${held.length > 0 ? held.join(', ') : 'empty'}`
    return [{ what, state: remedy === null ? 'ok' : 'note', found, remedy }]
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure
    return [{ what, state: 'missing', found: failure.message, remedy: failure.hint ?? null }]
  }
}

function sqlite(): string {
  return process.versions['sqlite'] ?? 'unknown'
}

/** Of a directory that was named and is not there: that, and whether there would be room. */
function storage(context: Context): Finding[] {
  try {
    const { directory } = context.store
    return [writable(directory), space(directory), log(directory), ...lists(context), ...followed(context)]
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.name !== 'Store.Missing') throw failure
    const absent = { what: 'data directory', state: 'missing', found: failure.message } as const
    const remedy = failure.hint ?? null
    return [{ ...absent, remedy }, ...(context.directory === undefined ? [] : [space(context.directory)])]
  }
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
  let place = directory
  while (!existsSync(place)) place = dirname(place)
  const stats = statfsSync(place)
  const free = stats.bavail * stats.bsize
  const found = `${(free / 1e9).toFixed(1)} GB free`
  if (free >= FREE_BYTES_MIN) return { what: 'space', state: 'ok', found, remedy: null }
  return { what: 'space', state: 'missing', found, remedy: 'Free at least 1 GB, or name another place with --data.' }
}

function lists(context: Context): Finding[] {
  const loaded = Attribution.status(context.store, context.clock()).filter(list => list.kind === 'designations')
  if (loaded.length === 0) {
    const remedy = 'Without one no answer can say "not listed": athar list add --help names the formats.'
    return [{ what: 'sanctions lists', state: 'note', found: 'none', remedy }]
  }
  return loaded.map(({ authority, version, stale, ageDays }) => ({
    what: `list ${authority}`,
    state: stale ? 'note' : 'ok',
    found: `version ${version}, ${ageDays} days old`,
    remedy: stale ? 'Import a newer version with `athar list add`.' : null,
  }))
}

/** Seconds of waiting for a source after which somebody should look. Ours: a node that restarts is back by then. */
const WAITING_SECONDS_MAX = 300

/** Networks that are followed; one whose follower was stopped by somebody needs nothing. */
function followed({ store, clock }: Context): Finding[] {
  return listFollowed(store.directory, clock())
    .filter(one => one.state !== 'stopped')
    .map(({ network, provider, state, lookedAt, ageSeconds, lag, waitingSeconds, error, poolError }) => {
      const what = `following ${network}`
      const last =
        lookedAt === null ? 'never looked at' : `last looked at ${lookedAt} (${ageSeconds} s ago), ${lag} behind`
      if (state === 'killed') {
        const remedy = 'Its process is gone: start it again, it goes on where it was.'
        const found = `${provider}: ${last}${error === null ? '' : `; the last error was: ${error}`}`
        return { what, state: 'missing', found, remedy } as const
      }
      if (state === 'waiting') {
        const isLong = waitingSeconds > WAITING_SECONDS_MAX
        const found = `${provider}: ${last}; waiting for ${waitingSeconds} s: ${error}`
        return {
          what,
          state: isLong ? 'missing' : 'note',
          found,
          remedy: 'Look at that node; nothing is lost.',
        } as const
      }
      if (poolError === null) return { what, state: 'ok', found: `${provider}: ${last}`, remedy: null } as const
      const found = `${provider}: ${last}; what waits to be mined is not told: ${poolError}`
      return {
        what,
        state: 'note',
        found,
        remedy: 'Blocks are followed; payments are seen once they are mined.',
      } as const
    })
}

/** Each row of the audit log follows from the rows before it, or somebody has changed one. */
function log(directory: string): Finding {
  const audit = openAudit(directory)
  try {
    const broken = audit.broken()
    if (broken === null) return { what: 'audit log', state: 'ok', found: 'whole', remedy: null }
    const remedy = 'Compare it with a backup: from there on it proves nothing.'
    return { what: 'audit log', state: 'missing', found: `does not follow from row ${broken} on`, remedy }
  } finally {
    audit.close()
  }
}
