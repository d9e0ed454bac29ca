import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { BITCOIN, TRON } from '../../test/list-files.ts'
import { add, day, fresh } from '../../test/lists.ts'
import * as Attribution from './attribution.ts'

/**
 * FollowTheMoney as OpenSanctions writes it: properties of Sanction, Thing and CryptoWallet from the schemata of
 * followthemoney; stamps from zavod, which writes `last_seen` of all of a dataset's entities with the time of its run.
 */
type Fields = { readonly [name: string]: unknown }

const RUN = '2026-11-20T06:00:00'

function entity(id: string, schema: string, properties: Fields, more: Fields = {}): string {
  const stamps = { first_seen: '2023-04-20T18:00:25', last_seen: RUN, last_change: '2024-01-01T00:00:00' }
  const heading = { id, caption: id, schema, datasets: ['xx'], referents: [] }
  return `${JSON.stringify({ ...heading, ...stamps, properties, ...more })}\n`
}

const ORG = { name: ['Example Alpha'], topics: ['sanction'] }
const WALLET = { publicKey: [TRON], currency: ['USDT'], holder: ['org'], topics: ['sanction'] }

function listed(context: TestContext, lines: readonly string[], at = '2026-11-25') {
  const { store, write } = fresh(context)
  const added = add(store, 'opensanctions', write('entities.ftm.json', lines.join('')))
  const known = Attribution.knowledge(store, { asOf: day(at), knownAt: day('2026-12-01') })
  const found = known.designationsOf('tron', TRON)
  return {
    added,
    found: found.map(one => ({
      ...{ entity: one.entity, program: one.program, listedBy: one.listedBy, listedAt: one.listedAt },
      standing: Attribution.standingOf(one, day(at)),
    })),
  }
}

test('programmes reach the wallet from its holder, wherever they stand, also beside a topic of its own', context => {
  const sanction = entity('s', 'Sanction', {
    ...{
      entity: ['org'],
      authority: ['Office X'],
      program: ['SDGT'],
      programId: ['US-TERR'],
      startDate: ['2019-05-01'],
    },
  })
  const own = { ...ORG, program: ['Annex I'], programId: ['XX-TERR'] }
  const { found } = listed(context, [
    entity('w', 'CryptoWallet', WALLET),
    entity('org', 'Organization', own, { caption: 'Example Alpha' }),
    sanction,
  ])
  assert.deepEqual(found, [
    {
      ...{ entity: 'Example Alpha', program: ['US-TERR', 'SDGT', 'XX-TERR', 'Annex I'], listedBy: ['Office X'] },
      ...{ listedAt: day('2019-05-01'), standing: 'listed' },
    },
  ])
})

test('what a bureau for counter terror financing or a programme for it lists is terrorist financing', () => {
  const category = (more: object) => Attribution.categoryOf({ authority: 'OpenSanctions', program: [], ...more })
  const programs = ['US-TERR', 'EU-TAQA-EUAQ', 'GB-CT', 'UN-SCISIL', 'SECO-HAMAS', 'AU-UNSC1373', 'SDGT', 'TERR']
  for (const program of programs) assert.equal(category({ program: [program] }), 'terrorist-financing', program)
  assert.equal(category({ listedBy: ['National Bureau for Counter Terror Financing'] }), 'terrorist-financing')
  for (const program of ['US-NK', 'EU-RUS', 'CYBER2', 'US-CYB', 'GB-CTX']) {
    assert.equal(category({ program: [program] }), 'sanctioned', program)
  }
})

test('without a date of its own a listing holds from when it was first seen', context => {
  const lines = [entity('w', 'CryptoWallet', { publicKey: [TRON], topics: ['sanction'] })]
  assert.equal(listed(context, lines).found[0]!.listedAt, 1_682_013_625)
  assert.deepEqual(listed(context, lines, '2023-04-20').found, [])
  assert.equal(listed(context, lines, '2023-04-21').found[0]!.standing, 'listed')
})

test('what later runs of its dataset no longer had ended when it was last seen; what another has did not', context => {
  const old = { last_seen: '2025-03-01T06:00:00' }
  const other = entity('b', 'CryptoWallet', { publicKey: [BITCOIN], topics: ['sanction'] })
  const wallet = (more: Fields) => entity('w', 'CryptoWallet', { publicKey: [TRON], topics: ['sanction'] }, more)
  const standing = (lines: readonly string[], at?: string) => listed(context, lines, at).found.map(one => one.standing)
  assert.deepEqual(standing([wallet(old), other]), ['formerly-listed'])
  assert.match(listed(context, [wallet(old), other]).added.warnings[0]!, /^1 wallets were last seen before/)
  assert.deepEqual(standing([wallet(old), other], '2025-02-28'), ['listed'])
  assert.deepEqual(standing([wallet(old)]), ['listed'], 'no later run is known')
  assert.deepEqual(
    standing([wallet({ ...old, datasets: ['xx', 'yy'] }), other]),
    ['listed'],
    'the last run of yy had it',
  )
  const both = entity('b', 'Person', { name: ['B'] }, { datasets: ['xx', 'hourly'] })
  assert.deepEqual(standing([wallet(old), both]), ['listed'], 'the stamp of B may be that of the other dataset')
  const gone = entity('s', 'Sanction', { entity: ['w'], startDate: ['2020-01-01'] }, old)
  assert.deepEqual(standing([wallet({}), gone, other]), ['formerly-listed'], 'its one sanction is gone')
})

test('a wallet whose own order has ended stays listed while its holder is', context => {
  const order = entity('o', 'Sanction', { entity: ['w'], startDate: ['2022-01-01'], endDate: ['2024-01-01'] })
  const holder = entity('s', 'Sanction', { entity: ['org'], startDate: ['2019-05-01'], authority: ['Office X'] })
  const lines = [entity('w', 'CryptoWallet', WALLET), entity('org', 'Organization', ORG), order]
  assert.deepEqual(
    listed(context, [...lines, holder]).found.map(one => [one.standing, one.listedAt]),
    [['listed', day('2019-05-01')]],
  )
  assert.deepEqual(
    listed(context, lines).found.map(one => [one.standing, one.listedAt]),
    [['formerly-listed', day('2022-01-01')]],
  )
})

test('an account at an exchange, as the dataset of NBCTF has it, is kept as one', context => {
  const { store, write } = fresh(context)
  const order = entity('o', 'Sanction', { entity: ['w'], authorityId: ['ASO 1/26'], startDate: ['2026-01-01'] })
  const wallet = { accountId: ['1234567'], managingExchange: ['Example Exchange'], currency: ['USDT'] }
  const added = add(store, 'opensanctions', write('a.ftm.json', entity('w', 'CryptoWallet', wallet) + order))
  assert.deepEqual([added.entries, added.addresses, added.warnings], [1, 0, []])
  const none = entity('w', 'CryptoWallet', { currency: ['USDT'] })
  const other = fresh(context)
  const { warnings } = add(other.store, 'opensanctions', other.write('b.ftm.json', none))
  assert.deepEqual(warnings, ['1 wallets have neither an address nor an account and were left out.'])
})
