import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBytes } from '../capture.ts'

const read = (text: string) => {
  const document = [...readBytes('chat.txt', Buffer.from(text))][0]!.document!
  return document.messages.map(({ from, postedLocal, zone, postedAt, start, end }) => {
    return [from, postedLocal, zone, postedAt, document.text.slice(start, end)]
  })
}

test('both forms, and the lines of one message; the zone is never made up', () => {
  assert.deepEqual(read('[21/11/2026, 10:11:12] أحمد: أول\nثان\n[21/11/2026, 10:12:00] Sara: x\n'), [
    ['أحمد', '21/11/2026 10:11:12', 'unknown', null, 'أول\nثان'],
    ['Sara', '21/11/2026 10:12:00', 'unknown', null, 'x\n'],
  ])
  assert.deepEqual(read('21/11/26, 10:11 - Group created\n21/11/26, 10:12 PM - Sara: a: b\n'), [
    [null, '21/11/26 10:11', 'unknown', null, 'Group created'],
    ['Sara', '21/11/26 10:12 PM', 'unknown', null, 'a: b\n'],
  ])
})

test('a text with one such line is a text', () => {
  assert.deepEqual(read('21/11/26, 10:11 - Sara: hello\n'), [])
  assert.deepEqual(read('News\n21/11/26, 10:11 - a: b\n21/11/26, 10:12 - c: d\n'), [])
})
