import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { at, knowsNothing, ruleOf, START } from '../../test/rule-case.ts'
import { openWriter } from '../store/store.ts'
import { find, raise } from './alert.ts'
import type { Around, Event } from './event.ts'
import { judge } from './indicator.ts'
import { reconsider } from './reason.ts'
import type { Rule } from './rule.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-reconsider-'))
const store = openWriter(folder)
after(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const subject = { network: 'tron', address: 'T' } as const
const watch = { name: 'w', kind: 'address', target: 'T', network: 'tron', rules: [], reference: null } as const

/** Raises what the rule sees at the last of these events; its number. */
function raised(rule: Rule, events: readonly Event[], around: Around): number {
  const hit = judge(rule, subject, { events: [...events], before: null }, events.length - 1, around)!
  const standing = { ...watch, deadlineHours: null, addedAt: START, addedBy: 'amal' }
  return raise(store, standing, rule, subject, events.at(-1)!, hit, START)!
}

test('a pattern over links is asked again where it was seen, and not where the ledger has lost it', () => {
  const paid = (days: number, other: string): Event => at(days, 10, { direction: 'out', other })
  const events = [paid(0, 'S1'), paid(0.1, 'S2'), paid(0.2, 'S3')]
  const serviceOf: Around['serviceOf'] = (_, address) => (address.startsWith('S') ? address : null)
  const around: Around = { ...knowsNothing, serviceOf, historyOf: () => events }
  const id = raised(ruleOf('fan-out'), events, around)
  assert.deepEqual(reconsider(store, around, START), [])
  assert.deepEqual(reconsider(store, { ...around, historyOf: () => null }, START), [])
  const relabelled: Around = {
    ...around,
    serviceOf: (_, address) => (address === 'S3' ? null : serviceOf('tron', address)),
  }
  assert.deepEqual(reconsider(store, relabelled, START + 1), [id])
  assert.deepEqual([find(store, id).reason?.holds, find(store, id).reason?.since], ['no', START + 1])
  assert.deepEqual(find(store, id).measured, { services: 'S1, S2, S3' })
  // A service that is told before it would have raised it sooner: it still holds here.
  const more: Around = { ...around, serviceOf: (_, address) => (address.startsWith('S') ? `${address} Ltd` : null) }
  assert.deepEqual(reconsider(store, more, START + 2), [id])
  assert.match(find(store, id).reason!.en, /services S1 Ltd, S2 Ltd, S3 Ltd/)
})

test('what waits to be mined is asked too, and patterns of amounts alone are not', () => {
  const waits = at(1, 10, { other: 'L', standing: 'unconfirmed', height: null })
  const listed: Around = { ...knowsNothing, designatedBy: (_, address) => (address === 'L' ? ['A', 'B'] : []) }
  const id = raised(ruleOf('listed-counterparty'), [waits], listed)
  const near = [0, 0.1, 0.2].map(days => at(days, 9500))
  raised(ruleOf('structuring'), near, listed)
  const fewer: Around = {
    ...listed,
    designatedBy: (_, address) => (address === 'L' ? ['B'] : []),
    historyOf: () => null,
  }
  assert.deepEqual(reconsider(store, fewer, START + 3), [id])
  const { reason, status } = find(store, id)
  assert.deepEqual([reason?.holds, reason?.measured, status], ['yes', { authorities: 'B' }, 'open'])
  assert.match(reason!.en, /is: authorities B; before: authorities A, B\.$/)
})

test('thresholds are those of the day: a later version of the rule does not judge an alert of an earlier one', () => {
  const rule = ruleOf('shared-prefix', { characters: 3 })
  const donationsOn: Around['donationsOn'] = () => [
    { address: 'TAbc9', campaign: 'winter', publishers: [], publishedAt: null },
  ]
  const around: Around = { ...knowsNothing, donationsOn }
  const event = at(2, 10, { other: 'TAbcZ' })
  const id = raised(rule, [event], around)
  const now: Around = { ...around, historyOf: () => [event] }
  assert.ok(!reconsider(store, now, START + 4).includes(id))
  assert.deepEqual(find(store, id).thresholds['characters'], 3)
  assert.ok(reconsider(store, { ...now, donationsOn: () => [] }, START + 5).includes(id))
})
