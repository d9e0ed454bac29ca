import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as btc from '@scure/btc-signer'
import { Block } from 'bitcoinjs-lib'
import fc from 'fast-check'
import { shared, skipWithout } from '../../test/shared.ts'
import type { NetworkId } from '../model/network.ts'
import { parseHex, toHex } from '../std/bytes.ts'
import { hash160, sha256 } from '../std/digest.ts'
import * as Address from './address.ts'
import * as Key from './key.ts'
import * as Script from './script.ts'
import { addressOfInput } from './script-input.ts'

const hex = (text: string) => parseHex(text)!

// https://github.com/bitcoin/bips/blob/master/bip-0341/wallet-test-vectors.json (BSD-3-Clause).
const BIP341: readonly [script: string, address: string][] = [
  [
    '512053a1f6e454df1aa2776a2814a721372d6258050de330b3c6d10ee8f4e0dda343',
    'bc1p2wsldez5mud2yam29q22wgfh9439spgduvct83k3pm50fcxa5dps59h4z5',
  ],
  [
    '5120147c9c57132f6e7ecddba9800bb0c4449251c92a1e60371ee77557b6620f3ea3',
    'bc1pz37fc4cn9ah8anwm4xqqhvxygjf9rjf2resrw8h8w4tmvcs0863sa2e586',
  ],
  [
    '5120e4d810fd50586274face62b8a807eb9719cef49c04177cc6b76a9a4251d5450e',
    'bc1punvppl2stp38f7kwv2u2spltjuvuaayuqsthe34hd2dyy5w4g58qqfuag5',
  ],
  [
    '5120712447206d7a5238acc7ff53fbe94a3b64539ad291c7cdbc490b7577e4b17df5',
    'bc1pwyjywgrd0ffr3tx8laflh6228dj98xkjj8rum0zfpd6h0e930h6saqxrrm',
  ],
  [
    '512077e30a5522dd9f894c3f8b8bd4c4b2cf82ca7da8a3ea6a239655c39c050ab220',
    'bc1pwl3s54fzmk0cjnpl3w9af39je7pv5ldg504x5guk2hpecpg2kgsqaqstjq',
  ],
]

test('BIP 341: wallet vectors, script to address and back', () => {
  for (const [script, address] of BIP341) {
    assert.deepEqual(Script.toAddress('bitcoin', hex(script)), { network: 'bitcoin', type: 'p2tr', address })
    const { type, payload } = Address.toKey({ network: 'bitcoin', address })
    assert.equal(toHex(Script.fromKey(type, payload)!), script)
  }
})

test('scripts of each type say the same address as @scure/btc-signer, on Bitcoin, testnet and regtest', () => {
  const networks: [NetworkId, typeof btc.NETWORK][] = [
    ['bitcoin', btc.NETWORK],
    ['bitcoin-testnet3', btc.TEST_NETWORK],
    ['bitcoin-regtest', { ...btc.TEST_NETWORK, bech32: 'bcrt' }],
  ]
  const types: [string, number, 'pkh' | 'sh' | 'wpkh' | 'wsh'][] = [
    ['p2pkh', 20, 'pkh'],
    ['p2sh', 20, 'sh'],
    ['p2wpkh', 20, 'wpkh'],
    ['p2wsh', 32, 'wsh'],
  ]
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
  fc.assert(
    fc.property(
      fc.constantFrom(...networks),
      fc.constantFrom(...types),
      bytes,
      ([id, net], [name, size, type], all) => {
        const hash = all.subarray(0, size)
        const expected = btc.Address(net).encode({ type, hash })
        const script = btc.OutScript.encode({ type, hash })
        assert.deepEqual(Script.toAddress(id, script), { network: id, type: name, address: expected })
        const parsed = Address.parse(expected, id)
        assert(parsed.ok)
        assert.deepEqual(Script.fromKey(parsed.key.type, parsed.key.payload), script)
      },
    ),
    { numRuns: 1000 },
  )
})

test('a packed key is found at any place of a buffer and points at its payload', () => {
  const script = hex('76a91489abcdefabbaabbaabbaabbaabbaabbaabbaabba88ac')
  const buffer = new Uint8Array(100).fill(0xee)
  buffer.set(script, 37)
  const packed = Script.toKey(buffer, 37, script.length)
  const from = 37 + Script.offsetOf(packed)
  assert.equal(Script.typeOf(packed), Key.P2PKH)
  assert.equal(toHex(buffer.subarray(from, from + Script.lengthOf(packed))), '89abcdefabbaabbaabbaabbaabbaabbaabbaabba')
})

test('every script of up to 42 bytes gives an address that stands for the same script, or none', () => {
  const near = fc.tuple(fc.constantFrom(0, 0x51, 0x52, 0x60, 0x76, 0xa9, 0x6a), fc.uint8Array({ maxLength: 41 }))
  const scripts = near.map(([first, rest]) => {
    if (rest.length > 0 && rest.length % 2 === 0) rest[0] = rest.length - 1
    return Uint8Array.of(first, ...rest)
  })
  fc.assert(
    fc.property(scripts, script => {
      const address = Script.toAddress('bitcoin', script)
      if (address === null) return
      const parsed = Address.parse(address.address, 'bitcoin')
      assert(parsed.ok)
      assert.deepEqual(Script.fromKey(parsed.key.type, parsed.key.payload), script)
    }),
    { numRuns: 5000 },
  )
})

test('P2PK, bare multisig, OP_RETURN and broken scripts pay no address', () => {
  const key = '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'
  const cases: [string, Script.Kind][] = [
    [`21${key}ac`, 'p2pk'],
    [`5121${key}51ae`, 'multisig'],
    ['6a0548656c6c6f', 'op-return'],
    ['6a', 'op-return'],
    ['', 'other'],
    ['51', 'other'],
    ['0015751e76e8199196d454941c45d1b3a323f1433bd6ff', 'other'],
    ['76a91489abcdefabbaabbaabbaabbaabbaabbaabbaabba88ad', 'other'],
    ['a91489abcdefabbaabbaabbaabbaabbaabbaabbaabba88', 'other'],
  ]
  for (const [script, kind] of cases) {
    assert.equal(Script.toAddress('bitcoin', hex(script)), null, script)
    assert.equal(Script.kindOf('bitcoin', hex(script)), kind, script)
  }
})

test('pay-to-anchor is a witness address of version 1 (Bitcoin Core 28)', () => {
  assert.deepEqual(Script.toAddress('bitcoin', hex('51024e73')), {
    network: 'bitcoin',
    type: 'witness',
    address: 'bc1pfeessrawgf',
  })
})

test('Litecoin: HogAddr and peg-in pay no address there, and are unknown witness versions on Bitcoin', () => {
  const [hogaddr, pegin] = [hex(`5820${'ab'.repeat(32)}`), hex(`5920${'cd'.repeat(32)}`)]
  assert.equal(Script.toAddress('litecoin', hogaddr), null)
  assert.equal(Script.toAddress('litecoin', pegin), null)
  assert.equal(Script.kindOf('litecoin', hogaddr), 'mweb-hogaddr')
  assert.equal(Script.kindOf('litecoin-regtest', pegin), 'mweb-pegin')
  assert.equal(Script.toAddress('bitcoin', hogaddr)?.type, 'witness')
  const short = hex('5902abcd')
  assert.equal(Script.toAddress('litecoin', short)?.type, 'witness')
})

const DER = `30440220${'11'.repeat(32)}0220${'22'.repeat(32)}01`
const KEY = hex(`02${'33'.repeat(32)}`)
const push = (bytes: Uint8Array) => Uint8Array.of(bytes.length, ...bytes)
const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap(part => [...part]))

test('an input shows its address: P2PKH, P2SH, nested, P2WPKH, P2WSH', () => {
  const nested = Script.fromKey(Key.P2WPKH, hash160(KEY))!
  const multisig = join(hex('5121'), KEY, hex('51ae'))
  const cases: [Uint8Array, Uint8Array[], Key.KeyType, Uint8Array][] = [
    [join(push(hex(DER)), push(KEY)), [], Key.P2PKH, hash160(KEY)],
    [join(hex('00'), push(hex(DER)), push(multisig)), [], Key.P2SH, hash160(multisig)],
    [push(nested), [hex(DER), KEY], Key.P2SH, hash160(nested)],
    [new Uint8Array(), [hex(DER), KEY], Key.P2WPKH, hash160(KEY)],
    [new Uint8Array(), [new Uint8Array(), hex(DER), multisig], Key.P2WSH, sha256(multisig)],
  ]
  for (const [scriptSig, witness, type, payload] of cases) {
    assert.deepEqual(addressOfInput('bitcoin', scriptSig, witness), Address.fromKey('bitcoin', type, payload))
  }
})

test('an input that could be two things, or shows no hash, shows no address', () => {
  const control = join(hex('c0'), hex('44'.repeat(32)))
  const wrongProgram = Script.fromKey(Key.P2WPKH, hash160(join(KEY, KEY)))!
  const cases: [string, Uint8Array, Uint8Array[]][] = [
    ['P2PK: a signature alone', push(hex(DER)), []],
    ['bare multisig', join(hex('00'), push(hex(DER))), []],
    ['a key without a signature', push(KEY), []],
    ['a bare puzzle', join(hex('51'), push(hex('0102030405'))), []],
    ['a cut-off push', hex('4c'), []],
    ['a length that lies', hex('4effffffff00'), []],
    ['no push at all', hex('ac'), []],
    ['nothing', new Uint8Array(), []],
    ['taproot key path', new Uint8Array(), [new Uint8Array(64).fill(1)]],
    ['taproot key path with annex', new Uint8Array(), [new Uint8Array(64).fill(1), hex('50aa')]],
    ['taproot script path', new Uint8Array(), [hex(DER), join(hex('20'), hex('55'.repeat(32)), hex('ac')), control]],
    ['a nested program that the witness does not fulfil', push(wrongProgram), [hex(DER), KEY]],
    ['an empty last item', new Uint8Array(), [hex(DER), new Uint8Array()]],
  ]
  for (const [what, scriptSig, witness] of cases) {
    assert.equal(addressOfInput('bitcoin', scriptSig, witness), null, what)
  }
})

test('no bytes make the input reader throw', () => {
  const bytes = fc.uint8Array({ maxLength: 80 })
  fc.assert(
    fc.property(bytes, fc.array(bytes, { maxLength: 4 }), (scriptSig, witness) => {
      addressOfInput('bitcoin', scriptSig, witness)
    }),
    { numRuns: 5000 },
  )
})

const REAL: [string, NetworkId, number][] = [
  ['data/bitcoin/mainnet/block300025', 'bitcoin', 1427],
  ['data/bitcoin/testnet3/block928816', 'bitcoin-testnet3', 0],
  ['data/bitcoin/testnet3/block928828', 'bitcoin-testnet3', 0],
]

for (const [path, network, inputs] of REAL) {
  const files = [`${path}.raw`, `${path}-undo.raw`]
  test(`${path}: inferred addresses are those of the outputs spent`, { skip: skipWithout(...files) }, () => {
    const block = Block.fromBuffer(readFileSync(shared(files[0]!)))
    const spent = readUndo(readFileSync(shared(files[1]!)))
    let [at, inferred, paying] = [0, 0, 0]
    for (const transaction of block.transactions!.slice(1)) {
      for (const input of transaction.ins) {
        const truth = Script.toAddress(network, spent[at++]!)
        const guess = addressOfInput(network, input.script, input.witness)
        if (guess !== null) assert.deepEqual(guess, truth, transaction.getId())
        if (guess !== null) inferred++
        if (truth !== null) paying++
      }
    }
    assert.equal(at, spent.length)
    if (inputs > 0) assert.equal(at, inputs)
    assert(inferred / paying > 0.95, `${inferred} of ${paying} inferred`)
  })
}

/** Spent outputs in order: value (8 bytes), length (compact), script. */
function readUndo(bytes: Uint8Array): Uint8Array[] {
  const scripts: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    at += 8
    let length = bytes[at++]!
    if (length === 0xfd) {
      length = bytes[at]! | (bytes[at + 1]! << 8)
      at += 2
    }
    scripts.push(bytes.subarray(at, at + length))
    at += length
  }
  return scripts
}
