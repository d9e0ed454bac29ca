import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as Files from '../../test/list-files.ts'
import { add, day, fresh } from '../../test/lists.ts'
import type { Store } from '../store/store.ts'
import * as Attribution from './attribution.ts'

/** Each list in three versions: with the wallet, without it, with it again, published a month apart. */
const LISTS: readonly {
  format: string
  name: string
  address: string
  text: (month: string, present: boolean) => string
}[] = [
  {
    ...{ format: 'un', name: 'un.xml', address: Files.NOTED },
    text: (month, present) => {
      const dated = Files.UN.replace('2026-11-20', `2026-${month}-20`)
      return present ? dated : dated.replace(Files.NOTED, 'an address')
    },
  },
  {
    ...{ format: 'eu', name: 'eu.xml', address: Files.TRON },
    text: (month, present) => {
      const dated = Files.EU.replace('2026-11-19', `2026-${month}-20`)
      return present ? dated : dated.replace(Files.TRON, '7')
    },
  },
  {
    ...{ format: 'uk', name: 'uk.xml', address: Files.NOTED },
    text: (month, present) => {
      const dated = Files.UK.replace('18/11/2026', `20/${month}/2026`)
      return present ? dated : dated.replace(Files.NOTED, 'an address')
    },
  },
  {
    ...{ format: 'ofac-enhanced', name: 'enhanced.xml', address: Files.BITCOIN },
    text: (month, present) => {
      const dated = Files.OFAC_ENHANCED.replace('2026-11-18', `2026-${month}-20`)
      return present ? dated : dated.replace(/<feature id="8">[\s\S]*?<\/feature>/, '')
    },
  },
  {
    ...{ format: 'opensanctions', name: 'entities.ftm.json', address: Files.TRON },
    text: (month, present) => {
      const dated = Files.FTM.replaceAll('2026-11-20', `2026-${month}-20`)
      return present
        ? dated
        : dated
            .split('\n')
            .filter(line => !line.includes('xx-w1'))
            .join('\n')
    },
  },
]

test('listed, delisted and listed again: the answer on each day, and as it was known on each day', context => {
  for (const { format, name, address, text } of LISTS) {
    const { store, write } = fresh(context)
    const load = (month: string, present: boolean, knownAt: string) =>
      add(store, format, write(name, text(month, present)), { knownAt: day(knownAt) })
    const [first, second, third] = [
      load('08', true, '2026-08-21'),
      load('09', false, '2026-09-25'),
      load('10', true, '2026-10-21'),
    ]
    assert.deepEqual([first.removed, second.added, second.removed, third.removed], [0, 0, 1, 0], format)
    assert.equal(third.added, 1, format)
    const at = (asOf: string, knownAt = '2026-12-01') => standings(store, address, asOf, knownAt)
    assert.deepEqual(at('2026-09-01'), ['listed'], format)
    assert.deepEqual(at('2026-09-22'), ['formerly-listed'], `${format}: removed answers removed`)
    assert.deepEqual(at('2026-09-22', '2026-09-24'), ['listed'], `${format}: the removal had not reached us`)
    assert.deepEqual(at('2026-11-01'), ['formerly-listed', 'listed'], format)
    assert.deepEqual(at('2026-11-01', '2026-10-01'), ['formerly-listed'], format)
    assert.deepEqual(at('2026-11-01', '2026-08-20'), [], `${format}: nothing was known`)
    const diff = (from: string, to: string) => {
      const { added, removed } = Attribution.diff(store, first.authority, day(from), day(to), day('2026-12-01'))
      return [added, removed].map(rows => rows.map(row => row.address))
    }
    assert.deepEqual(diff('2026-09-01', '2026-09-22'), [[], [address]], format)
    assert.deepEqual(diff('2026-09-22', '2026-11-01'), [[address], []], format)
  }
})

test('an end that the list itself states, and one that an order sets', context => {
  const { store, write } = fresh(context)
  const sanction = (more: object) =>
    Files.FTM.replace('"startDate":["2022-03"]', `"startDate":["2022-03"],${JSON.stringify(more).slice(1, -1)}`)
  const repealed = sanction({ endDate: ['2025-06-01'] })
  add(store, 'opensanctions', write('a.ftm.json', repealed))
  assert.deepEqual(standings(store, Files.TRON, '2025-05-31', '2027-01-01'), ['listed'])
  assert.deepEqual(standings(store, Files.TRON, '2025-06-01', '2027-01-01'), ['formerly-listed'])
  const other = fresh(context)
  add(
    other.store,
    'opensanctions',
    other.write('b.ftm.json', sanction({ endDate: ['2025-06-01'], status: ['lapses'] })),
  )
  assert.deepEqual(standings(other.store, Files.TRON, '2025-06-01', '2027-01-01'), ['expired'])
})

test('a seizure order of two years: listed to its last day, then expired; a forfeiture keeps it', context => {
  const { store, write } = fresh(context)
  add(store, 'nbctf', write('seizures.csv', Files.SEIZURES))
  const at = (asOf: string) => standings(store, Files.TRON, asOf, '2030-01-01')
  assert.deepEqual(
    [at('2026-06-30'), at('2026-07-01'), at('2028-06-30'), at('2028-07-01')],
    [[], ['listed'], ['listed'], ['expired']],
  )
})

function standings(store: Store, address: string, asOf: string, knownAt: string): string[] {
  const known = Attribution.knowledge(store, { asOf: day(asOf), knownAt: day(knownAt) })
  const found = known.networksOf(address).flatMap(network => known.designationsOf(network, address))
  return found.map(one => Attribution.standingOf(one, day(asOf)))
}
