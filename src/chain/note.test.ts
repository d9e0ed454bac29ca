import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { concat, parseHex } from '../std/bytes.ts'
import { noteOf } from './evm-block.ts'
import * as Note from './note.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const script = (...parts: readonly Uint8Array[]): Uint8Array => concat(Uint8Array.of(0x6a), ...parts)
const push = (bytes: Uint8Array): Uint8Array => concat(Uint8Array.of(bytes.length), bytes)
const read = (bytes: Uint8Array): Note.Note | null => Note.ofScript(bytes, 0, bytes.length)

test('each push of an OP_RETURN is text where it is valid text, and hex where not', () => {
  assert.deepEqual(read(script(push(utf8('charley loves heidi')))), { text: 'charley loves heidi', cut: false })
  assert.deepEqual(read(script(push(utf8('إلى')), push(Uint8Array.of(0xff, 1)), push(utf8('المجاهدين')))), {
    text: 'إلى 0xff01 المجاهدين',
    cut: false,
  })
  // OP_PUSHDATA1 and OP_PUSHDATA2.
  const long = utf8('word '.repeat(60))
  assert.equal(read(script(Uint8Array.of(0x4d, long.length & 255, long.length >> 8), long))?.text, 'word '.repeat(60))
  assert.equal(read(script(Uint8Array.of(0x4c, 5), utf8('hello')))?.text, 'hello')
  // OP_0, OP_13 and other operations push nothing that is shown.
  assert.equal(read(script(Uint8Array.of(0, 0x5d), push(utf8('memo'))))?.text, 'memo')
})

test('what is no text is no note: commitments, tokens, zeros, digits, half a character', () => {
  // The witness commitment of Bitcoin's block 481,824 begins so (BIP 141).
  const commitment = parseHex(`6a24aa21a9ed${'6c'.repeat(32)}`)!
  assert.equal(read(commitment), null)
  assert.equal(read(script(push(concat(utf8('omni'), new Uint8Array(16))))), null)
  assert.equal(read(script(push(utf8('2021')))), null)
  assert.equal(read(script(push(Uint8Array.of(0x68, 0x69, 0xd8)))), null)
  assert.equal(read(script()), null)
  assert.equal(Note.ofScript(utf8('plain words'), 0, 11), null)
})

test('a push that ends early counts as far as it goes, and long text is cut, not in the middle of a pair', () => {
  assert.equal(read(script(Uint8Array.of(0x4b), utf8('half a message')))?.text, 'half a message')
  const long = Note.ofBytes(utf8(`${'a'.repeat(Note.TEXT_MAX - 1)}😀b`))!
  assert.deepEqual([long.text.length, long.cut], [Note.TEXT_MAX - 1, true])
})

test('data of an EVM payment are words where nothing but carrying them was paid for', () => {
  const hex = Buffer.from('support them').toString('hex')
  const carried = (each: bigint): bigint => 21_000n + 12n * each
  assert.equal(noteOf(hex, carried(16n))?.text, 'support them')
  assert.equal(noteOf(hex, carried(40n))?.text, 'support them')
  assert.equal(noteOf(hex, carried(68n))?.text, 'support them')
  assert.equal(noteOf(hex, carried(16n) + 2300n), null, 'code ran')
  assert.equal(noteOf('', 21_000n), null)
  assert.equal(noteOf(`a9059cbb${'00'.repeat(64)}`, 21_000n + 68n * 16n), null, 'a call')
})

test('no script makes it throw, and what comes out is text that can be stored', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
      const note = read(concat(Uint8Array.of(0x6a), bytes))
      if (note !== null) assert.equal(note.text.isWellFormed() && !note.text.includes('\0'), true)
    }),
  )
})
