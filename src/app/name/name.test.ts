import assert from 'node:assert/strict'
import { test } from 'node:test'
import { add, day, fresh, ofacXml } from '../../../test/lists.ts'
import type { Store } from '../../store/store.ts'
import type { Context, Operation } from '../operation.ts'
import { entityAdd, entityLink, entityList, entityShow } from './entity.ts'
import { type MatchAnswer, nameDatasets, nameMatch } from './match.ts'

function at(store: Store, when: string): Context {
  const { signal } = new AbortController()
  return { store, signal, user: 'layla', clock: () => day(when), progress: () => {} }
}

const run = (operation: Operation, input: object, context: Context) => operation.run(input as never, context)
const DEFAULTS = { dataset: 'default', threshold: '0.8', limit: 5 }
const ask = (name: string, context: Context, more: object = {}) =>
  run(nameMatch, { ...DEFAULTS, name, ...more }, context) as MatchAnswer

test('name match: lists and entities together, each with its reasons; nothing loaded was not checked', context => {
  const { store, write } = fresh(context)
  assert.match(ask('Hamas', at(store, '2026-01-01')).note, /nothing was checked/)
  const common = { listed: '2020-01-01', program: 'SDGT', wallets: [] }
  add(
    store,
    'ofac-advanced',
    write('sdn.xml', ofacXml('2024-01-10', [{ id: '1', name: 'BIN LADIN Usama', ...common }])),
    {
      knownAt: day('2026-02-01'),
    },
  )
  run(
    entityAdd,
    { id: 'osama', kind: 'person', name: 'أسامة بن لادن', source: 'X', grade: 'alleged' },
    at(store, '2026-03-01'),
  )
  const found = (more: object = {}) =>
    ask('Osama bin Laden', at(store, '2026-04-01'), more).candidates.map(one => [one.id, one.match])
  assert.deepEqual(
    new Map(found() as [string, boolean][]),
    new Map([
      ['ofac-1', true],
      ['osama', true],
    ]),
  )
  assert.deepEqual(found({ dataset: 'athar' }), [['osama', true]])
  assert.deepEqual(found({ knownAt: '2026-02-15' }), [['ofac-1', true]])
  assert.deepEqual(found({ schema: 'Vessel' }), [])
  assert.deepEqual(found({ limit: 1 }).length, 1)
  const { datasets } = run(nameDatasets, {}, at(store, '2026-04-01')) as { datasets: { name: string; names: number }[] }
  assert.deepEqual(
    datasets.map(one => [one.name, one.names]),
    [
      ['default', 2],
      ['ofac', 1],
      ['athar', 1],
    ],
  )
  assert.throws(() => ask('x', at(store, '2026-04-01'), { dataset: 'nowhere' }), { name: 'Name.UnknownDataset' })
  for (const threshold of ['2', '-1', 'x', 'NaN']) {
    assert.throws(() => ask('x', at(store, '2026-04-01'), { threshold }), { name: 'Name.BadNumber' }, threshold)
  }
  for (const name of ['', ' ', '😀', '\u202e']) {
    assert.throws(() => ask(name, at(store, '2026-04-01')), { name: 'Name.Nothing' }, JSON.stringify(name))
  }
})

test('entity add, link, show and list: two clocks, windows, a roll-up only when asked for', context => {
  const { store } = fresh(context)
  const said = { source: 'Treasury', grade: 'designated' }
  const put = (id: string, kind: string, more: object = {}) =>
    run(entityAdd, { id, kind, name: `The ${id}`, ...said, ...more }, at(store, '2026-01-01'))
  put('movement', 'organisation')
  put('wing', 'wing', { from: '2000-01-01', to: '2010-01-01' })
  put('market', 'exchange', { property: ['jurisdiction=AE', 'licenseNumber=L=1'] })
  run(entityLink, { subject: 'wing', relation: 'wing-of', object: 'movement', ...said }, at(store, '2026-01-02'))
  const wallet = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
  run(entityLink, { subject: 'market', relation: 'controls', object: wallet, ...said }, at(store, '2026-01-02'))
  type Shown = { properties: object; links: { object: string }[]; rollUp: { entities: { id: string }[] } | null }
  const show = (id: string, more: object = {}) =>
    run(entityShow, { id, rollUp: false, ...more }, at(store, '2026-02-01')) as Shown
  const market = show('market')
  assert.deepEqual(market.properties, { name: ['The market'], jurisdiction: ['AE'], licenseNumber: ['L=1'] })
  assert.deepEqual(
    market.links.map(one => one.object),
    [`tron:728126428:${wallet}`],
  )
  assert.equal(show('movement').rollUp, null)
  const together = show('movement', { rollUp: true, asOf: '2005-01-01' }).rollUp!
  assert.deepEqual(
    together.entities.map(one => one.id),
    ['movement', 'wing'],
  )
  assert.throws(() => show('wing'), { name: 'Entity.Unknown' }, 'it ended in 2010')
  assert.throws(() => show('movement', { knownAt: '2025-01-01' }), { name: 'Entity.Unknown' })
  const { entities } = run(entityList, { kind: 'exchange' }, at(store, '2026-02-01')) as { entities: { id: string }[] }
  assert.deepEqual(
    entities.map(one => one.id),
    ['market'],
  )
  const wrong = (input: object) =>
    run(entityLink, { relation: 'owns', object: 'movement', ...said, ...input }, at(store, '2026-02-01'))
  assert.throws(() => wrong({ subject: 'nobody' }), { name: 'Entity.Invalid' })
  assert.throws(() => wrong({ subject: 'market', object: 'nobody' }), { name: 'Entity.Invalid' })
  assert.throws(() => put('new', 'person', { property: ['novalue'] }), { name: 'Entity.Invalid' })
})
