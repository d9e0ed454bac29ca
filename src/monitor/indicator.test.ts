import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { DAY, event, firings, HOUR, knowsNothing, ruleOf, START } from '../../test/rule-case.ts'
import type { Around } from './event.ts'
import { judge } from './indicator.ts'
import { BUILT_IN, type Rule } from './rule.ts'

describe('each indicator fires where its condition becomes true, and not beside it', () => {
  test('structuring: three just under the limit within the window', () => {
    const near = (hours: number, usd = 9500) => event(usd, { time: START + hours * HOUR })
    assert.deepEqual(firings(ruleOf('structuring'), [near(0), near(1), near(2), near(3)]), [2])
    assert.deepEqual(firings(ruleOf('structuring'), [near(0), near(1), near(100)]), [])
    assert.deepEqual(firings(ruleOf('structuring'), [near(0, 10_000), near(1, 8999), near(2)]), [])
  })

  test('an episode is told once, whatever else moves in between, and a new one is told again', () => {
    const near = (hours: number) => event(9500, { time: START + hours * HOUR })
    const [other, out] = [
      event(12, { time: START + 3 * HOUR }),
      event(9500, { time: START + 4 * HOUR, direction: 'out' }),
    ]
    const late = [1000, 1001, 1002].map(near)
    assert.deepEqual(firings(ruleOf('structuring'), [near(0), near(1), near(2), other, out, near(5), ...late]), [2, 8])
    const gifts = Array.from({ length: 25 }, (_, k) => event(100, { time: START + k * HOUR }))
    const pay = (usd: number, hours: number) => event(usd, { time: START + hours * HOUR, direction: 'out' })
    const gift = event(100, { time: START + 31 * HOUR })
    assert.deepEqual(firings(ruleOf('accumulate-exit'), [...gifts, pay(2400, 30), gift, pay(100, 32)]), [25])
    const again = gifts.map(one => ({ ...one, time: one.time + 30 * DAY }))
    assert.deepEqual(firings(ruleOf('accumulate-exit'), [...gifts, pay(2400, 30), ...again, pay(2400, 750)]), [25, 51])
  })

  test('burst, and burst after a silence of ninety days', () => {
    const at = (hours: number) => event(2000, { time: START + hours * HOUR })
    assert.deepEqual(firings(ruleOf('burst'), [0, 1, 2, 3, 4, 5].map(at)), [4])
    assert.deepEqual(firings(ruleOf('burst'), [0, 10, 20, 30, 40].map(at)), [])
    const old = event(50, { time: START - 91 * DAY })
    assert.deepEqual(firings(ruleOf('burst-after-silence'), [old, at(0), at(1), at(2)]), [3])
    assert.deepEqual(
      firings(ruleOf('burst-after-silence'), [{ ...old, time: START - 80 * DAY }, at(0), at(1), at(2)]),
      [],
    )
  })

  test('accumulate and exit: many small gifts, then nearly all goes out', () => {
    const gifts = Array.from({ length: 25 }, (_, k) => event(100, { time: START + k * HOUR }))
    const out = (usd: number) => event(usd, { time: START + 30 * HOUR, direction: 'out', other: 'X' })
    assert.deepEqual(firings(ruleOf('accumulate-exit'), [...gifts, out(2300)]), [25])
    assert.deepEqual(firings(ruleOf('accumulate-exit'), [...gifts, out(1000)]), [])
    const large = gifts.map(one => ({ ...one, cents: 60_000n }))
    assert.deepEqual(firings(ruleOf('accumulate-exit'), [...large, out(2300)]), [])
    const oneGiver = gifts.map(one => ({ ...one, other: 'same' }))
    assert.deepEqual(firings(ruleOf('accumulate-exit'), [...oneGiver, out(2300)]), [])
  })

  test('fan-out: three services within a day', () => {
    const around: Around = { ...knowsNothing, serviceOf: (_, address) => (address.startsWith('S') ? address : null) }
    const to = (other: string, hours: number) => event(10, { direction: 'out', other, time: START + hours * HOUR })
    assert.deepEqual(firings(ruleOf('fan-out'), [to('S1', 0), to('S2', 1), to('x', 2), to('S3', 3)], around), [3])
    assert.deepEqual(firings(ruleOf('fan-out'), [to('S1', 0), to('S1', 1), to('S2', 3)], around), [])
  })

  test('zeroing, denomination grid, awakened', () => {
    const [gift, exit] = [event(5000), event(4900, { direction: 'out', time: START + 600 })]
    assert.deepEqual(firings(ruleOf('zeroing'), [gift, exit]), [1])
    assert.deepEqual(firings(ruleOf('zeroing'), [gift, { ...exit, time: START + 2 * HOUR }]), [])
    const step = (usd: number, k: number) => event(usd, { time: START + k * DAY })
    assert.deepEqual(firings(ruleOf('denomination-grid'), [step(10_050, 0), step(19_990, 1), step(30_000, 2)]), [2])
    assert.deepEqual(firings(ruleOf('denomination-grid'), [step(10_500, 0), step(25_000, 1), step(4000, 2)]), [])
    assert.deepEqual(firings(ruleOf('awakened'), [event(1), event(1, { time: START + 181 * DAY })]), [1])
    assert.deepEqual(firings(ruleOf('awakened'), [event(1), event(1, { time: START + 179 * DAY })]), [])
  })

  test('irregular increase: a week far above the weeks before it', () => {
    const steady = Array.from({ length: 20 }, (_, week) => event(10, { time: START + week * 7 * DAY }))
    const rush = Array.from({ length: 12 }, (_, k) => event(10, { time: START + 140 * DAY + k * HOUR }))
    const fired = firings(ruleOf('irregular-increase'), [...steady, ...rush])
    assert.equal(fired.length, 1)
    assert.ok(fired[0]! >= 29)
    assert.deepEqual(firings(ruleOf('irregular-increase'), steady), [])
  })

  test('service-like: many both ways in balance', () => {
    const both = Array.from({ length: 240 }, (_, k) =>
      event(10, { time: START + k * HOUR, direction: k % 2 === 0 ? 'in' : 'out' }),
    )
    assert.deepEqual(firings(ruleOf('service-like'), both), [199])
    assert.deepEqual(
      firings(
        ruleOf('service-like'),
        both.map(one => ({ ...one, direction: 'in' as const })),
      ),
      [],
    )
  })

  test('counterparties: listed on that day, of a campaign, of a category, of a country; frozen itself', () => {
    const around: Around = {
      ...knowsNothing,
      designatedBy: (_, address, at) => (address === 'listed' && at >= START ? ['OFAC'] : []),
      campaignsOf: (_, address) => (address === 'campaign' ? ['winter'] : []),
      categoryOf: (_, address) => (address === 'mixer' ? 'mixer' : null),
      serviceOf: () => null,
      countriesOf: (_, address) => (address === 'abroad' ? ['XX'] : []),
    }
    const with_ = (other: string, time = START) => [event(1, { other, time })]
    assert.deepEqual(firings(ruleOf('listed-counterparty'), with_('listed'), around), [0])
    assert.deepEqual(firings(ruleOf('listed-counterparty'), with_('listed', START - 1), around), [])
    assert.deepEqual(firings(ruleOf('campaign-counterparty'), with_('campaign'), around), [0])
    assert.deepEqual(firings(ruleOf('mixer-contact'), with_('mixer'), around), [0])
    const abroad: Rule = {
      ...ruleOf('frozen'),
      id: 'weak',
      indicator: 'country-exchange',
      thresholds: { countries: ['XX'] },
    }
    assert.deepEqual(firings(abroad, with_('abroad'), around), [0])
    const frozen: Around = { ...knowsNothing, designatedBy: (_, address) => (address === 'T' ? ['Tether'] : []) }
    const [paid, got] = [event(1, { direction: 'out' }), event(1)]
    assert.deepEqual(firings(ruleOf('frozen'), [paid, got, paid], frozen), [0, 2])
  })

  test('charity mismatch: a month far above the months before, nearly all of it gone within days', () => {
    const months = Array.from({ length: 6 }, (_, k) => event(1000, { time: START + k * 30 * DAY }))
    const rush = event(20_000, { time: START + 180 * DAY })
    const out = event(18_000, { time: START + 183 * DAY, direction: 'out' })
    assert.deepEqual(firings(ruleOf('charity-mismatch'), [...months, rush, out]), [7])
    assert.deepEqual(firings(ruleOf('charity-mismatch'), [...months, rush, { ...out, cents: 100_000n }]), [])
  })
})

test('without a price a threshold in dollars is not met, and a rule without one still is', () => {
  const unpriced = event(0, { cents: null })
  assert.deepEqual(firings(ruleOf('any-payment'), [unpriced]), [0])
  assert.deepEqual(firings(ruleOf('any-payment', { minUsd: 5 }), [unpriced, event(5), event(4.99)]), [1])
  assert.deepEqual(firings(ruleOf('structuring'), Array(5).fill(unpriced)), [])
})

test('no rule throws, whatever the events, and none fires twice on one event', () => {
  const events = fc.array(
    fc.record({ usd: fc.double({ min: 0, max: 1e6, noNaN: true }), gap: fc.nat(40 * DAY), out: fc.boolean() }),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(events, list => {
      let time = START
      const made = list.map(({ usd, gap, out }) => {
        time += gap
        return event(usd, { time, direction: out ? 'out' : 'in' })
      })
      for (const rule of BUILT_IN) {
        const fired = firings(rule, made)
        assert.equal(new Set(fired).size, fired.length)
      }
    }),
    { numRuns: 100 },
  )
})

test('one after another or all together: every rule fires on the same events', () => {
  const others = ['P', 'Q', 'S1', 'S2', 'S3']
  const around: Around = {
    ...knowsNothing,
    serviceOf: (_, address) => (address.startsWith('S') ? address : null),
    donationsOn: () => [{ address: 'TAbcd', campaign: 'w', publishers: ['p'], publishedAt: START }],
    sponsorsOf: (_, __, at) => (at > START + 5 * DAY ? [{ payer: 'P', by: 'coins', sponsored: ['T', 'D'] }] : []),
    campaignsOf: (_, address) => (address === 'D' ? ['w'] : []),
  }
  const step = fc.record({ usd: fc.constantFrom(40, 950, 9500, 9900, 20_000), hours: fc.nat(90), out: fc.boolean() })
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.constantFrom(...others)), { maxLength: 50 }), list => {
      let time = START
      const events = list.map(([{ usd, hours, out }, other]) => {
        time += hours * HOUR
        return event(usd, { time, other, direction: out ? 'out' : 'in' })
      })
      const history = { events, before: null }
      for (const rule of BUILT_IN) {
        const together = events.flatMap((_, at) =>
          judge(rule, { network: 'tron', address: 'T' }, history, at, around) === null ? [] : [at],
        )
        assert.deepEqual(firings(rule, events, around), together, rule.id)
      }
    }),
    { numRuns: 100 },
  )
})
