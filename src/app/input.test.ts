import assert from 'node:assert/strict'
import { test } from 'node:test'
import { table } from '../../test/sample/table.ts'
import { check, coerce, nearest } from './input.ts'

const echo = await table[0]!.load()

test('an input is completed with defaults, and what was left out stays out', () => {
  assert.deepEqual(check(echo, { words: ['a'] }), { words: ['a'], count: 1 })
  assert.deepEqual(check(echo, { words: ['a'], count: 0, loud: false }), { words: ['a'], count: 0, loud: false })
})

test('wrong inputs are refused by name, with what would be right', () => {
  const cases: [unknown, string, RegExp][] = [
    [{}, 'Input.Missing', /needs "words"/],
    [{ words: [] }, 'Input.Missing', /needs "words"/],
    [{ words: ['a'], cuont: 2 }, 'Input.UnknownField', /no field "cuont"/],
    [{ words: 'a' }, 'Input.WrongType', /a list of texts, not "a"/],
    [{ words: ['a'], count: 1.5 }, 'Input.WrongType', /a whole number, not 1.5/],
    [{ words: ['a'], count: '2' }, 'Input.WrongType', /a whole number/],
    [{ words: ['a'], color: 'gren' }, 'Input.NotAChoice', /cannot be "gren"/],
    [{ words: ['x'.repeat(70_000)] }, 'Input.TooLong', /70000/],
    [['a'], 'Input.WrongType', /not an object/],
    [null, 'Input.WrongType', /not an object/],
    [JSON.parse('{"words":["a"],"__proto__":1}'), 'Input.UnknownField', /__proto__/],
  ]
  for (const [input, name, message] of cases) assert.throws(() => check(echo, input), { name, message })
})

test('the hint names the nearest field or choice', () => {
  assert.throws(() => check(echo, { words: ['a'], cuont: 2 }), { hint: 'Did you mean "count"?' })
  assert.throws(() => check(echo, { words: ['a'], color: 'gren' }), { hint: /^Did you mean "green"/ })
})

test('texts become the type of their field; what cannot stays a text', () => {
  assert.equal(coerce({ type: 'integer', says: '' }, '-12'), -12)
  assert.equal(coerce({ type: 'integer', says: '' }, '1e3'), '1e3')
  assert.equal(coerce({ type: 'boolean', says: '' }, 'false'), false)
  assert.equal(coerce({ type: 'string', says: '' }, '12'), '12')
})

test('the nearest word is at most two edits away; a swap of neighbours is one', () => {
  assert.equal(nearest('scren', ['screen', 'trace']), 'screen')
  assert.equal(nearest('tarce', ['screen', 'trace']), 'trace')
  assert.equal(nearest('banana', ['screen', 'trace']), undefined)
})
