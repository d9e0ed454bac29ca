import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { toHex } from '../std/bytes.ts'
import { keccak256 } from './keccak.ts'

test('Keccak-256 of nothing and of an event signature (published values)', () => {
  assert.equal(toHex(keccak256(new Uint8Array())), 'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470')
  assert.equal(
    toHex(keccak256(new TextEncoder().encode('Transfer(address,address,uint256)'))),
    'ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
  )
})

test('Keccak-256 of every length up to three blocks is that of @noble/hashes', () => {
  for (let length = 0; length <= 3 * 136; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 151 + length * 7) & 0xff)
    assert.deepEqual(keccak256(bytes), keccak_256(bytes), `length ${length}`)
  }
})
