import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { at, DAY, event, firings, HOUR, knowsNothing, ruleOf, START } from '../../test/rule-case.ts'
import * as Asset from '../model/asset.ts'
import type { Around, Donation, Event } from './event.ts'
import { judge } from './indicator.ts'

/** A history of another address, as of the time that is asked. */
const told = (histories: Readonly<Record<string, readonly Event[]>>): Pick<Around, 'historyOf'> => ({
  historyOf: (_, address, at) => histories[address]?.filter(one => one.time <= at) ?? null,
})

const donation = (address: string, days: number | null, publisher = 't.me/example'): Donation => ({
  ...{ address, campaign: 'winter', publishers: [publisher] },
  publishedAt: days === null ? null : START + days * DAY,
})

describe('rotation: a property shows a new address and the old one goes quiet', () => {
  const donationsOn = () => [donation('OLD', -60), donation('T', 0)]
  const old = [at(-11), at(-8), at(-5), at(-2)]
  const around: Around = { ...knowsNothing, ...told({ OLD: old }), donationsOn }

  test('fires at the first receipt once the old one has been silent for a week, and is told once', () => {
    assert.deepEqual(firings(ruleOf('rotation'), [at(1), at(4), at(6), at(7)], around), [2])
    const history = { events: [at(6)], before: null }
    const hit = judge(ruleOf('rotation'), { network: 'tron', address: 'T' }, history, 0, around)
    assert.deepEqual(hit?.measured, { previous: 'OLD', publisher: 't.me/example', quietDays: 8 })
  })

  const silent: readonly (readonly [string, Around])[] = [
    ['the old one goes on', { ...around, ...told({ OLD: [...old, at(5)] }) }],
    ['the old one fell silent long before', { ...around, ...told({ OLD: [at(-50)] }) }],
    [
      'another property shows it',
      { ...around, donationsOn: () => [donation('OLD', -60, 'a.example'), donation('T', 0)] },
    ],
    ['nobody knows since when', { ...around, donationsOn: () => [donation('OLD', null), donation('T', 0)] }],
    ['the ledger of the old one was not read', { ...around, historyOf: () => null }],
  ]
  for (const [why, one] of silent) {
    test(`silent where ${why}`, () => assert.deepEqual(firings(ruleOf('rotation'), [at(6)], one), []))
  }

  test('dust on the old address is no sign that it goes on, and dust on the new one no receipt', () => {
    const dust = at(5, 0.01, { units: 10_000n })
    assert.deepEqual(firings(ruleOf('rotation'), [at(6)], { ...around, ...told({ OLD: [...old, dust] }) }), [0])
    assert.deepEqual(firings(ruleOf('rotation'), [{ ...dust, time: START + 8 * DAY }], around), [])
    const fake = { ...Asset.tokens[0]!, contract: 'TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf' }
    assert.deepEqual(firings(ruleOf('rotation'), [at(8, 50, { asset: fake })], around), [])
  })
})

describe('rotation: a private place that two addresses empty into, one after the other', () => {
  const sweep = (days: number, other = 'S') => at(days, 100, { direction: 'out', other })
  const old = [at(-13), sweep(-12), at(-7), sweep(-6), at(-3), sweep(-2)]
  const own = [at(1), sweep(2), at(5), sweep(6), at(9), sweep(10)]
  const paid = (...payers: string[]) => payers.map((other, k) => at(-30 + k, 100, { other }))
  const around = (payers: readonly string[], more: Partial<Around> = {}): Around => ({
    ...{ ...knowsNothing, ...told({ A: old, S: [...paid('A', ...payers), at(2, 100, { other: 'T' })] }) },
    ...more,
  })

  test('fires at the second sweep once the other has been silent for a week; how many others use it is told', () => {
    assert.deepEqual(firings(ruleOf('rotation'), own, around([])), [3])
    const history = { events: own, before: null }
    const hit = judge(ruleOf('rotation'), { network: 'tron', address: 'T' }, history, 3, around(['U1', 'U2']))
    assert.deepEqual(hit?.measured, { previous: 'A', target: 'S', users: 2, quietDays: 8 })
  })

  const silent: readonly (readonly [string, readonly Event[], Around])[] = [
    ['an exchange keeps the place', own, around([], { serviceOf: () => 'Exchange' })],
    ['a custodian keeps it', own, around([], { categoryOf: () => 'payment-processor' })],
    ['it is a contract', own, around([], { categoryOf: () => 'contract' })],
    ['many unrelated people use it', own, around(['1', '2', '3', '4', '5', '6'])],
    ['only part of what is paid goes there', [...own.slice(0, 3), sweep(5, 'X'), ...own.slice(3)], around([])],
    ['it went there once', own.slice(0, 2), around([])],
    ['both are used side by side', own, around([], told({ A: [...old, sweep(5)], S: paid('A', 'T') }))],
    [
      'the other fell silent long before',
      own,
      around([], told({ A: [at(-30), sweep(-29), sweep(-28)], S: paid('A') })),
    ],
    ['the place was not read', own, around([], { historyOf: () => null })],
  ]
  for (const [why, events, one] of silent) {
    test(`silent where ${why}`, () => assert.deepEqual(firings(ruleOf('rotation'), events, one), []))
  }
})

describe('shared prefix', () => {
  // Donation addresses of the published 2019 campaign are not repeated here: these are made up, in form.
  const [known, alike] = ['1HmsaBCDEFGHJKLMNPQRSTUVWXYZabcdef', '1Hmsa2345678923456789234567892345p']
  const subject = { network: 'bitcoin', address: alike } as const
  const donationsOn = () => [donation(known, 0), donation('1Zzz', 0), donation('bc1qxyz', 0)]
  const around: Around = { ...knowsNothing, donationsOn }
  const coin = Asset.coin('bitcoin')
  const pay = (units = 100_000n, more: Partial<Event> = {}) => event(50, { asset: coin, units, ...more })
  const hitOf = (address: string) =>
    judge(ruleOf('shared-prefix'), { network: 'bitcoin', address }, { events: [pay()], before: null }, 0, around)

  test('fires once, with the number of pairs and the chance of that', () => {
    assert.deepEqual(firings(ruleOf('shared-prefix'), [pay(), pay()], around, subject), [0])
    const { chance, ...measured } = hitOf(alike)!.measured
    assert.deepEqual(measured, { alike, other: known, shared: 4, pairs: 2 })
    assert.ok(Number(chance) > 58 ** -4 && Number(chance) < 10 * 58 ** -4, String(chance))
  })

  test('the constant part does not count, nor three characters, nor another kind', () => {
    assert.equal(hitOf('1Hms9aaaaaaaaaaaaaaaaaaaaaaaaaaaaa'), null)
    assert.equal(hitOf('bc1qxyz0'), null)
  })

  test('the other side of a payment is looked at too, for each other side once', () => {
    const events = [pay(1n), pay(5000n, { other: alike }), pay(5000n, { other: alike })]
    assert.deepEqual(firings(ruleOf('shared-prefix'), events, around, { network: 'bitcoin', address: '1Q' }), [1])
  })

  test('a poisoner copies the end as well, or sends dust: no sign of a common maker', () => {
    assert.equal(hitOf('1HmsaQQQQQQQQQQQQQQQQQQQQQQQQQQdef'), null)
    assert.deepEqual(firings(ruleOf('shared-prefix'), [pay(546n)], around, subject), [])
  })
})

describe('gas sponsor', () => {
  const around: Around = {
    ...knowsNothing,
    sponsorsOf: () => [{ payer: 'P', by: 'coins', sponsored: ['T', 'D'] }],
    campaignsOf: (_, address) => (address === 'D' ? ['winter'] : []),
  }
  const out = (hours: number) => event(5, { direction: 'out', time: START + hours * HOUR })

  test('fires once where one private payer pays the fees of this and of a campaign’s address', () => {
    assert.deepEqual(firings(ruleOf('gas-sponsor'), [event(5), out(1), event(5), out(2)], around), [1])
    const hit = judge(
      ruleOf('gas-sponsor'),
      { network: 'tron', address: 'T' },
      { events: [out(1)], before: null },
      0,
      around,
    )
    assert.deepEqual(hit?.measured, { payer: 'P', by: 'coins', addresses: 2, named: 1 })
  })

  const silent: readonly (readonly [string, Around])[] = [
    ['the payer is a service', { ...around, categoryOf: (_, address) => (address === 'P' ? 'wallet-service' : null) }],
    ['no campaign names any of them', { ...around, campaignsOf: () => [] }],
    ['it pays for nobody else', { ...around, sponsorsOf: () => [{ payer: 'P', by: 'coins', sponsored: ['T'] }] }],
    ['nobody pays', { ...around, sponsorsOf: () => [] }],
  ]
  for (const [why, one] of silent) {
    test(`silent where ${why}`, () => assert.deepEqual(firings(ruleOf('gas-sponsor'), [out(1)], one), []))
  }
})

describe('supportive memo', () => {
  const words = [{ kind: 'fighters', word: 'Mujahideen' }]
  const said = (writer: string | null, more = words): Around => ({
    ...knowsNothing,
    messagesIn: () => [{ text: 'for the Mujahideen', writer, words: more }],
  })
  const named = { campaignsOf: () => ['winter'] }
  const [into, out] = [event(5, { other: 'P' }), event(5, { direction: 'out', other: 'P' })]

  test('fires for what the address wrote, and for what is written to a campaign, with who wrote it', () => {
    assert.deepEqual(firings(ruleOf('supportive-memo'), [out, out], said('T')), [0, 1])
    // Of coins whoever signed the inputs wrote it.
    assert.deepEqual(firings(ruleOf('supportive-memo'), [out], said(null)), [0])
    assert.deepEqual(firings(ruleOf('supportive-memo'), [into], { ...said(null), ...named }), [0])
    const history = { events: [into], before: null }
    const subject = { network: 'tron', address: 'T' } as const
    const hit = judge(ruleOf('supportive-memo'), subject, history, 0, { ...said('W'), ...named })
    const measured = { words: 1, found: 'mujahideen', message: 'for the Mujahideen', writer: 'W' }
    assert.deepEqual(hit?.measured, measured)
  })

  const silent: readonly (readonly [string, Event, Around])[] = [
    ['a stranger wrote it to somebody', into, said('W')],
    ['a stranger paid coins and wrote it', into, said(null)],
    ['a stranger signed what moved its tokens', out, said('W')],
    ['the words are of faith and of charity', out, said('T', [{ kind: 'faith', word: 'zakat' }])],
    ['there are none', out, knowsNothing],
  ]
  for (const [why, one, around] of silent) {
    test(`silent where ${why}`, () => assert.deepEqual(firings(ruleOf('supportive-memo'), [one], around), []))
  }
})

describe('event-linked inflow', () => {
  const rule = ruleOf('event-linked-inflow', { events: ['2023-11-14'] })
  const EVENT = Date.parse('2023-11-14T00:00:00Z') / 1000
  const day = (days: number, usd: number, more: Partial<Event> = {}) =>
    event(usd, { time: EVENT + days * DAY + HOUR, ...more })
  const steady = Array.from({ length: 60 }, (_, k) => day(k - 60, 50 + (k % 3)))

  test('fires once when more has come since the event than in nineteen of twenty other fortnights', () => {
    const rush = [0, 1, 2, 3, 4].map(k => day(k, 400))
    const fired = firings(rule, [...steady, ...rush])
    assert.equal(fired.length, 1)
    assert.ok(fired[0]! >= 60)
  })

  test('silent where it goes on as before, long after, without an event, with too little known, or going out', () => {
    const same = Array.from({ length: 14 }, (_, k) => day(k, 50))
    assert.deepEqual(firings(rule, [...steady, ...same]), [])
    assert.deepEqual(firings(rule, [...steady, day(14, 9000)]), [])
    assert.deepEqual(firings(ruleOf('event-linked-inflow', { events: ['2020-01-01'] }), [...steady, day(1, 9000)]), [])
    assert.deepEqual(firings(rule, [...steady.slice(30), day(1, 9000)]), [])
    assert.deepEqual(firings(rule, [...steady, day(1, 9000, { direction: 'out' })]), [])
  })

  test('without prices payments are counted, and the hit says so', () => {
    const bare = [...steady, ...Array.from({ length: 30 }, (_, k) => day(k / 30, 5))].map(one => ({
      ...one,
      cents: null,
    }))
    const [first] = firings(rule, bare)
    const history = { events: bare.slice(0, first! + 1), before: null }
    const hit = judge(rule, { network: 'tron', address: 'T' }, history, first!, knowsNothing)
    assert.match(hit!.unsure!, /counted/)
    assert.equal(hit!.measured['event'], '2023-11-14')
  })
})
