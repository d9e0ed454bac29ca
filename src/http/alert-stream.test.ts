import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ADDRESSES } from '../../test/tron-node.ts'
import { perform } from '../app/perform.ts'
import { systemClock } from '../std/clock.ts'
import { startServer } from './http.ts'

const directory = mkdtempSync(join(tmpdir(), 'athar-alerts-'))
const [own, payer] = ADDRESSES as [string, string]
const run = (name: string, input: object): Promise<unknown> =>
  perform(name, input, {
    ...{ directory, user: 'tester', clock: systemClock, progress: () => {} },
    signal: new AbortController().signal,
  })

let serial = 1
async function pay(amount: string): Promise<void> {
  const path = join(directory, 'in.csv')
  const txid = (serial++).toString(16).padStart(64, '0')
  writeFileSync(
    path,
    `network,txid,height,time,from,to,amount\ntron,${txid},${serial},2024-05-01T00:00:00Z,${payer},${own},${amount}\n`,
  )
  await run('ledger import', { file: path })
  await run('watch run', {})
}

await run('watch add', { target: own, rules: ['any-payment'] })
await pay('1')
const server = await startServer({
  directory,
  user: 'tester',
  clock: systemClock,
  host: '127.0.0.1',
  port: 0,
  report: () => {},
})
after(async () => {
  await server.close()
  rmSync(directory, { recursive: true })
})

/** The values of the alerts that come, until so many have. */
async function follow(count: number, headers: Record<string, string>, then?: () => Promise<void>): Promise<string[]> {
  const stop = new AbortController()
  const { body } = await fetch(`${server.origin}/api/v1/alerts/events`, {
    headers: { authorization: `Bearer ${server.token}`, ...headers },
    signal: stop.signal,
  })
  let text = ''
  const found = (): string[] => [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json!).amount.value)
  const decoder = new TextDecoder()
  try {
    for await (const part of body!) {
      text += decoder.decode(part)
      if (then !== undefined && text.includes(': following')) {
        const work = then
        then = undefined
        await work()
      }
      if (found().length >= count) break
    }
  } finally {
    stop.abort()
  }
  return found()
}

test('who follows is told of each alert as it is raised, and who comes back of those in between', async () => {
  assert.deepEqual(
    await follow(2, {}, async () => {
      await pay('2')
      await pay('3')
    }),
    ['2.000000', '3.000000'],
  )
  assert.deepEqual(await follow(2, { 'last-event-id': '1' }), ['2.000000', '3.000000'])
})

test('who follows is told what happens to earlier alerts', async () => {
  const seen = await follow(1, {}, async () => {
    await run('alert close', { alert: 1, as: 'false', reason: 'own wallet' })
  })
  assert.deepEqual(seen, ['1.000000'])
})

test('without a token nobody is told', async () => {
  const answer = await fetch(`${server.origin}/api/v1/alerts/events`)
  assert.equal(answer.status, 401)
})
