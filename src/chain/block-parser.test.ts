import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import * as Build from '../../test/block-builder.ts'
import { concat } from '../std/bytes.ts'
import { parseBlock } from './block-parser.ts'
import * as Rules from './block-rules.ts'
import * as Sink from './block-sink.ts'

const RULES = Rules.of('bitcoin-regtest')
const HEADER = new Uint8Array(80)

function parse(bytes: Uint8Array, sink = Sink.create(), rules = RULES) {
  return parseBlock(bytes, 0, bytes.length, sink, rules)
}

function spend(inputs: number, outputs: number, scriptBytes = 0): Build.Built {
  const script = new Uint8Array(scriptBytes).fill(0x51)
  return Build.transaction({
    inputs: Array.from({ length: inputs }, (_, index) => ({ txid: 'ab'.repeat(32), index, script })),
    outputs: Array.from({ length: outputs }, (_, i) => ({ units: BigInt(i), script })),
  })
}

test('blocks follow each other in one sink, anywhere in the bytes', () => {
  const first = Build.block([Build.coinbase(20, 1n), spend(2, 3)])
  const second = Build.block([Build.coinbase(21, 1n), spend(1, 1), spend(1, 300, 300)])
  const bytes = concat(new Uint8Array(5), first, new Uint8Array(2), second)
  const sink = Sink.create()
  assert.deepEqual(parseBlock(bytes, 5, 5 + first.length, sink, RULES), { ok: true, transactions: 2 })
  assert.deepEqual(parseBlock(bytes, 7 + first.length, bytes.length, sink, RULES), { ok: true, transactions: 3 })
  assert.deepEqual([sink.blockCount, sink.transactionCount, sink.inputCount, sink.outputCount], [2, 5, 6, 306])
  assert.deepEqual([...sink.blocks.firstTransaction.subarray(0, 3)], [0, 2, 5])
  assert.deepEqual([...sink.transactions.firstInput.subarray(0, 6)], [0, 1, 3, 4, 5, 6])
  assert.deepEqual([...sink.transactions.firstOutput.subarray(0, 6)], [0, 1, 4, 5, 6, 306])
  const view = new DataView(bytes.buffer)
  const values = Array.from(sink.outputs.value.subarray(6, 306), at => Number(view.getBigUint64(at, true)))
  assert.deepEqual(
    values,
    Array.from({ length: 300 }, (_, i) => i),
  )
  const script = bytes.subarray(sink.outputs.script[305]!, sink.outputs.scriptEnd[305]!)
  assert.deepEqual(script, new Uint8Array(300).fill(0x51))
})

test('a fault leaves the sink as it was', () => {
  const good = Build.block([Build.coinbase(20, 1n), spend(2, 3)])
  const sink = Sink.create()
  parse(good, sink)
  const { blockCount, transactionCount, inputCount, outputCount } = sink
  parse(good.subarray(0, good.length - 1), sink)
  assert.deepEqual(
    [sink.blockCount, sink.transactionCount, sink.inputCount, sink.outputCount],
    [blockCount, transactionCount, inputCount, outputCount],
  )
})

describe('counts', () => {
  const cases = [
    ['no transactions', '00', 'no-transactions', 80],
    ['3 bytes for 1', 'fd0100', 'overlong-count', 80],
    ['3 bytes for 252', 'fdfc00', 'overlong-count', 80],
    ['5 bytes for 65,535', 'feffff0000', 'overlong-count', 80],
    ['9 bytes for 2^32 − 1', 'ffffffffff00000000', 'overlong-count', 80],
    ['2^32 − 1 transactions', 'feffffffff', 'count-too-large', 80],
    ['2^64 − 1 transactions', 'ffffffffffffffffff', 'count-too-large', 80],
    ['more transactions than bytes', 'fd0010', 'truncated', 80],
    ['a count that is cut off', 'fd01', 'truncated', 80],
    ['nothing at all', '', 'truncated', 80],
  ] as const
  for (const [what, hex, reason, offset] of cases) {
    test(what, () => assert.deepEqual(parse(concat(HEADER, Build.hex(hex))), { ok: false, reason, offset }))
  }

  const pad = '00'.repeat(80)
  const outpoint = '11'.repeat(36)
  const inTransaction = [
    ['2^64 − 1 inputs', `02000000ffffffffffffffffff${pad}`, 'count-too-large', 85],
    ['5 bytes for 1 input', `02000000fe01000000${pad}`, 'overlong-count', 85],
    ['a script of 2^64 − 1 bytes', `0200000001${outpoint}ffffffffffffffffff${pad}`, 'count-too-large', 122],
    ['a script of 3 bytes for 0', `0200000001${outpoint}fd0000${pad}`, 'overlong-count', 122],
    ['a script beyond the end', `0200000001${outpoint}fdff00${pad}`, 'truncated', 122],
    ['2^32 − 1 outputs', `0200000001${outpoint}00fffffffffeffffffff${pad}`, 'count-too-large', 127],
    ['no outputs', `0200000001${outpoint}00ffffffff00${pad}`, 'no-inputs', 127],
    ['no inputs', `020000000000${pad}`, 'no-inputs', 85],
    ['flag 2', `020000000002${pad}`, 'unknown-flag', 86],
    ['flag 8 where there is no MWEB', `020000000008${pad}`, 'unknown-flag', 86],
  ] as const
  for (const [what, hex, reason, offset] of inTransaction) {
    test(what, () => assert.deepEqual(parse(concat(HEADER, Build.hex(`01${hex}`))), { ok: false, reason, offset }))
  }

  test('witnesses that are all empty', () => {
    const base = spend(1, 1).bytes
    const flagged = concat(
      base.subarray(0, 4),
      Uint8Array.of(0, 1),
      base.subarray(4, -4),
      Uint8Array.of(0),
      base.subarray(-4),
    )
    const found = parse(concat(HEADER, Uint8Array.of(1), flagged))
    assert.deepEqual(found, { ok: false, reason: 'superfluous-witness', offset: 80 + 1 + flagged.length - 5 })
  })
})

test('a huge count allocates nothing', () => {
  const sink = Sink.create()
  const before = sink.inputs.outpoint.length
  parse(concat(HEADER, Build.hex(`0102000000fd80ff${'00'.repeat(200)}`)), sink)
  parse(concat(HEADER, Build.hex('fdffff')), sink)
  assert.deepEqual([sink.inputs.outpoint.length, sink.transactions.start.length], [before, 64])
})

test('any bytes, on any network: a result, an offset within them, and no exception', () => {
  const good = Build.block([Build.coinbase(20, 1n), spend(2, 3), spend(1, 1, 260)])
  const edits = fc.array(fc.tuple(fc.nat(good.length - 81), fc.nat(255)), { minLength: 1, maxLength: 4 })
  const mutated = edits.map(list => list.reduce((bytes, [at, value]) => bytes.with(80 + at, value), good))
  const random = fc.uint8Array({ maxLength: 300 }).map(tail => concat(HEADER, tail))
  const property = fc.property(fc.oneof(mutated, random), fc.constantFrom('bitcoin', 'litecoin'), (bytes, network) => {
    const result = parse(bytes, Sink.create(), Rules.of(network as Rules.BitcoinNetworkId))
    if (!result.ok) assert.ok(result.offset >= 0 && result.offset <= bytes.length)
  })
  fc.assert(property, { numRuns: 2000 })
})
