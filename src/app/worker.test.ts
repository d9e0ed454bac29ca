import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { module } from '../../test/sample/table.ts'
import { Bug } from '../std/assert.ts'
import { Failure } from '../std/failure.ts'
import { openAudit } from '../store/audit.ts'
import { openWriter } from '../store/store.ts'
import type { Progress } from './operation.ts'
import { openLane } from './worker.ts'

const directory = mkdtempSync(join(tmpdir(), 'athar-worker-'))
const lane = openLane({ directory, table: module })
const never = new AbortController().signal

after(async () => {
  await lane.close()
  rmSync(directory, { recursive: true })
})

function task(name: string, input: object = {}) {
  return { name, input, user: 'tester' }
}

test('an answer comes back as JSON, and tasks run in the order in which they were asked', async () => {
  const answers = await Promise.all(
    ['a', 'b', 'c'].map(word => lane.run(task('echo', { words: [word] }), { signal: never })),
  )
  assert.deepEqual(
    answers.map(text => JSON.parse(text).words),
    [['a'], ['b'], ['c']],
  )
})

test('a failure keeps its name, kind, hint and facts; a defect stays a defect', async () => {
  await assert.rejects(lane.run(task('refuse'), { signal: never }), (cause: Failure) => {
    assert.deepEqual(cause.toJSON(), {
      name: 'Sample.Refused',
      kind: 'input',
      message: 'The value "x" is refused.',
      hint: 'Send y.',
      facts: { value: 'x' },
    })
    return cause instanceof Failure
  })
  await assert.rejects(lane.run(task('broken'), { signal: never }), Bug)
})

test('work that never awaits is stopped, after having told its progress', async () => {
  const controller = new AbortController()
  const seen: Progress[] = []
  const progress = (one: Progress) => {
    seen.push(one)
    controller.abort()
  }
  const ended = lane.run(task('slow count', { to: 60_000 }), { signal: controller.signal, progress })
  await assert.rejects(ended, { name: 'Sample.Stopped', kind: 'cancelled' })
  assert.equal(seen[0]!.total, 60_000)
})

test('a thread that dies fails its task, lets go of the writer lock, and the next task runs', async () => {
  await assert.rejects(lane.run(task('crash'), { signal: never }), { name: 'Job.Crashed' })
  openWriter(directory).close()
  assert.deepEqual(JSON.parse(await lane.run(task('echo', { words: ['after'] }), { signal: never })), {
    words: ['after'],
    count: 1,
  })
})

test('a task cancelled before its turn never runs', async () => {
  const controller = new AbortController()
  const first = lane.run(task('slow count', { to: 30 }), { signal: never })
  const second = lane.run(task('slow count', { to: 30 }), { signal: controller.signal })
  controller.abort()
  await assert.rejects(second, { name: 'Job.Cancelled' })
  assert.equal(JSON.parse(await first).done, 30)
})

test('the audit log tells who asked for what; writing is marked before and after; the chain is whole', async () => {
  await lane.run(task('slow count', { to: 1 }), { signal: never })
  const audit = openAudit(directory)
  const [after_, before] = audit.last(2)
  assert.deepEqual([before!.outcome, after_!.outcome], ['begun', 'done'])
  assert.equal(after_!.user, 'tester')
  assert.equal(after_!.operation, 'slow count')
  // printf '[["to",1]]' | sha256sum
  assert.equal(after_!.inputSha256, 'ddebd46fd6abaed908bc765fb7a80684ecc5587e37b6266bdf98e823a920e705')
  assert.equal(audit.broken(), null)
  audit.close()
})
