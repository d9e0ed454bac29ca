import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCaip10 } from '../model/address.ts'
import * as Asset from '../model/asset.ts'
import * as Network from '../model/network.ts'
import * as Address from './address.ts'
import * as Caip from './caip.ts'

test('CAIP-19: every coin and checked token is written and read back', () => {
  for (const asset of [...Network.all.map(network => Asset.coin(network.id)), ...Asset.tokens]) {
    const name = Caip.parseAsset(Asset.toCaip19(asset))
    assert.deepEqual(name, { network: asset.network, contract: asset.contract })
    assert.deepEqual(Caip.assetOf(name), asset)
  }
})

test('CAIP-19: the example of its specification (USDT on Ethereum, EIP-55) becomes canonical', () => {
  const name = Caip.parseAsset('eip155:1/erc20:0xdAC17F958D2ee523a2206206994597C13D831ec7')
  assert.deepEqual(name, { network: 'ethereum', contract: '0xdac17f958d2ee523a2206206994597c13d831ec7' })
})

test('CAIP-19: unknown networks, other coins, wrong namespaces and damaged contracts are not read', () => {
  for (const text of [
    'eip155:999999/slip44:60',
    'eip155:1/slip44:0',
    'eip155:1/trc20:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
    'tron:728126428/trc20:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u',
    'eip155:1/erc20:0xDAC17F958D2ee523a2206206994597C13D831ec7',
    'eip155:1',
    '',
  ]) {
    assert.equal(Caip.parseAsset(text), undefined, text)
  }
})

test('CAIP-10: what is written is read back, on every network', () => {
  for (const network of Network.all) {
    const text = network.family === 'tron' ? 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t' : undefined
    const payload = new Uint8Array(20).fill(7)
    const type = network.family === 'evm' ? 8 : 1
    const address = text === undefined ? Address.fromKey(network.id, type, payload) : Address.from(text, network.id)
    const parsed = Address.parse(toCaip10(address))
    assert(parsed.ok)
    assert.deepEqual(parsed.address, address)
  }
})

test('CAIP-10: an identifier contradicting the address, or the hint, is a wrong network', () => {
  const tron = 'tron:728126428:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'
  assert.deepEqual(Address.parse(tron), { ok: false, reason: 'network', networks: ['bitcoin'] })
  const bitcoin = 'bip122:000000000019d6689c085ae165831e93:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'
  assert.deepEqual(Address.parse(bitcoin, 'tron'), { ok: false, reason: 'network', networks: ['bitcoin'] })
  assert.deepEqual(Address.parse('solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:7S3P4HxJpyyi'), {
    ok: false,
    reason: 'network',
    networks: [],
  })
})
