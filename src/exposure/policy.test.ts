import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { stringify } from 'yaml'
import type { Exposure } from './measure.ts'
import { digestOf, type Policy, standard } from './policy.ts'
import { parsePolicy } from './policy-file.ts'
import { riskOf } from './score.ts'

test('the built-in policy written as JSON or YAML is the same policy', () => {
  for (const text of [JSON.stringify(standard), stringify(standard)]) {
    const read = parsePolicy(text, 'p')
    assert.deepEqual(read, standard)
    assert.equal(digestOf(read), digestOf(standard))
  }
})

test('every threshold, weight and category names its source, and each is said in both languages', () => {
  for (const { source } of [...standard.categories, ...standard.rules, standard.dust, standard.claimLevelMax]) {
    assert.match(source, /\S{3}/)
  }
  const all = standard.rules.flatMap(rule => riskOf({ ...standard, rules: [rule] }, 'listed', ROWS).rules)
  for (const { because } of all) {
    assert.match(because.en, /^[A-Z].*\.$/)
    assert.match(because.ar, /[\u0600-\u06ff].*\.$/)
  }
})

test('what is missing, unknown, twice or out of range is refused with its place', () => {
  const broken: [Partial<Record<keyof Policy, unknown>>, RegExp][] = [
    [{ rules: undefined }, /“rules” is missing/],
    [{ categories: [{ category: 'mixr', weight: 1, source: 's' }] }, /categories\[0\]\.category/],
    [{ categories: [{ category: 'mixer', weight: 101, source: 's' }] }, /from 0 to 100/],
    [{ categories: [...standard.categories, standard.categories[0]] }, /twice/],
    [{ rules: [{ ...standard.rules[0], treshold: 1 }] }, /“treshold” is no field/],
    [{ rules: [standard.rules[0], standard.rules[0]] }, /same id/],
    [{ dust: { units: { BTC: '1.5' }, source: 's' } }, /dust\.units\.BTC/],
    [{ version: 'a\u0000b' }, /version/],
  ]
  for (const [change, message] of broken) {
    assert.throws(() => parsePolicy(JSON.stringify({ ...standard, ...change }), 'p'), {
      name: 'Policy.Malformed',
      message,
    })
  }
  assert.throws(() => parsePolicy('a: &a [1]\nb: *a', 'p'), { name: 'Policy.Malformed' })
})

test('no text makes the reader throw anything else', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('{', '[', 'rules:', '- ', '&a', '*a', '\n', '"version":', ': '))
  const check = (pieces: readonly string[]) => {
    try {
      parsePolicy(pieces.join(''), 'p')
    } catch (cause) {
      assert.equal((cause as Error).name, 'Policy.Malformed')
    }
  }
  fc.assert(fc.property(fc.array(piece), check))
})

test('null is no rule, 0 is a rule that scores nothing; the highest rule counts, never a sum', () => {
  assert.deepEqual(riskOf(standard, 'not-listed', []), { score: null, rules: [] })
  const exchange = row({ category: 'exchange', raises: false })
  assert.deepEqual(
    riskOf(standard, 'not-listed', [exchange]).rules.map(({ id, score, value }) => [id, score, value]),
    [['service-contact', 0, 0.3]],
  )
  assert.equal(riskOf(standard, 'not-listed', [exchange]).score, 0)
  assert.equal(riskOf(standard, 'formerly-listed', []).score, 0)
  assert.equal(riskOf(standard, 'listed', ROWS).score, 100)
  assert.equal(riskOf(standard, 'not-listed', [row({ category: 'mixer' })]).score, 54)
})

test('a rule fires from its share on; an unread amount fires only where any will do; dust fires none', () => {
  const ids = (one: Exposure) => riskOf(standard, 'not-listed', [one]).rules.map(({ id, value }) => [id, value])
  const indirect = { relation: 'indirect', hops: 3 } as const
  assert.deepEqual(ids(row({ ...indirect, share: 0.0099 })), [])
  assert.deepEqual(ids(row({ ...indirect, share: 0.01 })), [['indirect-out', 0.01]])
  assert.deepEqual(ids(row({ ...indirect, share: null })), [])
  assert.deepEqual(ids(row({ share: null })), [['direct-out', null]])
  assert.deepEqual(ids(row({ direction: 'in', raises: false })), [])
})

function row(more: Partial<Exposure>): Exposure {
  return {
    ...({ category: 'terrorist-financing', relation: 'direct', direction: 'out', hops: 1, share: 0.3 } as const),
    ...({
      amount: null,
      method: 'haircut',
      range: [0.2, 0.4],
      robust: true,
      least: null,
      fragile: false,
      beyondListing: false,
    } as const),
    ...{ raises: true, listed: { now: true, atPayment: true }, lots: null, because: [], ...more },
  }
}

const ROWS = [
  row({}),
  row({ direction: 'in' }),
  row({ relation: 'indirect', hops: 2 }),
  row({ relation: 'ownership', hops: 0, beyondListing: true }),
  row({ share: null }),
]
