import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as Canonical from './canonical.ts'

test('keys stand in order, spaces nowhere, undefined not at all', () => {
  const value = { b: [1, 'ا', null], a: { z: true, y: undefined, é: 0 } }
  assert.equal(Canonical.format(value), '{"a":{"z":true,"é":0},"b":[1,"ا",null]}')
})

test('the order of writing does not change the digest, a value does', () => {
  assert.equal(Canonical.digest({ a: 1, b: 2 }), Canonical.digest({ b: 2, a: 1 }))
  assert.notEqual(Canonical.digest({ a: 1, b: 2 }), Canonical.digest({ a: 1, b: '2' }))
})

test('the key order of RFC 8785, section 3.2.3', () => {
  const keys = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']
  const text = Canonical.format(Object.fromEntries(keys.toReversed().map(key => [key, 0])))
  assert.equal(text, `{${keys.map(key => `${JSON.stringify(key)}:0`).join(',')}}`)
})
