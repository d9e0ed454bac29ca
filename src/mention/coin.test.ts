import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as Base58 from '../chain/base58.ts'
import * as Bech32 from '../chain/bech32.ts'
import { crc32 } from '../chain/crc.ts'
import * as Ton from '../chain/ton-address.ts'
import { find } from './mention.ts'

/** Network, type and certainty of each address, its rejections after them. */
function read(text: string): string[] {
  const { mentions, rejected } = find(text)
  return [
    ...mentions.flatMap(one => (one.kind === 'address' ? [`${one.network} ${one.type} ${one.certainty}`] : [])),
    ...rejected.map(one => `rejected ${one.reason}`),
  ]
}

function payment(text: string) {
  const [url] = find(text).mentions.filter(one => one.kind === 'url')
  assert.ok(url?.kind === 'url' && url.payment !== null, text)
  const { network, address, contract, amount, smallest, asset, label, problem } = url.payment
  return { network, address, contract, amount, smallest, asset, label, problem }
}

const damaged = (text: string) => text.slice(0, -1) + (text.endsWith('2') ? '3' : '2')

/** Published addresses: donation addresses of the projects, and examples of the specifications. */
const STELLAR = 'GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ'
const RIPPLE = 'rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh'
const MONERO = '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A'
const CARDANO =
  'addr1qx2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzer3n0d3vllmyqwsx5wktcd8cc3sq835lu7drv2xwl2wywfgse35a3x'
const XADDRESS = 'X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ'
const TON = 'EQD8uRo6OBbQ97jCx2EIuKm8Wmt6Vb15-KsQHFLbKSMiYM0w'
const PAID_SOLANA = '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV'
const SOLANA = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'

test('coins with a checksum: found whole, rejected with one letter changed', () => {
  for (const [text, name] of [
    [STELLAR, 'stellar account'],
    [RIPPLE, 'ripple account'],
    [MONERO, 'monero standard'],
    [CARDANO, 'cardano shelley'],
    [TON, 'ton bounceable'],
  ] as const) {
    assert.deepEqual(read(`تبرع (${text})`), [`${name} found`])
    assert.deepEqual(read(`تبرع (${damaged(text)})`), ['rejected checksum'], text)
  }
  assert.deepEqual(read(XADDRESS), ['ripple x-address found'])
  const stake = Bech32.encode('stake', Bech32.toWords(0, new Uint8Array(29).fill(0xe1)).subarray(1), 'bech32')
  assert.deepEqual(read(stake), ['cardano stake found'])
  const sapling = Bech32.encode('zs', Bech32.toWords(0, new Uint8Array(43).fill(7)).subarray(1), 'bech32')
  assert.deepEqual(read(sapling), ['zcash sapling found'])
  const unified = Bech32.encode('u', Bech32.toWords(0, new Uint8Array(83).fill(9)).subarray(1), 'bech32m')
  assert.deepEqual(read(unified), ['zcash unified found'])
  const payload = new Uint8Array(33).fill(5)
  const crc = crc32(payload)
  const tail = [0x1a, crc >>> 24, (crc >>> 16) & 255, (crc >>> 8) & 255, crc & 255]
  const byron = Base58.encode(Uint8Array.from([0x82, 0xd8, 0x18, 0x58, 33, ...payload, ...tail]))
  assert.deepEqual(read(byron), ['cardano byron found'])
})

test('Cardano of the Byron years, long addresses with a path too, by their CRC-32', () => {
  /** Of public examples: a wallet's page, IOHK's cluster files. */
  for (const long of [
    'DdzFFzCqrhsqTG4t3uq5UBqFrxhxGVM6bvF4q1QcZXqUpizFddEEip7dx5rbife2s9o2fRU3hVKhRp4higog7As8z42s4AMw6Pcu8vL4',
    'DdzFFzCqrhswMWoTiWaqXUDZJuYUx63qB6Aq8rbVbhFbc8NWqhpZkC7Lhn5eVA7kWf4JwKvJ9PqQF78AewMCzDZLabkzm99rFzpNDKp5',
  ]) {
    assert.deepEqual(read(`ADA: ${long}`), ['cardano byron found'])
    assert.deepEqual(read(`ADA: ${damaged(long)}`), ['rejected checksum'])
  }
  assert.deepEqual(read('Ae2tdPwUPEZFRbyhz3cpfC2CumGzNkFBN2L42rcUc2yjQpEkxDbkPodpMAi'), ['cardano byron found'])
})

test('offers of BOLT 12 are probable at most: nothing in them checks their letters', () => {
  const offer =
    'lno1pqps7sjqpgtyzm3qv4uxzmtsd3jjqer9wd3hy6tsw35k7msjzfpy7nz5yqcnygrfdej82um5wf5k2uckyypwa3eyt44h6txtxquqh7' +
    'lz5djge4afgfjn7k4rgrkuag0jsd5xvxg'
  const written = `${offer.slice(0, 70)}+\n  ${offer.slice(70)}`
  for (const raw of [offer, written, offer.toUpperCase()]) {
    const [one] = find(`ادفع ${raw} شكرا`).mentions
    assert.ok(one?.kind === 'address')
    assert.deepEqual(
      [one.network, one.type, one.address, one.certainty, one.checksum, one.raw],
      ['lightning', 'offer', offer, 'probable', 'none', raw],
    )
    assert.deepEqual([one.offer?.description, one.offer?.millisatoshis], ['An example description', '1000000'])
  }
  assert.deepEqual(read(offer.slice(0, -3)), ['rejected length'])
  assert.deepEqual(read('lno1 lnr1sq'), [])
})

test('names that chains give out: .eth and .ton, of their lengths', () => {
  const named = (text: string) =>
    find(text).mentions.flatMap(one => (one.kind === 'domain' ? [`${one.system} ${one.value}`] : []))
  assert.deepEqual(named('vitalik.eth, pay.aid-fund.eth, foundation.ton, shop.aid.ton, https://winter-aid.ton/'), [
    ...['ens vitalik.eth', 'ens pay.aid-fund.eth', 'ton foundation.ton', 'ton winter-aid.ton'],
  ])
  assert.deepEqual(named('bien.Ton argent, est.ton'), [])
})

test('Solana has no checksum: probable beside its name and on the curve, else possible, and never in a digest', () => {
  assert.deepEqual(read(`سولانا: ${SOLANA}`), ['solana account probable'])
  assert.deepEqual(read(`SOL\n${SOLANA}`), ['solana account probable'])
  assert.deepEqual(read(`https://solscan.io/account/${SOLANA}`), ['solana account probable'])
  assert.deepEqual(read(SOLANA), ['solana account possible'])
  assert.deepEqual(
    read(`Solana:\n${SOLANA}\n${PAID_SOLANA}`),
    [...'ab'].map(() => 'solana account probable'),
  )
  assert.deepEqual(read(`Solana: ${SOLANA} and then ${PAID_SOLANA}`)[1], 'solana account possible')
  assert.deepEqual(read(`Solana wallet, private key ${SOLANA}`), ['solana account possible'])
  assert.deepEqual(read(`${SOLANA}=`), [])
  assert.deepEqual(read('solana solana ThisIsNoAccountButASentenceOfWords12345'), [])
})

test('TON: the raw form only beside its name, and then it is no transaction id', () => {
  const raw = `0:${'fcb91a3a3816d0f7b8c2c76108b8a9bc5a6b7a55bd79f8ab101c52db29232260'}`
  const kinds = (text: string) => find(text).mentions.map(one => `${one.kind} ${one.certainty}`)
  assert.deepEqual(kinds(`TON: ${raw}`), ['address probable'])
  assert.deepEqual(kinds(raw), ['address possible', 'txid probable'])
  assert.deepEqual(read(`https://tonscan.org/address/${TON}`), ['ton bounceable found'])
  assert.deepEqual(read(Ton.format(-1, new Uint8Array(32).fill(0x33))), ['ton bounceable found'])
})

test('Lightning: the terms of an invoice; an LNURL is the URL that it hides', () => {
  /** BOLT 11's own example. */
  const invoice =
    'lnbc2500u1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdpquwpc4curk03c9wlrswe78q4ey' +
    'qc7d8d0xqzpuyk0sg5g70me25alkluzd2x62aysf2pyy8edtjeevuv4p2d5p76r4zkmneet7uvyakky2zr4cusd45tftc9c5fh0n' +
    'nqpnl2jfll544esqchsrny'
  const [one] = find(`ادفع ${invoice}`).mentions
  assert.ok(one?.kind === 'address' && one.network === 'lightning')
  assert.deepEqual(one.invoice, {
    ...{ millisatoshis: '250000000', createdAt: '2017-06-01T10:57:38Z', expiresAt: '2017-06-01T10:58:38Z' },
    payee: '03e7156ae33b0a208d0744199163177e909e80176e55d97a2f221ede0f934dd9ad',
    paymentHash: '0001020304050607080900010203040506070809000102030405060708090102',
    description: 'ナンセンス 1杯',
  })
  assert.deepEqual(read(damaged(invoice)), ['rejected checksum'])
  const lnurl = Bech32.encode('lnurl', Bech32.toWords(0, Buffer.from('https://a.example/x')).subarray(1), 'bech32')
  const [url] = find(lnurl).mentions
  assert.ok(url?.kind === 'url')
  assert.deepEqual([url.scheme, url.value, url.defanged], ['lnurl', 'https://a.example/x', 'hxxps://a[.]example/x'])
})

test('payment URIs: BIP 21, EIP-681, tron, Solana Pay, TON; what does not pass is named', () => {
  const nothing = { contract: null, smallest: null, label: null, problem: null }
  const BITCOIN = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
  assert.deepEqual(payment(`bitcoin:${BITCOIN}?amount=0.00050000&label=Winter%20aid`), {
    ...{ ...nothing, network: 'bitcoin', address: BITCOIN, amount: '0.00050000', asset: 'BTC', label: 'Winter aid' },
  })
  assert.equal(payment(`bitcoin:${BITCOIN}?amount=1,5`).problem, 'amount')
  assert.equal(payment(`bitcoin:${BITCOIN}?req-else=1`).problem, 'parameter')
  assert.deepEqual(payment(`bitcoin:${damaged(BITCOIN)}`), {
    ...{ ...nothing, network: 'bitcoin', address: null, amount: null, asset: 'BTC', problem: 'address' },
  })
  const TETHER = '0xdac17f958d2ee523a2206206994597c13d831ec7'
  const PAID = '0x8e23ee67d1332ad560396262c48ffbb01f93d052'
  assert.deepEqual(payment(`ethereum:${TETHER}@1/transfer?address=${PAID}&uint256=2.5e7`), {
    ...{ ...nothing, network: 'ethereum', address: PAID, contract: TETHER, amount: null, asset: null },
    smallest: '25000000',
  })
  assert.deepEqual(payment(`ethereum:pay-${PAID}@137?value=2.014e18`), {
    ...{ ...nothing, network: 'polygon', address: PAID, amount: '2.014', smallest: '2014000000000000000', asset: null },
  })
  const TRON = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
  assert.equal(payment(`tron:${TRON}?amount=25`).address, TRON)
  const solana = payment(`solana:${PAID_SOLANA}?amount=1.5&spl-token=${SOLANA}`)
  assert.deepEqual([solana.address, solana.amount, solana.contract, solana.asset], [PAID_SOLANA, '1.5', SOLANA, null])
  assert.deepEqual(payment(`ton://transfer/${TON}?amount=1500000000`), {
    ...{ ...nothing, network: 'ton', address: TON, amount: '1.5', smallest: '1500000000', asset: 'TON' },
  })
})

test('names and links: an onion name with a slip, ENS, sites of collections', () => {
  const onion = '2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid'
  const named = (text: string) => find(text).mentions.flatMap(one => (one.kind === 'domain' ? [one.system] : []))
  assert.deepEqual(named(`http://${onion}.onion/a vitalik.eth example.org`), ['tor', 'ens', 'dns'])
  assert.deepEqual(read(`${onion.replace('2g', '3g')}.onion, notes.md`), ['rejected checksum', 'rejected file-name'])
  const handles = find('https://www.gofundme.com/f/winter-aid paypal.me/aid paypal.com/paypalme/aid2 cash.app/$aid')
  assert.deepEqual(
    handles.mentions.flatMap(one => (one.kind === 'handle' ? [`${one.platform} ${one.value}`] : [])),
    ['gofundme winter-aid', 'paypal aid', 'paypal aid2', 'cashapp aid'],
  )
})
