import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Confidence, Entity } from '../../src/attribution/attribution.ts'
import { CLASSES, roles } from '../../src/campaign/campaign.ts'
import { STATUSES } from '../../src/casefile/casefile.ts'
import { CHANGE_HEURISTICS } from '../../src/cluster/cluster.ts'
import * as Categories from '../../src/model/category.ts'
import * as Network from '../../src/model/network.ts'
import { INDICATORS } from '../../src/monitor/monitor.ts'
import { METHODS } from '../../src/trace/trace.ts'
import { arabic } from '../../web/src/word/arabic.ts'
import { toArabicIndic } from '../../web/src/word/digit.ts'
import { english } from '../../web/src/word/english.ts'
import { said } from '../../web/src/word/note.ts'
import { type Family, term, terms } from '../../web/src/word/term.ts'
import { visible } from '../../web/src/word/visible.ts'

// The closed lists of the program and the words for them: none may be missing, or a raw id shows in the interface.
const lists: readonly (readonly [Family, readonly string[]])[] = [
  ['category', Categories.all],
  ['role', roles],
  ['class', CLASSES],
  ['status', STATUSES],
  ['method', METHODS],
  ['network', Network.all.map(one => one.id)],
  ['confidence', Confidence.all.map(one => one.id)],
  ['entity', Entity.Kinds.all],
  ['tie', Entity.Kinds.relations],
  ['indicator', Object.keys(INDICATORS)],
  ['threshold', [...new Set(Object.values(INDICATORS).flatMap(one => Object.keys(one)))]],
  ['change', CHANGE_HEURISTICS.map(one => one.name)],
]

for (const [family, values] of lists) {
  test(`each ${family} has words in both languages, and no other has`, () => {
    assert.deepEqual(Object.keys(terms[family]).sort(), [...values].sort())
  })
}

test('Arabic words are Arabic', () => {
  const latin = Object.entries(terms).flatMap(([family, words]) =>
    Object.entries(words).flatMap(([id, [, word]]) => (/\p{Script=Arabic}/u.test(word) ? [] : [`${family}.${id}`])),
  )
  assert.deepEqual(latin, [])
})

test('both languages hold the same texts, with the same places for values', () => {
  const flat = (words: object, path = ''): [string, string][] =>
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : flat(value, `${path}${key}.`),
    )
  const places = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(hit => hit[0]).sort()
  const { count: _, ...ar } = arabic
  const { count: __, ...en } = english
  assert.deepEqual(
    flat(ar).map(([key, text]) => [key, places(text)]),
    flat(en).map(([key, text]) => [key, places(text)]),
  )
})

test('Arabic counts have six forms, English two', () => {
  const stems = new Set(Object.keys(english.count).map(key => key.replace(/_(one|other)$/, '')))
  const six = ['few', 'many', 'one', 'other', 'two', 'zero']
  assert.deepEqual(
    Object.keys(arabic.count).sort(),
    [...stems].flatMap(stem => six.map(form => `${stem}_${form}`)).sort(),
  )
})

test('a value that nobody knows is shown as it is; a known head keeps its tail', () => {
  assert.equal(term('ar', 'category', 'moon-base'), 'moon-base')
  assert.equal(term('ar', 'category', 'exchange'), 'منصة تداول')
  assert.equal(term('en', 'category', 'coinjoin:wasabi2'), 'CoinJoin (wasabi2)')
})

test('marks that turn text are made visible; line ends and joiners stay', () => {
  assert.equal(visible('a\u202egnp.exe'), 'a⟦U+202E⟧gnp.exe')
  assert.equal(visible('می\u200cخواهم\n\tb'), 'می\u200cخواهم\n\tb')
  assert.equal(visible('\u0000\u200b\u{e0041}'), '⟦U+0000⟧⟦U+200B⟧⟦U+E0041⟧')
})

test('Arabic-Indic digits with their own separators; what is no separator stays', () => {
  assert.equal(toArabicIndic('1,234.50 BTC'), '١٬٢٣٤٫٥٠ BTC')
  assert.equal(toArabicIndic('2024-01-02 03:04:05 UTC, 5%'), '٢٠٢٤-٠١-٠٢ ٠٣:٠٤:٠٥ UTC, ٥٪')
})

test('what is said in English alone is put into Arabic; what nobody translated stays, and turns nothing', () => {
  assert.equal(said('en', 'no evidence'), '\u2068no evidence\u2069')
  assert.equal(
    said('ar', 'not mined yet: its sender may still replace it; no evidence'),
    'لم تدخل كتلة بعد: ولا يزال بوسع مرسلها استبدالها؛ وليست دليلًا',
  )
  assert.equal(
    said('ar', '3 of the addresses do not appear in what was read'),
    'لا تظهر فيما قُرئ من العناوين: \u20683\u2069',
  )
  assert.equal(said('ar', 'ours alone; ours'), '\u2068ours alone\u2069؛ اقتراح من البرنامج')
  assert.equal(said('ar', 'a\u202eb'), '\u2068a⟦U+202E⟧b\u2069')
})
