import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bech32, bech32m } from '@scure/base'
import fc from 'fast-check'
import { toHex } from '../std/bytes.ts'
import { parse } from './address.ts'
import * as Bech32 from './bech32.ts'
import { fromKey } from './script.ts'

// Vectors: https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki and bip-0350.mediawiki (BSD-2-Clause).

const VALID_BECH32 = [
  'A12UEL5L',
  'a12uel5l',
  'an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs',
  'abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw',
  '11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j',
  'split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w',
  '?1ezyfcl',
]

const VALID_BECH32M = [
  'A1LQFN3A',
  'a1lqfn3a',
  'an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6',
  'abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx',
  '11llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllludsr8',
  'split1checkupstagehandshakeupstreamerranterredcaperredlc445v',
  '?1v759aa',
]

const INVALID: readonly [text: string, reason: string][] = [
  ['\u{20}1nwldj5', 'alphabet'],
  ['\u{7f}1axkwrx', 'alphabet'],
  ['\u{80}1eym55h', 'alphabet'],
  ['an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx', 'length'],
  ['pzry9x0s0muk', 'separator'],
  ['1pzry9x0s0muk', 'separator'],
  ['x1b4n0q5v', 'alphabet'],
  ['li1dgmt3', 'length'],
  ['de1lg7wt\u{ff}', 'alphabet'],
  ['A1G7SGD8', 'checksum'],
  ['10a06t8', 'separator'],
  ['1qzzfhee', 'separator'],
  ['\u{20}1xj0phk', 'alphabet'],
  ['\u{7f}1g6xzxy', 'alphabet'],
  ['\u{80}1vctc34', 'alphabet'],
  ['an84characterslonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11d6pts4', 'length'],
  ['qyrz8wqd2c9m', 'separator'],
  ['1qyrz8wqd2c9m', 'separator'],
  ['y1b0jsk6g', 'alphabet'],
  ['lt1igcx5c0', 'alphabet'],
  ['in1muywd', 'length'],
  ['mm1crxm3i', 'alphabet'],
  ['au1s5cgom', 'alphabet'],
  ['M1VUXWEZ', 'checksum'],
  ['16plkw9', 'separator'],
  ['1p2gdwpf', 'separator'],
]

test('BIP 173 and BIP 350: valid strings are read as what they are, and written back', () => {
  for (const [texts, encoding] of [[VALID_BECH32, 'bech32'] as const, [VALID_BECH32M, 'bech32m'] as const]) {
    for (const text of texts) {
      const decoded = Bech32.decode(text)
      assert(decoded.ok, text)
      assert.equal(decoded.encoding, encoding, text)
      assert.equal(Bech32.encode(decoded.hrp, decoded.words, encoding), text.toLowerCase())
    }
  }
})

test('BIP 173 and BIP 350: invalid strings are refused for the reason that the BIP gives', () => {
  for (const [text, reason] of INVALID) assert.deepEqual(Bech32.decode(text), { ok: false, reason }, text)
})

const VALID_SEGWIT: readonly [address: string, script: string][] = [
  ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', '0014751e76e8199196d454941c45d1b3a323f1433bd6'],
  [
    'tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7',
    '00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262',
  ],
  [
    'bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y',
    '5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6',
  ],
  ['BC1SW50QGDZ25J', '6002751e'],
  ['bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs', '5210751e76e8199196d454941c45d1b3a323'],
  [
    'tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy',
    '0020000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433',
  ],
  [
    'tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c',
    '5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433',
  ],
  [
    'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
    '512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
  ],
]

test('BIP 350: valid segwit addresses of versions 0 to 16 and the scripts that they stand for', () => {
  for (const [text, script] of VALID_SEGWIT) {
    const parsed = parse(text)
    assert(parsed.ok, text)
    assert.equal(toHex(fromKey(parsed.key.type, parsed.key.payload)!), script)
    assert.equal(parsed.address.address, text.toLowerCase())
  }
})

const INVALID_SEGWIT: readonly [address: string, reason: string][] = [
  ['tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut', 'network'],
  ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd', 'checksum'],
  ['tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf', 'checksum'],
  ['BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL', 'checksum'],
  ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh', 'checksum'],
  ['tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47', 'checksum'],
  ['bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4', 'alphabet'],
  ['BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R', 'version'],
  ['bc1pw5dgrnzv', 'length'],
  ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav', 'length'],
  ['BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P', 'length'],
  ['tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq', 'mixed-case'],
  ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf', 'padding'],
  ['tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j', 'padding'],
  ['bc1gmk9yu', 'length'],
  // BIP 173's list, where it is not the same.
  ['tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty', 'network'],
  ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', 'checksum'],
  ['BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2', 'version'],
  ['bc1rw5uspcuh', 'length'],
  ['bc10w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kw5rljs90', 'length'],
  ['tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7', 'mixed-case'],
  ['bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du', 'padding'],
  ['tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3pjxtptv', 'padding'],
]

test('BIP 350: invalid segwit addresses are refused for the reason that the BIP gives', () => {
  for (const [text, reason] of INVALID_SEGWIT) {
    assert.deepEqual(parse(text), { ok: false, reason, networks: [] }, text)
  }
})

test('BIP 350 withdraws the addresses of versions 1 and above that BIP 173 had with the first checksum', () => {
  for (const text of [
    'bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7k7grplx',
    'BC1SW50QA3JX3S',
    'bc1zw508d6qejxtdg4y5r3zarvaryvg6kdaj',
  ]) {
    assert.deepEqual(parse(text), { ok: false, reason: 'checksum', networks: [] }, text)
  }
})

test('Bech32 and Bech32m: any words are written and read as @scure/base does', () => {
  const words = fc.array(fc.nat(31), { maxLength: 70 }).map(list => Uint8Array.from(list))
  fc.assert(
    fc.property(words, fc.constantFrom('bc', 'tb', 'bcrt', 'ltc', 'rltc', 'a'), (value, hrp) => {
      assert.equal(Bech32.encode(hrp, value, 'bech32'), bech32.encode(hrp, value))
      const text = bech32m.encode(hrp, value)
      assert.equal(Bech32.encode(hrp, value, 'bech32m'), text)
      assert.deepEqual(Bech32.decode(text), { ok: true, hrp, words: value, encoding: 'bech32m' })
    }),
    { numRuns: 1000 },
  )
})

test('Bech32: bytes to words and back, and up to four wrong characters are always found', () => {
  const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
  const edits = fc.array(fc.tuple(fc.nat(37), fc.integer({ min: 1, max: 31 })), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), edits, (bytes, changes) => {
      const words = Bech32.toWords(0, bytes)
      assert.deepEqual(Bech32.toBytes(words, 1), bytes)
      const text = Bech32.encode('bc', words, 'bech32').split('')
      for (const [at, by] of new Map(changes)) {
        text[4 + at] = alphabet[(alphabet.indexOf(text[4 + at]!) + by) % 32]!
      }
      assert.deepEqual(Bech32.decode(text.join('')), { ok: false, reason: 'checksum' })
    }),
    { numRuns: 1000 },
  )
})
