/**
 * Following under load: transfers come at 2,000 a second, are read from a node, filed on disk and held against 10,000
 * watches and 100 rules, and alerts are handed to a webhook. Asked: sustained on two cores with a lag below 2 s, and
 * memory flat over an hour. By itself this is a bounded soak of a minute, told as such: `--minutes=60` is the hour, and
 * memory counts from the end of its first third on (`--warm=N`: of N minutes).
 *
 * All of it is the program's own path, `ledger sync --follow --watch`. The node is scripted (bench/monitor-node.ts), a
 * process of its own as a node is; it also takes the alerts, and measures from the time of a block to the moment in
 * which its alert is handed over: so the lag holds the waiting between two looks (a second), reading, filing, judging
 * and delivery.
 *
 * The answers are checked first: what is raised block by block is what a run over the stored ledger raises.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { perform } from '../src/app/perform.ts'
import { addReceiver, addRule, addWatch, alerts, keepTest, type Rule, rules, setState } from '../src/monitor/monitor.ts'
import { elapsedMilliseconds, systemClock } from '../src/std/clock.ts'
import { openReader, openWriter, type Store } from '../src/store/store.ts'
import { floorsOf, type Sample, sampleAt, slopeOf } from './memory.ts'
import { personOf } from './monitor-crowd.ts'

const RATE = 2000
const WATCHES = 10_000
const RULES = 100
const minutesOf = (name: string, otherwise: number): number =>
  Number(process.argv.find(word => word.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise)
const SECONDS = Math.round(60 * minutesOf('minutes', 1))
const WARM_SECONDS = Math.round(60 * minutesOf('warm', SECONDS / 180))
const SAMPLE_SECONDS = 5
/** Copies of the rule over every payment look at large ones alone: a desk of ten thousand watches does so too. */
const LARGE_USD = 11_900

type Node = { readonly url: string; readonly child: ChildProcess }

async function startNode(transfers: number, period: number, blocks: number): Promise<Node> {
  const program = join(import.meta.dirname, 'monitor-node.ts')
  const child = spawn(process.execPath, [program, `${transfers}`, `${period}`, `${blocks}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  const port = await new Promise<string>(done => child.stdout!.once('data', part => done(String(part).trim())))
  return { url: `http://127.0.0.1:${port}`, child }
}

function prepare(store: Store, watches: number): void {
  const now = systemClock()
  store.transaction(() => {
    for (let k = 0; k < watches; k++) {
      const place = { kind: 'address', target: personOf(k), network: 'ethereum' } as const
      addWatch(store, { name: `w${k}`, ...place, rules: [], reference: null, deadlineHours: null }, now, 'bench')
    }
    const kinds = rules(store)
    for (let k = 0; rules(store).length < RULES; k++) {
      const { version: _, state: __, tested: ___, ...rule } = kinds[k % kinds.length]!
      const thresholds = rule.indicator === 'payment' ? { minUsd: LARGE_USD } : rule.thresholds
      addRule(store, { ...rule, thresholds, id: `${rule.id}-${k}` } as Omit<Rule, 'version'>, now, 'bench')
    }
    const none = { watched: 1, watchedFired: 0, controls: 1, controlsFired: 0, hits: 0 }
    for (const rule of rules(store)) {
      keepTest(store, rule, none, now, 'bench')
      setState(store, rule.id, 'active', now, 'bench')
    }
  })
}

function settingOf(directory: string, signal: AbortSignal) {
  return { directory, user: 'bench', clock: systemClock, progress: () => {}, signal }
}

async function within<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'athar-monitor-bench-'))
  try {
    return await work(join(folder, 'data'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function opened<T>(directory: string, work: (store: Store) => T, open = openWriter): T {
  const store = open(directory)
  try {
    return work(store)
  } finally {
    store.close()
  }
}

const asked = (url: string) => ({ network: 'ethereum', from: url, start: 0 })

/** Follows until the last block was read, or for so many seconds. */
async function followed(directory: string, url: string, seconds: number): Promise<Synced> {
  const controller = new AbortController()
  const setting = settingOf(directory, controller.signal)
  const more = { follow: true, watch: true, every: 1 }
  const answer = perform('ledger sync', { network: 'ethereum', from: url, ...more }, setting) as Promise<Synced>
  await Promise.race([pause(seconds * 1000), answer])
  controller.abort()
  return answer
}

type Synced = { readonly blocks: number; readonly transfers: number; readonly alerts: number; readonly rounds: number }

const keysIn = (directory: string): string[] =>
  opened(
    directory,
    store =>
      alerts(store)
        .map(alert => `${alert.watch} ${alert.rule} ${alert.txid} ${alert.direction}`)
        .sort(),
    openReader,
  )

async function compare(): Promise<void> {
  const node = await startNode(300, 400, 20)
  const streamed = await within(async directory => {
    opened(directory, store => prepare(store, 2000))
    const { rounds } = await followed(directory, node.url, 20)
    if (rounds < 6) throw new Error('too few rounds to tell')
    return keysIn(directory)
  })
  const stored = await within(async directory => {
    const setting = settingOf(directory, new AbortController().signal)
    await perform('ledger sync', asked(node.url), setting)
    opened(directory, store => prepare(store, 2000))
    await perform('watch run', {}, setting)
    return keysIn(directory)
  })
  node.child.kill()
  if (streamed.length === 0 || streamed.join('\n') !== stored.join('\n')) {
    process.stdout.write(`DIFFERENT: ${streamed.length} alerts as they came, ${stored.length} from the ledger\n`)
    process.exit(1)
  }
  process.stdout.write(`answers: ${streamed.length} alerts, the same as they came and from the stored ledger\n`)
}

type Lags = { readonly sorted: readonly number[]; readonly messages: number; readonly tip: number }

const lagsOf = async (url: string): Promise<Lags> => (await (await fetch(`${url}/lags`)).json()) as Lags
const share = (sorted: readonly number[], part: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN)
const say = (text: string): boolean => process.stdout.write(`${text}\n`)

/** Thirds of what is told, and the slope: what is collected now and then makes single figures jump. */
function sayMemory(told: readonly Sample[]): void {
  const rss = told.map(one => one.rss).sort((a, b) => a - b)
  const mean = (part: readonly Sample[]): number => part.reduce((sum, one) => sum + one.rss, 0) / part.length
  const third = Math.floor(told.length / 3)
  const [first, last] = [mean(told.slice(0, third)), mean(told.slice(-third))]
  const range = `${share(rss, 0)} to ${share(rss, 1)} MB, first third ${Math.round(first)}, last ${Math.round(last)}`
  say(`memory from second ${WARM_SECONDS} on: ${range}`)
  for (const name of ['rss', 'heap', 'external', 'arrays'] as const) {
    const { perHour, error } = slopeOf(told, one => one[name])
    say(`  ${name}: ${perHour.toFixed(1)} MB an hour (± ${error.toFixed(1)})`)
  }
  const inUse = ({ heap, external }: Sample): number => heap + external
  const { perHour, error } = slopeOf(floorsOf(told, inUse), inUse)
  say(`  heap and beside it, least of each minute: ${perHour.toFixed(1)} MB an hour (± ${error.toFixed(1)})`)
}

await compare()
await within(async directory => {
  opened(directory, store => prepare(store, WATCHES))
  const node = await startNode(RATE, 1000, SECONDS + 5)
  const desk = { name: 'desk', kind: 'webhook', target: `${node.url}/hook`, secret: null, server: null } as const
  opened(directory, store => addReceiver(store, desk, systemClock(), 'bench'))
  const memory: Sample[] = []
  const worst: number[] = []
  const all: number[] = []
  const every = SAMPLE_SECONDS * Math.max(2, Math.round(SECONDS / 20 / SAMPLE_SECONDS))
  const look = async (second: number, span: number): Promise<void> => {
    const { sorted, messages, tip } = await lagsOf(node.url)
    for (let k = 0; k < sorted.length; k += Math.ceil(sorted.length / 10_000)) all.push(sorted[k]!)
    worst.push(sorted.at(-1) ?? 0)
    const { rss, heap, external, arrays } = sampleAt(second)
    const lag = `lag p50 ${share(sorted, 0.5)} ms, p99 ${share(sorted, 0.99)}, most ${share(sorted, 1)}`
    const [resident, used, beside, views] = [rss, heap, external, arrays].map(Math.round)
    const held = `${resident} MB (heap ${used}, beside it ${beside}, arrays ${views})`
    const { user, system } = process.cpuUsage(since)
    since = process.cpuUsage()
    const busy = ((user + system) / 1e6 / span).toFixed(2)
    say(`  ${second} s: block ${tip}, ${messages} alerts handed over, ${lag}; ${held}; ${busy} cores`)
  }
  const begun = elapsedMilliseconds()
  let [since, looked] = [process.cpuUsage(), 0]
  // By the clock: on a busy machine a timer comes late, or not at all.
  const timer = setInterval(() => {
    const second = Math.round((elapsedMilliseconds() - begun) / 1000)
    memory.push(sampleAt(second))
    if (second - looked < every) return
    void look(second, second - looked)
    looked = second
  }, SAMPLE_SECONDS * 1000)
  const busy = process.cpuUsage()
  const { blocks, transfers, alerts: raised, rounds } = await followed(directory, node.url, SECONDS + 7)
  const { user, system } = process.cpuUsage(busy)
  clearInterval(timer)
  await look(SECONDS + 7, SECONDS + 7 - looked)
  node.child.kill()
  all.sort((a, b) => a - b)
  const cores = ((user + system) / 1e6 / (SECONDS + 7)).toFixed(2)
  say(`${RATE} transfers/s for ${SECONDS} s: ${blocks} blocks, ${transfers} rows, ${raised} alerts in ${rounds} rounds`)
  const lag = `p50 ${share(all, 0.5)} ms, p99 ${share(all, 0.99)}, most ${Math.max(...worst)}`
  say(`lag from block to receiver: ${lag} (asked 2,000)`)
  sayMemory(memory.filter(one => one.second > WARM_SECONDS && one.second <= SECONDS))
  say(`processor: ${cores} of two cores`)
  if (blocks < SECONDS || Math.max(...worst) > 2000) process.exitCode = 1
})
