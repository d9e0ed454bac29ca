import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Document } from '../../capture/capture.ts'
import type { Context } from '../operation.ts'
import { type Answer, mentionFind } from './mention.ts'
import { isWindowed, windowsOf } from './window.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-window-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function document(text: string): Document {
  return {
    ...{ text, title: 'a title', declaredLanguage: null, regions: [], messages: [], notes: [] },
    byteOf: index => 2 * index,
    bytesOf: (start, end) => [2 * start, 2 * end],
  }
}

test('windows are the text, cut at a line, else at white space, else at a sign, never within a pair', () => {
  for (const [unit, cut] of [
    ['word word\n', /\n$/],
    ['كلمه كلمه ', / $/],
    ['run.', /\.$/],
    ['run', /[run]$/],
    ['😀', /\u{1f600}$/u],
  ] as const) {
    const text = unit.repeat(Math.ceil(4_500_001 / unit.length))
    const windows = [...windowsOf(document(text), 1000)]
    assert.equal(windows.map(one => one.document.text).join(''), text)
    assert.equal(windows.length, 3)
    for (const { document: one } of windows) assert.match(one.text.slice(-4), cut)
    const [first, second] = windows
    assert.deepEqual([first!.document.title, second!.document.title], ['a title', null])
    const at = first!.document.text.length
    assert.deepEqual(second!.document.bytesOf(1, 2), [2 * (at + 1), 2 * (at + 2)])
    assert.deepEqual([second!.document.byteOf(0), windows.at(-1)!.done], [2 * at, 1000])
  }
})

test('pages and chats are searched whole, and short texts are', () => {
  const long = document('a '.repeat(4_000_001))
  assert.equal(isWindowed(long), true)
  assert.equal(isWindowed({ ...long, regions: [{ start: 0, end: 1, role: 'hidden' }] }), false)
  assert.equal(isWindowed(document('a '.repeat(4_000_000))), false)
})

test('addresses of one long line stand where they are, in its characters and in its bytes', () => {
  const address = '1BoatSLRHtKNngkdXEeobR76b53LETtpyT'
  const block = `${'تبرع لهم '.repeat(200_000)}${address} `
  const text = block.repeat(5)
  const path = join(folder, 'line.txt')
  writeFileSync(path, text)
  const context = { progress: () => {}, signal: new AbortController().signal } as unknown as Context
  const { files } = mentionFind.run({ paths: [path] } as never, context) as Answer
  const bytes = Buffer.byteLength(block)
  const expected = [1, 2, 3, 4, 5].map(i => [i * block.length - 35, i * bytes - 35])
  const found = files[0]!.mentions as { start: number; byteStart: number; raw: string }[]
  assert.deepEqual(
    found.map(one => [one.start, one.byteStart]),
    expected,
  )
  assert.deepEqual([files[0]!.bytes, files[0]!.understood!.characters], [5 * bytes, text.length])
})
