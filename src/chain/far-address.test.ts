import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ed25519 } from '@noble/curves/ed25519.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import fc from 'fast-check'
import { toHex } from '../std/bytes.ts'
import * as Base58 from './base58.ts'
import { crc32 } from './crc.ts'
import * as Lightning from './lightning.ts'
import { isOnionName, toOnionName } from './onion-name.ts'
import { recoverKey } from './secp256k1-recover.ts'
import * as Solana from './solana-address.ts'
import * as Ton from './ton-address.ts'

/** Examples of BOLT 11 (github.com/lightning/bolts, CC BY 4.0), and the node that signed all of them. */
const PAYEE = '03e7156ae33b0a208d0744199163177e909e80176e55d97a2f221ede0f934dd9ad'
const COFFEE =
  'lnbc2500u1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdpquwpc4curk03c9wlrswe78q4eyqc7d8d0xqzpuyk' +
  '0sg5g70me25alkluzd2x62aysf2pyy8edtjeevuv4p2d5p76r4zkmneet7uvyakky2zr4cusd45tftc9c5fh0nnqpnl2jfll544esqchsrny'
const PICO =
  'lnbc9678785340p1pwmna7lpp5gc3xfm08u9qy06djf8dfflhugl6p7lgza6dsjxq454gxhj9t7a0sd8dgfkx7cmtwd68yetpd5s9xar0wfjn5gpc8' +
  'qhrsdfq24f5ggrxdaezqsnvda3kkum5wfjkzmfqf3jkgem9wgsyuctwdus9xgrcyqcjcgpzgfskx6eqf9hzqnteypzxz7fzypfhg6trddjhygrcyqe' +
  'zcgpzfysywmm5ypxxjemgw3hxjmn8yptk7untd9hxwg3q2d6xjcmtv4ezq7pqxgsxzmnyyqcjqmt0wfjjq6t5v4khxxqyjw5qcqp2rzjq0gxwkzc8w' +
  '6323m55m4jyxcjwmy7stt9hwkwe2qxmy8zpsgg7jcuwz87fcqqeuqqqyqqqqlgqqqqn3qq9qn07ytgrxxzad9hc4xt3mawjjt8znfv8xzscs7007v9' +
  'gh9j569lencxa8xeujzkxs0uamak9aln6ez02uunw6rd2ht2sqe4hz8thcdagpleym0j'

test('BOLT 11: amount, times, payee recovered from the signature', () => {
  assert.deepEqual(Lightning.parseInvoice(COFFEE), {
    ...{ network: 'bitcoin', millisatoshis: 250_000_000n, createdAt: 1_496_314_658, expiresAt: 1_496_314_718 },
    paymentHash: '0001020304050607080900010203040506070809000102030405060708090102',
    ...{ description: 'ナンセンス 1杯', payee: PAYEE },
  })
  const pico = Lightning.parseInvoice(PICO.toUpperCase())
  assert.ok(typeof pico === 'object')
  assert.deepEqual([pico.millisatoshis, pico.expiresAt - pico.createdAt, pico.payee], [967_878_534n, 604_800, PAYEE])
  assert.equal(Lightning.parseInvoice(COFFEE.replace('ny', 'nz')), 'checksum')
  assert.equal(Lightning.parseInvoice(`${COFFEE.slice(0, 40)}B${COFFEE.slice(41)}`), 'mixed-case')
})

test('LNURL: the example of LUD-01', () => {
  const text =
    'LNURL1DP68GURN8GHJ7UM9WFMXJCM99E3K7MF0V9CXJ0M385EKVCENXC6R2C35XVUKXEFCV5MKVV34X5EKZD3EV56NYD3HXQURZE' +
    'PEXEJXXEPNXSCRVWFNV9NXZCN9XQ6XYEFHVGCXXCMYXYMNSERXFQ5FNS'
  assert.deepEqual(Lightning.parseLnurl(text), {
    url: 'https://service.com/api?q=3fc3645b439ce8e7f2553a69e5267081d96dcd340693afabe04be7b0ccd178df',
  })
  assert.equal(Lightning.parseLnurl(text.replace('5FNS', '5FNQ')), 'checksum')
})

test('the recovered key is noble’s, for any digest and key', () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
  fc.assert(
    fc.property(bytes, bytes, (digest, secret) => {
      if (!secp256k1.utils.isValidSecretKey(secret)) return
      const signed = secp256k1.sign(digest, secret, { prehash: false, format: 'recovered' })
      const found = recoverKey(digest, signed.subarray(1), signed[0]!)
      assert.equal(toHex(found ?? new Uint8Array()), toHex(secp256k1.getPublicKey(secret)))
    }),
    { numRuns: 8 },
  )
})

test('Solana: on the curve as noble says; 32 bytes and nothing else', () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
  fc.assert(
    fc.property(bytes, drawn => {
      const parsed = Solana.parse(Base58.encode(drawn))
      if (parsed === undefined) return
      let isPoint = true
      try {
        ed25519.Point.fromBytes(drawn, true)
      } catch {
        isPoint = false
      }
      assert.equal(parsed.isOnCurve, isPoint)
    }),
    { numRuns: 40 },
  )
  /** USDC's mint, and the token program. */
  assert.equal(Solana.parse('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v')?.isOnCurve, true)
  assert.equal(Solana.parse('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZ'), undefined)
})

test('TON: both forms of one account (docs.ton.org, "Smart contract addresses")', () => {
  const raw = '0:fcb91a3a3816d0f7b8c2c76108b8a9bc5a6b7a55bd79f8ab101c52db29232260'
  const shown = 'EQD8uRo6OBbQ97jCx2EIuKm8Wmt6Vb15-KsQHFLbKSMiYM0w'
  const parsed = Ton.parseFriendly(shown)
  assert.ok(typeof parsed === 'object')
  assert.deepEqual([Ton.formatRaw(parsed), parsed.type, parsed.isTest], [raw, 'bounceable', false])
  assert.equal(Ton.format(0, parsed.bytes), shown)
  assert.equal(Ton.parseFriendly(shown.replace('YM0w', 'YM0x')), 'checksum')
  assert.equal(Ton.parseFriendly(shown.slice(1)), 'form')
})

test('onion names: the Tor Project’s own, and one letter changed', () => {
  const name = '2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid'
  assert.equal(isOnionName(name), true)
  assert.equal(isOnionName(name.replace('2g', '3g')), false)
  assert.equal(isOnionName('a'.repeat(56)), false)
  assert.equal(isOnionName(toOnionName(new Uint8Array(32).fill(7))), true)
})

test('CRC-32 of the check string', () => {
  assert.equal(crc32(Buffer.from('123456789')), 0xcbf4_3926)
})
