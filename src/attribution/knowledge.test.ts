import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { add, day, fresh } from '../../test/lists.ts'
import { shared, skipWithout } from '../../test/shared.ts'
import { sha256Hex } from '../std/digest.ts'
import * as Attribution from './attribution.ts'
import * as Table from './table.ts'

// Three addresses of OFAC's list: real checksums, used here as letters.
const A = '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h'
const B = '1Kuf2Rd8mDyAViwBozGTNYnvWL8uYFrkVo'
const C = '13f59kUM5FU8MfTG7DCEugYarDhSD7XCoC'

const V1 = `${A}\n${B}\n`
const V2 = `${B}\n${C}\n`

test('v1 with A and B, then v2 with B and C, v1 brought in late: each clock answers by itself', context => {
  const { store, write } = fresh(context)
  const put = (text: string, published: string, knownAt: string) =>
    add(store, 'addresses', write('watch.txt', text), {
      ...{ authority: 'Unit', publishedAt: day(published), knownAt: day(knownAt) },
    })
  put(V2, '2024-02-01', '2024-02-02')
  const late = put(V1, '2024-01-01', '2024-03-01')
  const standing = (address: string, asOf: string, knownAt: string) => {
    const known = Attribution.knowledge(store, { asOf: day(asOf), knownAt: day(knownAt) })
    return known.designationsOf('bitcoin', address).map(one => Attribution.standingOf(one, day(asOf)))
  }
  assert.deepEqual([late.added, late.removed], [2, 0], 'compared with the version before it: there is none')
  // Before v1 reached us nobody could know of A, nor that B was listed in January.
  assert.deepEqual(standing(A, '2024-01-15', '2024-02-15'), [])
  assert.deepEqual(standing(B, '2024-01-15', '2024-02-15'), [])
  assert.deepEqual(standing(B, '2024-02-15', '2024-02-15'), ['listed'])
  // After it did, the past is seen as it was.
  assert.deepEqual(standing(A, '2024-01-15', '2024-03-15'), ['listed'])
  assert.deepEqual(standing(A, '2024-02-15', '2024-03-15'), ['formerly-listed'])
  assert.deepEqual(standing(B, '2024-01-15', '2024-03-15'), ['listed'])
  assert.deepEqual(standing(C, '2024-01-15', '2024-03-15'), [])
  assert.deepEqual(standing(C, '2024-02-01', '2024-03-15'), ['listed'])
  assert.deepEqual(standing(C, '2024-02-15', '2024-01-15'), [], 'nothing was known then')
  const [removed] = Attribution.knowledge(store, {
    asOf: day('2024-02-15'),
    knownAt: day('2024-03-15'),
  }).designationsOf(...(['bitcoin', A] as const))
  assert.equal(removed!.removedAt, day('2024-02-01'))
})

test('an expired order answers so from its end on', context => {
  const { store, write } = fresh(context)
  const csv = `address,network,expires,listed\n${A},BTC,2026-01-01,2024-01-01\n`
  add(store, 'addresses', write('orders.csv', csv), { authority: 'Unit', publishedAt: day('2024-01-05') })
  const known = Attribution.knowledge(store, { asOf: day('2026-06-01'), knownAt: day('2026-12-01') })
  const [order] = known.designationsOf('bitcoin', A)
  const standings = ['2023-12-31', '2024-01-01', '2025-12-31', '2026-01-01'].map(at =>
    Attribution.standingOf(order!, day(at)),
  )
  assert.deepEqual(standings, ['not-yet-listed', 'listed', 'listed', 'expired'])
})

test('whatever the order of import, the same versions give the same answers', context => {
  const days = ['2024-01-01', '2024-02-01', '2024-03-01', '2024-04-01']
  const subsets = fc.array(fc.subarray([A, B, C], { minLength: 1 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(
      subsets.chain(sets => fc.tuple(fc.constant(sets), fc.shuffledSubarray(order(sets), full(sets)))),
      ([sets, shuffled]) => {
        const answers = [order(sets), shuffled].map(sequence => {
          const { store, write } = fresh(context)
          for (const index of sequence) {
            const path = write('watch.txt', sets[index]!.join('\n'))
            add(store, 'addresses', path, { authority: 'Unit', publishedAt: day(days[index]!) })
          }
          return days.map(asOf => {
            const known = Attribution.knowledge(store, { asOf: day(asOf), knownAt: day('2026-12-01') })
            return [A, B, C].map(address => known.designationsOf('bitcoin', address))
          })
        })
        assert.deepEqual(answers[1], answers[0])
      },
    ),
    { numRuns: 12 },
  )
})

const order = (sets: readonly unknown[]): number[] => sets.map((_, index) => index)
const full = (sets: readonly unknown[]) => ({ minLength: sets.length, maxLength: sets.length })

test('nothing loaded knows nothing; the answers follow each write', context => {
  const { store, write } = fresh(context)
  const clocks = { asOf: day('2026-11-15'), knownAt: day('2026-11-15') }
  assert.deepEqual(Attribution.knowledge(store, clocks).lists, [])
  assert.deepEqual(Attribution.knowledge(store, clocks).designationsOf('bitcoin', A), [])
  add(store, 'addresses', write('watch.txt', V1), { authority: 'Unit', publishedAt: day('2026-11-02') })
  const known = Attribution.knowledge(store, clocks)
  assert.deepEqual(known.lists, [{ authority: 'Unit', version: '2026-11-02' }])
  assert.equal(known.designationsOf('bitcoin', A).length, 1)
  assert.equal(known, Attribution.knowledge(store, clocks), 'held until something is written')
  assert.deepEqual(known.designationsOf('litecoin', A), [])
})

test('the same key on another network is a lead, not a listing there', context => {
  const { store, write } = fresh(context)
  const key = '0x901bb9583b24d97e995513c6778dc6888ab6870e'
  add(store, 'addresses', write('watch.csv', `${key},ETH\n`), { authority: 'Unit', publishedAt: day('2026-11-02') })
  const known = Attribution.knowledge(store, { asOf: day('2026-11-15'), knownAt: day('2026-11-15') })
  assert.deepEqual(known.networksOf(key), ['ethereum'])
  assert.deepEqual(known.designationsOf('bsc', key), [])
  assert.deepEqual(
    known.relatedOf('bsc', key).map(one => one.network),
    ['ethereum'],
  )
  assert.deepEqual(known.relatedOf('ethereum', key), [])
})

const ARTICLE = 'data/articles/001_45ff3b00e7ecd724.txt'

test('the address of article 001 is attributed with its sentence as a claim', {
  skip: skipWithout(ARTICLE),
}, context => {
  const { store } = fresh(context)
  const text = readFileSync(shared(ARTICLE), 'utf8')
  const address = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
  const at = text.indexOf(address)
  const start = Math.max(text.lastIndexOf('.', at), text.lastIndexOf('\n', at)) + 1
  const end = Math.min(...[text.indexOf('.', at), text.indexOf('\n', at)].filter(one => one > 0))
  const claim = claimOf(address, { words: text.slice(start, end), sha256: sha256Hex(text), start, end })
  const stored = Attribution.addClaim(store, claim, day('2026-11-02'), 'analyst')
  assert.ok(stored.words.includes(address))
  assert.deepEqual(Attribution.addClaim(store, claim, day('2026-11-09'), 'another'), stored, 'the same claim is one')
  const known = Attribution.knowledge(store, { asOf: day('2026-11-15'), knownAt: day('2026-11-15') })
  assert.deepEqual(known.labelsOf('bitcoin', address), [
    {
      ...{ network: 'bitcoin', address, name: 'al-Qassam Brigades', entity: null },
      ...{ category: 'terrorist-financing', role: 'donation', confidence: { id: 'web_crawl', level: 20 } },
      source: 'the article (article)',
      citations: [{ kind: 'capture', sha256: sha256Hex(text), start, end }],
      ...{ id: stored.id, categories: ['terrorist-financing'], judgement: null, conflict: null },
      ...{ validFrom: null, validTo: null, grade: 'reported' },
    },
  ])
  assert.equal(known.labelCount('bitcoin'), 1)
})

type Words = { readonly words: string; readonly sha256: string; readonly start: number; readonly end: number }

function claimOf(address: string, { words, ...capture }: Words): Attribution.ClaimContent {
  return {
    subject: { kind: 'address', network: 'bitcoin', address },
    ...{ predicate: 'donation-address', object: 'al-Qassam Brigades', category: 'terrorist-financing' },
    ...{ role: null, grade: 'reported', speaker: 'the article', medium: 'article', saidAt: null, words, url: null },
    ...{ capture, confidence: 'web_crawl', validFrom: null, validTo: null },
  }
}

test('a later judgement wins and none is overwritten; before it was known the old answer stands', context => {
  const { store } = fresh(context)
  const claim = Attribution.addClaim(
    store,
    claimOf(A, { words: A, sha256: 'a'.repeat(64), start: 0, end: 34 }),
    100,
    'x',
  )
  const judge = (verdict: 'yes' | 'no' | 'unsure', knownAt: number) =>
    Attribution.addJudgement(store, { target: claim.id, verdict, reason: 'seen', by: 'analyst', knownAt })
  const labels = (knownAt: number) => Attribution.knowledge(store, { asOf: 1000, knownAt }).labelsOf('bitcoin', A)
  judge('yes', 200)
  judge('no', 300)
  judge('unsure', 400)
  assert.deepEqual(
    [50, 100, 200, 300, 400].map(at => labels(at).map(label => label.judgement)),
    [...[[], [null], ['yes'], [], ['unsure']]],
  )
  assert.deepEqual(
    Attribution.judgements(store, claim.id).map(one => one.verdict),
    ['yes', 'no', 'unsure'],
  )
  assert.throws(() => judgeMissing(store), { name: 'Judgement.NoTarget' })
  for (const sql of ['UPDATE claim SET content = 0', 'DELETE FROM claim', 'DELETE FROM judgement']) {
    assert.throws(() => store.database.exec(sql), /append-only/)
  }
  assert.equal(Table.judgements(store, null).length, 3)
})

function judgeMissing(store: Parameters<typeof Attribution.addJudgement>[0]): void {
  Attribution.addJudgement(store, { target: 'entry-99', verdict: 'no', reason: 'x', by: 'y', knownAt: 1 })
}

test('a claim holds in its window only; one about a receipt is no label', context => {
  const { store } = fresh(context)
  const words = { words: A, sha256: 'b'.repeat(64), start: 0, end: 34 }
  const window = { validFrom: day('2020-01-01'), validTo: day('2021-01-01'), role: 'government-controlled' as const }
  Attribution.addClaim(store, { ...claimOf(A, words), ...window }, 100, 'x')
  Attribution.addClaim(store, { ...claimOf(A, words), predicate: 'received', object: '32 BTC' }, 100, 'x')
  const roles = ['2019-12-31', '2020-01-01', '2020-12-31', '2021-01-01'].map(at =>
    Attribution.knowledge(store, { asOf: day(at), knownAt: 200 })
      .labelsOf('bitcoin', A)
      .map(label => label.role),
  )
  assert.deepEqual(roles, [[], ['government-controlled'], ['government-controlled'], []])
  assert.throws(() => Attribution.addClaim(store, { ...claimOf(A, words), ...window, validTo: 5 }, 1, 'x'), {
    name: 'Claim.Invalid',
  })
  const typo = { ...claimOf(A, words), subject: { kind: 'address', network: 'bitcoin', address: `${A}x` } as const }
  assert.throws(() => Attribution.addClaim(store, typo, 1, 'x'), { name: /^Address\./ })
})
