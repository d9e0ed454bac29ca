import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import * as Build from '../../test/block-builder.ts'
import { shared, skipWithout } from '../../test/shared.ts'
import { formatUnits } from '../model/amount.ts'
import { toHex } from '../std/bytes.ts'
import { decode } from './block.ts'
import * as Header from './block-header.ts'
import * as Rules from './block-rules.ts'
import { parse, parseCoins } from './core-json.ts'

const RULES = Rules.of('bitcoin-regtest')

describe('amounts as written', () => {
  const good = [
    ['0', 0n],
    ['0.0', 0n],
    ['25.0', 2_500_000_000n],
    ['0.12345678', 12_345_678n],
    ['1e-08', 1n],
    ['1E-8', 1n],
    ['2.5e1', 2_500_000_000n],
    ['20999999.97690000', 2_099_999_997_690_000n],
    ['90071992.54740993', 2n ** 53n + 1n],
    ['0.123456780000', 12_345_678n],
  ] as const
  for (const [text, units] of good) test(text, () => assert.equal(parseCoins(text), units))
  for (const text of ['', '-1', '1.', '.5', '0.123456789', '1e-09', 'NaN', '1,5', '0x10']) {
    test(`not ${JSON.stringify(text)}`, () => assert.equal(parseCoins(text), undefined))
  }
  test('every amount comes back', () => {
    fc.assert(fc.property(fc.bigInt(0n, 2n ** 63n), units => assert.equal(parseCoins(formatUnits(units, 8)), units)))
  })
})

/** What getblock says at verbosity 3, with or without the hex of each transaction. */
function json(height: number, withHex: boolean, value = '0.12345678', prevout = '0.20000001') {
  const inputs = [{ txid: 'ab'.repeat(32), index: 1, script: Build.hex('51'), witness: [Build.hex('aabbcc')] }]
  const spend = Build.transaction({ inputs, outputs: [{ units: 12_345_678n, script: Build.hex('52') }] })
  const coinbase = Build.coinbase(height, 50n, [spend])
  const bytes = Build.block([coinbase, spend])
  const header = Header.parse(bytes)!
  const print = (hash: Uint8Array) => toHex(hash.slice().reverse())
  const outputs = withHex ? {} : { version: 2, locktime: 0 }
  const commitment = toHex(coinbase.bytes).match(/266a24aa21a9ed(.{64})/)![1]!
  const first = {
    ...outputs,
    txid: print(coinbase.txid),
    vin: [
      {
        coinbase: toHex(coinbase.bytes).match(/ffffffff..(.*?)feffffff/)![1],
        txinwitness: ['00'.repeat(32)],
        sequence: 0xffff_fffe,
      },
    ],
    vout: [
      { value: 'V0.00000050', n: 0, scriptPubKey: { hex: `0014${'11'.repeat(20)}` } },
      { value: 'V0.0', n: 1, scriptPubKey: { hex: `6a24aa21a9ed${commitment}` } },
    ],
    ...(withHex ? { hex: toHex(coinbase.bytes) } : {}),
  }
  const second = {
    ...outputs,
    txid: print(spend.txid),
    vin: [
      {
        txid: 'ab'.repeat(32),
        vout: 1,
        scriptSig: { hex: '51' },
        txinwitness: ['aabbcc'],
        sequence: 0xffff_fffe,
        prevout: { generated: false, height: 3, value: `V${prevout}`, scriptPubKey: { hex: '53' } },
      },
    ],
    vout: [{ value: `V${value}`, n: 0, scriptPubKey: { hex: '52' } }],
    ...(withHex ? { hex: toHex(spend.bytes) } : {}),
  }
  const block = {
    hash: header.hash,
    height,
    version: header.version,
    merkleroot: header.merkleRoot,
    time: header.minedAt,
    bits: header.bits.toString(16),
    nonce: header.nonce,
    tx: [first, second],
  }
  // Amounts as bare numbers, digit for digit.
  return { bytes, text: JSON.stringify(block).replace(/"V([0-9.]+)"/g, '$1') }
}

for (const withHex of [true, false]) {
  test(`a block ${withHex ? 'with' : 'without'} hex becomes its bytes`, () => {
    const { bytes, text } = json(300, withHex)
    const [found, ...none] = parse(text, RULES)
    assert.ok(found?.ok && none.length === 0)
    assert.deepEqual(found.block.bytes, bytes)
    assert.equal(found.block.height, 300)
    assert.deepEqual([...found.block.spent!.units], [20_000_001n])
    assert.deepEqual(found.block.spent!.scripts, Build.hex('53'))
    assert.equal(decode(found.block.bytes, 'bitcoin-regtest').ok, true)
  })
}

test('an altered amount is found out', () => {
  const fields = parse(json(300, false, '0.12345679').text, RULES)
  assert.deepEqual(
    fields.map(result => (result.ok ? 'ok' : result.reason)),
    ['txid-mismatch'],
  )
  const hex = parse(json(300, true, '0.12345679').text, RULES)
  assert.deepEqual(
    hex.map(result => (result.ok ? 'ok' : result.reason)),
    ['json-contradicts'],
  )
})

test('what is no amount', () => {
  const nine = parse(json(300, true, '0.123456789').text, RULES)
  assert.deepEqual(
    nine.map(result => (result.ok ? 'ok' : result.reason)),
    ['amount-malformed'],
  )
})

test('envelope, array, hex in quotes', () => {
  const { bytes, text } = json(300, true)
  const hex = JSON.stringify(toHex(bytes))
  for (const whole of [`{"result":${text},"error":null,"id":1}`, `[${text}]`, hex, `{"result":${hex}}`]) {
    const [found] = parse(whole, RULES)
    assert.ok(found?.ok)
    assert.deepEqual(found.block.bytes, bytes)
  }
})

test('what is no block', () => {
  const reasons = (text: string) => parse(text, RULES).map(result => (result.ok ? 'ok' : result.reason))
  const { text } = json(300, true)
  assert.deepEqual(reasons(''), ['not-json'])
  assert.deepEqual(reasons('['.repeat(200_000)), ['not-json'])
  assert.deepEqual(reasons(`${'{"tx":'.repeat(50_000)}1${'}'.repeat(50_000)}`), ['not-json'])
  assert.deepEqual(reasons('5'), ['not-a-block'])
  assert.deepEqual(reasons('{"tx":[]}'), ['no-transactions'])
  assert.deepEqual(reasons('[{"tx":["00"]},null]'), ['json-incomplete', 'not-a-block'])
  assert.deepEqual(reasons(text.replace('"nonce":', '"nonce":1')), ['hash-mismatch'])
  assert.deepEqual(reasons(text.replace('"nonce":', '"once":')), ['json-incomplete'])
})

test('any JSON: never throws', () => {
  const { text } = json(300, false)
  const junk = fc.json().map(value => parse(value, RULES))
  const cut = fc.tuple(fc.nat(text.length), fc.string()).map(([at, more]) => parse(text.slice(0, at) + more, RULES))
  fc.assert(
    fc.property(fc.oneof(junk, cut), results => assert.ok(results.length >= 0)),
    { numRuns: 500 },
  )
})

const ETL = 'data/bitcoin/bitcoin-etl/tests/resources/test_export_blocks_job/bitcoin'
const FOLDERS = ['block_0', 'block_1', 'block_with_transactions', 'block_without_transactions']

for (const folder of FOLDERS) {
  test(`bitcoin-etl ${folder}: the answer it expects`, { skip: skipWithout(ETL) }, () => {
    const files = readdirSync(shared(`${ETL}/${folder}`)).filter(name => name.includes('getblock_'))
    const decoded = files.flatMap(name =>
      parse(readFileSync(shared(`${ETL}/${folder}/${name}`), 'utf8'), Rules.of('bitcoin')).map(result => {
        assert.ok(result.ok)
        const block = decode(result.block.bytes, 'bitcoin')
        assert.ok(block.ok)
        return { ...block.block, height: result.block.height }
      }),
    )
    const found = decoded.sort((a, b) => a.height! - b.height!)
    const blocks = lines(`${ETL}/${folder}/expected_blocks.json`)
    assert.deepEqual(
      found.map(block => [block.hash, block.height, block.minedAt, block.transactions.length]),
      blocks.map(block => [block['hash'], block['number'], block['timestamp'], block['transaction_count']]),
    )
    const transactions = lines(`${ETL}/${folder}/expected_transactions.json`)
    assert.deepEqual(
      found
        .flatMap(block => block.transactions)
        .map(each => [
          each.txid,
          each.inputs.map(input => [input.txid, input.index]),
          each.outputs.map(output => Number(output.units)),
        ]),
      transactions.map(each => [
        each['hash'],
        (each['inputs'] as Line[]).map(input => [input['spent_transaction_hash'], input['spent_output_index']]),
        (each['outputs'] as Line[]).map(output => output['value']),
      ]),
    )
  })
}

type Line = Record<string, unknown>

function lines(path: string): Line[] {
  const text = readFileSync(shared(path), 'utf8').trim()
  return text === '' ? [] : text.split('\n').map(line => JSON.parse(line) as Line)
}

const EMULATED = 'data/bitcoin/coinjoin/emul__ww2_lognorm-static-5utxo.zip'

test('every block of the emulated runs, verbosity 2', { skip: skipWithout(EMULATED) }, () => {
  const files = unzipSync(new Uint8Array(readFileSync(shared(EMULATED))), {
    filter: file => /\/btc-node\/block_\d+\.json$/.test(file.name),
  })
  const texts = Object.values(files).map(bytes => new TextDecoder().decode(bytes))
  const decoded = texts.map(text => {
    const [found] = parse(text, RULES)
    assert.ok(found?.ok)
    const block = decode(found.block.bytes, 'bitcoin-regtest')
    assert.ok(block.ok)
    return { stated: found.block.height, height: block.block.height }
  })
  assert.ok(decoded.length > 400)
  assert.deepEqual(
    decoded.filter(block => block.stated !== block.height),
    [],
  )
})
