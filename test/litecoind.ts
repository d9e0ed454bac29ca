import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { elapsedMilliseconds } from '../src/std/clock.ts'
import { freePort } from './port.ts'

/**
 * A Core-family node (Debian's litecoind) in regtest: an oracle that knows nothing of Athar. It talks to this machine
 * only, and lives until `stop`.
 */
export type Node = {
  /** One call of litecoin-cli; its answer without the line end. */
  ask(...words: string[]): string
  /** Of its JSON-RPC. */
  readonly url: string
  /** Path of the cookie that its callers show. */
  readonly cookie: string
  /** Of the node's block and undo files. */
  file(name: string): string
  /** Ends it; it is away until `start`. */
  leave(): Promise<void>
  /** Starts it again on what it had, at the same address. */
  start(): Promise<void>
  stop(): Promise<void>
}

const PROGRAM = '/usr/bin/litecoind'

/** Why tests with a node are skipped, or false. */
export const skip = existsSync(PROGRAM)
  ? false
  : `SKIPPED, no node: ${PROGRAM} is not there (apt-get install litecoind)`

export async function startNode(...more: string[]): Promise<Node> {
  const folder = mkdtempSync(join(tmpdir(), 'athar-litecoind-'))
  const port = await freePort()
  const loopback = ['-listen=0', '-connect=0', '-dnsseed=0', '-rpcbind=127.0.0.1', '-rpcallowip=127.0.0.1']
  const options = [
    '-regtest',
    `-datadir=${folder}`,
    `-rpcport=${port}`,
    '-server',
    '-fallbackfee=0.001',
    ...loopback,
    ...more,
  ]
  let child = spawn(PROGRAM, options, { stdio: 'ignore' })
  const kill = (): void => {
    child.kill('SIGKILL')
  }
  // A test that is stopped must not leave its node behind.
  process.once('exit', kill)
  const ask = (...words: string[]): string =>
    execFileSync('/usr/bin/litecoin-cli', ['-regtest', `-datadir=${folder}`, `-rpcport=${port}`, ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 26,
    }).trim()
  const leave = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise(resolve => child.once('exit', resolve))
    child.kill()
    await ended
  }
  await answers(() => ask('getblockcount'))
  return {
    ask,
    url: `http://127.0.0.1:${port}`,
    cookie: join(folder, 'regtest/.cookie'),
    file: name => join(folder, 'regtest/blocks', name),
    leave,
    async start() {
      child = spawn(PROGRAM, options, { stdio: 'ignore' })
      await answers(() => ask('getblockcount'))
    },
    async stop() {
      // What it has goes with it: nothing is to be written down in peace.
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise(resolve => child.once('exit', resolve))
        kill()
        await ended
      }
      process.off('exit', kill)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Milliseconds after which a node that has not answered will not, however busy the machine is. */
const PATIENCE = 120_000

async function answers(question: () => string): Promise<void> {
  for (const end = elapsedMilliseconds() + PATIENCE; ; ) {
    try {
      question()
      return
    } catch (thrown) {
      if (elapsedMilliseconds() > end) throw thrown
      await pause(50)
    }
  }
}
