import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account, timeOf, txid, utxo } from '../../test/story/story.ts'
import type { Designation, Knowledge, Label } from '../attribution/attribution.ts'
import { assembleAccount, assembleUtxo, type Columns } from '../ledger/ledger.ts'
import type { Category } from '../model/category.ts'
import { exposureOf, listingOf, measure, overall } from './exposure.ts'

const NOW = timeOf(1000)

type Known = { listed?: readonly string[]; labels?: Readonly<Record<string, Category>>; claimed?: readonly string[] }

/** Knowledge as a test writes it: listed addresses, labelled ones, and ones that a post alone claims. */
function knowing({ listed = [], labels = {}, claimed = [] }: Known): Knowledge {
  const label = (address: string, category: Category, level: number, kind: 'list' | 'capture'): Label => ({
    ...{ network: 'bitcoin', address, name: `name of ${address}`, entity: null, category, role: null },
    ...{ confidence: { id: 'x', level }, source: 'a source' },
    citations: [
      kind === 'list'
        ? { kind, authority: 'A', version: '1', sha256: '00', entry: address }
        : { kind, sha256: '00', start: 0, end: 1 },
    ],
  })
  return {
    labelsOf: (_, address) => [
      ...(labels[address] === undefined ? [] : [label(address, labels[address], 50, 'list')]),
      ...(claimed.includes(address) ? [label(address, 'terrorist-financing', 20, 'capture')] : []),
    ],
    designationsOf: (network, address) => (listed.includes(address) ? [designation(network, address)] : []),
    lists: [{ authority: 'OFAC', version: '1' }],
    labelCount: () => Object.keys(labels).length,
  }
}

function designation(network: Designation['network'], address: string): Designation {
  return {
    ...{ authority: 'OFAC', program: ['SDGT'], entity: `entity of ${address}`, network, address },
    ...{ listedAt: timeOf(0), removedAt: null, expiresAt: null, knownAt: timeOf(0) },
    citation: { kind: 'list', authority: 'OFAC', version: '1', sha256: '00', entry: address },
  }
}

function bitcoin(story: string): Columns {
  return assembleUtxo('bitcoin', utxo(story))
}

function ask(columns: Columns | undefined, known: Known, address: string, hops = 1) {
  const network = columns?.network ?? 'bitcoin'
  return measure({ columns, knowledge: knowing(known), network, address, asOf: NOW, hops })
}

/** A row in short: what is compared in most tests. */
function brief(rows: ReturnType<typeof ask>) {
  return rows.map(({ category, relation, direction, hops, share, amount, raises }) =>
    [category, relation, direction, hops, share, amount?.units ?? null, raises].join(' '),
  )
}

function statusOf(columns: Columns | undefined, known: Known, address: string, hops = 1) {
  return exposureOf(ask(columns, known, address, hops), columns, knowing(known), columns?.network ?? 'bitcoin')
}

test('a payment to a listed address: direct, outgoing, by haircut, with range, transaction and list entry', () => {
  const columns = bitcoin(`
    b1 t1: coinbase -> A 6000
    b2 t2: coinbase -> B 4000
    b3 t3: t1:0, t2:0 -> X 5000, C 5000`)
  const rows = ask(columns, { listed: ['X'] }, 'A')
  assert.deepEqual(brief(rows), ['terrorist-financing direct out 1 0.5 3000 true'])
  const row = rows[0]!
  // FIFO gives X the first 5,000 of A's 6,000; LIFO the 4,000 of B and 1,000 of A; TIHO fills the largest first.
  assert.deepEqual(row.range, [0.166666, 0.833333])
  assert.equal(row.robust, true)
  assert.match(row.because[0]!.en, /0\.00003000 BTC.* went directly to .*X.*, listed by .*OFAC \(SDGT\)/)
  assert.match(row.because[0]!.ar, /ذهب مباشرةً إلى/)
  assert.deepEqual(row.because[0]!.citations, [
    { kind: 'transaction', network: 'bitcoin', txid: txid('t3') },
    { kind: 'list', authority: 'OFAC', version: '1', sha256: '00', entry: 'X' },
  ])
})

test('further away it is indirect, seen with --hops only, and counted where it first touches', () => {
  const columns = bitcoin(`
    b1 t1: coinbase -> A 10000
    b2 t2: t1:0 -> M 10000
    b3 t3: t2:0 -> X 4000, N 6000
    b4 t4: t3:0 -> E 4000`)
  const known: Known = { listed: ['X'], labels: { E: 'exchange' } }
  assert.deepEqual(ask(columns, known, 'A'), [])
  assert.equal(statusOf(columns, known, 'A'), 'no-finding')
  assert.deepEqual(brief(ask(columns, known, 'A', 4)), ['terrorist-financing indirect out 2 0.4 4000 true'])
  assert.equal(statusOf(columns, known, 'A', 4), 'indirect')
  assert.deepEqual(brief(ask(columns, known, 'N', 4)), [])
})

test('what came from a listed address is incoming exposure', () => {
  const columns = bitcoin(`
    b1 t1: coinbase -> X 10000
    b2 t2: coinbase -> P 30000
    b3 t3: t1:0 -> A 10000
    b4 t4: t2:0 -> A 30000`)
  assert.deepEqual(brief(ask(columns, { listed: ['X'] }, 'A')), ['terrorist-financing direct in 1 0.25 10000 true'])
})

test('contact with a service is told and raises nothing', () => {
  const columns = bitcoin(`
    b1 t1: coinbase -> A 10000
    b2 t2: t1:0 -> E 10000`)
  assert.deepEqual(brief(ask(columns, { labels: { E: 'exchange' } }, 'A')), ['exchange direct out 1 1 10000 false'])
  assert.equal(statusOf(columns, { labels: { E: 'exchange' } }, 'A'), 'no-finding')
})

test('the address itself: a listing or a label is ownership; what a post alone claims is not', () => {
  const columns = bitcoin('b1 t1: coinbase -> A 10000')
  assert.deepEqual(brief(ask(columns, { listed: ['A'] }, 'A')), [
    'terrorist-financing ownership in 0 1 10000 true',
    'terrorist-financing ownership out 0 1 0 true',
  ])
  assert.equal(statusOf(columns, { listed: ['A'] }, 'A'), 'no-finding')
  assert.equal(statusOf(columns, { labels: { A: 'ransomware' } }, 'A'), 'direct')
  assert.deepEqual(ask(columns, { claimed: ['A'] }, 'A'), [])
})

test('an address that signs together with a listed one is its holder’s, with the transaction that shows it', () => {
  const story = `
    b1 t1: coinbase -> A 10000
    b2 t2: coinbase -> X 10000
    b3 t3: t1:0, t2:0 -> C 20000`
  const rows = ask(bitcoin(story), { listed: ['X'] }, 'A')
  assert.deepEqual(brief(rows), [
    'terrorist-financing ownership in 0 1 10000 true',
    'terrorist-financing ownership out 0 1 10000 true',
  ])
  assert.deepEqual(rows[0]!.because[0]!.citations[0], { kind: 'transaction', network: 'bitcoin', txid: txid('t3') })
  assert.equal(statusOf(bitcoin(story), { listed: ['X'] }, 'A'), 'direct')
})

test('framing: a listed deposit address makes no other customer of the exchange listed', () => {
  const columns = bitcoin(`
    b1 t1: coinbase -> A 10000
    b2 t2: coinbase -> X 10000
    b3 t3: t1:0, t2:0 -> H 20000
    b4 t4: coinbase -> H 100
    b5 t5: t3:0, t4:0 -> C 20100
    b6 t6: coinbase -> A 1000
    b7 t7: t6:0, ?z:0=H/50 -> D 1050`)
  const rows = ask(columns, { listed: ['X'], labels: { H: 'exchange' } }, 'A')
  assert.deepEqual(
    rows.filter(row => row.relation === 'ownership'),
    [],
  )
})

test('framing: dust from a listed address is told, and raises nothing; a real payment does', () => {
  const dusted = bitcoin(`
    b1 t1: coinbase -> X 1000000
    b2 t2: t1:0 -> A 546, X 999454
    b3 t3: coinbase -> A 50000
    b4 t4: t3:0, t2:0 -> C 50546`)
  const rows = ask(dusted, { listed: ['X'] }, 'A', 6)
  assert.deepEqual(brief(rows), ['terrorist-financing direct in 1 0.010802 546 false'])
  assert.match(rows[0]!.because.at(-1)!.en, /anyone may send/)
  assert.equal(statusOf(dusted, { listed: ['X'] }, 'A', 6), 'no-finding')
  const paid = bitcoin(`
    b1 t1: coinbase -> X 1000000
    b2 t2: t1:0 -> A 40000, X 960000`)
  assert.equal(statusOf(paid, { listed: ['X'] }, 'A'), 'direct')
})

test('framing: what strangers send, and where they go on paying, never becomes outgoing exposure', () => {
  const columns = bitcoin(`
    b1 t1: coinbase -> S 90000
    b2 t2: t1:0 -> A 30000, X 30000, S 30000
    b3 t3: t2:2 -> X 30000`)
  const rows = ask(columns, { listed: ['X'] }, 'A', 6)
  assert.deepEqual(
    rows.filter(row => row.direction === 'out'),
    [],
  )
})

test('framing: a planted post makes nobody’s payments risky', () => {
  const columns = bitcoin(`
    b1 t1: coinbase -> A 10000
    b2 t2: t1:0 -> V 10000`)
  assert.deepEqual(ask(columns, { claimed: ['V'] }, 'A'), [])
  assert.equal(statusOf(columns, { claimed: ['V'] }, 'A'), 'no-finding')
})

test('framing: fake tokens, zero-value transfers and approvals prove nothing about their sender', () => {
  const story = `
    h1 t1: P -> A 5000000 USDT
    h2 t2: A -> X 9000000 FAKE
    h3 t3: A -> X 0 USDT
    h4 t4: A -> X 70 USDT approve
    h5 t5: A -> X 70 USDT failed`
  const tron = assembleAccount('tron', account('tron', story))
  assert.deepEqual(brief(ask(tron, { listed: ['X'] }, 'A', 6)), [])
  const real = assembleAccount('tron', account('tron', `${story}\n h6 t6: A -> X 4000000 USDT`))
  assert.deepEqual(brief(ask(real, { listed: ['X'] }, 'A')), ['terrorist-financing direct out 1 0.8 4000000 true'])
})

test('a payment with inputs that were not read is named without an amount, never as zero', () => {
  const columns = bitcoin('b1 t1: ?x:0=A, ?y:0 -> X 500, C 10')
  const rows = ask(columns, { listed: ['X'] }, 'A')
  assert.deepEqual(brief(rows), ['terrorist-financing direct out 1   true'])
  assert.equal(rows[0]!.range, null)
  assert.match(rows[0]!.because[0]!.en, /not read/)
})

test('with no hops only the address itself is looked at', () => {
  const columns = bitcoin(`
    b1 t1: coinbase -> A 10000
    b2 t2: t1:0 -> X 10000`)
  assert.deepEqual(ask(columns, { listed: ['X'] }, 'A', 0), [])
  assert.equal(ask(columns, { listed: ['A'] }, 'A', 0).length, 2)
})

test('transactions after the day asked for do not count', () => {
  const columns = bitcoin(`
    b1 t1: coinbase -> A 10000
    b9 t2: t1:0 -> X 10000`)
  const knowledge = knowing({ listed: ['X'] })
  const at = (height: number) =>
    measure({ columns, knowledge, network: 'bitcoin', address: 'A', asOf: timeOf(height), hops: 1 }).length
  assert.deepEqual([at(8), at(9)], [0, 1])
})

test('listed, not listed and not checked are three answers; nothing says clean', () => {
  const listed = designation('bitcoin', 'X')
  const lists = [{ authority: 'OFAC', version: '1' }]
  assert.equal(listingOf([listed], lists, NOW), 'listed')
  assert.equal(listingOf([{ ...listed, removedAt: timeOf(5) }], lists, NOW), 'formerly-listed')
  assert.equal(listingOf([{ ...listed, expiresAt: timeOf(5) }], lists, NOW), 'expired')
  assert.equal(listingOf([listed, { ...listed, removedAt: timeOf(5) }], lists, NOW), 'listed')
  assert.equal(listingOf([], lists, NOW), 'not-listed')
  assert.equal(listingOf([], [], NOW), 'not-checked')
  assert.equal(overall('not-listed', 'not-checked'), 'no-finding')
  assert.equal(overall('not-checked', 'not-checked'), 'not-checked')
  assert.equal(overall('not-checked', 'direct'), 'direct')
  assert.equal(overall('formerly-listed', 'direct'), 'formerly-listed')
})

test('without a ledger, or without any list and label, contacts are not checked', () => {
  assert.equal(statusOf(undefined, { listed: ['X'] }, 'A'), 'not-checked')
  const columns = bitcoin('b1 t1: coinbase -> A 10000')
  const blind: Knowledge = { ...knowing({}), lists: [] }
  assert.equal(exposureOf([], columns, blind, 'bitcoin'), 'not-checked')
  assert.equal(exposureOf([], columns, knowing({}), 'bitcoin'), 'no-finding')
})

test('a listing counts by the day of the payment too: before it, while it held, after it ended', () => {
  const columns = bitcoin(`
    b1 t1: coinbase -> A 5000
    b2 t2: coinbase -> B 5000
    b3 t3: t1:0 -> X 5000
    b7 t4: t2:0 -> X 5000`)
  const at = (listedAt: number, removedAt: number | null): Knowledge => ({
    ...knowing({ listed: ['X'] }),
    designationsOf: (network, address) =>
      address === 'X'
        ? [
            {
              ...designation(network, address),
              listedAt: timeOf(listedAt),
              removedAt: removedAt === null ? null : timeOf(removedAt),
            },
          ]
        : [],
  })
  const rows = (knowledge: Knowledge, address: string) =>
    measure({ columns, knowledge, network: 'bitcoin', address, asOf: NOW, hops: 1 }).map(one => [
      ...[one.direction, one.listed.now, one.listed.atPayment, one.raises],
      one.because[0]!.en.replace(/^.*?\. /s, ''),
    ])
  const late = rows(at(5, null), 'A')[0]!
  assert.deepEqual(late.slice(0, 4), ['out', true, false, true])
  assert.match(String(late[4]), /It was not listed yet on the day of the payment\.$/)
  assert.deepEqual(rows(at(2, 5), 'A')[0]!.slice(0, 4), ['out', false, true, true])
  assert.match(String(rows(at(2, 5), 'A')[0]![4]), /It was listed on the day of the payment, and is no longer\.$/)
  assert.deepEqual(rows(at(2, 5), 'B')[0]!.slice(0, 4), ['out', false, false, false])
  assert.match(String(rows(at(2, 5), 'B')[0]![4]), /no longer listed, and was not on the day of the payment\.$/)
})
