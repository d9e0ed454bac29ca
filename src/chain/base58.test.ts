import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sha256 } from '@noble/hashes/sha2.js'
import { createBase58check, base58 as scureBase58 } from '@scure/base'
import fc from 'fast-check'
import { parseHex, toHex } from '../std/bytes.ts'
import { sha256d } from '../std/digest.ts'
import * as Base58 from './base58.ts'
import { checksumOf } from './sha256-block.ts'

const scureCheck = createBase58check(sha256)

// Bitcoin Core, src/test/data/base58_encode_decode.json (MIT).
const VECTORS: readonly [hex: string, text: string][] = [
  ['', ''],
  ['61', '2g'],
  ['626262', 'a3gV'],
  ['636363', 'aPEr'],
  ['73696d706c792061206c6f6e6720737472696e67', '2cFupjhnEsSn59qHXstmK2ffpLv2'],
  ['00eb15231dfceb60925886b67d065299925915aeb172c06647', '1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L'],
  ['516b6fcd0f', 'ABnLTmg'],
  ['bf4f89001e670274dd', '3SEo3LWLoPntC'],
  ['572e4794', '3EFU7m'],
  ['ecac89cad93923c02321', 'EJDM8drfXA6uyA'],
  ['10c8511e', 'Rt5zm'],
  ['00000000000000000000', '1111111111'],
]

test('Base58: the vectors of Bitcoin Core, both ways', () => {
  for (const [hex, text] of VECTORS) {
    assert.equal(Base58.encode(parseHex(hex)!), text)
    assert.equal(toHex(Base58.decode(text)!), hex)
  }
})

test('Base58: any bytes up to 64 are written and read as @scure/base does', () => {
  const bytes = fc.tuple(fc.nat(8), fc.uint8Array({ maxLength: 56 })).map(([zeros, rest]) => {
    return Uint8Array.from([...new Uint8Array(zeros), ...rest])
  })
  fc.assert(
    fc.property(bytes, value => {
      const text = Base58.encode(value)
      assert.equal(text, scureBase58.encode(value))
      assert.deepEqual(Base58.decode(text), value)
    }),
    { numRuns: 2000 },
  )
})

test('Base58: extreme limbs carry (all ones, powers of 58 and of 2^24)', () => {
  for (let length = 1; length <= 64; length++) {
    for (const fill of [0xff, 0x01, 0x80]) {
      const value = new Uint8Array(length).fill(fill)
      assert.deepEqual(Base58.decode(scureBase58.encode(value)), value)
      assert.equal(Base58.encode(value), scureBase58.encode(value))
    }
    const power = new Uint8Array(length)
    power[0] = 1
    assert.equal(Base58.encode(power), scureBase58.encode(power))
    assert.deepEqual(Base58.decode(Base58.encode(power)), power)
  }
  for (let length = 1; length <= 87; length++) {
    const text = `2${'1'.repeat(length - 1)}`
    assert.deepEqual(Base58.decode(text), scureBase58.decode(text), text)
  }
})

test('Base58: characters outside the alphabet and texts over the limit are refused, not guessed', () => {
  for (const text of ['0', 'O', 'I', 'l', ' 2g', '2g ', '2é', '２g', '+', '\u0000']) {
    assert.equal(Base58.decode(text), undefined, JSON.stringify(text))
  }
  assert.equal(Base58.decode('z'.repeat(88)), undefined)
  assert.equal(Base58.decode('1'.repeat(65)), undefined)
  assert.equal(Base58.decode('2'.repeat(89)), undefined)
})

test('Base58Check: as @scure/base, for payloads of an address and others', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 51 }), payload => {
      const text = Base58.encodeCheck(payload)
      assert.equal(text, scureCheck.encode(payload))
      assert.deepEqual(Base58.decodeCheck(text), { ok: true, payload })
    }),
    { numRuns: 1000 },
  )
})

test('Base58Check: alphabet, length and checksum are told apart', () => {
  assert.deepEqual(Base58.decodeCheck('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb'), { ok: false, reason: 'checksum' })
  assert.deepEqual(Base58.decodeCheck('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfN0'), { ok: false, reason: 'alphabet' })
  assert.deepEqual(Base58.decodeCheck('2g'), { ok: false, reason: 'length' })
  assert.deepEqual(Base58.decodeCheck(''), { ok: false, reason: 'length' })
  assert.deepEqual(Base58.decodeCheck('z'.repeat(500)), { ok: false, reason: 'length' })
})

test('FIPS 180-4: the checksum is the first four bytes of double SHA-256, for every length of one block', () => {
  for (let length = 0; length <= 55; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 0xff)
    const expected = new DataView(sha256d(bytes).buffer).getUint32(0)
    assert.equal(checksumOf(bytes, length), expected, `length ${length}`)
  }
})
