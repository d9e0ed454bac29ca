import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { burstsOf, gapCost, poissonCost, ratesOf, robust, segmentsOf, statesOf } from './burst-change.ts'
import { study } from './burst-study.ts'

test('PELT finds the segments of least cost: as good as every way of cutting, on random counts', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 11 }),
      fc.double({ min: 0.1, max: 12, noNaN: true }),
      fc.integer({ min: 1, max: 3 }),
      (counts, penalty, minLength) => {
        const values = Float64Array.from(counts)
        if (values.length < minLength) return
        const found = segmentsOf(values, penalty, minLength)
        assert.equal(found[0]!.from, 0)
        assert.equal(found.at(-1)!.to, values.length)
        const cost = (cuts: readonly number[]) =>
          cuts.reduce((sum, to, i) => {
            const part = counts.slice(i === 0 ? 0 : cuts[i - 1], to)
            return (
              sum +
              poissonCost(
                part.reduce((a, b) => a + b, 0),
                part.length,
              ) +
              (i === 0 ? 0 : penalty)
            )
          }, 0)
        const own = cost(found.map(one => one.to))
        let least = Number.POSITIVE_INFINITY
        for (let mask = 0; mask < 2 ** (counts.length - 1); mask++) {
          const cuts = [...Array(counts.length - 1).keys()].filter(i => (mask >> i) & 1).map(i => i + 1)
          const all = [...cuts, counts.length]
          if (all.some((to, i) => to - (i === 0 ? 0 : all[i - 1]!) < minLength)) continue
          least = Math.min(least, cost(all))
        }
        assert.ok(Math.abs(own - least) < 1e-6, `${own} against ${least}`)
      },
    ),
    { numRuns: 200 },
  )
})

test('Kleinberg: the state sequence of least cost, as good as every sequence, on random gaps', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 7 }), list => {
      const gaps = Float64Array.from(list)
      const options = { levels: 3, base: 2, gamma: 1 }
      const rates = ratesOf(gaps, 3, 2)
      const rise = Math.log(Math.max(2, gaps.length))
      const cost = (states: readonly number[]) =>
        states.reduce((sum, state, i) => {
          return sum + Math.max(0, state - (i === 0 ? 0 : states[i - 1]!)) * rise + gapCost(gaps[i]!, rates[state]!)
        }, 0)
      let least = Number.POSITIVE_INFINITY
      for (let code = 0; code < 3 ** list.length; code++) {
        least = Math.min(least, cost(list.map((_, i) => Math.floor(code / 3 ** i) % 3)))
      }
      assert.ok(Math.abs(cost([...statesOf(gaps, options)]) - least) < 1e-6)
    }),
    { numRuns: 100 },
  )
})

test('a burst is the run of short gaps, and steady events have none', () => {
  const gaps = Float64Array.from([...Array(40).fill(86_400), ...Array(30).fill(3600), ...Array(40).fill(86_400)])
  const [burst, ...others] = burstsOf(gaps)
  assert.deepEqual([burst?.from, burst?.to, others.length], [40, 70, 0])
  assert.deepEqual(burstsOf(new Float64Array(100).fill(86_400)), [])
})

test('median and width are not moved by the burst itself', () => {
  assert.deepEqual(robust([1, 2, 3, 4, 100]), { median: 3, width: 1.4826 })
  assert.deepEqual(robust([]), { median: 0, width: 0 })
})

test('event study: lag and effect of planted events; placebo days are not as large; no events, no study', () => {
  const inflow = new Float64Array(200).fill(1)
  for (const day of [60, 140]) for (let i = 2; i < 7; i++) inflow[day + i] = 11
  const found = study(inflow, [60, 140], 5, 7)
  assert.equal(found?.lag, 2)
  assert.equal(found?.effect, 10)
  assert.equal(found?.ratio, 11)
  assert.ok(found!.placebo.share <= 0.05, String(found?.placebo.share))
  assert.equal(study(inflow, [], 5, 7), undefined)
  assert.equal(study(inflow.subarray(0, 20), [8], 5, 2), undefined)
})
