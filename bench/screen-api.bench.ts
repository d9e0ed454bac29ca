import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { perform } from '../src/app/perform.ts'
import type { ScreenResult } from '../src/app/screen/result.ts'
import type { ScreenAnswer } from '../src/app/screen/screen.ts'
import * as Address from '../src/chain/address.ts'
import { TRON } from '../src/chain/key.ts'
import { fixedClock } from '../src/std/clock.ts'
import { sha256Hex } from '../src/std/digest.ts'
import { seededRandom } from '../src/std/random.ts'

/**
 * P9 at the API: `serve` in a process of its own, asked 200 times a second over loopback for addresses of a ledger of
 * 200,000 transfers, one address in a hundred of them listed, contacts measured each time and each answer kept. Every
 * address is asked once, so that nothing is remembered from the one before. Requests leave by the clock whether the
 * ones before were answered or not (open loop), and wait is counted from the time at which they should have left.
 *
 * Answers are compared first: over HTTP as from the command.
 */
const [ADDRESSES, TRANSFERS, PER_SECOND, SECONDS] = [50_000, 200_000, 200, 15]

async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'athar-bench-'))
  const directory = join(folder, 'data')
  try {
    const asked = await fill(folder, directory)
    const server = await serve(directory)
    try {
      await compare(server, directory, asked.slice(0, 50))
      await load(server, asked.slice(50, 50 + 2 * PER_SECOND), PER_SECOND)
      const before = processorSeconds(server.pid)
      const times = await load(server, asked.slice(500, 500 + PER_SECOND * SECONDS), PER_SECOND)
      const at = (part: number) =>
        `${times[Math.min(times.length - 1, Math.floor(times.length * part))]!.toFixed(2)} ms`
      console.log(`${PER_SECOND} requests/s for ${SECONDS} s, each another address, hops 1 (asked: p99 ≤ 10 ms)`)
      const used = processorSeconds(server.pid)
      if (before !== null && used !== null) {
        const each = ((1000 * (used - before)) / (PER_SECOND * SECONDS)).toFixed(2)
        console.log(
          `the server's processor time: ${each} ms a request; load of the machine ${loadavg()[0]!.toFixed(1)}`,
        )
      }
      console.log(`p50 ${at(0.5)}  p90 ${at(0.9)}  p99 ${at(0.99)}  p99.9 ${at(0.999)}  most ${at(1)}`)
    } finally {
      server.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, maxRetries: 5, retryDelay: 200 })
  }
}

/** A list and transfers; gives the addresses to ask for, in no order. */
async function fill(folder: string, directory: string): Promise<string[]> {
  const random = seededRandom(10)
  const addresses = Array.from({ length: ADDRESSES }, () => Address.fromKey('tron', TRON, random.bytes(20)).address)
  const rows = Array.from({ length: TRANSFERS }, (_, i) => {
    // A few are busy, most are not: the square of an even draw.
    const pick = () => addresses[Math.floor(random.next() ** 2 * ADDRESSES)]!
    const time = new Date(1000 * (1_680_000_000 + 60 * i)).toISOString().replace('.000', '')
    const place = `${sha256Hex(`t${i}`)},0,0,transfer,ok,${i},${time}`
    return `tron,USDT,TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t,${place},${pick()},${pick()},${1 + random.below(9999)}`
  })
  const head = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount'
  writeFileSync(join(folder, 'transfers.csv'), `${[head, ...rows].join('\n')}\n`)
  writeFileSync(
    join(folder, 'list.txt'),
    addresses
      .filter((_, i) => i % 100 === 7)
      .map(one => `${one}\n`)
      .join(''),
  )
  const list = { format: 'addresses', file: join(folder, 'list.txt'), authority: 'NBCTF', published: '2023-01-01' }
  await perform('list add', list, setting(directory))
  await perform('ledger import', { file: join(folder, 'transfers.csv') }, setting(directory))
  return addresses
    .map(address => ({ address, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ address }) => address)
}

function setting(directory: string) {
  const signal = new AbortController().signal
  return { directory, user: 'bench', clock: fixedClock(1_795_000_000), progress: () => {}, signal }
}

/** Of both its threads; null where the system does not tell. Ticks are hundredths (sysconf _SC_CLK_TCK on Linux). */
function processorSeconds(pid: number): number | null {
  if (!existsSync(`/proc/${pid}/stat`)) return null
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

type Server = {
  readonly pid: number
  readonly origin: string
  readonly token: string
  readonly agent: Agent
  stop(): void
}

async function serve(directory: string): Promise<Server> {
  const main = resolve(import.meta.dirname, '../src/cli/main.ts')
  const words = [main, 'serve', '--port', '0', '--json', '--data', directory]
  const child = spawn(process.execPath, [...process.execArgv, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await new Promise<string>(found => {
    child.stdout.setEncoding('utf8').once('data', found)
  })
  const { origin, token } = JSON.parse(line) as { origin: string; token: string }
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const stop = () => {
    agent.destroy()
    child.kill('SIGTERM')
  }
  return { pid: child.pid!, origin, token, agent, stop }
}

function get({ origin, token, agent }: Server, address: string): Promise<string> {
  return new Promise((found, failed) => {
    const headers = { authorization: `Bearer ${token}` }
    const asked = request(`${origin}/api/v1/screen?address=${address}`, { agent, headers }, answer => {
      let text = ''
      answer.setEncoding('utf8').on('data', piece => {
        text += piece
      })
      answer.once('end', () => (answer.statusCode === 200 ? found(text) : failed(new Error(text))))
    })
    asked.once('error', failed)
    asked.end()
  })
}

async function compare(server: Server, directory: string, addresses: readonly string[]): Promise<void> {
  const here = (await perform('screen', { address: addresses, record: false }, setting(directory))) as ScreenAnswer
  const statuses = new Set<string>()
  for (const [i, address] of addresses.entries()) {
    const [there] = (JSON.parse(await get(server, address)) as { results: ScreenResult[] }).results
    const strip = ({ coverage: _, ...rest }: ScreenResult) => rest
    assert.deepEqual(strip(there!), JSON.parse(JSON.stringify(strip(here.results[i]!))))
    statuses.add(there!.status)
  }
  console.log(`${addresses.length} answers equal to the command's: ${[...statuses].sort().join(', ')}`)
}

async function load(server: Server, addresses: readonly string[], perSecond: number): Promise<number[]> {
  const times: number[] = []
  const open: Promise<void>[] = []
  const start = performance.now()
  for (const [i, address] of addresses.entries()) {
    const due = start + (1000 * i) / perSecond
    const ahead = due - performance.now()
    if (ahead > 1) await wait(ahead)
    open.push(get(server, address).then(() => void times.push(performance.now() - due)))
  }
  await Promise.all(open)
  return times.sort((a, b) => a - b)
}

if (import.meta.main) await run()
