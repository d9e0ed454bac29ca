import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ask } from '../../test/sample/request.ts'
import { module, table } from '../../test/sample/table.ts'
import { systemClock } from '../std/clock.ts'
import { startServer } from './http.ts'

const directory = mkdtempSync(join(tmpdir(), 'athar-jobs-'))
const server = await startServer({
  ...{ directory, user: 'tester', clock: systemClock, host: '127.0.0.1', port: 0 },
  ...{ table: { module, rows: table }, report: () => {} },
})
const { origin } = server
const bearer = { authorization: `Bearer ${server.token}` }

after(async () => {
  await server.close()
  rmSync(directory, { recursive: true })
})

async function start(to: number): Promise<string> {
  const headers = { ...bearer, 'content-type': 'application/json', prefer: 'respond-async' }
  const answer = await ask(origin, '/api/v1/slow/count', { method: 'POST', headers, body: JSON.stringify({ to }) })
  assert.equal(answer.status, 202)
  const { job } = JSON.parse(answer.text)
  assert.equal(answer.headers.location, `/api/v1/jobs/${job}`)
  return job
}

test('long work is a job: its progress comes as events, its answer with the last', async () => {
  const job = await start(400)
  const stream = await ask(origin, `/api/v1/jobs/${job}/events`, { headers: bearer })
  assert.equal(stream.headers['content-type'], 'text/event-stream')
  const events = stream.text.split('\n\n').filter(Boolean)
  const names = events.map(event => /^event: (\w+)/.exec(event)?.[1])
  assert.equal(names.at(-1), 'done')
  assert.ok(names.filter(name => name === 'progress').length >= 2, names.join())
  const seen = events.map(event => JSON.parse(/^data: (.*)$/m.exec(event)![1]!))
  assert.equal(seen.find(one => one.progress !== null).progress.total, 400)
  assert.deepEqual([seen.at(-1).status, seen.at(-1).answer.done, seen.at(-1).error], ['done', 400, null])
  const found = JSON.parse((await ask(origin, `/api/v1/jobs/${job}`, { headers: bearer })).text)
  assert.deepEqual(found, seen.at(-1))
})

test('a question is answered while long work runs; DELETE stops that work', async () => {
  const job = await start(600_000)
  const answer = await ask(origin, '/api/v1/echo?words=a', { headers: bearer })
  assert.equal(answer.status, 200)
  assert.equal((await ask(origin, `/api/v1/jobs/${job}`, { method: 'DELETE', headers: bearer })).status, 202)
  const stream = await ask(origin, `/api/v1/jobs/${job}/events`, { headers: bearer })
  const last = stream.text.split('\n\n').filter(Boolean).at(-1)!
  assert.match(last, /^event: cancelled/)
  assert.equal(JSON.parse(/^data: (.*)$/m.exec(last)![1]!).error.name, 'Job.Cancelled')
})

test('work that kills its thread is a failure of that job; the server lives', async () => {
  const headers = { ...bearer, 'content-type': 'application/json' }
  const crashed = await ask(origin, '/api/v1/crash', { method: 'POST', headers, body: '{}' })
  assert.deepEqual([crashed.status, JSON.parse(crashed.text).name], [500, 'Job.Crashed'])
  const again = await ask(origin, '/api/v1/slow/count', { method: 'POST', headers, body: '{"to":1}' })
  assert.equal(again.status, 200)
})

test('an unknown job is missing', async () => {
  const answer = await ask(origin, '/api/v1/jobs/none', { headers: bearer })
  assert.deepEqual([answer.status, JSON.parse(answer.text).name], [404, 'Job.Unknown'])
})

test('strangers are slowed down, and that slows nobody else', async () => {
  const strange = await Promise.all(Array.from({ length: 90 }, () => ask(origin, '/api/v1/jobs')))
  assert.ok(strange.some(({ status }) => status === 429))
  assert.ok(strange.every(({ status }) => status === 401 || status === 429))
  assert.equal((await ask(origin, '/api/v1/jobs', { headers: bearer })).status, 200)
})
