import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base58check } from '@scure/base'
import fc from 'fast-check'
import { getAddress } from 'viem'
import * as Address from '../chain/address.ts'
import { sha256 } from '../std/digest.ts'
import { findAddresses } from './address.ts'
import type { AddressMention } from './kind.ts'

const BITCOIN = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
const TRON = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const EVM = '0xdAC17F958D2ee523a2206206994597C13D831ec7'

function only(text: string): AddressMention {
  const found = findAddresses(text).mentions
  assert.equal(found.length, 1, `${found.length} found in ${text}`)
  assert.equal(found[0]!.kind, 'address')
  return found[0] as AddressMention
}

const summary = (text: string) => {
  const { address, network, raw, certainty, repaired, disguise } = only(text)
  return { address, network, raw, certainty, rule: repaired?.rule ?? null, edits: repaired?.edits ?? 0, disguise }
}

test('published addresses of each kind', () => {
  /** BIP 173, BIP 350, EIP-55, and the test vectors or documents of each coin. */
  const expected: [string, string, string][] = [
    ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', 'bitcoin', 'p2wpkh'],
    ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0', 'bitcoin', 'p2tr'],
    ['tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7', 'bitcoin-testnet3', 'p2wsh'],
    ['3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy', 'bitcoin', 'p2sh'],
    [TRON, 'tron', 'tron'],
    ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', 'ethereum', 'evm'],
    ['DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L', 'dogecoin', 'p2pkh'],
    ['rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh', 'ripple', 'account'],
    ['qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a', 'bitcoin-cash', 'p2pkh'],
    ['GAHK7EEG2WWHVKDNT4CEQFZGKF2LGDSW2IVM4S5DP42RBW3K6BTODB4A', 'stellar', 'account'],
    [
      '4AdUndXHHZ6cfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skxNgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2684Rge',
      ...(['monero', 'standard'] as const),
    ],
  ]
  for (const [text, network, type] of expected) {
    const found = only(`(${text})`)
    assert.deepEqual([found.network, found.type, found.raw], [network, type, text])
  }
})

test('an EVM address names all its networks; its case says whether it was checked', () => {
  assert.deepEqual(only(EVM).networks, ['ethereum', 'bsc', 'polygon', 'arbitrum', 'optimism', 'base', 'avalanche'])
  assert.equal(only(EVM).checksum, 'ok')
  assert.equal(only(EVM.toLowerCase()).checksum, 'none')
})

test('boundaries: directly after a colon, before Arabic letters, in brackets, in links', () => {
  for (const text of [
    `BTC:${BITCOIN}`,
    `${BITCOIN}والله`,
    `عنوان${BITCOIN}`,
    `[${BITCOIN}]`,
    `"${BITCOIN}".`,
    `/${BITCOIN}/`,
  ]) {
    assert.equal(only(text).raw, BITCOIN)
  }
})

test('part of a longer run is no address', () => {
  for (const text of [`x${BITCOIN}`, `${BITCOIN}1`, `${EVM}0`, `a${EVM}`, `${TRON}${TRON}`]) {
    assert.deepEqual(findAddresses(text).mentions, [], text)
  }
})

test('invisible characters are looked through: still found as written', () => {
  const hidden = `1LaNXgq2\u200bctDEa4fTha6\u2066PTo8su\u00adcqzieـQctq`
  assert.deepEqual(summary(`\u202e${hidden}\u202c`), {
    ...{ address: BITCOIN, network: 'bitcoin', raw: hidden, certainty: 'found', rule: null, edits: 0 },
    disguise: ['invisible'],
  })
})

test('so are control characters, fillers, tags and strokes that are laid over letters', () => {
  const address = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
  for (const sign of ['\0', '\u0007', '\u3164', '\u2065', '\u0336', '\u{e0041}', '\u0000\u200b']) {
    for (const raw of [`${address.slice(0, 9)}${sign}${address.slice(9)}`, [...address].join(sign)]) {
      const { mentions } = findAddresses(`pay ${raw} now`)
      const found = mentions.map(one => [one.raw, one.certainty, one.disguise, (one as AddressMention).address])
      assert.deepEqual(found, [[raw, 'found', ['invisible'], address]], JSON.stringify(sign))
    }
  }
  const both = findAddresses(`${address}\0${address}`)
  assert.deepEqual([both.mentions.length, both.rejected], [2, []])
})

test('substituted characters are repaired, and say so', () => {
  assert.deepEqual(summary('TR٧NHqjeKQxGTCi٨q8ZY4pL8otSzgjLj6t'), {
    ...{ address: TRON, network: 'tron', raw: 'TR٧NHqjeKQxGTCi٨q8ZY4pL8otSzgjLj6t', certainty: 'probable' },
    ...{ rule: 'digits', edits: 2, disguise: ['digits'] },
  })
  assert.equal(summary('ＴＲ7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t').rule, 'width')
  assert.equal(summary('ТR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t').rule, 'lookalike')
  assert.equal(summary(`0xdac17f958d2ee523a22۰6206994597c13d831ec7`).rule, 'digits')
  const guess = only(`0xdас17f958d2ee523a2206206994597c13d831ec7`)
  assert.deepEqual([guess.certainty, guess.checksum], ['possible', 'none'], 'without a checksum letters are a guess')
})

test('a digit of another script beside an address does not hide it', () => {
  assert.deepEqual(summary(`١${BITCOIN}`).raw, BITCOIN)
})

test('a wrong checksum is rejected with its place', () => {
  const bad = `${BITCOIN.slice(0, -1)}r`
  const { mentions, rejected } = findAddresses(`قديم ${bad} و 0xDAC17F958D2ee523a2206206994597C13D831ec7`)
  assert.deepEqual(mentions, [])
  assert.deepEqual(
    rejected.map(({ raw, reason, start }) => [raw, reason, start]),
    [
      [bad, 'checksum', 5],
      ['0xDAC17F958D2ee523a2206206994597C13D831ec7', 'checksum', 42],
    ],
  )
  assert.equal(findAddresses('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5').rejected[0]?.reason, 'checksum')
})

test('decoys: hashes, base64, hex dumps and words give nothing', () => {
  const decoys = [
    '3f786850e387550fdab836ed7e6dc881de23001b',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855e3b0',
    'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejE=',
    '0x00112233445566778899aabbccddeeff',
    'Tttttttttttttttttttttttttttttttttt',
    '111111111111111111111111111111111',
    'supercalifragilisticexpialidocious',
  ]
  assert.deepEqual(findAddresses(decoys.join(' ')), { mentions: [], rejected: [] })
})

test('whatever is encoded is found, whatever surrounds it (@scure/base, viem)', () => {
  const bytes = fc.uint8Array({ minLength: 20, maxLength: 20 })
  const coder = base58check(sha256)
  const around = fc.constantFrom('', ' ', '،', '(', '\u200f', 'كلمة', ':', '/', '\n')
  fc.assert(
    fc.property(
      bytes,
      fc.constantFrom(0, 5, 48, 50, 111, 196, 0x41, 0x1e, 0x4c),
      around,
      around,
      (hash, version, before, after) => {
        const text = coder.encode(Uint8Array.of(version, ...hash))
        assert.equal(only(`${before}${text}${after}`).address.length > 0, true)
        assert.equal(only(`${before}${text}${after}`).raw, text)
      },
    ),
  )
  fc.assert(
    fc.property(bytes, around, (hash, before) => {
      const text = getAddress(`0x${Buffer.from(hash).toString('hex')}`)
      assert.equal(only(`${before}${text}`).address, text.toLowerCase())
    }),
  )
})

test('the quick judgement agrees with the codecs on altered addresses', () => {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
  fc.assert(
    fc.property(fc.constantFrom(BITCOIN, TRON), fc.nat(33), fc.nat(57), (address, at, digit) => {
      const text = address.slice(0, at) + alphabet[digit]! + address.slice(at + 1)
      assert.equal(findAddresses(text).mentions.length > 0, Address.parse(text).ok)
    }),
  )
})
