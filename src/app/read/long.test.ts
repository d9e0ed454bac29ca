import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { writeExport } from '../../../bench/telegram-export.ts'
import { sha256Hex } from '../../std/digest.ts'
import type { Context } from '../operation.ts'
import { type Answer, type FileAnswer, mentionFind } from './mention.ts'

// An export that is read in parts: every face says the same, and work that was broken off is gone on with.

const folder = mkdtempSync(join(tmpdir(), 'athar-long-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const context = { clock: () => 1, user: 'tester', progress: () => {}, signal: new AbortController().signal }
const asked = (more: object) => [{ paths: [path], ...more } as never, context as unknown as Context] as const
const path = join(folder, 'export.json')
const truth = writeExport(path, 34_000_000, 3)

test('parts, the answer as a whole, and its text in pieces say the same; every planted address is there', () => {
  const parts = [...(mentionFind.stream!(...asked({})) as Iterable<FileAnswer>)]
  const whole = mentionFind.run(...asked({})) as Answer
  const pieces: string[] = []
  const text = mentionFind.document!(...asked({}))
  let step = text.next()
  for (; !step.done; step = text.next()) pieces.push(step.value)
  assert.equal(step.value, 'ok')
  assert.ok(parts.length > 3 && pieces.every(piece => piece.length < 4_000_000))
  assert.deepEqual(JSON.parse(pieces.join('')), JSON.parse(JSON.stringify(whole)))
  assert.deepEqual(
    parts.flatMap(part => part.mentions),
    whole.files[0]!.mentions,
  )
  const found = whole.files[0]!.mentions.filter(one => (one as { kind: string }).kind === 'address')
  assert.deepEqual([found.length, whole.files[0]!.understood!.messages], [truth.addresses, truth.messages])
})

test('mention find --from-part goes on after the parts that are there, with the same rows', () => {
  const rowsFrom = (fromPart: number) => [...(mentionFind.stream!(...asked({ fromPart })) as Iterable<FileAnswer>)]
  const all = rowsFrom(1)
  assert.deepEqual(rowsFrom(3), all.slice(2))
  assert.deepEqual([all[2]!.part!.number, all.at(-1)!.part!.done], [3, truth.bytes])
})

test('capture add of a long export, killed in the middle: the same command goes on, and the result is the same', {
  skip: process.platform === 'win32' ? 'no SIGKILL here' : false,
}, async () => {
  const large = join(folder, 'large.json')
  const { bytes } = writeExport(large, 110_000_000, 5)
  const main = resolve(import.meta.dirname, '../../cli/main.ts')
  const words = [main, '--data', join(folder, 'killed'), 'capture', 'add', large, '--json']
  const vault = join(folder, 'killed/vault')
  const child = spawn(process.execPath, words, { stdio: 'ignore' })
  const ended = new Promise<string | null>(tell => child.on('exit', (_, signal) => tell(signal)))
  while (stagedIn(vault).every(file => file.bytes < 1_500_000) && child.exitCode === null) await wait(2)
  child.kill('SIGKILL')
  assert.equal(await ended, 'SIGKILL', 'it ended before it could be killed')
  const [staged, ...others] = stagedIn(vault)
  assert.deepEqual([others, staged!.name.endsWith('.enc')], [[], false])

  const again = JSON.parse(spawnSync(process.execPath, words, { encoding: 'utf8' }).stdout).captures[0]
  assert.deepEqual([again.sha256, again.bytes, again.new], [sha256Hex(readFileSync(large)), bytes, true])
  const [sealed, ...rest] = stagedIn(vault)
  assert.deepEqual([rest, sealed!.inode, sealed!.name.endsWith('.enc')], [[], staged!.inode, true])
  const verify = [main, '--data', join(folder, 'killed'), 'capture', 'verify', '--json']
  assert.equal(JSON.parse(spawnSync(process.execPath, verify, { encoding: 'utf8' }).stdout).ok, true)
})

function stagedIn(vault: string): { name: string; bytes: number; inode: number }[] {
  if (!existsSync(vault)) return []
  const names = readdirSync(vault, { recursive: true, encoding: 'utf8' }).map(name => join(vault, name))
  return names.flatMap(name => {
    const stat = statSync(name, { throwIfNoEntry: false })
    return stat?.isFile() ? [{ name, bytes: stat.size, inode: stat.ino }] : []
  })
}
