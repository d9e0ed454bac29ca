import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identify } from './listed.ts'

// Addresses of OFAC's SDN list of 2025-11-19, except where said otherwise.
const EVM = ['ethereum', 'bsc', 'polygon', 'arbitrum', 'optimism', 'base', 'avalanche']

test('the symbol narrows the networks that the address makes possible', () => {
  const listed = identify('0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c', 'BSC')
  assert.deepEqual(listed.networks, ['bsc'])
  assert.deepEqual(identify('0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c', 'ETH').networks, ['ethereum'])
  assert.deepEqual(identify('0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c', null).networks, EVM)
  assert.deepEqual(identify('TA3941uFAvmVibSkQ6fMJXxmaSNovX86mz', 'USDT').networks, ['tron'])
  assert.deepEqual(identify('16iWn2J1McqjToYLHSsAyS6En3QA8YQ91H', 'USDT').networks, ['bitcoin'], 'Omni')
})

test('where symbol and address exclude each other the address stands and the conflict is kept', () => {
  for (const [raw, symbol, network, foreign] of [
    ['12sjrrhoFEsedNRhtgwvvRqjFTh8fZTDX9', 'BSV', 'bitcoin', 'bitcoin-sv'],
    ['18M8bJWMzWHDBMxoLqjHHAffdRy4SrzkfB', 'BCH', 'bitcoin', 'bitcoin-cash'],
    ['0xd882cfc20f52f2599d84b8e8d58c7fb62cfe344b', 'ETC', 'ethereum', 'ethereum-classic'],
    ['TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq', 'XBT', 'tron', null],
  ] as const) {
    const listed = identify(raw, symbol)
    assert.deepEqual([listed.networks, listed.foreign, listed.flags], [[network], foreign, ['conflict']], symbol)
    assert.match(listed.conflict!, new RegExp(`listed under ${symbol} `))
  }
})

test('addresses of chains that are not read are kept apart, checked as far as their form allows', () => {
  assert.deepEqual(identify('DFFJhnQNZf8rf67tYnesPu7MuGUpYtzv7Z', 'XVG'), {
    ...{ address: 'DFFJhnQNZf8rf67tYnesPu7MuGUpYtzv7Z', networks: [], foreign: 'verge', flags: [] },
    ...{ conflict: null, probable: null },
  })
  assert.deepEqual(identify('bnb136ns6lfw4zs5hg4n85vdthaad7hq5m4gtkgf23', 'BNB').foreign, 'bnb-beacon')
  assert.deepEqual(identify('qpf2cphc5dkuclkqur7lhj2yuqq9pk3hmukle77vhq', 'BCH').flags, ['unchecked'])
  const listedAsMonero = '5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320'
  assert.deepEqual(identify(listedAsMonero, 'XMR').flags, ['invalid'], 'a key image or txid, typed in by mistake')
})

test('blanks and invisible characters are taken out and flagged; the raw text is the caller’s to keep', () => {
  const listed = identify(' 12QtD5BFwRsd\u200bNsAZY76UVE1x\u202eyCGNTojH9h\u00a0', 'XBT')
  assert.equal(listed.address, '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h')
  assert.deepEqual([listed.networks, listed.flags], [['bitcoin'], ['cleaned']])
})

test('a typing error is invalid as listed; a repair is offered and never applied', () => {
  const typo = identify('12QtD5BFwRsdNsAZY76UVE1xyCGNT0jH9h', 'XBT')
  assert.deepEqual([typo.networks, typo.flags, typo.address], [[], ['invalid'], '12QtD5BFwRsdNsAZY76UVE1xyCGNT0jH9h'])
  assert.equal(typo.probable, '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h')
  assert.equal(identify('12QtD5BFwRsdNsAZY76UVE1xyCGNTxxxxx', 'XBT').probable, null)
})

test('a wrong EIP-55 case is kept as the same bytes, flagged', () => {
  const listed = identify('0x983a81ca6FB1e441266D2FbcB7D8E530AC2E05a2', 'USDC')
  assert.deepEqual([listed.address, listed.flags], ['0x983a81ca6fb1e441266d2fbcb7d8e530ac2e05a2', ['case']])
})

test('nothing makes it throw', () => {
  for (const raw of ['', ' ', '1'.repeat(100_000), '0x', 'bc1', '\ud800', ':::', 'bip122:x:y']) {
    for (const symbol of [null, '', 'XBT', 'NOPE', '__proto__'])
      assert.equal(typeof identify(raw, symbol).address, 'string')
  }
})
