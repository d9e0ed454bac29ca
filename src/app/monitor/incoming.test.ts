import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { ADDRESSES } from '../../../test/tron-node.ts'
import { openReader } from '../../store/store.ts'
import { perform } from '../perform.ts'
import { pauseAfter } from './run.ts'
import type { WatchRun } from './watch.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-incoming-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const incoming = join(folder, 'incoming')
const [first, second] = ADDRESSES as [string, string, ...string[]]

const run = async <T>(name: string, input: object): Promise<T & { readonly read: number }> => {
  let read = 0
  const answer = await perform(name, input, {
    ...{ directory: join(folder, 'data'), user: 'amal', clock: () => 1_700_000_000 },
    progress: ({ unit }) => {
      if (unit === 'files') read++
    },
    signal: new AbortController().signal,
  })
  return { ...(answer as T), read }
}
const kept = (): string[] => {
  const { database, close } = openReader(join(folder, 'data'))
  const rows = database.prepare('SELECT path FROM folder_file ORDER BY path').all()
  close()
  return rows.map(row => String(row['path']))
}

before(async () => {
  mkdirSync(incoming)
  writeFileSync(join(incoming, 'a.txt'), `send to ${first}`)
  await run('watch add', { target: incoming, kind: 'folder', name: 'incoming' })
})

test('what was read is not read again, by whichever process; nothing of that is in memory', async () => {
  const one = await run<WatchRun>('watch run', {})
  assert.deepEqual([one.read, one.raised.map(alert => alert.address)], [1, [first]])
  assert.equal((await run('watch run', {})).read, 0)
  writeFileSync(join(incoming, 'b.txt'), `send to ${second}`)
  const two = await run<WatchRun>('watch run', {})
  assert.deepEqual([two.read, two.raised.map(alert => alert.address)], [1, [second]])
})

test('a file that was changed, or only touched, is read again; of one that is gone nothing is remembered', async () => {
  writeFileSync(join(incoming, 'a.txt'), `send to ${second}`)
  assert.equal((await run('watch run', {})).read, 1)
  utimesSync(join(incoming, 'a.txt'), 1_600_000_000, 1_600_000_000)
  assert.equal((await run('watch run', {})).read, 1)
  rmSync(join(incoming, 'b.txt'))
  assert.equal((await run('watch run', {})).read, 0)
  assert.deepEqual(kept(), [join(incoming, 'a.txt')])
})

test('a watch that is ended and added anew begins anew', async () => {
  await run('watch remove', { name: 'incoming', reason: 'begun anew' })
  await run('watch add', { target: incoming, kind: 'folder', name: 'again' })
  assert.equal((await run('watch run', {})).read, 1)
})

test('between two walks of who follows there is a pause, the longer the walk the longer, within bounds', () => {
  assert.deepEqual([0, 1000, 10_000, 10_000_000].map(pauseAfter), [5000, 5000, 40_000, 300_000])
})
