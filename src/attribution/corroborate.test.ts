import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '../../test/lists.ts'
import type { Claim } from './claim.ts'
import { corroborate } from './corroborate.ts'

const A = '17QAWGVpFV4gZ25NQug46e5mBho4uDP6MD'

function claim(id: string, more: Partial<Claim> = {}): Claim {
  return {
    ...{ id, subject: { kind: 'address', network: 'bitcoin', address: A } },
    ...{ predicate: 'owner', object: 'Nasser Salah al-Deen Brigades', category: null, role: null, grade: 'alleged' },
    ...{ speaker: `Speaker ${id}`, medium: 'article', saidAt: day('2020-01-20'), words: id, url: null, capture: null },
    ...{ confidence: 'web_crawl', validFrom: null, validTo: null, knownAt: day('2026-01-01'), addedBy: 'layla' },
    ...more,
  } as Claim
}

test('independent speakers count, in whatever letters they write the name', () => {
  const all = [claim('a'), claim('b', { object: 'ألوية الناصر صلاح الدين' }), claim('c', { object: 'Islamic Jihad' })]
  assert.deepEqual(corroborate(all[0]!, all), { independent: 2, by: ['b'], circular: [], otherSubject: [] })
  assert.equal(corroborate(all[2]!, all).independent, 1)
})

test('circular reporting: one speaker, one site, a copy, one that rests on another: counted once, and named', () => {
  const words = 'The institute found that the address belongs to the brigades and was used for four years'
  const all = [
    claim('origin', { words, url: 'https://example.org/report', saidAt: day('2020-01-19') }),
    claim('copy', { words: `“${words}”, the paper wrote.` }),
    claim('site', { url: 'https://www.example.org/again' }),
    claim('rests', { reliesOn: ['speaker ORIGIN'] }),
    claim('further', { reliesOn: ['rests'] }),
    claim('same', { speaker: 'Speaker copy' }),
    claim('own'),
  ]
  const found = corroborate(all[0]!, all)
  assert.deepEqual([found.independent, found.by], [2, ['own']])
  assert.deepEqual(
    found.circular.map(({ claim: id, of, because }) => [id, of, because]),
    [
      ['copy', 'origin', 'the same words'],
      ['site', 'origin', 'one site'],
      ['rests', 'origin', 'rests on it'],
      ['same', 'copy', 'one speaker'],
      ['further', 'rests', 'rests on it'],
    ],
  )
})

test('two that rest on each other are one, and say so', () => {
  const all = [claim('a', { reliesOn: ['b'] }), claim('b', { reliesOn: ['a'] })]
  const found = corroborate(all[0]!, all)
  assert.deepEqual([found.independent, found.circular[0]!.because], [1, 'each rests on the other'])
})

test('A33: what others say "likewise" of another campaign corroborates nothing about the Brigades', () => {
  const brigades = claim('itic', {
    subject: { kind: 'campaign', name: 'Nasser Salah al-Deen Brigades' },
    object: 'bitcoin',
  })
  const likewise = claim('elliptic', {
    subject: { kind: 'campaign', name: 'al-Qassam Brigades' },
    object: 'bitcoin',
    words: 'كما أفادت Elliptic وغيرها عن حملة أخرى',
  })
  assert.deepEqual(corroborate(brigades, [brigades, likewise]), {
    ...{ independent: 1, by: [], circular: [] },
    otherSubject: ['elliptic'],
  })
})
