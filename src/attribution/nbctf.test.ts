import assert from 'node:assert/strict'
import { cpSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { add, day, fresh } from '../../test/lists.ts'
import { shared, skipWithout } from '../../test/shared.ts'
import * as Attribution from './attribution.ts'

const FOLDER = 'data/lists/nbctf'
const PACK = 'data/tagpacks/packs/aft-alqaeda-forfeit_vc.yaml'

test('the real orders: addresses by chain, dates, expiry and forfeiture', { skip: skipWithout(FOLDER) }, context => {
  const { store } = fresh(context)
  const format = Attribution.formatFrom('nbctf')
  const [path] = Attribution.filesOf(format, shared(FOLDER))
  const added = add(store, 'nbctf', path!)
  assert.deepEqual(
    [added.version, added.addresses, added.bySymbol, added.invalid, added.warnings],
    ['2026-07-01', 311, { TRON: 288, BTC: 16, EVM: 7 }, 0, []],
  )
  const at = (asOf: string, address: string) => {
    const clocks = { asOf: day(asOf), knownAt: day('2026-12-01') }
    const found = Attribution.knowledge(store, clocks).designationsOf('tron', address)
    return found.map(one => ({ ...one, standing: Attribution.standingOf(one, day(asOf)) }))
  }
  const [order] = at('2026-11-01', 'TWB9xgNG9nmJuwW4etsQEb9RRnrnVnoNnJ')
  assert.deepEqual(
    [order!.authority, order!.program, order!.listedAt, order!.expiresAt, order!.standing],
    ['NBCTF', ['צ.ת 18/26'], day('2026-07-01'), day('2028-07-01'), 'listed'],
  )
  assert.equal(at('2028-07-01', 'TWB9xgNG9nmJuwW4etsQEb9RRnrnVnoNnJ')[0]!.standing, 'expired')
  assert.deepEqual(at('2026-06-30', 'TWB9xgNG9nmJuwW4etsQEb9RRnrnVnoNnJ'), [])
})

test('addresses without their releases are kept, and say what is not known', { skip: skipWithout(FOLDER) }, context => {
  const { store, write } = fresh(context)
  const folder = join(dirname(write('x', '')), 'orders')
  mkdirSync(folder)
  cpSync(shared(`${FOLDER}/addresses.csv`), join(folder, 'addresses.csv'))
  const added = add(store, 'nbctf', join(folder, 'addresses.csv'))
  assert.deepEqual([added.publishedBy, added.version, added.warnings.length], ['import', '2026-11-01', 2])
})

test('OpenSanctions’ columns: wallets, accounts, and a later forfeiture that ends the lapse', context => {
  const { store, write } = fresh(context)
  const header =
    'schema,order_id,start_date,end_date,last_updated,name,wallet_address,account_id,platform,currency,' +
    'forfeiture_order_url'
  const path = write(
    'seizures.csv',
    [
      header,
      'Wallet,ASO 18/26,2026-07-01,2028-07-01,2026-07-02,,TWB9xgNG9nmJuwW4etsQEb9RRnrnVnoNnJ,,,,',
      'Wallet,ASO 1/22,2022-07-01,2024-07-01,2026-07-02,Someone,TPQrYqxT2ss3BSq5VrAdX9FyrC11Sb4PH2,,,,https://x/y.pdf',
      'Account,ASO 1/22,2022-07-01,2024-07-01,2026-07-02,Someone,,12345,Binance,,',
    ].join('\n'),
  )
  const added = add(store, 'nbctf', path)
  assert.deepEqual([added.version, added.entries, added.addresses], ['2026-07-02', 3, 2])
  const known = Attribution.knowledge(store, { asOf: day('2026-11-01'), knownAt: day('2026-12-01') })
  const [forfeited] = known.designationsOf('tron', 'TPQrYqxT2ss3BSq5VrAdX9FyrC11Sb4PH2')
  assert.deepEqual(
    [forfeited!.entity, forfeited!.expiresAt, forfeited!.forfeiture],
    ['Someone', null, 'https://x/y.pdf'],
  )
  for (const [name, text] of [
    ['List.BadDate', `${header}\nWallet,ASO 1/22,2022-02-30,,,,TPQrYqxT2ss3BSq5VrAdX9FyrC11Sb4PH2,,,,`],
    ['List.WrongColumns', 'a,b\n1,2'],
    ['List.Incomplete', header],
    ['List.Malformed', `${header}\nWallet,"ASO`],
  ] as const) {
    assert.throws(() => add(store, 'nbctf', write('bad.csv', text)), { name })
  }
})

test('the 155 addresses forfeited from al-Qaeda campaigns, against NBCTF', {
  skip: skipWithout(FOLDER, PACK),
}, context => {
  const { store } = fresh(context)
  add(store, 'nbctf', shared(`${FOLDER}/addresses.csv`))
  const pack = add(store, 'tagpack', shared(PACK))
  assert.equal(pack.addresses, 155)
  const known = Attribution.knowledge(store, { asOf: day('2026-11-01'), knownAt: day('2026-12-01') })
  assert.equal(known.labelCount('bitcoin'), 155)
  const forfeited = '1421chCK32pV32Tw5MQbiUiKWKvnmj7d91'
  assert.deepEqual(known.designationsOf('bitcoin', forfeited), [])
  const [label] = known.labelsOf('bitcoin', forfeited)
  assert.deepEqual(
    [label!.name, label!.category, label!.confidence, label!.source],
    [
      ...['Al-Qaeda Campaign', 'terrorist-financing', { id: 'authority_data', level: 60 }],
      'https://www.justice.gov/opa/press-release/file/1304296/download',
    ],
  )
})
