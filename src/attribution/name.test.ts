import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { effortOf } from '../../test/effort.ts'
import { add, fresh, ofacXml } from '../../test/lists.ts'
import * as Name from './name.ts'
import { compare, even, type Rule } from './name-compare.ts'
import { build } from './name-index.ts'
import { jaroWinkler } from './name-jaro.ts'
import { match, THRESHOLD } from './name-match.ts'

const between = (a: string, b: string) => compare(Name.from(a), Name.from(b), even)
const score = (a: string, b: string) => between(a, b).score

test('Jaro–Winkler gives the values of the literature (Winkler 1990, table of examples)', () => {
  const pairs = [
    ['MARTHA', 'MARHTA', 0.961],
    ['DWAYNE', 'DUANE', 0.84],
    ['DIXON', 'DICKSONX', 0.813],
    ['', 'A', 0],
    ['A', 'A', 1],
  ] as const
  for (const [a, b, value] of pairs) assert.ok(Math.abs(jaroWinkler(a, b) - value) < 0.001, `${a} ${b}`)
})

test('A10: spellings of one article are one name; an adjective that only one of them has is named', () => {
  const variants = [
    ['ألوية الناصر صلاح الدين', 'كتائب الناصر صلاح الدين'],
    ['كتائب عز الدين القسام', 'Izz al-Din al-Qassam Brigades'],
    ['رمضان الكرد', 'Ramadan al-Kurd'],
    ['رمضان الكورد', 'رمضان الكرد'],
  ] as const
  for (const [a, b] of variants) assert.ok(score(a, b) >= THRESHOLD, `${a} ${b} ${score(a, b)}`)
  const { onlyInQuery } = between('ألوية الناصر صلاح الدين الإيراني', 'ألوية الناصر صلاح الدين')
  assert.deepEqual(onlyInQuery, ['ايراني'])
})

test('transliterations, particles, kunyas, missing vowels, order, joined words and initials match', () => {
  const same: readonly (readonly [string, string])[] = [
    ['محمد بن سلمان', 'Mohammed bin Salman'],
    ['القذافي معمر', 'Muammar Gaddafi'],
    ['Qadhafi', 'Kadafi'],
    ['صلاح الدين', 'Salahuddin'],
    ['عبد الرحمن الزهار', 'Abdurrahman al-Zahar'],
    ['عبداللطيف حسن', 'Hassan Abdul Latif'],
    ['أبو بكر البغدادي', 'Abubakar al-Baghdadi'],
    ['Usama bin Ladin', 'أسامة بن لادن'],
    ['أيمن الظواهري', 'Ayman al-Zawahiri'],
    ['Ayman Zawahri', 'al-Zawahiri, Dr. Ayman'],
    ['A. Zawahiri', 'Ayman al-Zawahiri'],
    ['يحيى السنوار', 'Yahya Sinwar'],
    ['إسماعيل هنية', 'Ismail Haniyeh'],
    ['نصر الله حسن', 'Hassan Nasrallah'],
    ['أيوب فاطمة عبدالله', "Ayyub Fatimah 'Abdallah"],
    ['عبد الدايم نصرالله', "'Abd-Al-Dayim Nasrallah"],
    ['جواد ظریف', 'Javad Zarif'],
    ['كتائب شهداء الأقصى', 'Al-Aqsa Martyrs Brigade'],
    ['لجان المقاومة الشعبية', 'Popular Resistance Committees'],
    ['حركة حماس', 'Hamas'],
    ['ألوية الناصر صلاح الدين', 'Nasser Salah al-Deen Brigades'],
    ['Хамас', 'Hamas'],
  ]
  for (const [a, b] of same) {
    assert.ok(score(a, b) >= THRESHOLD, `${a} · ${b}: ${score(a, b)}`)
    assert.ok(Math.abs(score(a, b) - score(b, a)) < 0.002, `${a} · ${b}: the same both ways`)
  }
})

test('what only looks or sounds like it does not: the traps of rows A08 to A10 among them', () => {
  const different: readonly (readonly [string, string])[] = [
    ['جمهورية الصين الشعبية', 'Popular Resistance Committees'],
    ["People's Republic of China", 'لجان المقاومة الشعبية'],
    ['البنك الدولي', 'Islamic National Bank'],
    ['World Bank', 'البنك الوطني الإسلامي'],
    ['البنك الدولي', 'بنك اليمن الدولي'],
    ['Muhammad Ali', 'Ali'],
    ['Abu Muhammad', 'Muhammad'],
    ['Muhammad Hassan', 'Muhammad Husayn al-Masri'],
    ['ألوية الناصر صلاح الدين', 'Al-Aqsa Martyrs Brigade'],
    ['كتائب عز الدين القسام', 'Islamic Resistance Movement'],
  ]
  for (const [a, b] of different) assert.ok(score(a, b) < THRESHOLD, `${a} · ${b}: ${score(a, b)}`)
})

test('each score comes with its pairs, their rules, and the words that nothing answers to', () => {
  const found = between('الشيخ A. عبد الرحمن Omar Nureddin', 'Abdurrahman Ahmad Nur al-Din Umar Zaki')
  const rules = new Map(found.pairs.map(pair => [pair.candidate, pair.rule]))
  const expected = new Map<string, Rule>([
    ['abdurrahman', 'sound'],
    ['ahmad', 'initial'],
    ['nur din', 'joined'],
    ['umar', 'sound'],
  ])
  assert.deepEqual(rules, new Map([...rules.keys()].map(key => [key, expected.get(key)!])))
  assert.equal(rules.size, 4)
  assert.deepEqual([found.onlyInQuery, found.onlyInCandidate], [[], ['zaki']])
})

test('hostile names: overrides, invisible and look-alike letters, emoji, nothing, a hundred thousand letters', () => {
  assert.equal(score('\u202esamaH\u202c', 'Hamas'), 1, 'read as it is shown')
  assert.equal(score('H\u200ba\u2066m\u00ada\u2069s', 'Hamas'), 1)
  assert.equal(score('Hаmаs', 'Hamas'), 1, 'Cyrillic а among Latin letters')
  assert.match(Name.from('Hаmаs').notes.join(), /mixes scripts and was read as “hamas”/)
  assert.match(Name.from('\u202eabc').notes.join(), /controls of direction/)
  assert.equal(score('ｈａｍａｓ', 'Hamas'), 1)
  assert.equal(score('حَـمـَاس', 'حماس'), 1)
  for (const nothing of ['', ' ', '😀', '😀🏴‍☠️', '\u0000', '---', '\u202e']) {
    assert.deepEqual(Name.from(nothing).words, [], JSON.stringify(nothing))
    assert.equal(score(nothing, nothing), 0, 'nothing is like nothing')
  }
  const effort = effortOf(() => {
    for (const long of ['a', 'محمد ', 'a ', 'abd al ', '\u202e', 'م.', '😀', "'"].map(one =>
      one.repeat(100_000 / one.length),
    )) {
      const name = Name.from(long)
      assert.ok(name.words.length <= Name.WORDS_MAX)
      assert.match(name.notes.join(), /Only the first 500 characters were compared/)
      assert.ok(score(long, long) <= 1)
    }
  })
  assert.ok(effort < 3000, `${effort} ms: a long name costs no more than a short one`)
})

test('any two texts have a score from 0 to 1, and a name is like itself', () => {
  const text = fc.string({ unit: fc.constantFrom(...'abdulMOه محمدعبالن-.\u202e\u200d😀Жя1 '), maxLength: 60 })
  fc.assert(
    fc.property(text, text, (a, b) => {
      const one = score(a, b)
      assert.ok(one >= 0 && one <= 1)
      if (Name.from(a).words.some(word => word.role === 'name')) assert.ok(score(a, a) > 0.5)
    }),
    { numRuns: 300 },
  )
})

test('the index finds what comparing with every name finds', () => {
  const names = [
    'Usama bin Ladin',
    'Ayman al-Zawahiri',
    'Ismail Haniyeh',
    'Nasrallah Hassan',
    'Yahya Sinwar',
    'Popular Front',
  ]
  const index = build(names.map((text, owner) => ({ text, owner })))
  for (const query of ['أسامة بن لادن', 'الظواهري أيمن', 'Haniya, Ismael', 'نصر الله حسن', 'Jahja al-Sinwar']) {
    const [first] = index.search(Name.from(query), { limit: 1, least: 0.5 })
    const scores = names.map(name => compare(Name.from(query), Name.from(name), index.weigh).score)
    assert.equal(first?.owner, scores.indexOf(Math.max(...scores)), query)
    assert.equal(first?.comparison.score, Math.max(...scores))
  }
})

test('against lists: weak aliases, letters alone and bodies for persons are shown, and are no match', context => {
  const { store, write } = fresh(context)
  const common = { listed: '2020-01-01', program: 'SDGT', wallets: [] }
  const xml = ofacXml('2024-01-10', [
    { id: '1', name: 'PRC', ...common },
    { id: '2', name: 'Izz al-Din al-Qassam', ...common },
  ])
  add(store, 'ofac-advanced', write('sdn.xml', xml))
  const options = { dataset: 'default', limit: 5, threshold: THRESHOLD, cutoff: 0.5, knownAt: 1_800_000_000 }
  const ask = (name: string) =>
    match(store, { names: [name], schema: null }, options).map(one => [one.candidate.id, one.match, one.notes.length])
  assert.deepEqual(ask('PRC'), [['ofac-1', false, 1]])
  assert.deepEqual(ask('كتائب عز الدين القسام'), [['ofac-2', false, 1]])
  assert.deepEqual(ask('عز الدين القسام'), [['ofac-2', true, 0]])
  assert.deepEqual(ask('China'), [])
  assert.deepEqual(match(store, { names: ['PRC'], schema: null }, { ...options, knownAt: 0 }), [], 'not known yet')
})
