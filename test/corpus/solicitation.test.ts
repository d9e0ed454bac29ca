import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { find, solicitationOf } from '../../src/mention/mention.ts'
import { shared, skipWithout } from '../shared.ts'
import { type Sample, samples } from './solicitation.ts'
import { beside, evasive, plain } from './solicitation-later.ts'

const judge = (text: string) => solicitationOf(text, find(text).mentions)

function score(taken: readonly Sample[]) {
  const judged = taken.map(one => ({ ...one, said: judge(one.text).is }))
  return {
    calls: judged.filter(one => one.is).length,
    right: judged.filter(one => one.said && one.is).length,
    falsely: judged.filter(one => one.said && !one.is).length,
    wrong: judged.filter(one => one.said !== one.is).map(one => `${one.language} ${one.is}: ${one.text}`),
  }
}

test('calls to give, on the texts that the word lists were written beside', () => {
  const { calls, right, falsely, wrong } = score([...samples, ...beside])
  assert.ok(falsely <= 1 && right >= 0.95 * calls, JSON.stringify({ calls, right, falsely, wrong }, null, 1))
})

test('calls to give, on texts written after the word lists were fixed: half of them', () => {
  const { calls, right, falsely, wrong } = score(plain)
  assert.ok(falsely <= 1 && right >= 0.45 * calls, JSON.stringify({ calls, right, falsely, wrong }, null, 1))
})

test('a known limit: calls written around the words are not seen, and the method says so', () => {
  const { calls, right } = score(evasive)
  assert.ok(right <= 0.5 * calls, `${right} of ${calls}: write the new rate into docs/methods/mention.md`)
})

test('no call in 10,006 Arabic tweets without one to pay, nor in five news articles about such calls', {
  skip: skipWithout('data/text/arabic-tweets.txt', 'data/articles/001_45ff3b00e7ecd724.txt'),
}, () => {
  const tweets = readFileSync(shared('data/text/arabic-tweets.txt')!, 'utf8').split('\n')
  assert.deepEqual(
    tweets.filter(text => judge(text).is).map(text => text.slice(0, 80)),
    [],
  )
  const names = ['000_1612673167b96ced', '001_45ff3b00e7ecd724', '002_4aecd07446c22815', '003_1fda897845d6aa18']
  for (const name of [...names, '004_5ba4d452bc3f8f78']) {
    assert.equal(judge(readFileSync(shared(`data/articles/${name}.txt`)!, 'utf8')).is, false, name)
  }
})

test('cues stand where they say, with what each one names', () => {
  const text = 'ادعموا المجاهدين عبر USDT: TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
  const { is, cues, purposes, rails } = judge(text)
  assert.equal(is, true)
  assert.deepEqual([purposes, rails], [['fighters'], ['crypto']])
  assert.deepEqual(
    cues.map(({ what, word, language }) => [what, word, language]),
    [
      ['call', 'ادعموا', 'ar'],
      ['purpose', 'المجاهدين', 'ar'],
      ['rail', 'USDT', 'any'],
      ['rail', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', null],
    ],
  )
  for (const { word, start, end } of cues) assert.equal(text.slice(start, end), word)
})
