import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ask } from '../../test/sample/request.ts'
import { module, table } from '../../test/sample/table.ts'
import { keepNote, type Note } from '../app/ledger/followed.ts'
import { fixedClock } from '../std/clock.ts'
import { startServer } from './http.ts'

const NOW = 1_900_000_000
const directory = mkdtempSync(join(tmpdir(), 'athar-metric-'))
const server = await startServer({
  ...{ directory, user: 'tester', clock: fixedClock(NOW), host: '127.0.0.1', port: 0 },
  ...{ table: { module, rows: table }, report: () => {} },
})
after(async () => {
  await server.close()
  rmSync(directory, { recursive: true })
})

const headers = { authorization: `Bearer ${server.token}` }
const metrics = async (): Promise<string[]> => (await ask(server.origin, '/metrics', { headers })).text.split('\n')
const follow = async (): Promise<string[]> => (await metrics()).filter(line => line.startsWith('athar_follow_'))

/** A network that is followed by this process, looked at ten seconds ago and three blocks behind. */
const note: Note = {
  ...{ network: 'bitcoin', provider: 'node', pid: process.pid, every: 10, startedAt: NOW - 60, lookedAt: NOW - 10 },
  ...{ height: 97, lag: 3, waitingSince: null, error: null, poolError: null, endedAt: null },
}

test('requests are counted by status and time', async () => {
  await ask(server.origin, '/api/v1/echo?words=a', { headers })
  await ask(server.origin, '/nowhere', { headers })
  const lines = await metrics()
  assert.ok(lines.includes('athar_requests_total{status="200"} 1'), lines.join('\n'))
  assert.ok(lines.includes('athar_requests_total{status="404"} 1'))
  assert.ok(lines.includes('athar_request_seconds_bucket{le="+Inf"} 2'))
  assert.ok(lines.includes('athar_jobs{state="running"} 0'))
})

test('how each followed network goes: up, behind, waiting, killed; one that was stopped is not there', async () => {
  assert.deepEqual(await follow(), [])
  keepNote(directory, note)
  const gauges = (up: number, waiting: number): string[] => [
    `athar_follow_up{network="bitcoin"} ${up}`,
    ...['athar_follow_lag_blocks{network="bitcoin"} 3', 'athar_follow_look_age_seconds{network="bitcoin"} 10'],
    `athar_follow_waiting_seconds{network="bitcoin"} ${waiting}`,
  ]
  assert.deepEqual(await follow(), gauges(1, 0))
  keepNote(directory, { ...note, waitingSince: NOW - 400, error: 'it does not answer' })
  assert.deepEqual(await follow(), gauges(0, 400))
  // No process has that id: the greatest that Linux gives is 2^22.
  keepNote(directory, { ...note, pid: 2 ** 22 + 1 })
  assert.deepEqual(await follow(), gauges(0, 0))
  keepNote(directory, { ...note, network: 'ethereum', lookedAt: null, height: null, lag: null })
  assert.deepEqual(
    (await follow()).filter(line => line.includes('ethereum')),
    ['athar_follow_up{network="ethereum"} 1', 'athar_follow_waiting_seconds{network="ethereum"} 0'],
  )
  keepNote(directory, { ...note, endedAt: NOW })
  keepNote(directory, { ...note, network: 'ethereum', endedAt: NOW })
  assert.deepEqual(await follow(), [])
})
