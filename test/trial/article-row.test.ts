import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { campaignAdd, campaignLink, campaignShow } from '../../src/app/campaign/campaign.ts'
import type { Publication, Published } from '../../src/app/campaign/publication.ts'
import type { Context, Operation } from '../../src/app/operation.ts'
import { captureAdd } from '../../src/app/read/capture.ts'
import { claimAdd } from '../../src/app/read/claim.ts'
import { mentionFind } from '../../src/app/read/mention.ts'
import { openWriter, type Store } from '../../src/store/store.ts'
import { shared, skipWithout } from '../shared.ts'

/**
 * Rows A01–A12 and A34–A40 of what five published articles ask for, one after another through the operations. A04, A08,
 * A09 and A12 are answered by `campaign check` and tested there; A10 by the comparison of names.
 */
const NAMES = ['000_1612673167b96ced', '001_45ff3b00e7ecd724', '002_4aecd07446c22815', '003_1fda897845d6aa18']
const ARTICLES = [...NAMES, '004_5ba4d452bc3f8f78'].map(name => `data/articles/${name}.txt`)
const skip = skipWithout(...ARTICLES)
const BITCOIN = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
/** Tether's contract, which is nobody's donation address. */
const TRON = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'

type Row = Record<string, unknown> & { kind: string; raw: string; start: number; end: number; value: string }
type File = {
  sha256: string
  mentions: Row[]
  understood: { leftOut: { why: string }[]; solicitation: { is: boolean } }
}

function run<T>(operation: Operation, input: object, store: Store | null = null): T {
  const context = { store, clock: () => 1_700_000_000, user: 'tester', progress: () => {} }
  const signal = new AbortController().signal
  return operation.run(input as never, { ...context, signal } as unknown as Context) as T
}

/** What `mention find` says of an article. */
function read(number: number): { text: string; file: File } {
  const path = shared(ARTICLES[number]!)!
  const { files } = run<{ files: File[] }>(mentionFind, { paths: [path] })
  return { text: readFileSync(path, 'utf8'), file: files[0]! }
}

const of = (file: File, kind: string) => file.mentions.filter(one => one.kind === kind)

test('A01–A03, A05–A07, A11: what mention find says of the articles', { skip }, () => {
  const [first] = of(read(1).file, 'address')
  const { text, file } = read(1)
  assert.equal(of(file, 'address').length, 1, 'A01')
  assert.deepEqual([first!['address'], first!['type'], first!['checksum']], [BITCOIN, 'p2pkh', 'ok'])
  assert.equal(text.slice(first!.start, first!.end), BITCOIN)
  const [from, to] = [first!['byteStart'] as number, first!['byteEnd'] as number]
  assert.equal(Buffer.from(text).subarray(from, to).toString(), BITCOIN)
  assert.match(file.sha256, /^[0-9a-f]{64}$/)
  const amounts = of(file, 'amount').map(one => [one.value, one['currency']])
  assert.deepEqual(amounts, [...[['24000000', 'USD']], ['3370', 'BTC'], ['29000000', 'USD']], 'A02')
  assert.ok(
    of(read(4).file, 'amount').some(one => one.raw === '%92' && one.value === '0.92'),
    'A03',
  )
  assert.ok(
    of(read(3).file, 'date').some(one => one.value === '2021-11-07' && one['weekday'] === 'sunday'),
    'A05',
  )
  for (const number of [2, 3, 4]) {
    assert.ok(
      read(number).file.understood.leftOut.some(({ why }) => why === 'boilerplate'),
      `A06 in ${number}`,
    )
  }
  assert.ok(
    read(4).file.understood.leftOut.some(({ why }) => why === 'repeated'),
    'A07',
  )
  const [domain] = of(read(2).file, 'domain')
  assert.deepEqual([domain!.raw, domain!['defanged']], ['FaceMaskCenter.com', 'facemaskcenter[.]com'], 'A11')
})

test('A04: of the relative dates none is resolved without a day to count from, and each says so', { skip }, () => {
  const dates = of(read(0).file, 'date')
  assert.equal(dates[0]!.value, '2024-05-04', 'the stamp of the page')
  const relative = dates.filter(one => one['relative'] === true)
  assert.ok(relative.length >= 2 && relative.every(one => one.value === null && one['reason'] !== null))
})

test('a report about calls to give is none itself', { skip }, () => {
  for (const number of [0, 1, 2, 3, 4]) assert.equal(read(number).file.understood.solicitation.is, false)
})

type Shown = Published & { addresses: { publishers: string[] }[]; properties: { value: string }[] }

/** A campaign of fixtures; gives what `campaign show` tells of it. */
function campaignOf(scope: TestContext, posts: readonly Post[], then: (store: Store, hashes: string[]) => void): Shown {
  const folder = mkdtempSync(join(tmpdir(), 'athar-rows-'))
  scope.after(() => rmSync(folder, { recursive: true }))
  const store = openWriter(join(folder, 'data'))
  scope.after(() => store.close())
  run(campaignAdd, { name: 'winter', actor: 'Example Brigades' }, store)
  const hashes = posts.map(({ name, text, url, postedAt }) => {
    writeFileSync(join(folder, name), text)
    const input = { paths: [join(folder, name)], sourceUrl: url, campaign: 'winter', ...(postedAt ? { postedAt } : {}) }
    return run<{ captures: { sha256: string }[] }>(captureAdd, input, store).captures[0]!.sha256
  })
  then(store, hashes)
  return run<Shown>(campaignShow, { name: 'winter' }, store)
}

type Post = { readonly name: string; readonly text: string; readonly url: string; readonly postedAt?: string }

const link = (store: Store, input: object) =>
  run(campaignLink, { name: 'winter', propertyType: 'channel', ...input }, store)

test('A34: a solicitation that moved from a page to an official site, on a timeline', scope => {
  const posts = [
    { name: 'b.txt', text: `تبرعوا: ${BITCOIN}`, url: 'https://alqassam.example/donate', postedAt: '2019-02-10' },
    {
      name: 'a.txt',
      text: `ادعموا المقاومة ${BITCOIN}`,
      url: 'https://www.facebook.com/example/1',
      postedAt: '2019-01-31',
    },
  ]
  const shown = campaignOf(scope, posts, (store, hashes) => {
    for (const capture of hashes) link(store, { capture, role: 'donation' })
  })
  assert.deepEqual(
    shown.publications.map(one => [one.publisher, one.postedAt, one.solicits]),
    [
      ['facebook.com', '2019-01-31T00:00:00Z', true],
      ['alqassam.example', '2019-02-10T00:00:00Z', true],
    ],
  )
  assert.deepEqual(shown.migrations, [
    {
      ...{ identifier: BITCOIN, from: 'facebook.com', fromAt: '2019-01-31T00:00:00Z' },
      ...{ to: 'alqassam.example', toAt: '2019-02-10T00:00:00Z' },
    },
  ])
  assert.deepEqual(shown.addresses[0]!.publishers.toSorted(), ['alqassam.example', 'facebook.com'])
})

test('A35: a channel as a property, with its solicitation; a charity front named as actor', scope => {
  const text = `مؤسسة إغاثة الشتاء: للتبرع عبر البيتكوين ${BITCOIN} أو راسلنا @winter_aid`
  const shown = campaignOf(scope, [{ name: 'a.txt', text, url: 'https://t.me/s/winter_aid/4' }], store =>
    link(store, { property: 't.me/winter_aid' }),
  )
  const [post] = shown.publications as [Publication]
  assert.deepEqual([post.publisher, post.solicits, post.actors], ['t.me/winter_aid', true, ['charity']])
  assert.deepEqual(
    shown.properties.map(one => one.value),
    ['t.me/winter_aid'],
  )
  assert.ok(post.properties.some(one => one.value === '@winter_aid'))
})

test('A36: front commerce: domain, pages and payments of a shop; a shop is no call to give', scope => {
  const text =
    'FaceMaskCenter.com: N95 masks in stock, FDA approved. Order by paypal.me/maskcenter\n' +
    'Follow https://www.facebook.com/facemaskcenter and https://www.facebook.com/n95.masks'
  const shown = campaignOf(scope, [{ name: 'shop.txt', text, url: 'https://facemaskcenter.com/' }], store => {
    link(store, { property: 'facemaskcenter.com', propertyType: 'site' })
    link(store, { property: 'facebook.com/facemaskcenter', propertyType: 'page' })
  })
  const [shop] = shown.publications as [Publication]
  assert.equal(shop.solicits, false)
  assert.deepEqual(shop.rails, [{ rail: 'payment-service:paypal', identifier: 'maskcenter' }])
  const values = shop.properties.map(one => one.value)
  for (const wanted of ['facemaskcenter.com', 'facebook:facemaskcenter', 'facebook:n95.masks']) {
    assert.ok(values.includes(wanted), wanted)
  }
  assert.equal(shown.properties.length, 2)
})

test('A37: a doctrinal document is a capture of its own, and the post that cites it leads to it', scope => {
  const shown = campaignOf(
    scope,
    [
      {
        name: 'doc.txt',
        text: 'بيتكوين وصدقة الجهاد: رسالة في حكم العملات',
        url: 'https://blog.example/bitcoin-sadaqah',
      },
      {
        name: 'post.txt',
        text: `تبرعوا ${BITCOIN} واقرؤوا https://blog.example/bitcoin-sadaqah`,
        url: 'https://t.me/x/1',
      },
    ],
    () => {},
  )
  const [document, post] = ['doc.txt', 'post.txt'].map(name => shown.publications.find(one => one.path.endsWith(name))!)
  assert.deepEqual([document!.solicits, post!.solicits], [false, true])
  assert.deepEqual(shown.steps, [
    { from: post!.sha256, to: document!.sha256, url: 'https://blog.example/bitcoin-sadaqah' },
  ])
})

test('A38: advert, click, donation page, address: captures in a chain', scope => {
  const shown = campaignOf(
    scope,
    [
      { name: '1.html', text: '<a href="https://donate.example/give">ساعدوا الأسر</a>', url: 'https://site.example/' },
      { name: '2.html', text: `<p>Donate now</p><p>${TRON}</p>`, url: 'https://donate.example/give' },
    ],
    (store, hashes) => link(store, { capture: hashes[1], role: 'donation' }),
  )
  const [advert, page] = ['1.html', '2.html'].map(name => shown.publications.find(one => one.path.endsWith(name))!)
  assert.deepEqual(shown.steps, [{ from: advert!.sha256, to: page!.sha256, url: 'https://donate.example/give' }])
  assert.deepEqual(page!.rails, [{ rail: 'crypto:tron', identifier: TRON }])
})

test('A39: an onion site as a property, checked; the use of funds as a claim with its speaker', scope => {
  const onion = '2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion'
  const text = `Fund the mujahideen: http://${onion}/give ${BITCOIN}. We buy rifles with it.`
  const shown = campaignOf(scope, [{ name: 'a.txt', text, url: `http://${onion}/` }], (store, hashes) => {
    link(store, { property: onion, propertyType: 'site' })
    const said = { subject: 'winter', kind: 'campaign', predicate: 'said', object: 'buys rifles' }
    const source = { speaker: 'the site itself', medium: 'post', words: 'We buy rifles with it.', capture: hashes[0] }
    const start = text.indexOf('We buy')
    const span = { start, end: start + 'We buy rifles with it.'.length }
    run(claimAdd, { ...said, ...source, ...span, grade: 'alleged', confidence: 'unknown' }, store)
  })
  const [site] = shown.publications as [Publication]
  assert.ok(site.solicits && site.purposes.includes('weapons'))
  assert.ok(site.properties.some(one => one.value === onion && one.shown === onion.replace('.', '[.]')))
})

test('A40: several payment rails in one campaign', scope => {
  const places = 'https://www.gofundme.com/f/winter-aid or paypal.me/winteraid, or bank transfer'
  const text = `Please donate: BTC ${BITCOIN}, ${places}`
  const shown = campaignOf(scope, [{ name: 'a.txt', text, url: 'https://t.me/x/2' }], () => {})
  assert.deepEqual(shown.publications[0]!.rails, [
    { rail: 'crypto:bitcoin', identifier: BITCOIN },
    { rail: 'payment-service:gofundme', identifier: 'winter-aid' },
    { rail: 'payment-service:paypal', identifier: 'winteraid' },
    { rail: 'bank', identifier: null },
  ])
})
