import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { getAddress, isAddress } from 'viem'
import * as Network from '../model/network.ts'
import { toHex } from '../std/bytes.ts'
import { Failure } from '../std/failure.ts'
import * as Address from './address.ts'
import * as EvmAddress from './evm-address.ts'
import * as Key from './key.ts'
import * as TronAddress from './tron-address.ts'

const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const GENESIS = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'
const TESTS = ['bitcoin-testnet3', 'bitcoin-signet', 'bitcoin-regtest', 'litecoin-regtest']
const EVM = Network.evm.map(network => network.id)

test('each text names all networks that read it, and one canonical address', () => {
  const cases: [text: string, address: object, networks: readonly string[]][] = [
    [GENESIS, { network: 'bitcoin', type: 'p2pkh', address: GENESIS }, ['bitcoin']],
    [
      '3P14159f73E4gFr7JterCCQh9QjiTjiZrG',
      { network: 'bitcoin', type: 'p2sh', address: '3P14159f73E4gFr7JterCCQh9QjiTjiZrG' },
      ['bitcoin', 'litecoin'],
    ],
    [
      'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4',
      { network: 'bitcoin', type: 'p2wpkh', address: 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4' },
      ['bitcoin'],
    ],
    [
      'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn',
      { network: 'bitcoin-testnet3', type: 'p2pkh', address: 'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn' },
      TESTS,
    ],
    [
      'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx',
      { network: 'bitcoin-testnet3', type: 'p2wpkh', address: 'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx' },
      ['bitcoin-testnet3', 'bitcoin-signet'],
    ],
    [
      'MVDCJxZd4A5VUm81QmeC1qf6U7LASsr7LT',
      { network: 'litecoin', type: 'p2sh', address: 'MVDCJxZd4A5VUm81QmeC1qf6U7LASsr7LT' },
      ['litecoin'],
    ],
    [
      'LYhttvnKawAv6RcHQ4eBkNtifuiEA99PFe',
      { network: 'litecoin', type: 'p2pkh', address: 'LYhttvnKawAv6RcHQ4eBkNtifuiEA99PFe' },
      ['litecoin'],
    ],
    [
      'ltc1qhdhvrwe6rgqns8fz28tee0hphr5x7ulw5exv4w',
      { network: 'litecoin', type: 'p2wpkh', address: 'ltc1qhdhvrwe6rgqns8fz28tee0hphr5x7ulw5exv4w' },
      ['litecoin'],
    ],
    [USDT, { network: 'tron', type: 'tron', address: USDT }, ['tron']],
    [
      '0xdAC17F958D2ee523a2206206994597C13D831ec7',
      { network: 'ethereum', type: 'evm', address: '0xdac17f958d2ee523a2206206994597c13d831ec7' },
      EVM,
    ],
  ]
  for (const [text, address, networks] of cases) {
    const parsed = Address.parse(`\n\t ${text} \u00a0`)
    assert(parsed.ok, text)
    assert.deepEqual(parsed.address, address)
    assert.deepEqual(parsed.networks, networks, text)
  }
})

test('Litecoin: the old 3… of a script is M… there; regtest reads m, 2 and Q and writes Q', () => {
  const old = Address.from('3P14159f73E4gFr7JterCCQh9QjiTjiZrG', 'litecoin')
  assert.equal(old.address, 'MVDCJxZd4A5VUm81QmeC1qf6U7LASsr7LT')
  assert.deepEqual(Address.on(old, 'bitcoin'), undefined)
  const payload = new Uint8Array(20).fill(1)
  const [q, two] = [
    Address.fromKey('litecoin-regtest', Key.P2SH, payload),
    Address.fromKey('bitcoin-regtest', Key.P2SH, payload),
  ]
  assert.match(q.address, /^Q/)
  assert.match(two.address, /^2/)
  assert.deepEqual(Address.from(two.address, 'litecoin-regtest'), q)
  assert.deepEqual(Address.on(two, 'litecoin-regtest'), q)
  assert.equal(Address.fromKey('litecoin-regtest', Key.P2WPKH, payload).address.slice(0, 6), 'rltc1q')
})

test('LIP 4: an MWEB address of 118 characters is read on Litecoin; damaged or shortened ones are not', () => {
  const [first, second] = [
    'ltcmweb1qq20e2arnhvxw97katjkmsd35agw3capxjkrkh7dk8d30rczm8ypxu',
    'q329nwh2twmchhqn3jqh7ua4ps539f6aazh79jy76urqht4qa59ts3at6gf',
  ]
  const mweb = first + second
  const parsed = Address.parse(mweb)
  assert(parsed.ok)
  assert.deepEqual(parsed.address, { network: 'litecoin', type: 'mweb', address: mweb })
  assert.deepEqual(Address.fromKey('litecoin', parsed.key.type, parsed.key.payload), parsed.address)
  const damaged = Address.parse(mweb.replace('20e2', '20e3'))
  assert.deepEqual(damaged, { ok: false, reason: 'checksum', networks: [] })
})

test('EIP-55: vectors of the specification; one case alone is unverified, a wrong case is a wrong checksum', () => {
  // https://eips.ethereum.org/EIPS/eip-55 (CC0).
  for (const text of [
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
    '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
    '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
  ]) {
    const parsed = Address.parse(text)
    assert(parsed.ok)
    assert.equal(parsed.caseVerified, true)
    assert.equal(Address.format(parsed.address), text)
    for (const plain of [text.toLowerCase(), `0x${text.slice(2).toUpperCase()}`]) {
      const unverified = Address.parse(plain)
      assert(unverified.ok)
      assert.equal(unverified.caseVerified, false)
      assert.deepEqual(unverified.address, parsed.address)
    }
    const swapped = text.replace(/[a-f]/, letter => letter.toUpperCase())
    assert.deepEqual(Address.parse(swapped), { ok: false, reason: 'checksum', networks: [] })
  }
  for (const text of [
    '0x52908400098527886E0F7030069857D2E4169EE7',
    '0x8617E340B3D01FA5F11F306F4090FD50E238070D',
    '0xde709f2102306220921060314715629080e2fb77',
    '0x27b1fdb04752bbc536007a920d24acb045561c26',
  ]) {
    assert.equal(EvmAddress.toChecksum(text.toLowerCase()), text)
    assert.equal(EvmAddress.checkCase(text), 'unverified')
  }
})

test('EIP-55: any 20 bytes in any case are taken or refused as viem does, and formatted alike', () => {
  const letter = fc.boolean()
  const bytes = fc.uint8Array({ minLength: 20, maxLength: 20 })
  fc.assert(
    fc.property(bytes, fc.array(letter, { minLength: 40, maxLength: 40 }), (value, upper) => {
      const digits = [...toHex(value)].map((digit, i) => (upper[i]! ? digit.toUpperCase() : digit)).join('')
      const text = `0x${digits}`
      const mixed = digits !== digits.toUpperCase() && digits !== digits.toLowerCase()
      assert.equal(Address.parse(text).ok, mixed ? isAddress(text) : true)
      const right = getAddress(text.toLowerCase() as `0x${string}`)
      assert.equal(EvmAddress.toChecksum(text.toLowerCase()), right)
      assert.equal(Address.parse(right).ok, true)
    }),
    { numRuns: 500 },
  )
})

test('Tron: base58, 41… and 0x41… are one address; 0x… of 20 bytes is Tron only where Tron is asked for', () => {
  const hex = '41a614f803b6fd780986a42c78ec9c7f77e6ded13c'
  const expected = { network: 'tron', type: 'tron', address: USDT }
  for (const text of [USDT, hex, `0x${hex}`, hex.toUpperCase()]) assert.deepEqual(Address.from(text), expected, text)
  assert.deepEqual(Address.from(`0x${hex.slice(2)}`, 'tron'), expected)
  assert.equal(Address.from(`0x${hex.slice(2)}`).network, 'ethereum')
  assert.equal(TronAddress.toHexForm(Address.toKey(expected as never).payload), hex)
})

test('Tron: a right checksum over another prefix than 0x41 is no Tron address', () => {
  for (const network of Network.all) {
    if (network.family !== 'bitcoin') continue
    const { address } = Address.fromKey(network.id, Key.P2PKH, new Uint8Array(20).fill(9))
    assert.deepEqual(TronAddress.parse(address), { ok: false, reason: 'version' })
    assert.equal(Address.parse(address, 'tron').ok, false)
  }
})

test('fromKey and parse are inverse on every network and type, and toKey gives the bytes back', () => {
  const types = (network: Network.Network): number[] => {
    if (network.family === 'evm') return [Key.EVM]
    if (network.family === 'tron') return [Key.TRON]
    const mweb = network.id.startsWith('litecoin') ? [Key.MWEB] : []
    return [Key.P2PKH, Key.P2SH, Key.P2WPKH, Key.P2WSH, Key.P2TR, Key.WITNESS + 1, Key.WITNESS + 16, ...mweb]
  }
  const cases = Network.all.flatMap(network => types(network).map(type => ({ network: network.id, type })))
  fc.assert(
    fc.property(
      fc.constantFrom(...cases),
      fc.uint8Array({ minLength: 66, maxLength: 66 }),
      fc.integer({ min: 2, max: 40 }),
      ({ network, type }, bytes, any) => {
        const length = [20, 32, 66, any].find(size => Key.isKey(type, size))
        if (length === undefined) return
        const payload = bytes.subarray(0, length)
        const address = Address.fromKey(network, type, payload)
        const parsed = Address.parse(address.address, network)
        assert(parsed.ok, address.address)
        assert.deepEqual(parsed.address, address)
        assert.deepEqual(Address.toKey(address), { type, payload: Uint8Array.from(payload) })
        assert.deepEqual(Address.from(Address.format(address), network), address)
        assert(parsed.networks.includes(network))
      },
    ),
    { numRuns: 2000 },
  )
})

test('base58 texts that begin like Bech32 prefixes are read as base58', () => {
  // Tron addresses that begin “TB1”, found by trying payloads.
  let found = 0
  for (let i = 0; i < 0x4000 && found < 2; i++) {
    const payload = new Uint8Array(20)
    new DataView(payload.buffer).setUint16(0, i)
    const address = TronAddress.fromBytes(payload)
    if (!/^tb1/i.test(address)) continue
    found++
    assert.equal(Address.from(address).network, 'tron')
    const wrong = address.slice(0, 33) + (address[33] === '2' ? '3' : '2')
    assert.deepEqual(Address.parse(wrong), { ok: false, reason: 'checksum', networks: [] })
  }
  assert(found > 0)
})

const refused = (name: string, reason: string) => (error: unknown) => {
  assert(error instanceof Failure)
  assert.equal(error.name, name, error.message)
  assert.equal(error.kind, 'input')
  assert.equal(error.facts['reason'], reason)
  assert.notEqual(error.hint, null)
  return true
}

test('an address that lost or doubled a character is damaged, not unknown', () => {
  for (const text of [GENESIS.slice(0, -1), `${GENESIS}a`, GENESIS.replace('PTf', 'PTTf')]) {
    assert.deepEqual(Address.parse(text), { ok: false, reason: 'checksum', networks: [] }, text)
  }
})

test('a damaged address, an unknown form and a wrong network are three failures', () => {
  assert.throws(() => Address.from(`${GENESIS.slice(0, -1)}b`), refused('Address.BadChecksum', 'checksum'))
  assert.throws(
    () => Address.from('0xDAC17F958D2ee523a2206206994597C13D831ec7'),
    refused('Address.BadChecksum', 'checksum'),
  )
  assert.throws(
    () => Address.from('tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7'),
    refused('Address.BadChecksum', 'mixed-case'),
  )
  assert.throws(() => Address.from('bc1gmk9yu'), refused('Address.Unknown', 'length'))
  for (const [text, reason] of [
    ['', 'empty'],
    ['  ', 'empty'],
    ['hello', 'alphabet'],
    ['حساب', 'alphabet'],
    ['nonsense', 'length'],
    ['0x1234', 'length'],
    ['0xzz', 'alphabet'],
    ['x'.repeat(201), 'length'],
    ['https://example.org/', 'unknown'],
    ['D7Y55r6Yoc1G8EECxkQ6SuSjTgGJJ7M6yD', 'version'],
  ] as const) {
    assert.throws(() => Address.from(text), refused('Address.Unknown', reason), text)
  }
  assert.throws(() => Address.from(USDT, 'bitcoin'), refused('Address.WrongNetwork', 'network'))
  assert.throws(() => Address.from(GENESIS, 'tron'), refused('Address.WrongNetwork', 'network'))
})

test('no text makes the reader throw, and what it takes it takes again in its canonical form', () => {
  const shapes = fc.constantFrom('', '0x', '41', 'bc1', 'BC1', 'tb1', 'ltcmweb1', 'T', '1', '3', 'eip155:1:', ':', '٣')
  const texts = fc.tuple(shapes, fc.string({ maxLength: 60, unit: 'binary' })).map(([start, rest]) => start + rest)
  fc.assert(
    fc.property(texts, text => {
      const parsed = Address.parse(text)
      if (parsed.ok) assert.deepEqual(Address.from(parsed.address.address, parsed.address.network), parsed.address)
    }),
    { numRuns: 2000 },
  )
})
