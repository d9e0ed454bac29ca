import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { perform, type Setting } from '../perform.ts'
import type { RelatedAnswer } from './related.ts'

const directory = mkdtempSync(join(tmpdir(), 'athar-work-'))
after(() => rmSync(directory, { recursive: true }))

const setting: Setting = {
  ...{ directory, user: 'mona', clock: () => 1_800_000_000, progress: () => undefined },
  signal: new AbortController().signal,
}

const ADDRESS = '17QAWGVpFV4gZ25NQug46e5mBho4uDP6MD'

type Shown = { tasks: { sequence: number; done: { at: string } | null }[]; assignee: string | null }

test('tasks, who leads, and other cases that share an address', async () => {
  for (const name of ['one', 'two', 'three']) await perform('case open', { name }, setting)
  for (const name of ['one', 'two']) await perform('case add', { name, address: ADDRESS }, setting)
  const asked = (await perform('case task', { name: 'one', text: 'Ask', assignee: 'omar' }, setting)) as Shown
  const [task] = asked.tasks
  const done = (await perform('case task', { name: 'one', done: task!.sequence }, setting)) as Shown
  assert.equal(done.tasks[0]!.done!.at, '2027-01-15T08:00:00Z')
  const led = (await perform('case assign', { name: 'one', to: ' omar ' }, setting)) as Shown
  assert.equal(led.assignee, 'omar')
  assert.equal(((await perform('case assign', { name: 'one' }, setting)) as Shown).assignee, null)
  const { related } = (await perform('case related', { name: 'one' }, setting)) as RelatedAnswer
  assert.deepEqual(related, [
    {
      ...{ name: 'two', title: 'two', status: 'open', left: 0 },
      shared: [{ what: 'address', value: ADDRESS, network: 'bitcoin' }],
    },
  ])
  await assert.rejects(perform('case task', { name: 'one' }, setting), { name: 'Case.NothingToAdd' })
  await assert.rejects(perform('case task', { name: 'one', done: 2 }, setting), { name: 'Case.NoSuchTask' })
})
