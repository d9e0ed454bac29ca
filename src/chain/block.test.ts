import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import * as bitcoinjs from 'bitcoinjs-lib'
import fc from 'fast-check'
import * as Build from '../../test/block-builder.ts'
import { shared, skipWithout } from '../../test/shared.ts'
import { parseHex, toHex } from '../std/bytes.ts'
import { decode } from './block.ts'
import type { Reason } from './block-fault.ts'

/** Block 0 of Bitcoin (Bitcoin Core, chainparams.cpp). */
const GENESIS = `
0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a
51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c0101000000010000000000000000000000000000000000000000000000000000000000000000
ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365
636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e039
09a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000`

const genesis = parseHex(GENESIS.replace(/\s/g, ''))!

test('the genesis block decodes whole', () => {
  const decoded = decode(genesis, 'bitcoin')
  assert.ok(decoded.ok)
  assert.deepEqual(decoded.block, {
    hash: '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f',
    previous: '00'.repeat(32),
    height: 0,
    minedAt: 1231006505,
    transactions: [
      {
        txid: '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b',
        coinbase: true,
        inputs: [],
        // Bare public key: pays no address.
        outputs: [{ units: 5_000_000_000n, address: null }],
        form: { version: 1, lockTime: 0, weight: 816, replaceable: false },
      },
    ],
  })
  assert.equal(decoded.header.bits, 0x1d00ffff)
  assert.equal(decoded.witness, 'absent')
})

/** Figures of SOURCES.md; outputs as bitcoinjs-lib counts them (compared below). */
const REAL = [
  ['bitcoin', 'mainnet/block300025.raw', 300025, 461, 1427, 'absent'],
  ['bitcoin', 'mainnet/block426884.raw', 426884, 409, 6031, 'absent'],
  ['bitcoin', 'mainnet/block482683.raw', 482683, 12, 51, 'checked'],
  ['bitcoin', 'mainnet/block227835.dat', null, 122, 262, 'absent'],
  ['bitcoin', 'mainnet/block227836.dat', 227836, 100, 190, 'absent'],
  ['bitcoin', 'mainnet/block363703.dat', 363703, 587, 3042, 'absent'],
  ['bitcoin', 'mainnet/block481815.dat', 481815, 2097, 4698, 'absent'],
  ['bitcoin', 'mainnet/block481829.dat', 481829, 2020, 5246, 'checked'],
  ['bitcoin-testnet3', 'testnet3/block928816.raw', 928816, 889, 8692, 'checked'],
  ['bitcoin-testnet3', 'testnet3/block928828.raw', 928828, 201, 1972, 'absent'],
] as const

for (const [network, file, height, transactions, inputs, witness] of REAL) {
  const path = `data/bitcoin/${file}`
  test(`${file} decodes as bitcoinjs-lib does`, { skip: skipWithout(path) }, () => {
    const bytes = new Uint8Array(readFileSync(shared(path)))
    const decoded = decode(bytes, network)
    assert.ok(decoded.ok)
    const { block } = decoded
    assert.equal(block.height, height)
    assert.equal(decoded.witness, witness)
    assert.equal(block.transactions.length, transactions)
    assert.equal(block.transactions.flatMap(each => each.inputs).length, inputs)
    const oracle = bitcoinjs.Block.fromBuffer(Buffer.from(bytes))
    assert.equal(block.hash, oracle.getId())
    assert.deepEqual(block.transactions.map(plain), oracle.transactions!.map(plainOracle))
  })
}

type Plain = { txid: string; inputs: string[]; outputs: bigint[] }

function plain(each: ReturnType<typeof decodeSome>): Plain {
  return {
    txid: each.txid,
    inputs: each.inputs.map(input => `${input.txid}:${input.index}`),
    outputs: each.outputs.map(output => output.units),
  }
}

function plainOracle(each: bitcoinjs.Transaction): Plain {
  const inputs = each.isCoinbase() ? [] : each.ins
  return {
    txid: each.getId(),
    inputs: inputs.map(input => `${Buffer.from(input.hash).reverse().toString('hex')}:${input.index}`),
    outputs: each.outs.map(output => output.value),
  }
}

function decodeSome() {
  const decoded = decode(small(), 'bitcoin-regtest')
  assert.ok(decoded.ok)
  return decoded.block.transactions[0]!
}

/** Three transactions, one of them with witnesses. */
function small(): Uint8Array {
  const spend = Build.transaction({
    inputs: [{ txid: 'ab'.repeat(32), index: 7, script: Build.hex('51') }],
    outputs: [{ units: 1234n, script: Build.hex(`76a914${'22'.repeat(20)}88ac`) }],
  })
  const witness = Build.transaction({
    inputs: [
      { txid: 'cd'.repeat(32), index: 0, script: new Uint8Array(0), witness: [Build.hex('aabb'), Build.hex('51')] },
    ],
    outputs: [{ units: 2n ** 31n, script: Build.hex('6a') }],
  })
  return Build.block([Build.coinbase(300, 50n, [spend, witness]), spend, witness])
}

describe('altered blocks', () => {
  test('cut off at any byte', () => {
    const bytes = small()
    for (let length = 0; length < bytes.length; length++) {
      const decoded = decode(bytes.slice(0, length), 'bitcoin-regtest')
      assert.ok(!decoded.ok, `at ${length}`)
      assert.equal(decoded.reason, 'truncated', `at ${length}`)
      assert.ok(decoded.offset <= length)
    }
  })

  test('any byte changed: refused, or the header has found work of its own', () => {
    const bytes = small()
    const seen = new Set<Reason>()
    for (let at = 80; at < bytes.length; at++) {
      const altered = bytes.slice()
      altered[at]! ^= 1
      const decoded = decode(altered, 'bitcoin-regtest')
      assert.ok(!decoded.ok, `byte ${at}`)
      seen.add(decoded.reason)
    }
    assert.ok(seen.has('merkle-mismatch'))
    assert.ok(seen.has('witness-mismatch'))
    assert.ok(seen.has('truncated'))
  })

  test('a changed nonce has no work', () => {
    const altered = genesis.slice()
    altered[76]! ^= 1
    assert.deepEqual(decode(altered, 'bitcoin'), { ok: false, reason: 'proof-of-work', offset: 0 })
  })

  test('a target beyond the limit of the network', () => {
    assert.deepEqual(decode(small(), 'bitcoin'), { ok: false, reason: 'proof-of-work', offset: 0 })
  })

  test('bytes left over', () => {
    const decoded = decode(Uint8Array.of(...genesis, 0), 'bitcoin')
    assert.deepEqual(decoded, { ok: false, reason: 'trailing-bytes', offset: 285 })
  })

  test('the last transactions twice, with the same merkle root (CVE-2012-2459)', () => {
    const built = [Build.coinbase(20, 1n), one(1n), one(2n)]
    const honest = Build.block(built)
    const doubled = Uint8Array.of(...honest.slice(0, 80), 4, ...[...built, built[2]!].flatMap(each => [...each.bytes]))
    assert.ok(decode(honest, 'bitcoin-regtest').ok)
    assert.deepEqual(decode(doubled, 'bitcoin-regtest'), { ok: false, reason: 'merkle-mutated', offset: 36 })
  })

  test('no coinbase, or two', () => {
    const none = decode(Build.block([one(1n)]), 'bitcoin-regtest')
    assert.deepEqual(none, { ok: false, reason: 'not-coinbase', offset: 81 })
    const first = Build.coinbase(20, 1n)
    const two = decode(Build.block([first, Build.coinbase(21, 1n)]), 'bitcoin-regtest')
    assert.deepEqual(two, { ok: false, reason: 'not-coinbase', offset: 81 + first.bytes.length })
  })

  test('an output above all coins; the most there can be is taken', () => {
    const most = decode(Build.block([Build.coinbase(20, 2_100_000_000_000_000n)]), 'bitcoin-regtest')
    assert.ok(most.ok)
    assert.equal(most.block.transactions[0]!.outputs[0]!.units, 2_100_000_000_000_000n)
    for (const units of [2_100_000_000_000_001n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n]) {
      const decoded = decode(Build.block([Build.coinbase(20, units)]), 'bitcoin-regtest')
      assert.ok(!decoded.ok)
      assert.equal(decoded.reason, 'amount-range')
    }
  })
})

function one(units: bigint): Build.Built {
  const inputs = [{ txid: 'ab'.repeat(32), index: 0, script: Build.hex('51') }]
  return Build.transaction({ inputs, outputs: [{ units, script: Build.hex('51') }] })
}

describe('height (BIP 34)', () => {
  for (const height of [1, 16, 17, 127, 128, 255, 256, 32_767, 32_768, 300_025, 8_388_607, 8_388_608]) {
    test(`${height}`, () => {
      const decoded = decode(Build.block([Build.coinbase(height, 1n)]), 'bitcoin-regtest')
      assert.ok(decoded.ok)
      assert.equal(decoded.block.height, height)
    })
  }

  test('version 1 states none', () => {
    const decoded = decode(Build.block([Build.coinbase(300_025, 1n)], { version: 1 }), 'bitcoin-regtest')
    assert.ok(decoded.ok)
    assert.equal(decoded.block.height, null)
  })
})

test('signatures SINGLE|ANYONECANPAY and addresses of inputs', () => {
  const signature = Build.hex(`3006020101020101${'83'}`)
  const key = Build.hex(`02${'33'.repeat(32)}`)
  const spend = Build.transaction({
    inputs: [
      { txid: 'ab'.repeat(32), index: 0, script: Uint8Array.of(9, ...signature, 33, ...key) },
      { txid: 'ab'.repeat(32), index: 1, script: new Uint8Array(0), witness: [signature.with(8, 1), key] },
    ],
    outputs: [{ units: 1n, script: Build.hex('51') }],
  })
  const decoded = decode(Build.block([Build.coinbase(20, 1n, [spend]), spend]), 'bitcoin-regtest')
  assert.ok(decoded.ok)
  const payment = bitcoinjs.payments.p2pkh({ pubkey: key, network: bitcoinjs.networks.regtest })
  const segwit = bitcoinjs.payments.p2wpkh({ pubkey: key, network: bitcoinjs.networks.regtest })
  assert.deepEqual(decoded.block.transactions[1]!.inputs, [
    { txid: 'ab'.repeat(32), index: 0, units: null, address: payment.address, singleAnyoneCanPay: true },
    { txid: 'ab'.repeat(32), index: 1, units: null, address: segwit.address, singleAnyoneCanPay: false },
  ])
})

test('random blocks decode as they were built', () => {
  const bytes = fc.uint8Array({ maxLength: 300 })
  const input = fc.record({
    txid: fc.uint8Array({ minLength: 32, maxLength: 32 }).map(hash => toHex(hash)),
    index: fc.nat(1000),
    script: bytes,
    witness: fc.array(bytes, { maxLength: 3 }),
  })
  const output = fc.record({ units: fc.bigInt(0n, 2_100_000_000_000_000n), script: bytes })
  const parts = fc.record({
    inputs: fc.array(input, { minLength: 1, maxLength: 4 }),
    outputs: fc.array(output, { minLength: 1, maxLength: 4 }),
  })
  const property = fc.property(
    fc.uniqueArray(parts, { selector: part => toHex(Build.transaction(part).txid), maxLength: 6 }),
    list => {
      const built = list.map(part => Build.transaction(part))
      const decoded = decode(Build.block([Build.coinbase(500, 1n, built), ...built]), 'bitcoin-regtest')
      assert.ok(decoded.ok, decoded.ok ? '' : decoded.reason)
      assert.deepEqual(
        decoded.block.transactions.slice(1).map(plain),
        list.map((part, i) => ({
          txid: toHex(built[i]!.txid.slice().reverse()),
          inputs: part.inputs.map(each => `${each.txid}:${each.index}`),
          outputs: part.outputs.map(each => each.units),
        })),
      )
    },
  )
  fc.assert(property, { numRuns: 60 })
})

test('any bytes: never throws', () => {
  const head = small().slice(0, 80)
  const property = fc.property(fc.uint8Array({ maxLength: 400 }), tail => {
    assert.equal(decode(Uint8Array.of(...head, ...tail), 'bitcoin-regtest').ok, false)
    assert.equal(decode(tail, 'litecoin-regtest').ok, false)
  })
  fc.assert(property, { numRuns: 500 })
})
