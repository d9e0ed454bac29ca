import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day, fresh } from '../../../test/lists.ts'
import type { Store } from '../../store/store.ts'
import * as Entity from './entity.ts'
import type { Relation } from './kind.ts'

const SOURCE = { name: 'U.S. Treasury', url: 'https://example.org/sdn', capture: null }
const NOW = day('2026-11-01')

function put(
  store: Store,
  entity: string,
  kind: Entity.Kinds.Kind,
  properties: readonly (readonly [string, string])[],
  at = NOW,
) {
  const common = { source: SOURCE, grade: 'designated', validFrom: null, validTo: null } as const
  const all = properties.map(([property, value]) => ({ entity, kind, property, value, ...common }))
  return Entity.addStatements(store, all, at, 'layla')
}

function link(store: Store, subject: string, relation: Relation, object: string, more: Partial<Entity.NewLink> = {}) {
  const plain = {
    subject,
    relation,
    object,
    role: null,
    source: SOURCE,
    grade: 'alleged',
    validFrom: null,
    validTo: null,
  } as const
  return Entity.addLink(store, { ...plain, ...more }, { knownAt: NOW, by: 'layla', isOut: () => false })
}

const at = (asOf: string, knownAt = '2027-01-01', no: readonly string[] = []) => ({
  ...{ asOf: day(asOf), knownAt: day(knownAt), verdicts: new Map(no.map(id => [id, 'no'])) },
})

function family(store: Store): void {
  put(store, 'movement', 'organisation', [['name', 'Movement']])
  put(store, 'military-wing', 'wing', [['name', 'Military Wing']])
  put(store, 'political-wing', 'wing', [['name', 'Political Wing']])
  link(store, 'military-wing', 'wing-of', 'movement')
  link(store, 'political-wing', 'wing-of', 'movement')
}

test('an entity is what its statements say, in FollowTheMoney’s words, each with its source', context => {
  const { store } = fresh(context)
  const own = [
    ['name', 'Example Exchange'],
    ['jurisdiction', 'AE'],
    ['licenseNumber', 'VL/23/01'],
  ] as const
  const [first] = put(store, 'example-exchange', 'exchange', own)
  put(store, 'example-exchange', 'exchange', own)
  const entity = Entity.entity(store, 'example-exchange', at('2026-12-01'))
  assert.deepEqual(
    [entity.schema, entity.caption, entity.properties, entity.statements.length],
    [
      'Company',
      'Example Exchange',
      { name: ['Example Exchange'], jurisdiction: ['AE'], licenseNumber: ['VL/23/01'] },
      3,
    ],
  )
  assert.deepEqual(entity.statements[0], first)
  assert.deepEqual([first!.source, first!.grade], [SOURCE, 'designated'])
  assert.throws(() => Entity.entity(store, 'example-exchange', at('2026-12-01', '2026-01-01')), {
    name: 'Entity.Unknown',
  })
  assert.throws(
    () =>
      Entity.entity(
        store,
        'example-exchange',
        at(
          '2026-12-01',
          '2027-01-01',
          entity.statements.map(one => one.id),
        ),
      ),
    {
      name: 'Entity.Unknown',
    },
  )
})

test('wings are never merged, with each other or with what they are wings of, in any order', context => {
  const { store } = fresh(context)
  family(store)
  put(store, 'twin', 'organisation', [['name', 'Movement, again']])
  link(store, 'twin', 'same-as', 'movement')
  for (const pair of [
    ['military-wing', 'political-wing'],
    ['military-wing', 'movement'],
    ['movement', 'political-wing'],
  ] as const)
    assert.throws(() => link(store, pair[0], 'same-as', pair[1]), { name: 'Entity.Wings' })
  assert.throws(
    () => link(store, 'twin', 'wing-of', 'movement'),
    { name: 'Entity.Wings' },
    'said to be the same before',
  )
})

test('a roll-up is declared: each body stays itself, and without it none comes along', context => {
  const { store } = fresh(context)
  family(store)
  assert.deepEqual(Entity.entity(store, 'movement', at('2026-12-01')).caption, 'Movement')
  assert.deepEqual(
    Entity.rollUp(store, 'movement', at('2026-12-01')).map(one => one.id),
    ['movement', 'military-wing', 'political-wing'],
  )
  assert.deepEqual(
    Entity.rollUp(store, 'military-wing', at('2026-12-01')).map(one => one.id),
    ['military-wing'],
  )
  assert.throws(() => link(store, 'movement', 'part-of', 'military-wing'), { name: 'Entity.Circle' })
  assert.throws(() => link(store, 'movement', 'part-of', 'movement'), { name: 'Entity.Circle' })
})

test('roles have windows: agents who ran a site for thirty days control it then and at no other time', context => {
  const { store } = fresh(context)
  put(store, 'agents', 'authority', [['name', 'Agents']])
  put(store, 'site', 'site', [['name', 'site.example']])
  const window = {
    validFrom: day('2019-06-01'),
    validTo: day('2019-07-01'),
    role: 'government-controlled',
    grade: 'reported',
  } as const
  const kept = link(store, 'agents', 'controls', 'site', window)
  const controlled = (asOf: string, no: readonly string[] = []) =>
    Entity.entity(store, 'site', at(asOf, '2027-01-01', no)).links.map(one => [one.subject, one.role, one.grade])
  assert.deepEqual(
    ['2019-05-31', '2019-06-01', '2019-06-30', '2019-07-01'].map(day => controlled(day).length),
    [0, 1, 1, 0],
  )
  assert.deepEqual(controlled('2019-06-15'), [['agents', 'government-controlled', 'reported']])
  assert.deepEqual(controlled('2019-06-15', [kept.id]), [], 'judged no')
})

test('what cannot stand is refused by name', context => {
  const { store } = fresh(context)
  for (const [id, property, value] of [
    ['Not An Id', 'name', 'x'],
    ['../x', 'name', 'x'],
    ['a', 'constructor', 'x'],
    ['a', 'name', ' '],
  ] as const) {
    assert.throws(() => put(store, id, 'person', [[property, value]]), { name: 'Entity.Invalid' }, id)
  }
  assert.throws(() => put(store, 'a', 'person', [['name', 'x'.repeat(100_000)]]), { name: 'Entity.TooLong' })
  put(store, 'a', 'person', [['name', '\u202eevil 😀']])
  assert.throws(() => put(store, 'a', 'company', [['name', 'x']]), { name: 'Entity.OtherKind' })
  assert.throws(() => link(store, 'a', 'owns', 'b', { validFrom: 5, validTo: 5 }), { name: 'Entity.Invalid' })
  assert.throws(() => link(store, 'a', 'owns', 'b', { source: { ...SOURCE, name: '' } }), { name: 'Entity.Invalid' })
  link(store, 'a', 'owns', 'b')
  assert.throws(() => store.database.exec('DELETE FROM entity_link'), /append-only/)
  assert.throws(() => store.database.exec("UPDATE entity_statement SET content = ''"), /append-only/)
})
