import assert from 'node:assert/strict'
import { test } from 'node:test'
import { material } from '../../test/report-material.ts'
import { sha256 } from '../std/digest.ts'
import { byMonth, scaleOf } from './chart.ts'
import { ranges } from './evidence.ts'
import { escapeText } from './markup.ts'
import { formOf } from './plural.ts'
import { CONTENT_SECURITY_POLICY, compose, LANGUAGES, type Material, toCsv, toHtml, toJson } from './report.ts'
import { TEXTS } from './text.ts'
import { group, wordsOf } from './words.ts'

for (const language of LANGUAGES) {
  const document = compose(material, language)
  const html = toHtml(document)
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(match => match[1]!)
  const targets = [...html.matchAll(/ href="#([^"]+)"/g)].map(match => match[1]!)

  test(`${language}: every link leads somewhere, and no anchor stands twice`, () => {
    assert.deepEqual(
      targets.filter(target => !ids.includes(target)),
      [],
    )
    assert.equal(new Set(ids).size, ids.length)
  })

  test(`${language}: every figure rests on evidence that is in the appendix`, () => {
    const known = new Set(document.evidence.map(entry => entry.id))
    assert.ok(document.figures.length > 10)
    for (const figure of document.figures) {
      assert.ok(figure.evidence.length > 0, figure.id)
      for (const id of figure.evidence) assert.ok(known.has(id) && ids.includes(id), `${figure.id} ${id}`)
      assert.match(figure.digest, /^[0-9a-f]{64}$/)
    }
  })

  test(`${language}: no script, no inline style, one style that its policy allows by hash`, () => {
    assert.doesNotMatch(html, /<script|<[^>]+ style=|<[^>]+ on\w+=|javascript:/i)
    const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(match => match[1]!)
    assert.equal(styles.length, 1)
    const hash = Buffer.from(sha256(new TextEncoder().encode(styles[0]))).toString('base64')
    assert.ok(CONTENT_SECURITY_POLICY.includes(`style-src 'sha256-${hash}'`))
    assert.doesNotMatch(CONTENT_SECURITY_POLICY, /unsafe/)
  })

  test(`${language}: what a stranger wrote stays text`, () => {
    assert.ok(html.includes('&lt;script&gt;alert(1)&lt;/script&gt;'))
  })

  test(`${language}: addresses, hashes and amounts are isolated from the text around them`, () => {
    const direction = language === 'ar' ? 'rtl' : 'ltr'
    assert.ok(html.includes(`<html lang="${language}" dir="${direction}">`))
    const body = html.slice(html.indexOf('<body'))
    const loose = body.replace(/<bdi[^>]*>[\s\S]*?<\/bdi>/g, '').replace(/<svg[\s\S]*?<\/svg>/g, '')
    assert.deepEqual(loose.match(/.{40}(bcrt1|[0-9a-f]{40}|0\.\d{8})/), null)
  })
}

test('a figure has one digest in both languages', () => {
  const digests = LANGUAGES.map(language => compose(material, language).figures.map(({ id, digest }) => [id, digest]))
  assert.deepEqual(digests[0], digests[1])
})

test('a figure gets another digest when its value or what it rests on changes', () => {
  const digestOf = (changed: Material) => new Map(compose(changed, 'en').figures.map(({ id, digest }) => [id, digest]))
  const [campaign] = material.campaigns
  const receipts = campaign!.receipts!
  const other = { ...receipts, rows: receipts.rows.map(row => ({ ...row, txid: row.txid.replaceAll('2', '8') })) }
  const [before, after] = [
    digestOf(material),
    digestOf({ ...material, campaigns: [{ ...campaign!, receipts: other }] }),
  ]
  const changed = [...before].filter(([id, digest]) => after.get(id) !== digest).map(([id]) => id)
  assert.ok(changed.includes('receipts/Example campaign/transactions'))
  assert.ok(!changed.some(id => id.startsWith('trace/')))
})

test('an empty case says what was not done instead of showing zeros', () => {
  const empty = {
    claims: [],
    campaigns: [],
    traces: [],
    captures: [],
    screened: [],
    lists: [],
    prices: [],
    runs: [],
    coverage: [],
  }
  const html = toHtml(compose({ ...material, ...empty, synthetic: false }, 'en'))
  for (const key of ['receipts.none', 'trace.none', 'captures.none', 'screening.none'] as const) {
    assert.ok(html.includes(escapeText(TEXTS[key][0])), key)
  }
  assert.ok(!html.includes(escapeText(TEXTS.synthetic[0])))
})

test('an address that was on no loaded list is not called clean', () => {
  const screened = [{ ...material.screened[0]!, status: 'no-finding', designations: [] }]
  const html = toHtml(compose({ ...material, screened }, 'ar'))
  assert.ok(html.includes('لا نتيجة ضمن ما فُحص'))
})

test('CSV: a cell that a spreadsheet would run is led by an apostrophe', () => {
  const traces = material.traces.map(trace => ({
    ...trace,
    destinations: trace.destinations.map(at => ({ ...at, name: '=HYPERLINK("http://x")' })),
  }))
  const csv = toCsv(compose({ ...material, traces }, 'en'))
  assert.ok(csv.includes(`"'=HYPERLINK(""http://x"")`))
  assert.equal(csv.codePointAt(0), 0xfeff)
})

test('marks that turn text around are shown, not obeyed', () => {
  assert.equal(escapeText('a\u202eb\u200fc\u0000<'), 'a[U+202E]bc\ufffd&lt;')
})

test('a bridge that only the sender’s side tells of shows where to, and no sum there', () => {
  const [trace] = material.traces
  const amount = trace!.total[0]!
  const paid = { network: 'ethereum', txid: '0a'.repeat(32), address: '0xaa', amount }
  const told = { name: 'Across', grade: 'told', id: '1:7', paid, released: null } as const
  const crossings = [{ ...told, destination: { network: '59144', address: '0xbb' } }]
  for (const language of LANGUAGES) {
    const document = compose({ ...material, traces: [{ ...trace!, crossings }] }, language)
    const html = toHtml(document)
    for (const key of ['crossings', 'crossings.says', 'crossing.told'] as const) {
      assert.ok(html.includes(escapeText(TEXTS[key][LANGUAGES.indexOf(language)]!)), key)
    }
    assert.ok(html.includes('0xbb') && html.includes('59144'))
    assert.deepEqual(
      document.figures.filter(({ id }) => id.includes('/crossing/')).map(({ id }) => id.split('/').at(-1)),
      ['paid'],
    )
  }
})

test('JSON holds the whole tree', () => {
  const document = compose(material, 'en')
  const parsed = JSON.parse(toJson(document)) as { figures: unknown[]; sections: unknown[] }
  assert.equal(parsed.figures.length, document.figures.length)
  assert.equal(parsed.sections.length, document.sections.length)
})

test('Arabic nouns take six forms', () => {
  const forms = [0, 1, 2, 3, 11, 100].map(count => formOf('ar', count, 'transaction'))
  assert.deepEqual(forms, ['لا معاملات', 'معاملة واحدة', 'معاملتان', '# معاملات', '# معاملة', '# معاملة'])
  assert.equal(wordsOf('ar').count(1234, 'transaction'), '1,234 معاملة')
  assert.equal(wordsOf('en').count(1, 'address'), '1 address')
})

test('each text has both languages, with the same places to fill', () => {
  for (const [key, [english, arabic]] of Object.entries(TEXTS)) {
    const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(match => match[0]).sort()
    assert.deepEqual(places(arabic), places(english), key)
    if (english !== arabic) assert.match(arabic, /[\u0600-\u06ff]/, key)
  }
})

test('small parts: grouping, ranges, axis, months without any', () => {
  assert.equal(group('1234567.5'), '1,234,567.5')
  assert.deepEqual(ranges(['T1', 'T2', 'T3', 'T7', 'C8']), [
    { from: 'T1', to: 'T3' },
    { from: 'T7', to: 'T7' },
    { from: 'C8', to: 'C8' },
  ])
  assert.deepEqual(scaleOf(250_000n), { top: 250_000n, step: 50_000n })
  assert.deepEqual(scaleOf(0n), { top: 1n, step: 1n })
  const about = { title: '', says: '', asset: 'rBTC', decimals: 8 }
  const chart = byMonth(
    [
      { class: 'receipts', units: '5', time: '2024-12-31T00:00:00Z' },
      { class: 'dust', units: '1', time: '2025-02-01T00:00:00Z' },
    ],
    name => name,
    about,
  )
  assert.deepEqual(chart.periods, ['2024-12', '2025-01', '2025-02'])
  assert.deepEqual(chart.series, [
    { class: 'receipts', label: 'receipts', units: [5n, 0n, 0n] },
    { class: 'dust', label: 'dust', units: [0n, 0n, 1n] },
  ])
})

test('what a named person disputes stands in the report, beside what is claimed of the address', () => {
  const dispute = { by: 'A. Person\u202e', capacity: 'counsel', saidAt: '2025-03-01', words: 'العنوان ليس لنا' }
  const disputed: Material = { ...material, disputes: [{ address: material.claims[0]!.address, ...dispute }] }
  for (const [language, caption] of [
    ['en', 'What is disputed, by whom'],
    ['ar', 'ما هو محل اعتراض، وممن'],
  ] as const) {
    const html = toHtml(compose(disputed, language))
    for (const text of [caption, 'A. Person', 'counsel', dispute.words]) assert.ok(html.includes(text), text)
    assert.ok(!toHtml(compose(material, language)).includes(caption))
  }
})
