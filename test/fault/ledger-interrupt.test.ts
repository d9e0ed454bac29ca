import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { buildChain } from '../../bench/chain.ts'
import { digestOf, findManifest, openColumns } from '../../src/ledger/ledger.ts'
import { openReader } from '../../src/store/store.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-interrupt-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const main = resolve(import.meta.dirname, '../../src/cli/main.ts')
const { pieces, truth } = buildChain(24_000, 40)
/** The later blocks first: files come in any order. */
const half = 3 * ((pieces.length / 3) >> 1)
const files = [pieces.slice(half), pieces.slice(0, half)].map((part, at) => {
  const path = join(folder, `blk0000${at}.dat`)
  writeFileSync(path, Buffer.concat(part))
  return path
})

test('Ctrl-C ends an import at a commit point with code 130; the same command goes on to the same ledger', async () => {
  const whole = join(folder, 'whole')
  assert.equal((await run(whole, null)).code, 0)
  let stopped = ''
  let kept: number[] = []
  // On a busy machine an import can be over before the interrupt is sent: then it is tried again from the start.
  for (let tries = 0; tries < 8 && kept.length === 0; tries++) {
    stopped = join(folder, `stopped-${tries}`)
    kept = await interruptUntilDone(stopped)
  }
  assert.ok(kept.length > 0, 'no interrupt came before the end')
  assert.deepEqual(
    kept,
    kept.toSorted((a, b) => a - b),
    'what was kept stays',
  )
  assert.equal((await run(stopped, null)).code, 0)
  assert.equal(blocksOf(stopped), truth.blocks)
  assert.equal(digestAt(stopped), digestAt(whole))
})

/** Runs the import again and again, each time a little longer; the blocks that were kept after each interrupt. */
async function interruptUntilDone(data: string): Promise<number[]> {
  const kept: number[] = []
  for (let wait = 0; kept.length < 8; wait += 150) {
    const { code, stderr } = await run(data, wait)
    if (code === 0) break
    assert.equal(code, 130, stderr)
    kept.push(blocksOf(data))
  }
  return kept
}

/** Runs the import; interrupts it so many milliseconds after the store was opened. */
async function run(data: string, wait: number | null): Promise<{ code: number | null; stderr: string }> {
  const words = ['ledger', 'add', 'bitcoin-regtest', ...files, '--data', data]
  const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', (piece: Buffer) => {
    stderr += piece.toString()
  })
  const ended = new Promise<number | null>(fulfil => {
    // Its work done, the process listens no more, and the signal itself ends it: shells call that 130 too.
    child.once('close', (code, signal) => fulfil(signal === 'SIGINT' ? 130 : code))
  })
  if (wait !== null) {
    while (child.exitCode === null && writerOf(data) !== child.pid) await pause(5)
    await pause(wait)
    child.kill('SIGINT')
  }
  return { code: await ended, stderr }
}

/** The process that writes to the directory, or wrote to it last. */
function writerOf(data: string): number | null {
  const path = join(data, 'writer.pid')
  return existsSync(path) ? Number(readFileSync(path, 'utf8')) : null
}

function blocksOf(data: string): number {
  const store = openReader(data)
  try {
    return findManifest(store, 'bitcoin-regtest')?.blocks ?? 0
  } finally {
    store.close()
  }
}

function digestAt(data: string): string {
  const store = openReader(data)
  try {
    return digestOf(openColumns(store, 'bitcoin-regtest')!)
  } finally {
    store.close()
  }
}
