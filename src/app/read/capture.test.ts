import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { fixedClock } from '../../std/clock.ts'
import { perform } from '../perform.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-add-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const main = resolve(import.meta.dirname, '../../cli/main.ts')

function at(directory: string) {
  const clock = fixedClock(1_700_000_000)
  const setting = { directory, user: 'tester', clock, progress: () => {}, signal: new AbortController().signal }
  return async <T>(name: string, input: object) => (await perform(name, input, setting)) as T
}

type Added = { captures: { sha256: string; path: string; origins: { sourceUrl: string | null }[] }[] }

test('A38: advert, click, donation page, address: each step a capture that knows the one before', async () => {
  const pages: Record<string, string> = {
    '/advert': '<html><a href="/donate">help</a></html>',
    '/donate': '<html><p>1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq</p></html>',
  }
  const server = createServer((request, response) => {
    if (request.url === '/go') return response.writeHead(301, { location: '/donate' }).end()
    const page = pages[request.url ?? '']
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html', 'x-told': 'kept' }).end(page)
  })
  await new Promise<void>(open => server.listen(0, '127.0.0.1', open))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const data = at(join(folder, 'chain'))
  await assert.rejects(data('capture add', { paths: [`${origin}/advert`] }), { name: 'Page.Private' })
  const forbidden = data('capture add', { paths: [`${origin}/advert`], noEgress: true, allowPrivate: true })
  await assert.rejects(forbidden, { name: 'Source.NoEgress', kind: 'unreachable' })

  const add = async (path: string, more: object) =>
    (await data<Added>('capture add', { paths: [`${origin}${path}`], allowPrivate: true, ...more })).captures[0]!
  const advert = await add('/advert', {})
  const donate = await add('/go', { parent: advert.sha256, relation: 'click' })
  server.close()
  assert.equal(donate.origins[0]!.sourceUrl, `${origin}/go`)

  const shown = await data<{
    chain: { before: { parentSha256: string; relation: string }[] }
    seen: { detail: { finalUrl: string; steps: { status: number; headers: [string, string][] }[] } }[]
  }>('capture show', { sha256: donate.sha256 })
  assert.deepEqual(
    shown.chain.before.map(one => [one.parentSha256, one.relation]),
    [[advert.sha256, 'click']],
  )
  const { finalUrl, steps } = shown.seen[0]!.detail
  assert.deepEqual([finalUrl, steps.map(one => one.status)], [`${origin}/donate`, [301, 200]])
  assert.ok(steps[1]!.headers.some(([name, value]) => name === 'x-told' && value === 'kept'))
  assert.equal((await data<{ ok: boolean }>('capture verify', {})).ok, true)
  const circle = data('capture add', { paths: [write('a.html', pages['/advert']!)], parent: donate.sha256 })
  await assert.rejects(circle, { name: 'Capture.Circle' })

  // Everything that left, and nothing of what was refused.
  const { queries } = await data<{ queries: { url: string; operation: string; status: number }[] }>('egress list', {})
  assert.deepEqual(
    queries.toReversed().map(one => [one.url.slice(origin.length), one.status, one.operation]),
    [
      ['/robots.txt', 404, 'capture add'],
      ['/advert', 200, 'capture add'],
      ['/robots.txt', 404, 'capture add'],
      ['/go', 301, 'capture add'],
      ['/robots.txt', 404, 'capture add'],
      ['/donate', 200, 'capture add'],
    ],
  )
  await data('capture erase', { sha256: donate.sha256, authority: 'Court', reason: 'test' })
  assert.equal((await data<{ ok: boolean }>('capture verify', {})).ok, true)
  assert.deepEqual((await data<{ seen: object[] }>('capture show', { sha256: donate.sha256 })).seen, [])
})

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

test('stdin is a capture as well, and what it says is found', () => {
  const words = ['capture', 'add', '-', '--source-url', 'https://example.org/x', '--json', '--data', join(folder, 'in')]
  const done = spawnSync(process.execPath, [main, ...words], { input: '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq' })
  const { captures } = JSON.parse(done.stdout.toString()) as Added
  assert.deepEqual([done.status, captures[0]!.path], [0, 'stdin'])
  const found = spawnSync(process.execPath, [main, 'mention', 'find', '-', '--json'], { input: 'x'.repeat(70_000) })
  assert.equal(JSON.parse(found.stdout.toString()).files[0].bytes, 70_000)
})

test('reading from a data directory that is not there is told, and makes none', () => {
  const nowhere = join(folder, 'mistyped')
  const done = spawnSync(process.execPath, [main, 'capture', 'list', '--json', '--data', nowhere])
  assert.deepEqual([done.status, JSON.parse(done.stdout.toString()).error.name], [3, 'Store.Missing'])
  assert.equal(spawnSync('ls', [nowhere]).status !== 0, true)
})
