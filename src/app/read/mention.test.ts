import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import * as Campaign from '../../campaign/campaign.ts'
import { sha256Hex } from '../../std/digest.ts'
import { openWriter, type Store } from '../../store/store.ts'
import type { Context, Operation } from '../operation.ts'
import { captureAdd, captureList, captureShow, captureVerify } from './capture.ts'
import { mentionFind } from './mention.ts'

const ADDRESS = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'

type Answer = Record<string, unknown> & {
  files: Record<string, unknown>[]
  captures: Record<string, unknown>[]
  failed: object[]
}

function fresh(scope: TestContext): { folder: string; write: (name: string, bytes: string | Uint8Array) => string } {
  const folder = mkdtempSync(join(tmpdir(), 'athar-app-'))
  scope.after(() => rmSync(folder, { recursive: true }))
  const write = (name: string, bytes: string | Uint8Array) => {
    writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }
  return { folder, write }
}

function run(operation: Operation, input: object, store: Store | null = null): Answer {
  const context = {
    store,
    clock: () => 1_700_000_000,
    user: 'tester',
    progress: () => {},
    signal: new AbortController().signal,
  }
  return operation.run(input as never, context as unknown as Context) as Answer
}

const verdictOf = (operation: Operation, answer: Answer) => operation.verdict?.(answer as never)

test('mention find: the shape that clients read, whole', scope => {
  const text = `تبرع (${ADDRESS}) ${ADDRESS.slice(0, -1)}r`
  const path = fresh(scope).write('post.txt', text)
  const start = text.indexOf(ADDRESS)
  assert.deepEqual(run(mentionFind, { paths: [path] }), {
    files: [
      {
        ...{
          path,
          sha256: sha256Hex(text),
          mediaType: 'text/plain',
          encoding: 'utf-8',
          bytes: Buffer.byteLength(text),
        },
        ...{ container: null, notes: [], error: null, possible: [] },
        mentions: [
          {
            ...{
              kind: 'address',
              network: 'bitcoin',
              networks: ['bitcoin'],
              type: 'p2pkh',
              address: ADDRESS,
              raw: ADDRESS,
            },
            ...{ checksum: 'ok', certainty: 'found', repaired: null, disguise: [], start, end: start + 34 },
            ...{ byteStart: start + 4, byteEnd: start + 38, context: text },
            caip10: `bip122:000000000019d6689c085ae165831e93:${ADDRESS}`,
          },
        ],
        rejected: [
          {
            ...{
              kind: 'address',
              raw: `${ADDRESS.slice(0, -1)}r`,
              reason: 'checksum',
              start: start + 36,
              end: start + 70,
            },
            ...{ byteStart: start + 40, byteEnd: start + 74, context: text.slice(0) },
          },
        ],
        understood: {
          ...{ language: 'ar', title: null, characters: text.length, messages: 0, leftOut: [], counts: [], apart: 0 },
          solicitation: {
            ...{ is: true, reason: 'a call to the reader, and where to pay' },
            ...{ purposes: [], actors: [], rails: ['crypto'] },
            cues: [
              { what: 'call', word: 'تبرع', start: 0, end: 4, language: 'ar', tag: 'strong' },
              { what: 'rail', word: ADDRESS, start, end: start + 34, language: null, tag: 'crypto' },
            ],
          },
        },
      },
    ],
  })
})

test('mention find: one failure alone is thrown, in a batch it is a row and the rest goes on', scope => {
  const { folder, write } = fresh(scope)
  const empty = write('empty.txt', '')
  assert.throws(() => run(mentionFind, { paths: [empty] }), { name: 'Capture.Empty', kind: 'input' })
  assert.throws(() => run(mentionFind, { paths: [join(folder, 'none')] }), { name: 'Capture.Missing', kind: 'missing' })
  write('good.txt', ADDRESS)
  const answer = run(mentionFind, { paths: [folder] })
  assert.deepEqual(
    answer.files.map(file => [
      (file['error'] as { name: string } | null)?.name ?? null,
      (file['mentions'] as []).length,
    ]),
    [
      ['Capture.Empty', 0],
      [null, 1],
    ],
  )
  assert.equal(verdictOf(mentionFind, answer), 'no')
})

test('mention find: members of archives by their place; messages with their time; relative dates from it', scope => {
  const messages = [
    { id: 5, date: '2021-11-07T13:34:00', date_unixtime: '1636281240', from: 'B', text: `أمس ${ADDRESS}` },
  ]
  const path = fresh(scope).write('a.zip', zipSync({ 'b.json': strToU8(JSON.stringify({ name: 'c', messages })) }))
  const { files } = run(mentionFind, { paths: [path] })
  assert.deepEqual(
    files.map(file => file['path']),
    [`${path}!/b.json`],
  )
  const [date, address] = files[0]!['mentions'] as Record<string, unknown>[]
  assert.equal(date!['value'], '2021-11-06')
  assert.deepEqual(address!['message'], {
    ...{ id: '5', from: 'B', postedAt: '2021-11-07T10:34:00Z', postedLocal: '2021-11-07T13:34:00', zone: 'utc' },
    forwardedFrom: null,
  })
  assert.throws(() => run(mentionFind, { paths: [path], postedAt: 'soon' }), { name: 'Input.BadTime' })
})

test('capture add, list, show, verify: an archive and its member, a bad file beside them', scope => {
  const { folder, write } = fresh(scope)
  const store = openWriter(join(folder, 'data'))
  scope.after(() => store.close())
  const zip = write('a.zip', zipSync({ 'b.txt': strToU8(ADDRESS) }))
  const empty = write('empty.txt', '')
  assert.throws(() => run(captureAdd, { paths: [zip], campaign: 'w' }, store), { name: 'Campaign.Missing' })
  assert.throws(() => run(captureAdd, { paths: [zip], parent: 'ffffffff' }, store), { name: 'Capture.Unknown' })
  Campaign.add(store, 'w', { kind: 'added', claimedActor: null, purpose: null }, 1, 'tester')
  const added = run(
    captureAdd,
    { paths: [empty, zip], sourceUrl: 'https://t.me/s/x/1', postedAt: '2021-11-07', campaign: 'w' },
    store,
  )
  assert.deepEqual(
    added.captures.map(capture => [capture['path'], capture['new'], capture['mediaType']]),
    [
      [zip, true, 'application/zip'],
      [`${zip}!/b.txt`, true, 'text/plain'],
    ],
  )
  assert.equal(added.failed.length, 1)
  assert.equal(verdictOf(captureAdd, added), 'no')

  const member = sha256Hex(ADDRESS)
  const shown = run(captureShow, { sha256: member, text: true }, store)
  const [origin] = shown['origins'] as Record<string, unknown>[]
  assert.deepEqual(
    [origin!['sourceUrl'], origin!['postedAt'], origin!['campaign'], origin!['collector']],
    [...['https://t.me/s/x/1', '2021-11-07T00:00:00Z', 'w', 'tester']],
  )
  assert.equal(origin!['parentSha256'], (added.captures[0] as { sha256: string }).sha256)
  assert.equal((shown['members'] as { text: string }[])[0]!.text, ADDRESS)
  assert.equal(run(captureList, { campaign: 'w' }, store).captures.length, 2)
  assert.equal(run(captureList, { campaign: 'other' }, store).captures.length, 0)

  const again = run(captureAdd, { paths: [zip] }, store)
  assert.deepEqual(
    again.captures.map(capture => capture['new']),
    [false, false],
  )
  const verified = run(captureVerify, {}, store)
  assert.equal(verdictOf(captureVerify, verified), 'ok')
  assert.throws(() => run(captureAdd, { paths: [empty] }, store), { name: 'Capture.Empty' })
})
