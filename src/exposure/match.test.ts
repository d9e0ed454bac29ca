import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createLines, createMatcher, fingerprintOf, GROUP, split } from './match.ts'

const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019 \r,#'), maxLength: 8 })

test('lines are split where line feeds are, and found where their text was added', () => {
  const check = (added: readonly string[], asked: readonly string[]) => {
    const matcher = createMatcher()
    // A text that ends in a carriage return is added as the line that it would be.
    for (const text of added) matcher.add(text)
    const bytes = Buffer.from(asked.map(text => `${text}\n`).join(''))
    const lines = createLines()
    const found: string[] = []
    const hits: boolean[] = []
    for (let at = 0; at < bytes.length; ) {
      at = split(bytes, at, bytes.length, lines)
      matcher.match(lines)
      for (let k = 0; k < lines.count; k++) {
        found.push(bytes.toString('latin1', lines.from[k]!, lines.end[k]!))
        hits.push(lines.hit[k] === 1)
      }
    }
    const plain = asked.map(text => text.replace(/^([0-9A-Za-z]+)\r$/, '$1'))
    const isWord = (text: string) => /^[0-9A-Za-z]+$/.test(text)
    assert.deepEqual(found, plain)
    assert.ok(added.every(matcher.mayHold))
    assert.ok(plain.every((text, i) => hits[i] || !isWord(text) || !matcher.mayHold(text)))
    assert.deepEqual(
      hits,
      plain.map(text => isWord(text) && (added.includes(text) || added.includes(`${text}\r`))),
    )
  }
  fc.assert(fc.property(fc.array(word), fc.array(word, { maxLength: 3 * GROUP }), check))
})

test('an EVM address is one whatever its case; a base58 text is not', () => {
  assert.deepEqual(fingerprintOf('0XAbCd'), fingerprintOf('0xabcd'))
  assert.notDeepEqual(fingerprintOf('1AbCd'), fingerprintOf('1abcd'))
})

test('a table grows: a hundred thousand texts are all found, and none that was not added', () => {
  const matcher = createMatcher(1)
  const name = (i: number) => `a${i.toString(36)}z`
  for (let i = 0; i < 100_000; i++) matcher.add(name(i))
  assert.equal(matcher.count, 100_000)
  const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, i) => `${name(i)}\n`).join(''))
  const lines = createLines()
  let hits = 0
  for (let at = 0; at < bytes.length; ) {
    at = split(bytes, at, bytes.length, lines)
    matcher.match(lines)
    for (let k = 0; k < lines.count; k++) hits += lines.hit[k]!
  }
  assert.equal(hits, 100_000)
})

test('a line that is not whole is left for the next piece', () => {
  const lines = createLines()
  const bytes = Buffer.from('abc\ndef')
  assert.deepEqual([split(bytes, 0, 7, lines), lines.count], [4, 1])
  assert.deepEqual([split(bytes, 4, 7, lines), lines.count], [4, 0])
})
