import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { shared, skipWithout } from '../../test/shared.ts'
import { type Checked, check, type Verdict } from './check.ts'
import type { CoinPrice } from './check-value.ts'
import type { Claim } from './claim.ts'

/** Texts by name, held against each other, with one price for all days of a year. */
function checked(texts: Readonly<Record<string, string>>, priceOf: CoinPrice = () => undefined): Checked {
  const sources = Object.entries(texts).map(([file, text]) => {
    return { text, file, title: file, language: null, published: null, bytesOf: () => null }
  })
  return check(sources, { priceOf, factsFor: () => [] })
}

function named(answer: Checked, verdict: Verdict['verdict']): Verdict[] {
  return answer.verdicts.filter(one => one.verdict === verdict)
}

test('A07: a line that stands twice is one claim, and both places stay its evidence', () => {
  const line = 'جمعت الكتائب ما يقرب من ٢٤ مليون دولار في بيتكوين.'
  const { claims } = checked({ a: `${line}\nفقرة أخرى من النص لا رقم فيها.\n${line}\n` })
  assert.deepEqual(
    claims.map(one => [one.quantity?.value, one.line, one.repeated.map(place => place.line)]),
    [['24000000', 1, [3]]],
  )
})

const ADDRESS = '1BoatSLRHtKNngkdXEeobR76b53LETtpyT'

const contradictions: readonly (readonly [string, string])[] = [
  [`The address ${ADDRESS} received 120 BTC in 2021.`, `The address ${ADDRESS} received 95 BTC in 2021.`],
  [`تلقى العنوان ${ADDRESS} مبلغ 120 بيتكوين في عام 2021.`, `تلقى العنوان ${ADDRESS} مبلغ 95 بيتكوين في عام 2021.`],
  [`The address ${ADDRESS} received 120 BTC in 2021.`, `تلقى العنوان ${ADDRESS} نحو 70 بيتكوين في عام 2021.`],
  ['Hamas raised 40 BTC in March 2021.', 'Hamas raised 400 BTC in March 2021.'],
  ['جمعت حماس 5 ملايين دولار في عام 2022.', 'جمعت حماس مليوني دولار في عام 2022.'],
  [
    'In 2020 police arrested 29 people linked to ISIS in France.',
    'In 2020 police arrested 41 people linked to ISIS in France.',
  ],
  ['Tron carried 92% of terrorist financing in 2022.', 'Tron carried 40% of terrorist financing in 2022.'],
]

test('a planted contradiction is found: same subject, measure, asset, period and value basis', () => {
  for (const [a, b] of contradictions) {
    const answer = checked({ a, b })
    const found = named(answer, 'contradiction')
    assert.equal(
      found.length,
      1,
      `${a} | ${b}\n${JSON.stringify(answer.verdicts.map(one => [one.verdict, one.differ]))}`,
    )
    assert.deepEqual(found[0]!.differ, [])
    assert.match(found[0]!.en, /cannot both hold/)
    assert.match(found[0]!.ar, /لا يمكن أن يصح/)
  }
})

test('whoever tells it is not whom it is told of, in one line too', () => {
  const told = [
    'Green Star Relief is a charity. Example Analytics said the charity raised 5 bitcoin in 2021. ' +
      'On 3 May 2022 Other Research said the charity raised 9 bitcoin in 2021.',
    'صندوق النجم الأخضر\nقالت شركة المثال إن الصندوق جمع 5 بيتكوين خلال عام 2021. ' +
      'وقالت الوزارة إن الصندوق جمع 9 بيتكوين خلال عام 2021.',
    'Selon le ministère, Green Star Relief raised 5 bitcoin in 2021. Green Star Relief raised 9 bitcoin in 2021.',
  ]
  const speakers = told.map(text => {
    const answer = checked({ text })
    assert.equal(named(answer, 'contradiction').length, 1, text)
    return answer.claims.map(one => one.speaker)
  })
  assert.deepEqual(speakers.slice(0, 2), [
    ['Example Analytics', 'Other Research'],
    ['شركة المثال', 'الوزارة'],
  ])
  assert.equal(speakers[2]![0], 'ministère')
})

/** Two texts and the dimension that keeps them from being a contradiction. */
const near: readonly (readonly [string, string, string])[] = [
  [`The address ${ADDRESS} received 120 BTC in 2021.`, `The address ${ADDRESS} received 95 BTC in 2020.`, 'period'],
  [`The address ${ADDRESS} received 120 BTC in 2021.`, `The address ${ADDRESS} sent 95 BTC in 2021.`, 'measure'],
  [`The address ${ADDRESS} received 120 BTC in 2021.`, `The address ${ADDRESS} received 95 BTC.`, 'period'],
  ['Hamas raised 120 BTC in 2021.', 'Al-Qassam Brigades raised 95 BTC in 2021.', 'subject'],
  ['جمعت حماس 120 بيتكوين في عام 2021.', 'جمعت كتائب القسام 95 بيتكوين في عام 2021.', 'subject'],
  [
    'Hamas raised $9 million in bitcoin in 2021, at the time of writing.',
    'Hamas raised $4 million in bitcoin in 2021, at the time of the transactions.',
    'basis',
  ],
  ['Hamas raised $9 million in bitcoin in 2021.', 'Hamas raised $4 million in bitcoin in 2021.', 'basis'],
  ['Hamas raised $9 million in bitcoin in 2021.', 'Hamas raised $4 million in USDT in 2021.', 'asset'],
  [
    'In 2020 authorities seized 300 accounts linked to Hamas.',
    'In 2020 authorities forfeited 150 accounts linked to Hamas.',
    'state',
  ],
  ['Tron carried 92% of terrorist financing in 2022.', 'Tron carried 40% of illicit volume in 2022.', 'part'],
  [
    'In 2020 police arrested 29 people linked to ISIS in France.',
    'In 2020 a court convicted 3 people linked to ISIS in France.',
    'state',
  ],
]

test('near-contradictions are none: one dimension differs, and the verdict names it', () => {
  for (const [a, b, dimension] of near) {
    const answer = checked({ a, b })
    assert.deepEqual(named(answer, 'contradiction'), [], `${a} | ${b}`)
    const pair = answer.verdicts.find(one => one.claims.length === 2)
    assert.ok(pair?.differ.includes(dimension as 'period'), `${a} | ${b}: ${JSON.stringify(answer.verdicts)}`)
  }
})

test('parts of one sentence, and nouns that name nobody, never contradict', () => {
  for (const text of [
    'The exchange handled $82 million in 2022; of this, some $450,000 went to a known wallet.',
    'A wallet received 120 BTC in 2021. Another wallet received 95 BTC in 2021.',
    'تلقت محفظة 120 بيتكوين في عام 2021. وتلقت محفظة أخرى 95 بيتكوين في عام 2021.',
  ]) {
    assert.deepEqual(named(checked({ a: text }), 'contradiction'), [], text)
  }
})

test('rounding is no difference: almost, about and more than one round number hold together', () => {
  const answer = checked({
    a: 'Hamas raised almost $2 million in 2022.',
    b: 'Hamas raised more than $2 million in 2022.',
    c: 'جمعت حماس نحو مليوني دولار في عام 2022.',
  })
  assert.equal(named(answer, 'compatible').length, 3)
  assert.equal(named(answer, 'contradiction').length, 0)
})

test('one number of coins at two prices is compatible, with both days; without prices it is not comparable', () => {
  const text = [
    `The wallet (${ADDRESS}) belongs to an exchange business and is tied to Hamas.`,
    'Hamas raised almost $8 million in bitcoin.',
    'As of 1 March 2021 the transaction volume of the wallet reached 200 BTC ($10 million at the time of writing).',
  ].join('\n')
  const price: CoinPrice = (_, day) => ({ usd: day < '2021-04-01' ? '40000' : '50000', source: 'test' })
  const answer = checked({ a: text }, price)
  const bridge = answer.verdicts.find(one => one.fits.length === 2)
  assert.equal(bridge?.verdict, 'compatible')
  assert.deepEqual(
    bridge?.fits.map(fit => [fit.usd, fit.best.price]),
    [
      ['8000000', '40000'],
      ['10000000', '50000'],
    ],
  )
  assert.equal(answer.flags[0]?.code, 'raised-for-turnover')
  assert.match(answer.flags[0]!.en, /exchange business/)
  const blind = checked({ a: text })
  assert.deepEqual(named(blind, 'contradiction'), [])
  assert.ok(named(blind, 'not comparable').length > 0)
})

test('a state or a world body in the place of a group or a local bank is a translation conflict', () => {
  const answer = checked({
    a: 'قُتل أحد مقاتلي جمهورية الصين الشعبية. وكانت لجان المقاومة الشعبية قد نعته.',
    b: 'It was at Gaza Islamic Bank. In 2011 the Treasury blacklisted the World Bank because Hamas controls it.',
    c: 'The World Bank published a report on Gaza, and China sent aid.',
  })
  const found = named(answer, 'translation conflict')
  assert.deepEqual(
    found.map(one => [one.place?.file, one.place?.raw.toLowerCase()]),
    [
      ['a', 'جمهورية الصين الشعبية'],
      ['b', 'the world bank'],
    ],
  )
  assert.match(found[0]!.place?.likelier ?? '', /لجان المقاومة الشعبية/)
  assert.match(found[1]!.place?.likelier ?? '', /Islamic Bank/i)
})

test('volume against share of the same trend is a translation conflict across texts', () => {
  const answer = checked({
    a: 'وقال التقرير إن حجم التمويل غير المشروع بالبيتكوين قد انخفض.',
    b: 'The report said that the share of bitcoin in illicit finance has fallen.',
  })
  assert.equal(named(answer, 'translation conflict').length, 1)
})

const ARTICLES = [
  '000_1612673167b96ced',
  '001_45ff3b00e7ecd724',
  '002_4aecd07446c22815',
  '003_1fda897845d6aa18',
  '004_5ba4d452bc3f8f78',
].map(name => `data/articles/${name}.txt`)
const PRICES = 'data/prices/BTC-USD-daily-2011-2025.csv'

test('the five articles: rows A57 to A73', { skip: skipWithout(...ARTICLES, PRICES) }, () => {
  const days = new Map(
    readFileSync(shared(PRICES), 'utf8')
      .split('\n')
      .slice(1)
      .map(row => [row.slice(0, 10), row.split(',')[2]!] as const),
  )
  const priceOf: CoinPrice = (symbol, day) => {
    const usd = symbol === 'BTC' ? days.get(day) : undefined
    return usd === undefined ? undefined : { usd, source: 'file' }
  }
  const texts = Object.fromEntries(ARTICLES.map(path => [path.slice(14, 17), readFileSync(shared(path), 'utf8')]))
  const answer = checked(texts, priceOf)
  const at = (file: string, line: number, value: string | null) => {
    const found = answer.claims.find(
      one => one.file === file && one.line === line && (one.quantity?.value ?? null) === value,
    )
    assert.ok(found, `${file}:${line} ${value}`)
    return found
  }
  const verdictOn = (...claims: readonly Claim[]) => {
    const ids = claims.map(one => one.id).sort()
    return answer.verdicts.find(one => JSON.stringify([...one.claims].sort()) === JSON.stringify(ids))
  }
  assert.deepEqual(named(answer, 'contradiction'), [])
  const [raised, coins, valued] = [at('001', 8, '24000000'), at('001', 12, '3370'), at('001', 12, '29000000')]
  const bridge = verdictOn(raised, coins, valued)
  assert.equal(bridge?.verdict, 'compatible', 'A57')
  assert.deepEqual(
    bridge?.fits.map(fit => fit.best.day.slice(0, 7)),
    ['2019-12', '2020-01'],
    'A57: both dates',
  )
  assert.deepEqual([coins.measure, coins.period?.to, coins.asset], ['turnover', '2019-12-01', 'BTC'], 'A55')
  assert.deepEqual([valued.basis, valued.valueOf], ['report-day', coins.id], 'A56')
  assert.deepEqual(
    answer.flags.map(one => [one.claim, one.code]),
    [[raised.id, 'raised-for-turnover']],
  )
  const A58 = at('004', 11, '517000')
  assert.deepEqual(
    [A58.measure, A58.qualifier, A58.period?.from, A58.scope.places],
    ['sent', 'more than', '2022-01-01', ['ID', 'SY']],
  )
  const A59 = verdictOn(at('004', 15, '2000000'), at('004', 25, '2000000'))
  assert.deepEqual([A59?.verdict, A59?.differ.includes('subject')], ['compatible', true], 'A59')
  assert.deepEqual([at('004', 19, '40000').period?.months, at('004', 19, '40000').measure], [12, 'balance'], 'A60')
  const A61 = at('004', 23, '0.92')
  assert.deepEqual([A61.measure, A61.scope.subject?.key, A61.scope.within], ['share', 'tron', 'تمويل الإرهاب'])
  const conflicts = named(answer, 'translation conflict').map(one => [one.place?.file, one.place?.line])
  assert.deepEqual(
    conflicts,
    [
      ['001', 6],
      ['001', 11],
      ['004', 21],
    ],
    'A08, A09, A62',
  )
  assert.equal(answer.clusters.length, 1, 'A63')
  const A64 = verdictOn(at('000', 36, '300'), at('002', 34, '150'))
  assert.equal(A64?.verdict, 'compatible', 'A64')
  assert.match(A64!.en, /is not stated/)
  const A65 = at('000', 24, '200000000')
  assert.deepEqual(
    [A65.rail, verdictOn(A65)?.verdict, answer.cryptoReceipts.includes(A65.id)],
    ['not-said', 'different scope', false],
  )
  const silent = answer.claims.find(one => one.kind === 'no-figure')!
  assert.deepEqual(
    [silent.file, silent.line, silent.speaker, verdictOn(silent)?.verdict],
    ['000', 20, 'المسؤول في حماس', 'no figure'],
    'A66',
  )
  const A67 = answer.claims.find(one => one.file === '003' && one.kind === 'unquantified')!
  assert.deepEqual([verdictOn(A67)?.verdict, answer.cryptoReceipts.includes(A67.id)], ['unverified', false])
  const A68 = answer.claims.find(one => one.file === '003' && one.topic === 'untraceable')!
  const against = verdictOn(A68)!.against.map(id => answer.claims.find(one => one.id === id)!)
  assert.ok(
    against.some(one => one.file === '004' && one.line === 17),
    'A68 against A44',
  )
  assert.ok(
    against.some(one => one.file === '002' && one.line === 34),
    'A68 against A49',
  )
  assert.equal(at('003', 22, '29').state, 'arrested', 'A69')
  const A70 = answer.claims.find(one => one.topic === 'not-sanctioned')!
  assert.deepEqual([A70.file, A70.line, verdictOn(A70)?.verdict], ['000', 10, 'legal claim'])
  assert.deepEqual(
    answer.readings.filter(one => one.reading === 'affiliates').map(one => [one.file, one.line]),
    [['004', 9]],
    'A71',
  )
  assert.deepEqual([at('002', 12, '2000000').qualifier, at('002', 12, '2000000').state], ['about', 'forfeited'], 'A72')
  const states = [at('002', 12, '300').state, at('000', 36, '300').state, at('000', 22, '1000000').state]
  assert.deepEqual(states, ['restrained', 'closed', 'forfeited'], 'A73')
  const dates = answer.reads.map(one => [one.dates.page, one.dates.content.value])
  assert.deepEqual(
    dates,
    [
      ['2024-05-04', '2021-06'],
      [null, '2020-01-19'],
      [null, null],
      ['2021-11-07', '2021-11-07'],
      [null, null],
    ],
    'A04, A05',
  )
})
