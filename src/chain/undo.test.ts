import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { counted, hex, int32, int64 } from '../../test/block-builder.ts'
import { shared, skipWithout } from '../../test/shared.ts'
import { concat, parseHex, reversed } from '../std/bytes.ts'
import { sha256d } from '../std/digest.ts'
import { decode } from './block.ts'
import * as Rules from './block-rules.ts'
import * as Undo from './undo.ts'
import { decompressAmount, readCompressedScript, readVarint } from './undo-compressed.ts'

const RULES = Rules.of('bitcoin')
const PREVIOUS = new Uint8Array(32).fill(9)
const P2PKH = hex(`76a914${'22'.repeat(20)}88ac`)

/** Fees: 300,025 from SOURCES.md; those of testnet3 as the difference of the two files. */
const REAL = [
  ['bitcoin', 'mainnet/block300025', 1427, 7_773_345n],
  ['bitcoin-testnet3', 'testnet3/block928816', 8692, 34_138_981n],
  ['bitcoin-testnet3', 'testnet3/block928828', 1972, 8_300_088n],
] as const

for (const [network, name, inputs, fees] of REAL) {
  const [raw, undo] = [`data/bitcoin/${name}.raw`, `data/bitcoin/${name}-undo.raw`]
  test(`${name}: every input resolved, fees ${fees}`, { skip: skipWithout(raw, undo) }, () => {
    const decoded = decode(new Uint8Array(readFileSync(shared(raw))), network)
    assert.ok(decoded.ok)
    const spending = decoded.block.transactions.filter(each => !each.coinbase)
    const spender = {
      inputCounts: spending.map(each => each.inputs.length),
      previous: reversed(parseHex(decoded.block.previous)!),
    }
    const bytes = new Uint8Array(readFileSync(shared(undo)))
    const parsed = Undo.parse(bytes, spender, Rules.of(network))
    assert.ok(parsed.ok)
    assert.equal(parsed.spent.count, inputs)
    const paid = spending.flatMap(each => each.outputs).reduce((sum, output) => sum + output.units, 0n)
    assert.equal(parsed.spent.units.reduce((sum, units) => sum + units, 0n) - paid, fees)
    const less = { ...spender, inputCounts: spender.inputCounts.slice(1) }
    assert.deepEqual(Undo.parse(bytes, less, RULES), { ok: false, reason: 'undo-mismatch', offset: 0 })
  })
}

test('the plain list', () => {
  const bytes = concat(int64(5n), counted(P2PKH), int64(2n ** 63n - 1n), counted(new Uint8Array(300)))
  const parsed = Undo.parse(bytes, { inputCounts: [1, 1], previous: PREVIOUS }, RULES)
  assert.ok(parsed.ok)
  assert.deepEqual([...parsed.spent.units], [5n, 2n ** 63n - 1n])
  assert.deepEqual(scripts(parsed.spent), [P2PKH, new Uint8Array(300)])
})

describe("Bitcoin Core's form", () => {
  // Heights 100 (coinbase) and 300; 50 and 0.01 coins; P2PKH, then a script of two bytes.
  const record = concat(
    Uint8Array.of(2, 1, ...varint(201), 0, ...varint(50), 0x00, ...new Uint8Array(20).fill(0x22)),
    Uint8Array.of(1, ...varint(600), 0, ...varint(7), 8, 0x51, 0x51),
  )
  const spender = { inputCounts: [1, 1], previous: PREVIOUS }
  const checksum = sha256d(concat(PREVIOUS, record))
  const expected = [P2PKH, hex('5151')]

  test('one record bare, with its checksum, and in a file among others', () => {
    const other = concat(int32(0xd9b4bef9), int32(3), hex('000000'), new Uint8Array(32))
    const framed = concat(int32(0xd9b4bef9), int32(record.length), record, checksum, new Uint8Array(100))
    for (const bytes of [record, concat(record, checksum), framed, concat(other, framed)]) {
      const parsed = Undo.parse(bytes, spender, RULES)
      assert.ok(parsed.ok)
      assert.deepEqual([...parsed.spent.units], [5_000_000_000n, 1_000_000n])
      assert.deepEqual(scripts(parsed.spent), expected)
    }
  })

  test('the record of another block is not taken', () => {
    const framed = concat(int32(0xd9b4bef9), int32(record.length), record, checksum)
    const elsewhere = { ...spender, previous: new Uint8Array(32) }
    assert.deepEqual(Undo.parse(framed, elsewhere, RULES), { ok: false, reason: 'undo-mismatch', offset: 0 })
  })
})

/** Bitcoin Core, src/test/compress_tests.cpp: amount and its compressed form. */
test('amounts', () => {
  const vectors = [
    [0n, 0x0n],
    [1n, 0x1n],
    [1_000_000n, 0x7n],
    [100_000_000n, 0x9n],
    [5_000_000_000n, 0x32n],
    [2_100_000_000_000_000n, 0x1406f40n],
  ] as const
  for (const [units, compressed] of vectors) assert.equal(decompressAmount(compressed), units)
  const property = fc.property(fc.bigInt(0n, 2n ** 63n), units =>
    assert.equal(decompressAmount(compress(units)), units),
  )
  fc.assert(property)
})

test('numbers, as serialize.h writes them', () => {
  for (const value of [0, 127, 128, 255, 256, 16_383, 16_384, 16_511, 65_535, 2 ** 32, 2 ** 53 - 1]) {
    assert.equal(readVarint({ bytes: Uint8Array.from(varint(value)), at: 0 }), BigInt(value))
  }
  assert.equal(readVarint({ bytes: new Uint8Array(20).fill(0xff), at: 0 }), undefined)
  assert.equal(readVarint({ bytes: Uint8Array.of(0x80), at: 0 }), undefined)
})

test('a full public key comes back from x and the parity of y', () => {
  // The key of block 0's output (Bitcoin Core, chainparams.cpp).
  const key = hex(
    [
      '04678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb6',
      '49f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f',
    ].join(''),
  )
  const compressed = concat(Uint8Array.of(4 | (key[64]! & 1)), key.subarray(1, 33))
  const script = readCompressedScript({ bytes: compressed, at: 0 })
  assert.deepEqual(script, concat(Uint8Array.of(65), key, Uint8Array.of(0xac)))
  assert.equal(readCompressedScript({ bytes: new Uint8Array(33).fill(0xff).with(0, 4), at: 0 }), undefined)
})

test('any bytes: never throws', () => {
  const property = fc.property(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(fc.nat(3), { maxLength: 4 }),
    (bytes, counts) => {
      Undo.parse(bytes, { inputCounts: counts, previous: PREVIOUS }, RULES)
      Undo.parse(concat(hex('f9beb4d9'), bytes), { inputCounts: counts, previous: PREVIOUS }, RULES)
    },
  )
  fc.assert(property, { numRuns: 1000 })
})

function scripts(spent: Undo.SpentOutputs): Uint8Array[] {
  return Array.from({ length: spent.count }, (_, i) => spent.scripts.slice(spent.script[i]!, spent.scriptEnd[i]!))
}

/** WriteVarInt of serialize.h. */
function varint(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value, first = true; ; first = false) {
    bytes.unshift((rest % 128) | (first ? 0 : 0x80))
    if (rest < 128) return bytes
    rest = Math.floor(rest / 128) - 1
  }
}

/** CompressAmount of compressor.cpp. */
function compress(units: bigint): bigint {
  if (units === 0n) return 0n
  let [rest, exponent] = [units, 0n]
  for (; rest % 10n === 0n && exponent < 9n; exponent++) rest /= 10n
  if (exponent === 9n) return 1n + (rest - 1n) * 10n + 9n
  return 1n + ((rest / 10n) * 9n + (rest % 10n) - 1n) * 10n + exponent
}
