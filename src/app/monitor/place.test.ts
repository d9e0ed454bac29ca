import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { ADDRESSES } from '../../../test/tron-node.ts'
import { addReceiver, addWatch } from '../../monitor/monitor.ts'
import { openWriter } from '../../store/store.ts'
import { perform } from '../perform.ts'
import type { ReceiverListed, ReceiverTested } from './receiver.ts'
import type { Listed, WatchRun } from './watch.ts'

// Paths that are kept mean the same wherever the program runs later.

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'athar-place-')))
after(() => rmSync(folder, { recursive: true, force: true }))
const [a, b] = [join(folder, 'a'), join(folder, 'b')]
for (const one of [a, b]) {
  mkdirSync(join(one, 'incoming'), { recursive: true })
  writeFileSync(join(one, 'hook.key'), 'a secret key\n')
}
writeFileSync(join(a, 'incoming', 'post.txt'), `Donate: ${ADDRESSES[7]}`)
writeFileSync(join(b, 'incoming', 'post.txt'), `Donate: ${ADDRESSES[6]}`)

const run = <T>(name: string, input: object, here?: string, directory = 'data'): Promise<T> =>
  perform(name, input, {
    ...{ directory: join(folder, directory), user: 'amal', clock: () => 1_717_200_000, progress: () => {} },
    ...{ signal: new AbortController().signal, ...(here === undefined ? {} : { here }) },
  }) as Promise<T>

test('relative paths are kept as those of the directory in which they were typed', async () => {
  const watch = await run<Listed>('watch add', { target: 'incoming', kind: 'folder' }, a)
  assert.deepEqual([watch.name, watch.target], ['incoming', join(a, 'incoming')])
  const log = await run<ReceiverListed>('receiver add', { name: 'log', kind: 'file', target: 'alerts.jsonl' }, a)
  assert.equal(log.target, join(a, 'alerts.jsonl'))
  const desk = { name: 'desk', kind: 'webhook', target: 'https://desk.example/', secret: '../a/hook.key' }
  assert.equal((await run<ReceiverListed>('receiver add', desk, a)).secret, join(a, 'hook.key'))
  const { raised } = await run<WatchRun>('watch run', { noEgress: true }, b)
  assert.deepEqual(
    raised.map(one => [one.watch, one.address]),
    [['incoming', ADDRESSES[7]]],
  )
  assert.equal((await run<ReceiverTested>('receiver test', { name: 'log' }, b)).why, null)
  assert.equal(readFileSync(join(a, 'alerts.jsonl'), 'utf8').trim().split('\n').length, 2)
})

test('who has no working directory, as over HTTP, is asked for the whole path', async () => {
  const path = { name: 'Path.Relative' }
  await assert.rejects(run('watch add', { target: 'incoming', kind: 'folder', name: 'other' }), path)
  await assert.rejects(run('receiver add', { name: 'file', kind: 'file', target: 'x.jsonl' }), path)
  const hook = { name: 'hook', kind: 'webhook', target: 'https://desk.example/' }
  await assert.rejects(run('receiver add', { ...hook, secret: 'hook.key' }), path)
  const whole = await run<ReceiverListed>('receiver add', { ...hook, secret: join(a, 'hook.key') })
  assert.equal(whole.secret, join(a, 'hook.key'))
})

test('a record of before, with a relative path, means what it meant: the directory of the process', async () => {
  await run('campaign add', { name: 'winter' }, a, 'old')
  const store = openWriter(join(folder, 'old'))
  const rest = { network: null, rules: [], reference: null, deadlineHours: null }
  addWatch(store, { name: 'old', kind: 'folder', target: 'test/sample', ...rest }, 1, 'amal')
  const file = { name: 'log', kind: 'file', target: 'none/of/these.jsonl', secret: null, server: null } as const
  addReceiver(store, file, 1, 'amal')
  store.close()
  const { watches } = await run<{ watches: Listed[] }>('watch list', {}, a, 'old')
  assert.deepEqual(
    watches.map(one => one.target),
    ['test/sample'],
  )
  assert.match((await run<ReceiverTested>('receiver test', { name: 'log' }, a, 'old')).why!, /folder of none/)
})

test('on the command line the directory is the shell’s, and a webhook without a key is remarked upon', () => {
  const main = resolve(import.meta.dirname, '../../cli/main.ts')
  const athar = (...words: string[]) =>
    spawnSync(process.execPath, [main, ...words, '--data', join(folder, 'cli'), '--json'], { cwd: b, encoding: 'utf8' })
  const watch = athar('watch', 'add', 'incoming', '--kind', 'folder')
  assert.equal((JSON.parse(watch.stdout) as Listed).target, join(b, 'incoming'), watch.stderr)
  const hook = athar('receiver', 'add', 'desk', '--kind', 'webhook', '--target', 'https://desk.example/')
  assert.match((JSON.parse(hook.stdout) as ReceiverListed).note!, /not signed/)
  assert.match(hook.stderr, /not signed/)
  const signed = ['receiver', 'add', 'other', '--kind', 'webhook', '--target', 'https://desk.example/']
  const { stdout, stderr } = athar(...signed, '--secret', 'hook.key')
  const { note, secret } = JSON.parse(stdout) as ReceiverListed
  assert.deepEqual([note, secret, stderr], [null, join(b, 'hook.key'), ''])
})
