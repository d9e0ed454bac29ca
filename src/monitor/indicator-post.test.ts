import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { at, DAY, knowsNothing, ruleOf, START } from '../../test/rule-case.ts'
import type { Around, Donation } from './event.ts'
import { judgePost, type Post } from './indicator-post.ts'

const T = (address: string) => ({ network: 'tron', address }) as const
const NOW = START + 30 * DAY

const post = (more: Partial<Post> = {}): Post => ({
  ...{ id: 'ab'.repeat(32), postedAt: START, publisher: 't.me/example', campaigns: ['winter'] },
  ...{ addresses: [T('NEW')], solicits: true, purposes: [], ...more },
})

const donation = (address: string, days: number, publisher = 't.me/example'): Donation => ({
  ...{ address, campaign: 'winter', publishers: [publisher], publishedAt: START + days * DAY },
})

describe('rotation in a post', () => {
  const around: Around = {
    ...knowsNothing,
    donationsOn: () => [donation('OLDER', -90), donation('OLD', -30)],
    historyOf: (_, address) => (address === 'OLD' ? [at(-3)] : []),
  }
  const see = (more: Partial<Post>, one: Around = around, now = NOW) =>
    judgePost(ruleOf('rotation'), post(more), T('NEW'), one, now)

  test('a known publisher shows a new address in place of its latest, which has gone quiet', () => {
    assert.deepEqual(see({})?.measured, { previous: 'OLD', publisher: 't.me/example', quietDays: 33 })
    assert.match(see({})!.unsure!, /not whose it is/)
  })

  test('what is not known yet is said', () => {
    assert.match(see({}, around, START + DAY)!.unsure!, /not known yet/)
    assert.match(see({}, { ...around, historyOf: () => null })!.unsure!, /no receipt/)
  })

  test('silent where the old one goes on, is shown beside it, or the publisher is another or shows no other', () => {
    assert.equal(see({}, { ...around, historyOf: () => [at(9)] }), null)
    assert.equal(see({ addresses: [T('NEW'), T('OLD')] }), null)
    assert.equal(see({ publisher: 't.me/other' }), null)
    assert.equal(see({ publisher: null }), null)
    assert.equal(see({}, { ...around, donationsOn: () => [] }), null)
    assert.equal(see({}, { ...around, donationsOn: () => [donation('NEW', -5), donation('OLD', -30)] }), null)
  })
})

test('shared prefix in a post: of what it shows, not of what its publisher showed before', () => {
  const [known, alike] = ['TAbcdefghijkLmnopqrstuvwxyz1234567', 'TAbcd2345678923456789234567892345p']
  const around: Around = { ...knowsNothing, donationsOn: () => [donation(known, -5)] }
  const see = (shown: string, asked: string) =>
    judgePost(ruleOf('shared-prefix'), post({ addresses: [T(shown)] }), T(asked), around, NOW)
  assert.equal(see(alike, alike)?.measured['other'], known)
  assert.equal(see('TZ', alike), null)
  assert.equal(see(known, known), null)
})

describe('supportive message', () => {
  const see = (more: Partial<Post>, words = 1) =>
    judgePost(ruleOf('supportive-message', { words }), post(more), T('NEW'), knowsNothing, NOW)
  const word = (kind: string, ...said: string[]) => said.map(one => ({ kind, word: one }))

  test('a call to give beside words for fighters or weapons; a person must read it', () => {
    const hit = see({ purposes: [...word('fighters', 'fighters'), ...word('weapons', 'ammunition')] })
    assert.deepEqual(hit?.measured, { words: 2, found: 'fighters, ammunition' })
    assert.match(hit!.unsure!, /somebody must read/)
  })

  test('silent without a call, an address, a second word where two are asked, and for other purposes', () => {
    const two = word('weapons', 'rifles', 'drones')
    assert.equal(see({ solicits: false, purposes: two }), null)
    assert.equal(see({ addresses: [], purposes: two }), null)
    assert.equal(see({ purposes: word('weapons', 'rifles', 'Rifles') }, 2), null)
    assert.ok(see({ purposes: word('weapons', 'rifles', 'drones') }, 2) !== null)
    assert.equal(see({ purposes: word('families', 'orphans', 'martyrs', 'widows') }), null)
    assert.equal(see({ purposes: word('relief', 'camp', 'refugees') }), null)
  })
})

describe('appeal reuse', () => {
  const rule = ruleOf('appeal-reuse', { events: ['2023-11-01', '2023-11-14'] })
  const see = (more: Partial<Post>) => judgePost(rule, post(more), T('NEW'), knowsNothing, NOW)

  test('a known outlet asks again within a fortnight of an event, the last one', () => {
    const publisher = 't.me/example'
    assert.deepEqual(see({})?.measured, { publisher, campaigns: 'winter', event: '2023-11-14' })
  })

  test('silent for an unknown outlet, for a report, a day that is not known, and later', () => {
    assert.equal(see({ campaigns: [] }), null)
    assert.equal(see({ solicits: false }), null)
    assert.equal(see({ postedAt: null }), null)
    assert.equal(see({ postedAt: Date.parse('2023-11-28T00:00:00Z') / 1000 }), null)
    assert.equal(see({ postedAt: Date.parse('2023-10-31T00:00:00Z') / 1000 }), null)
  })
})
