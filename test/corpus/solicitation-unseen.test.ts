import assert from 'node:assert/strict'
import { test } from 'node:test'
import { find, solicitationOf } from '../../src/mention/mention.ts'
import { sha256Hex } from '../../src/std/digest.ts'
import { develop } from './solicitation-develop.ts'
import { CALLS, OTHERS, unseen } from './solicitation-unseen.ts'

test('the unseen sample is the one that was frozen before the lists were widened', () => {
  assert.equal(sha256Hex(CALLS + OTHERS), 'b92fa428541ccfe8056202a6c3bab1d4db56dc3169101b45b58b98513de7854b')
  assert.deepEqual([unseen.filter(one => one.is).length, unseen.length], [120, 240])
})

test('calls to give, on the texts that the second lists were written beside', () => {
  const said = develop.filter(one => solicitationOf(one.text, find(one.text).mentions).is)
  const right = said.filter(one => one.is).length
  assert.ok(right >= 40 && said.length - right <= 2, `${right} of 47, ${said.length - right} falsely`)
})

test('everyday words of charity are no call by themselves; beside fighters, or with a way to pay, they are', () => {
  const judge = (text: string) => solicitationOf(text, find(text).mentions).is
  for (const text of [
    'زكاتكم لفقراء الحي، والصدقة تطفئ الخطيئة',
    'كفالة يتيم في المخيم من أعظم القربات',
    'Your zakat feeds the poor in the camp this winter',
    'Sponsor an orphan: what the law says about guardianship',
    'Zekatınız mültecilere umut olsun',
  ]) {
    assert.equal(judge(text), false, text)
  }
  assert.equal(judge('زكاتكم للمجاهدين في الثغور'), true)
  assert.equal(judge('Your zakat, USDT: TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'), true)
})

test('calls to give, on texts that nobody wrote lists beside', () => {
  const said = unseen.filter(one => solicitationOf(one.text, find(one.text).mentions).is)
  const right = said.filter(one => one.is).length
  assert.ok(right >= RIGHT && said.length - right <= FALSELY, `${right} of 120, ${said.length - right} falsely`)
})

/**
 * First measured before the lists were widened: 47 right, 6 falsely. Measured once more after it: 107 and 0. Its author
 * widened the lists (without looking at what was missed): the true rate lies between.
 */
const RIGHT = 100
const FALSELY = 3
