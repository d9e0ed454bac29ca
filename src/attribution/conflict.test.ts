import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { add, day, fresh } from '../../test/lists.ts'
import { shared, skipWithout } from '../../test/shared.ts'
import type { Store } from '../store/store.ts'
import * as Attribution from './attribution.ts'
import * as Contract from './contract.ts'

const USDT_TRON = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const ROUTER = '0x7a250d5630b4cf539739df2c5dacb4c659f2488d'
const ADDRESS = '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h'
const CLOCKS = { asOf: day('2026-12-01'), knownAt: day('2026-12-01') }
const NOBODY: Attribution.ContractAt = () => undefined

function pack(creator: string, tags: readonly (readonly [address: string, label: string, more: string])[]): string {
  const rows = tags.map(([address, label, more]) => `- address: '${address}'\n  label: ${label}\n  ${more}\n`)
  const head = `title: ${creator}\ncreator: ${creator}\nconfidence: web_crawl\nsource: https://${creator}.example\n`
  return `${head}tags:\n${rows.join('')}`
}

function kinds(store: Store): string[] {
  return Attribution.labelConflicts(store, CLOCKS, {}, NOBODY).map(one => `${one.kind} ${one.address}`)
}

test('a wallet that is a token’s contract or a router; a token as such and a DEX are no conflict', context => {
  const { store, write } = fresh(context)
  const text = pack('a', [
    [USDT_TRON, 'Example Exchange deposit', 'currency: TRX\n  category: exchange'],
    [ROUTER, 'Someone', 'currency: ETH\n  category: user'],
    ['0x6b175474e89094c44da98b954eedeac495271d0f', 'Dai', 'currency: ETH\n  category: defi_token'],
    ['0xd9e1ce17f2641f24ae83637ab66a2cca9c378b9f', 'Sushi', 'currency: ETH\n  category: defi_dex'],
  ])
  const rehearsed = add(store, 'tagpack', write('a.yaml', text), { rehearse: true })
  assert.equal(rehearsed.labelConflicts, 2, 'shown before it is accepted')
  const added = add(store, 'tagpack', write('a.yaml', text))
  assert.deepEqual(
    added.conflicting.map(one => [one.kind, one.address, one.label.name, one.against.name, one.against.source]).sort(),
    [
      ['contract', ROUTER, 'Someone', 'Uniswap V2: Router 2', 'etherscan.io name tag, 2022-11'],
      ['contract', USDT_TRON, 'Example Exchange deposit', 'USDT (token)', 'tether.to'],
    ],
  )
})

test('a contract that only the ledger knows', context => {
  const { store, write } = fresh(context)
  const token = `0x${'ef'.repeat(20)}`
  const seen: Attribution.ContractAt = (network, address) =>
    network === 'ethereum' && address === token ? { name: 'XYZ (token)', source: 'the ledger' } : undefined
  const text = pack('a', [[token, 'An Exchange', 'currency: ETH\n  category: exchange']])
  add(store, 'tagpack', write('a.yaml', text))
  const found = Attribution.labelConflicts(store, CLOCKS, { addresses: [token] }, seen)
  assert.deepEqual(
    found.map(one => [one.kind, one.against.name]),
    [['contract', 'XYZ (token)']],
  )
})

test('a label on an address of another network than its pack says', context => {
  const { store, write } = fresh(context)
  const added = add(
    store,
    'tagpack',
    write('a.yaml', pack('a', [[ADDRESS, 'X', 'currency: TRX\n  category: exchange']])),
  )
  assert.deepEqual(
    added.conflicting.map(one => [one.kind, one.network, one.says]),
    [['network', 'bitcoin', '“X” is listed under TRX (tron), but the address itself is of bitcoin.']],
  )
})

test('two packs that disagree: both sources shown, resolved only by a judgement', context => {
  const { store, write } = fresh(context)
  const first = add(
    store,
    'tagpack',
    write('a.yaml', pack('a', [[ADDRESS, 'Lottery', 'currency: BTC\n  category: gambling']])),
  )
  assert.equal(first.labelConflicts, 0)
  const other = pack('b', [[ADDRESS, 'Binance hot wallet', 'currency: BTC\n  category: exchange']])
  const second = add(store, 'tagpack', write('b.yaml', other))
  assert.deepEqual(
    second.conflicting.map(one => [
      one.kind,
      ...[one.label, one.against].map(side => `${side.name} ${side.source}`).sort(),
    ]),
    [['sources', 'Binance hot wallet https://b.example', 'Lottery https://a.example']],
  )
  const [conflict] = second.conflicting
  const judge = (target: string, verdict: 'yes' | 'no', at: string) =>
    Attribution.addJudgement(store, { target, verdict, reason: 'Seen in its API.', by: 'me', knownAt: day(at) })
  judge(conflict!.label.id!, 'yes', '2026-11-10')
  const all = Attribution.labelConflicts(store, CLOCKS, {}, NOBODY)
  assert.deepEqual(
    all.map(one => one.resolved),
    [true],
  )
  const before = { asOf: day('2026-11-05'), knownAt: day('2026-11-05') }
  assert.equal(Attribution.labelConflicts(store, before, {}, NOBODY)[0]!.resolved, false, 'as it was known then')
  judge(conflict!.against.id!, 'no', '2026-11-11')
  assert.deepEqual(kinds(store), [])
})

test('two keepers of one address: by actor, else by a word in common', context => {
  const { store, write } = fresh(context)
  const tag = (label: string, more = '') =>
    pack(label.split(' ')[0]!.toLowerCase(), [[ADDRESS, label, `currency: BTC\n  category: exchange${more}`]])
  add(store, 'tagpack', write('a.yaml', tag('Binance 14')))
  assert.equal(add(store, 'tagpack', write('b.yaml', tag('binance.com hot wallet'))).labelConflicts, 0)
  assert.equal(add(store, 'tagpack', write('c.yaml', tag('Kraken'))).labelConflicts > 0, true)
})

test('the contracts are those that Etherscan names so', { skip: skipWithout('data/labels') }, () => {
  const labels = JSON.parse(readFileSync(shared('data/labels/etherscan-labels.json'), 'utf8'))
  let compared = 0
  for (const address of Contract.addresses) {
    const known = Contract.at('ethereum', address)
    if (known === undefined || known.source !== 'etherscan.io name tag, 2022-11') continue
    assert.equal(labels[address].name, known.name)
    assert.equal(Attribution.identify(address, 'ETH').flags.length, 0)
    compared++
  }
  assert.equal(compared, 14)
})
