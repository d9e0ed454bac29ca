import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { effortOf } from '../../test/effort.ts'
import { shared, skipWithout } from '../../test/shared.ts'
import { contextOf, find, type Mention, readingOf, readingText } from './mention.ts'

const ARTICLES = [
  'data/articles/000_1612673167b96ced.txt',
  'data/articles/001_45ff3b00e7ecd724.txt',
  'data/articles/002_4aecd07446c22815.txt',
  'data/articles/003_1fda897845d6aa18.txt',
  'data/articles/004_5ba4d452bc3f8f78.txt',
]
const skip = skipWithout(...ARTICLES)
const article = (number: number) => readFileSync(shared(ARTICLES[number]!), 'utf8')

const BITCOIN = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
/** Tether's contract on Tron and on Ethereum: published, and nobody's donation address. */
const TRON = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const EVM = '0xdAC17F958D2ee523a2206206994597C13D831ec7'

function kinds(text: string, kind: Mention['kind']): string[] {
  return find(text)
    .mentions.filter(mention => mention.kind === kind)
    .map(mention => mention.raw)
}

function values(text: string, kind: 'amount' | 'date' | 'domain' | 'url' | 'email' | 'handle' | 'phone' | 'voucher') {
  return find(text).mentions.flatMap(mention => (mention.kind === kind ? [mention.value] : []))
}

test('each mention of a mixed post, in its place', () => {
  const text = `تبرعوا (${BITCOIN})، USDT:${TRON} او https://tronscan.org/#/address/${TRON} @help_us`
  const { mentions, rejected } = find(text)
  assert.deepEqual(
    mentions.map(({ kind, raw }) => [kind, raw]),
    [
      ['address', BITCOIN],
      ['address', TRON],
      ['url', `https://tronscan.org/#/address/${TRON}`],
      ['domain', 'tronscan.org'],
      ['address', TRON],
      ['handle', '@help_us'],
    ],
  )
  assert.deepEqual(rejected, [])
  assert.equal(contextOf(text, mentions[0]!, 4), `وا (${BITCOIN})، U`)
})

test('A01: the address in brackets in article 001, and no other', { skip }, () => {
  const text = article(1)
  const addresses = find(text).mentions.filter(mention => mention.kind === 'address')
  const start = text.indexOf(BITCOIN)
  assert.deepEqual(addresses, [
    {
      ...{ kind: 'address', raw: BITCOIN, start, end: start + 34, certainty: 'found', repaired: null, disguise: [] },
      ...{ network: 'bitcoin', networks: ['bitcoin'], type: 'p2pkh', address: BITCOIN, checksum: 'ok' },
    },
  ])
})

test('A02: Arabic-Indic digits in article 001', { skip }, () => {
  const text = article(1)
  const amounts = find(text).mentions.flatMap(m => (m.kind === 'amount' ? [[m.value, m.currency, m.approximate]] : []))
  assert.deepEqual(amounts, [
    ['24000000', 'USD', true],
    ['3370', 'BTC', false],
    ['29000000', 'USD', false],
  ])
  const dates = values(text, 'date')
  assert.ok(dates.includes('--01-19') && dates.includes('2010') && dates.includes('2019-12-01'))
})

test('A03: %92 in article 004', { skip }, () => {
  const shares = find(article(4)).mentions.flatMap(m =>
    m.kind === 'amount' && m.unit === 'ratio' ? [[m.raw, m.value]] : [],
  )
  assert.deepEqual(shares, [['%92', '0.92']])
})

test('A05: a date with a named month between slashes in article 003', { skip }, () => {
  const [date] = find(article(3)).mentions.filter(mention => mention.kind === 'date')
  assert.deepEqual(
    [date?.raw, date?.value, date?.weekday, date?.reason],
    ['الأحد 07/نوفمبر/2021', '2021-11-07', 'sunday', null],
  )
})

test('A06: sharing, comments and notices are left out of the reading text, and nothing else', { skip }, () => {
  const read = (number: number) => {
    const text = article(number)
    return readingText(text, readingOf(text, { title: null, language: null }).left)
  }
  for (const frame of ['شارك هذا المقال', 'أضف تعليقك', 'بريدك الإلكتروني', 'كلمات البحث']) {
    assert.ok(article(4).includes(frame) && !read(4).includes(frame), frame)
  }
  assert.ok(!read(2).includes('JavaScript') && !read(2).includes('اقرأ المزيد'))
  assert.ok(!read(3).includes('ad ad') && !read(3).includes('طباعة'))
  assert.ok(read(4).includes('517000') && read(2).includes('FaceMaskCenter.com') && read(3).includes('07/نوفمبر/2021'))
})

test('A07: a repeated line is read once', { skip }, () => {
  const text = article(4)
  const repeated = readingOf(text, { title: null, language: null }).left.filter(({ why }) => why === 'repeated')
  assert.deepEqual(
    repeated.map(({ start, end }) => text.slice(start, end)),
    ['حرب الكريبتو.. كيف تبني داعش مملكة في عالم العملات المشفرّة؟'],
  )
})

test('A11: the domain in brackets in article 002, defanged', { skip }, () => {
  const domains = find(article(2)).mentions.filter(mention => mention.kind === 'domain')
  assert.deepEqual(
    domains.map(domain => [domain.raw, domain.value, domain.defanged]),
    [['FaceMaskCenter.com', 'facemaskcenter.com', 'facemaskcenter[.]com']],
  )
})

test('A72: a dual is about two', { skip }, () => {
  const [amount] = find(article(2)).mentions.filter(mention => mention.kind === 'amount')
  assert.deepEqual([amount?.value, amount?.currency, amount?.approximate], ['2000000', 'USD', true])
})

test('no address, handle, domain or account in 10,006 Arabic tweets', {
  skip: skipWithout('data/text/arabic-tweets.txt'),
}, () => {
  const { mentions, rejected } = find(readFileSync(shared('data/text/arabic-tweets.txt'), 'utf8'))
  const found = new Set(mentions.map(mention => mention.kind))
  assert.deepEqual([...found].sort(), ['amount', 'date'])
  assert.deepEqual(rejected, [])
})

test('names: defanged, onion, mail, channels, payment links', () => {
  assert.deepEqual(values('hxxps://evil[.]example[.]com/a), x', 'url'), ['https://evil.example.com/a'])
  const onion = '2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion'
  assert.deepEqual(values(`على (${onion})`, 'domain'), [onion])
  assert.deepEqual(values('ask me[at]mail[.]com or you@mail.co.uk.', 'email'), ['me@mail.com', 'you@mail.co.uk'])
  assert.deepEqual(values('t.me/some_channel https://t.me/+AbCd1234 (@other)', 'handle'), [
    'some_channel',
    'AbCd1234',
    'other',
  ])
  assert.deepEqual(values(`bitcoin:${BITCOIN}?amount=0.1`, 'url'), [`bitcoin:${BITCOIN}?amount=0.1`])
  assert.deepEqual(kinds('http://127.0.0.1:8080/a http://localhost/', 'domain'), [])
  assert.deepEqual(kinds('README.md v1.2.3 e.g. a.b node.exe 3.14 file.tar.gz', 'domain'), [])
})

test('accounts: phones, IBANs with their check digits, vouchers beside their word', () => {
  assert.deepEqual(values('call +90 532 123 45 67 or 0532 123', 'phone'), ['+905321234567'])
  /** ISO 13616's own example. */
  const { mentions, rejected } = find('GB82 WEST 1234 5698 7654 32, GB82 WEST 1234 5698 7654 33')
  assert.deepEqual(
    mentions.map(({ kind, raw }) => [kind, raw]),
    [['iban', 'GB82 WEST 1234 5698 7654 32']],
  )
  assert.deepEqual(
    rejected.map(({ kind, reason }) => [kind, reason]),
    [['iban', 'checksum']],
  )
  assert.deepEqual(values('قسيمة Neosurf 1234 5678 9012 3456', 'voucher'), ['1234567890123456'])
  assert.deepEqual(values('1234 5678 9012 3456', 'voucher'), [])
  /** Visa's own test number, and one digit off. */
  assert.deepEqual(values('Visa: 4111 1111 1111 1111, فيزا 4111111111111112', 'voucher'), ['4111111111111111'])
  const reasons = (text: string) => find(text).rejected.map(one => `${one.kind} ${one.reason}`)
  assert.deepEqual(reasons('فيزا 4111111111111112'), ['voucher checksum'])
  assert.deepEqual(reasons('IBAN GB82 WEST 1234 5698 7654'), ['iban length'])
  assert.deepEqual(reasons('IBAN: ZZ82 WEST 1234 5698 7654 32'), ['iban country'])
})

test('a transaction id is told from a digest by the words beside it', () => {
  const id = 'a1075db55d416d3ca199f55b6084e2115b9345e16c5cf302fc80e9d5fbf5d48d'
  const read = (text: string) => {
    const { mentions, rejected } = find(text)
    return [...mentions.map(({ kind, certainty }) => `${kind} ${certainty}`), ...rejected.map(({ reason }) => reason)]
  }
  assert.deepEqual(read(`tx ${id}`), ['txid found'])
  assert.deepEqual(read(id), ['txid probable'])
  assert.deepEqual(read(`SHA-256: ${id}`), ['hash'])
  assert.deepEqual(read(`tx 0x${id}`), ['txid found'])
  assert.deepEqual(read('0'.repeat(64)), ['hash'])
  /** The hash of block 300,000 begins with zeros, as no transaction id does. */
  assert.deepEqual(read('000000000000000082ccf8f1557c5d40b21edabb18d2d691cfbf87118bac7254'), ['hash'])
  assert.deepEqual(read(`${id}ab`), [])
})

test('whatever the text: no throw, spans in range, raw is what stands there', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      BITCOIN,
      TRON,
      EVM,
      'bc1',
      '0x',
      '@',
      '.',
      '[.]',
      '://',
      ' ',
      '\n',
      '\u200b',
      '\u202e',
      'ـ',
      '٣',
      '٫',
      '%',
    ),
    fc.constantFrom(
      'مليون ',
      'دولار',
      'نوفمبر',
      ' 2021',
      '12/',
      'GB82',
      '+90',
      'قسيمة',
      '\ud835',
      '\udfce',
      '\ud83d\ude00',
      'А',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
      const text = pieces.join('')
      const { mentions, rejected } = find(text)
      for (const { start, end, raw } of [...mentions, ...rejected]) {
        assert.ok(0 <= start && start < end && end <= text.length)
        assert.equal(text.slice(start, end), raw)
      }
    }),
    { numRuns: 1500 },
  )
})

test('time is linear: megabytes of what makes regular expressions hang', () => {
  const units = [
    'a',
    '0x',
    '.',
    '@',
    'a@',
    'a.',
    'a[.]',
    '1,',
    '0x0',
    'http://',
    '\u200b',
    'و ',
    '+1 ',
    'GB82 ',
    '((',
    'ـa',
    'a[.][.]',
    '1 T ',
    '1aA ',
    '[.](dot)',
  ]
  for (const unit of units) {
    const milliseconds = Math.round(effortOf(() => find(unit.repeat(1_000_000 / unit.length))))
    assert.ok(milliseconds < 5000, `${JSON.stringify(unit)}: ${milliseconds} ms for a megabyte`)
  }
})
