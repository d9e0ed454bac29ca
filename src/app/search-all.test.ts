import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fixedClock } from '../std/clock.ts'
import { perform } from './perform.ts'
import type { SearchAnswer } from './search-all.ts'

const ADDRESS = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
const setting = (directory: string) => ({
  ...{ directory, user: 'tester', clock: fixedClock(1_760_000_000), progress: () => {} },
  signal: new AbortController().signal,
})

let folder = ''
const ask = async (text: string) => (await perform('search', { text }, setting(join(folder, 'data')))) as SearchAnswer
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'athar-search-'))
  const at = setting(join(folder, 'data'))
  const post = file('post.txt', `حملة الإغاثَة العاجلة: ${ADDRESS} شكرا`)
  await perform('capture add', { paths: [post] }, at)
  await perform('campaign add', { name: 'حملة الشتاء', actor: 'Example Actor' }, at)
  await perform('case open', { name: 'c1', title: 'Winter' }, at)
  const head = 'title: P\ncreator: Me\nlastmod: 2025-01-01\ncurrency: BTC\nsource: https://example.invalid\n'
  const pack = `${head}tags:\n  - address: ${ADDRESS}\n    label: مؤسسة الأمل 100%\n`
  await perform('list add', { format: 'tagpack', file: file('pack.yaml', pack) }, at)
})

after(() => rmSync(folder, { recursive: true, force: true }))

const brief = ({ results }: SearchAnswer) => results.map(({ kind, title }) => `${kind} ${title}`)

test('an address is found exactly, and where it stands', async () => {
  const answer = await ask(ADDRESS)
  assert.equal(answer.exact, true)
  assert.deepEqual(brief(answer), [`address ${ADDRESS}`, 'capture post.txt'])
})

test('words of a capture are found in other letter forms, with what stands around', async () => {
  const { results } = await ask('الاغاثه')
  assert.deepEqual(results[0]?.snippet?.match, 'الإغاثَة')
  assert.match(results[0]!.snippet!.before, /حملة $/)
})

test('names of labels, campaigns and cases are found; wildcards are plain characters', async () => {
  assert.deepEqual(brief(await ask('موسسه الامل')), ['label مؤسسة الأمل 100%'])
  assert.deepEqual(brief(await ask('100%')), ['label مؤسسة الأمل 100%'])
  assert.deepEqual(brief(await ask('example act')), ['campaign حملة الشتاء'])
  assert.deepEqual(brief(await ask('WINTER')), ['case Winter'])
})

test('nothing is nothing', async () => {
  assert.deepEqual(await ask('nowhere to be found'), {
    ...{ query: 'nowhere to be found', results: [], exact: false, truncated: false },
  })
  assert.deepEqual((await ask('   ')).results, [])
})
