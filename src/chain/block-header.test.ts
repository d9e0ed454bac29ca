import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseHex } from '../std/bytes.ts'
import * as Header from './block-header.ts'
import * as Rules from './block-rules.ts'

/** Genesis headers of Bitcoin and Litecoin (chainparams.cpp of each). */
const BITCOIN = parseHex(
  `01000000${'00'.repeat(32)}3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c`,
)!
const LITECOIN = parseHex(
  `01000000${'00'.repeat(32)}d9ced4ed1130f7b7faad9be25323ffafa33232a17c3edf6cfd97bee6bafbdd97b9aa8e4ef0ff0f1ecd513f7c`,
)!

test('header of block 0', () => {
  assert.deepEqual(Header.parse(BITCOIN), {
    hash: '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f',
    version: 1,
    previous: '00'.repeat(32),
    merkleRoot: '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b',
    minedAt: 1231006505,
    bits: 0x1d00ffff,
    nonce: 2083236893,
  })
  assert.equal(Header.parse(BITCOIN.subarray(1)), undefined)
})

test('work: sha256d on Bitcoin, scrypt on Litecoin, each within its own limit', () => {
  assert.equal(Header.hasWork(BITCOIN, 0, Rules.of('bitcoin')), true)
  assert.equal(Header.hasWork(BITCOIN, 0, Rules.of('litecoin')), false)
  assert.equal(Header.parse(LITECOIN)!.hash, Rules.of('litecoin').genesis)
  assert.equal(Header.hasWork(LITECOIN, 0, Rules.of('litecoin')), true)
  assert.equal(Header.hasWork(LITECOIN, 0, Rules.of('bitcoin')), false)
})

/** Bitcoin Core, src/test/arith_uint256_tests.cpp, bignum_SetCompact. */
test('compact targets', () => {
  const vectors: readonly (readonly [number, bigint | undefined])[] = [
    [0, undefined],
    [0x00123456, undefined],
    [0x01003456, undefined],
    [0x01123456, 0x12n],
    [0x02123456, 0x1234n],
    [0x03123456, 0x123456n],
    [0x04123456, 0x12345600n],
    [0x04923456, undefined],
    [0x05009234, 0x92340000n],
    [0x20123456, 0x123456n << 232n],
    [0xff123456, undefined],
    [0x1d00ffff, 0xffffn << 208n],
    [0x207fffff, 0x7fffffn << 232n],
  ]
  for (const [bits, target] of vectors) assert.equal(Header.targetOf(bits), target, bits.toString(16))
})
