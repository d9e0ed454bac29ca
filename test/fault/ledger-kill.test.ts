import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { digestOf, findManifest, openColumns, openIngest } from '../../src/ledger/ledger.ts'
import { fixedClock } from '../../src/std/clock.ts'
import { Failure } from '../../src/std/failure.ts'
import { seededRandom } from '../../src/std/random.ts'
import { openReader, openWriter } from '../../src/store/store.ts'
import { buildChain, frame, type Link } from './chain.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-kill-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** Kills in one run: each costs the start of a process. */
const KILLS = 8

const { links } = buildChain(seededRandom(7), 60)
const file = join(folder, 'chain.dat')
writeFileSync(file, frame(links))

test('kill -9 at any moment loses no block that was told, and the same command finishes', async () => {
  const whole = digestOfWhole()
  const random = seededRandom(11)
  const directory = mkdtempSync(join(folder, 'data-'))
  let [told, kills] = [0, 0]
  for (let ended = false; !ended; ) {
    // The last rounds run on undisturbed; before, the kill comes between any two system calls.
    const heard = await runAndKill(directory, random.below(8), kills < KILLS ? random.below(4) : 60_000)
    const store = openReader(directory)
    const blocks = findManifest(store, 'bitcoin-regtest')?.blocks ?? 0
    told = Math.max(told, heard.done)
    assert.ok(blocks >= told, `${blocks} blocks are there and ${told} were told`)
    assert.ok(blocks <= links.length)
    if (blocks > 0) assert.equal(openColumns(store, 'bitcoin-regtest')?.transactions.count !== 0, true)
    store.close()
    ended = heard.ended
    if (!ended) kills++
  }
  assert.ok(kills >= 4, `only ${kills} kills hit before the end`)
  const store = openReader(directory)
  assert.equal(digestOf(openColumns(store, 'bitcoin-regtest')!), whole)
  assert.equal(findManifest(store, 'bitcoin-regtest')?.blocks, links.length)
  store.close()
})

test('what was appended and never committed is cut off by the next writer, and readers do not see it', () => {
  const directory = mkdtempSync(join(folder, 'data-'))
  take(directory, links.slice(0, 20))
  const segment = segmentOf(directory)
  const committed = readFileSync(segment)
  appendFileSync(segment, new Uint8Array(1000).fill(7))
  const reader = openReader(directory)
  assert.equal(openColumns(reader, 'bitcoin-regtest')?.transactions.count !== 0, true)
  reader.close()
  take(directory, links)
  assert.deepEqual(readFileSync(segment).subarray(0, committed.length), committed)
  assert.equal(digestAt(directory), digestOfWhole())
})

test('a torn or altered segment is told by name, never read', () => {
  const torn = mkdtempSync(join(folder, 'data-'))
  take(torn, links)
  const path = segmentOf(torn)
  const bytes = readFileSync(path)
  truncateSync(path, bytes.length - 1)
  assert.equal(
    nameOf(() => digestAt(torn)),
    'Ledger.SegmentAltered',
  )
  assert.equal(
    nameOf(() => take(torn, links)),
    'Ledger.SegmentAltered',
  )
  writeFileSync(path, bytes.with(bytes.length >> 1, bytes[bytes.length >> 1]! ^ 1))
  assert.equal(
    nameOf(() => digestAt(torn)),
    'Ledger.SegmentAltered',
  )
  writeFileSync(path, bytes)
  assert.equal(digestAt(torn), digestOfWhole())
})

test('a disk that takes no more stops the import; what was told is there, and the same command finishes', () => {
  const directory = mkdtempSync(join(folder, 'data-'))
  const writer = resolve(import.meta.dirname, 'ledger-writer.ts')
  // No file of this process may grow beyond 40 KiB: the segment hits it, as it would hit the end of a disk.
  const script = 'ulimit -f 40; exec "$0" "$@"'
  const full = spawnSync('bash', ['-c', script, process.execPath, writer, directory, file], { encoding: 'utf8' })
  assert.notEqual(full.status, 0)
  const store = openReader(directory)
  const blocks = findManifest(store, 'bitcoin-regtest')?.blocks ?? 0
  assert.ok(blocks >= lastOf(full.stdout) && blocks < links.length, `${blocks} blocks, ${lastOf(full.stdout)} told`)
  store.close()
  take(directory, links)
  assert.equal(digestAt(directory), digestOfWhole())
})

test('a second writer is refused while the first holds the ledger', () => {
  const directory = mkdtempSync(join(folder, 'data-'))
  const store = openWriter(directory)
  assert.equal(
    nameOf(() => openWriter(directory)),
    'Store.Locked',
  )
  store.close()
})

/** Starts the writer and kills it `afterDone` blocks and some milliseconds later; what it had told by then. */
function runAndKill(directory: string, afterDone: number, milliseconds: number) {
  return new Promise<{ done: number; ended: boolean }>((fulfil, reject) => {
    const child = spawn(process.execPath, [resolve(import.meta.dirname, 'ledger-writer.ts'), directory, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    let first: number | undefined
    let timer: NodeJS.Timeout | undefined
    child.stdout.on('data', (piece: Buffer) => {
      text += piece.toString()
      const done = lastOf(text)
      first ??= done
      if (done - first >= afterDone) timer ??= setTimeout(() => child.kill('SIGKILL'), milliseconds)
    })
    child.on('error', reject)
    child.on('close', () => {
      clearTimeout(timer)
      fulfil({ done: lastOf(text), ended: text.includes('end') })
    })
  })
}

function lastOf(text: string): number {
  const numbers = text.match(/\d+(?=\n)/g)
  return numbers === null ? 0 : Number(numbers.at(-1))
}

function take(directory: string, chosen: readonly Link[]): void {
  const store = openWriter(directory)
  try {
    const ingest = openIngest(store, 'bitcoin-regtest', fixedClock(1), true, 1)
    for (const { bytes } of chosen) {
      const verdict = ingest.add({ bytes, offset: 0, height: null, statedHeight: null, spent: null })
      assert.equal(typeof verdict, 'string', JSON.stringify(verdict))
    }
    ingest.finish()
  } finally {
    store.close()
  }
}

function digestAt(directory: string): string {
  const store = openReader(directory)
  try {
    return digestOf(openColumns(store, 'bitcoin-regtest')!)
  } finally {
    store.close()
  }
}

function digestOfWhole(): string {
  const directory = mkdtempSync(join(folder, 'whole-'))
  take(directory, links)
  return digestAt(directory)
}

function segmentOf(directory: string): string {
  const inside = join(directory, 'ledger', 'bitcoin-regtest')
  return join(inside, readdirSync(inside).find(name => name.endsWith('.segment'))!)
}

function nameOf(work: () => unknown): string {
  try {
    work()
  } catch (thrown) {
    assert(thrown instanceof Failure, String(thrown))
    return thrown.name
  }
  return 'nothing was thrown'
}
