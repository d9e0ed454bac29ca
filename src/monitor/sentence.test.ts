import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { event, knowsNothing, ruleOf, START } from '../../test/rule-case.ts'
import { judge } from './indicator.ts'
import { eventOfPost } from './indicator-post.ts'
import { BUILT_IN, INDICATORS } from './rule.ts'
import { becauseOf } from './sentence.ts'
import { indicatorWords, measureWords, purposeWords, thresholdWords } from './word.ts'

const address = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const subject = { network: 'tron', address } as const
/** What stands outside of any isolate. */
const bare = (text: string): string => text.replace(/\u2068[^\u2068\u2069]*\u2069/g, '')

test('indicators and thresholds have words, no fewer and no more', () => {
  assert.deepEqual(Object.keys(indicatorWords).sort(), Object.keys(INDICATORS).sort())
  const names = new Set(Object.values(INDICATORS).flatMap(one => Object.keys(one)))
  assert.deepEqual(Object.keys(thresholdWords).sort(), [...names].sort())
})

describe('sentences', () => {
  test('what happened, the rule with its thresholds, what was measured: in words', () => {
    const near = [0, 1, 2].map(k => event(9500, { time: START + k, other: 'X' }))
    const hit = judge(ruleOf('structuring'), subject, { events: near, before: null }, 2, knowsNothing)!
    const { en, ar } = becauseOf('desk', ruleOf('structuring'), subject, near[2]!, hit)
    assert.equal(
      en,
      `“desk”: ${address} received 9500.000000 USDT on 2023-11-14T22:13:22Z; rule structuring@1 ` +
        '(limit in US dollars 10,000, share below the limit 0.1, how many 3, within hours 72); transfers 3.',
    )
    assert.equal(
      ar,
      `«⁨desk⁩»: تلقّى العنوان ⁨${address}⁩ مبلغ ⁨9500.000000 USDT⁩ في ⁨2023-11-14T22:13:22Z⁩؛ ` +
        'القاعدة ⁨structuring@1⁩ ' +
        '(الحد بالدولار ⁨10,000⁩، هامش دون الحد (نسبة) ⁨0.1⁩، العدد ⁨3⁩، المدة بالساعات ⁨72⁩)؛ عدد التحويلات ⁨3⁩.',
    )
  })

  test('of every rule: no Latin letter outside of an isolate in Arabic, and each measure by its name', () => {
    const measured = Object.fromEntries(Object.keys(measureWords).map(name => [name, 7]))
    for (const rule of BUILT_IN) {
      const { ar, en } = becauseOf('w', rule, subject, event(5), { events: [], measured, unsure: null })
      assert.doesNotMatch(bare(ar).replaceAll('قيمة z المتينة', ''), /[A-Za-z]/, rule.id)
      assert.doesNotMatch(en, /[a-z][A-Z][a-z]+ \d/, rule.id)
    }
  })

  test('closed values have words; a hostile name cannot turn the sentence', () => {
    const hit = { events: [], measured: { category: 'mixer', silenceDays: 'new' }, unsure: null }
    const { en, ar } = becauseOf('\u202eevil\u2069', ruleOf('mixer-contact'), subject, event(5), hit)
    assert.match(en, /categories mixer\); category mixer, days of silence before none: nothing came before/)
    assert.match(ar, /الفئة خلّاط، أيام السكون قبلها لا شيء قبلها\.$/)
    for (const text of [en, ar]) {
      assert.doesNotMatch(text, /[\u202a-\u202e]/)
      assert.equal(text.split('\u2068').length, text.split('\u2069').length)
    }
    const purposes = becauseOf('w', ruleOf('supportive-message'), subject, event(5), { ...hit, measured: {} })
    assert.match(purposes.ar, /الأغراض مقاتلون وسلاح/)
    assert.deepEqual(Object.keys(purposeWords).length, 8)
  })

  test('a post moves nothing, and an unconfirmed payment has not come yet', () => {
    const shown = eventOfPost({ id: 'ab', postedAt: START }, subject, START)
    const hit = { events: [], measured: {}, unsure: null }
    assert.match(
      becauseOf('w', ruleOf('rotation'), subject, shown, hit).en,
      /: a post of 2023-11-14T22:13:20Z shows TR7/,
    )
    assert.match(becauseOf('w', ruleOf('appeal-reuse'), subject, shown, hit).ar, /منشور بتاريخ .* يخص العنوان/)
    const waits = event(5, { standing: 'unconfirmed' })
    assert.match(becauseOf('w', ruleOf('any-payment'), subject, waits, hit).en, /is to receive 5\.000000 USDT/)
  })
})
