// Installs what the program needs, once, and says so. Plain JavaScript: it must run on Node 18.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode, NO_NODE } from './node.mjs'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const say = text => process.stderr.write(`athar: ${text}\n`)

/** Packages in place, or an end with a hint. */
export async function setUp() {
  const stamp = join(root, 'node_modules', '.athar-setup')
  const wanted = digest([join(root, 'package.json'), join(root, 'package-lock.json')])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    // `./athar` compares file times only: a newer stamp keeps it on its fast path after a fresh checkout.
    utimesSync(stamp, new Date(), new Date())
    return
  }
  await alone('setup', async () => {
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
    say('setting up: installing packages (once; about a minute) …')
    const code = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], true)
    if (code !== 0) {
      stop(`setting up failed: npm ci ended with code ${code}.`, [
        'check that npm reaches its registry (npm ping) and that the disk has 1 GB free, then run the same command again.',
      ])
    }
    writeFileSync(stamp, wanted)
    say('set up.')
  })
}

/** The heavy programs that tests compare with (test/peers); without them those tests say that they are skipped. */
export async function setUpPeers() {
  const folder = join(root, 'test', 'peers')
  const stamp = join(folder, 'node_modules', '.athar-setup')
  const wanted = digest([join(folder, 'package-lock.json')])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  await alone('peers', async () => {
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
    say('installing what tests compare with, 600 MB (once) …')
    const code = await run('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'], true)
    if (code === 0) writeFileSync(stamp, wanted)
    else say(`npm ci in test/peers ended with code ${code}: the tests that need it will say that they are skipped.`)
  })
}

/** The workbench, built when its sources have changed. */
export async function buildWeb(node) {
  const stamp = join(root, 'web', 'dist', '.athar-built')
  const wanted = digest([join(root, 'package-lock.json'), ...filesIn(join(root, 'web'))])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  await alone('web', async () => {
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
    say('building the workbench (when its sources change; about ten seconds) …')
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
    const code = await run(node, [vite, 'build', join(root, 'web'), '--logLevel', 'warn'], true)
    if (code !== 0) stop(`building the workbench failed with code ${code}.`, ['the messages above name the file.'])
    writeFileSync(stamp, wanted)
  })
}

/** A fit Node, or an end with a hint. */
export function needNode() {
  const node = findNode(root)
  if (node !== undefined) return node
  process.stderr.write(`${NO_NODE}\n`)
  process.exit(3)
}

/** Runs a program to its end and gives its exit code. Signals reach it as well as us: the terminal sends to both. */
export function run(command, args, quiet = false) {
  return new Promise(resolve => {
    const child = spawn(command, args, { cwd: quiet ? root : process.cwd(), stdio: quiet ? [0, 2, 2] : 'inherit' })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    if (process.env.npm_lifecycle_event !== undefined) endWithParent(child)
    child.on('error', error => stop(`cannot start ${command}: ${error.message}`, ['is it installed and on the PATH?']))
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

/** Under npm: when npm is ended alone, nobody would end the server that it started. */
function endWithParent(child) {
  const parent = process.ppid
  const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000)
  watch.unref()
}

/** One set-up at a time: a folder is made atomically; a stale one (its maker is gone) is taken over. */
async function alone(name, work) {
  const lock = join(root, '.athar', `${name}.lock`)
  mkdirSync(join(root, '.athar'), { recursive: true })
  for (let waited = 0; !take(lock); waited++) {
    if (waited === 0) say('waiting for another set-up to end …')
    await new Promise(resolve => setTimeout(resolve, 500))
  }
  const release = () => existsSync(lock) && rmdirSync(lock)
  process.once('exit', release)
  try {
    await work()
  } finally {
    release()
  }
}

function take(lock) {
  const STALE_MILLISECONDS = 10 * 60 * 1000
  try {
    mkdirSync(lock)
    return true
  } catch {
    const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0
    if (age > STALE_MILLISECONDS) rmdirSync(lock)
    return false
  }
}

function filesIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (entry.name === 'dist' || entry.name === 'node_modules') return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path) : [path]
  })
}

function digest(paths) {
  const sum = createHash('sha256')
  for (const path of paths.sort()) if (existsSync(path)) sum.update(path.slice(root.length)).update(readFileSync(path))
  return sum.digest('hex')
}

function stop(message, hints) {
  process.stderr.write(`athar: ${message}\n${hints.map(hint => `hint: ${hint}\n`).join('')}`)
  process.exit(3)
}
