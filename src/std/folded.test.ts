import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fold, isOpen } from './folded.ts'

test('letter forms, harakat, tatweel, case and digits fold to one writing', () => {
  assert.equal(fold('إغَاثَةـــ').text, fold('اغاثه').text)
  assert.equal(fold('مصطفى').text, fold('مصطفي').text)
  assert.equal(fold('٢٠٢٥ ۱۲').text, '2025 12')
  assert.equal(fold('Éxchange ＡＬＩＦ').text, 'exchange alif')
})

test('each unit of the folded text knows where it stood', () => {
  const text = 'aـ\u064eبِت'
  const { text: folded, from } = fold(text)
  assert.equal(folded, 'aبت')
  assert.deepEqual(
    from.map(at => text[at]),
    ['a', 'ب', 'ت'],
  )
})

test('letters with other writings leave their place open', () => {
  assert.deepEqual(
    [...'اxب7é'].map(letter => isOpen(letter)),
    [true, false, false, true, true],
  )
})
