import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Knowledge, type Label, nothing } from '../attribution/attribution.ts'
import { assembleAccount, assembleUtxo, type Columns } from '../ledger/ledger.ts'
import * as Asset from '../model/asset.ts'
import * as Instant from '../model/instant.ts'
import type { Transfer, UtxoBlock, UtxoInput, UtxoTransaction } from '../model/transaction.ts'
import { asserted, type Member, measure, openWindow, totals } from './campaign.ts'

const id = (n: number): string => n.toString(16).padStart(64, '0')
const day = (text: string): number => Instant.parse(text)!
const BTC = Asset.coin('bitcoin')
const USDT = Asset.token('tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')!
const TRX = Asset.coin('tron')

type Side = readonly (readonly [address: string | null, units: bigint])[]

/** A chain told as a table: each row one transaction in a block of its own; inputs bring address and value. */
function chain(...rows: [when: string, from: Side | 'coinbase', to: Side][]): Columns {
  const blocks = rows.map(([when, from, to], n): UtxoBlock => {
    const inputs = from === 'coinbase' ? [] : from
    const transaction: UtxoTransaction = {
      txid: id(n + 1),
      coinbase: from === 'coinbase',
      inputs: inputs.map(([address, units], i): UtxoInput => {
        return { ...source(rows, n, address, units, i), address, units, singleAnyoneCanPay: false }
      }),
      outputs: to.map(([address, units]) => ({ address, units })),
    }
    return {
      ...{ hash: id(5000 + n), previous: id(4999 + n), height: 100 + n, minedAt: day(when) },
      transactions: [transaction],
    }
  })
  return assembleUtxo('bitcoin', blocks)
}

/** The first earlier output of this address and size, so that spending is linked; else an output never read. */
function source(rows: Parameters<typeof chain>, n: number, address: string | null, units: bigint, i: number) {
  for (let m = 0; m < n; m++) {
    const index = rows[m]![2].findIndex(([to, size]) => to === address && size === units)
    if (index >= 0) return { txid: id(m + 1), index }
  }
  return { txid: id(9000 + n), index: i }
}

let serial = 0
function transfer(
  when: string,
  from: string | null,
  to: string,
  units: bigint,
  more: Partial<Transfer> = {},
): Transfer {
  serial++
  return {
    ...{ txid: id(70_000 + serial), txIndex: serial, logIndex: 0, kind: 'transfer', status: 'ok', height: serial },
    ...{ time: day(when), from, to, asset: USDT, units, ...more },
  }
}

const tron = (...rows: Transfer[]): Columns => assembleAccount('tron', rows)
const on = (network: 'bitcoin' | 'tron', address: string, more: Partial<Member> = {}): Member => ({
  ...asserted(network, address),
  ...more,
})
const within = (window: Partial<Member['window']>) => ({ window: { ...openWindow, ...window } })

function knowing(labels: Record<string, Partial<Label>[]>): Knowledge {
  return {
    ...nothing,
    labelsOf: (network, address) =>
      (labels[address] ?? []).map(label => ({
        ...{ network, address, name: 'X', entity: null, category: 'other', role: null, source: 'test', citations: [] },
        ...{ confidence: { id: 'service_data', level: 50 }, ...label },
      })) as Label[],
  }
}

/** `class` or `class:reason` to units, of all assets together; only what is not 0. */
function classes(columns: Columns, members: Member[], knowledge = nothing): Record<string, bigint> {
  const found: Record<string, bigint> = {}
  for (const { class: name, reason, units } of measure([columns], members, knowledge).rows) {
    const key = reason === null ? name : `${name}:${reason}`
    found[key] = (found[key] ?? 0n) + units
  }
  return found
}

test('receipts: a payment from outside counts once, with its transaction and time', () => {
  const columns = chain([
    '2020-01-01',
    [['donor', 10_000n]],
    [
      ['D', 9_000n],
      ['donor', 900n],
    ],
  ])
  const { rows, coverage } = measure([columns], [on('bitcoin', 'D')], nothing)
  assert.deepEqual(rows, [
    {
      ...{ network: 'bitcoin', asset: BTC, time: day('2020-01-01'), units: 9_000n, class: 'receipts', reason: null },
      ...{ address: 'D', txid: id(1), sources: [] },
    },
  ])
  assert.equal(coverage.length, 1)
})

test('selfTransfer: change and moves within the set are nobody’s gift', () => {
  const columns = chain(
    ['2020-01-01', [['donor', 10_000n]], [['A', 10_000n]]],
    [
      '2020-01-02',
      [['A', 10_000n]],
      [
        ['shop', 4_000n],
        ['A', 5_000n],
      ],
    ],
    ['2020-01-03', [['A', 5_000n]], [['B', 4_900n]]],
  )
  const set = [on('bitcoin', 'A'), on('bitcoin', 'B')]
  assert.deepEqual(classes(columns, set), { receipts: 10_000n, selfTransfer: 9_900n })
  assert.deepEqual(classes(columns, [on('bitcoin', 'B')]), { receipts: 4_900n })
})

test('selfTransfer: of a jointly funded transaction what the set put in; the rest is undecided', () => {
  const columns = chain([
    '2020-01-01',
    [
      ['A', 5_000n],
      ['other', 5_000n],
    ],
    [
      ['A', 7_000n],
      ['other', 2_500n],
    ],
  ])
  assert.deepEqual(classes(columns, [on('bitcoin', 'A')]), { selfTransfer: 5_000n, 'undecided:joint': 2_000n })
})

test('service: by role, by label, and by shape; its payments to the set are receipts, not self-transfers', () => {
  const columns = chain(
    ['2020-01-01', [['x', 90_000n]], [['S', 80_000n]]],
    [
      '2020-01-02',
      [['S', 80_000n]],
      [
        ['D', 20_000n],
        ['S', 59_000n],
      ],
    ],
  )
  const donation = on('bitcoin', 'D', { role: 'donation' })
  const expected = { service: 139_000n, receipts: 20_000n }
  assert.deepEqual(classes(columns, [donation, on('bitcoin', 'S', { role: 'service' })]), expected)
  const labelled = knowing({ S: [{ category: 'exchange' }] })
  assert.deepEqual(classes(columns, [donation, on('bitcoin', 'S')], labelled), expected)
  assert.deepEqual(classes(columns, [donation, on('bitcoin', 'S')]), { receipts: 80_000n, selfTransfer: 79_000n })
})

test('service by shape: 100 in, 100 out, many counterparties; a swept donation address is none', () => {
  const shaped: Transfer[] = []
  for (let i = 0; i < 120; i++) {
    shaped.push(transfer('2020-01-01', `in${i % 40}`, 'S', 1_000_000n))
    shaped.push(transfer('2020-01-02', 'S', `out${i % 40}`, 1_000_000n))
  }
  assert.deepEqual(classes(tron(...shaped), [on('tron', 'S')]), { service: 120_000_000n })
  const swept = shaped.map(row => (row.from === 'S' ? { ...row, to: 'hot' } : row))
  assert.deepEqual(classes(tron(...swept), [on('tron', 'S')]), { receipts: 120_000_000n })
  const few = shaped.slice(0, 190)
  assert.deepEqual(classes(tron(...few), [on('tron', 'S')]), { receipts: 95_000_000n })
})

test('custody is not role: a donation address hosted at an exchange keeps its receipts', () => {
  const columns = tron(transfer('2020-01-01', 'donor', 'H', 5_000_000n), transfer('2020-01-01', 'H', 'hot', 5_000_000n))
  const labelled = knowing({ H: [{ category: 'exchange' }] })
  const hosted = on('tron', 'H', { role: 'donation', hostedAt: 'Exchange Ba' })
  assert.deepEqual(classes(columns, [hosted], labelled), { receipts: 5_000_000n })
  assert.deepEqual(classes(columns, [on('tron', 'H', { role: 'donation' })], labelled), { receipts: 5_000_000n })
  const both = knowing({ H: [{ category: 'exchange' }, { category: 'terrorist-financing', role: 'donation' }] })
  assert.deepEqual(classes(columns, [on('tron', 'H')], both), { receipts: 5_000_000n })
  assert.deepEqual(classes(columns, [on('tron', 'H')], labelled), { service: 5_000_000n })
})

test('windows: government, freeze, publication and exposure, each to the second', () => {
  const [at, before] = [day('2020-01-10T12:00:00Z'), day('2020-01-10T11:59:59Z')]
  const columns = (time: number) => tron({ ...transfer('2020-01-01', 'donor', 'D', 5_000_000n), time })
  const cases: [Partial<Member['window']>, string, string][] = [
    [{ publishedAt: at }, 'receipts', 'beforePublication'],
    [{ exposedAt: at }, 'afterExposure', 'receipts'],
    [{ frozenAt: at }, 'afterFreeze', 'receipts'],
    [{ governmentFrom: at, governmentTo: at }, 'governmentWindow', 'receipts'],
    [{ governmentFrom: before, governmentTo: before }, 'receipts', 'governmentWindow'],
    [{ governmentFrom: at }, 'governmentWindow', 'receipts'],
  ]
  for (const [window, then, earlier] of cases) {
    const set = [on('tron', 'D', within(window))]
    assert.deepEqual(classes(columns(at), set), { [then]: 5_000_000n }, JSON.stringify(window))
    assert.deepEqual(classes(columns(before), set), { [earlier]: 5_000_000n }, JSON.stringify(window))
  }
})

test('dust: 546 satoshi and a hundredth of a dollar are dust, one unit more is not', () => {
  const columns = chain(['2020-01-01', [['x', 9_000n]], [['D', 546n]]], ['2020-01-01', [['x', 9_001n]], [['D', 547n]]])
  assert.deepEqual(classes(columns, [on('bitcoin', 'D')]), { dust: 546n, receipts: 547n })
  const tokens = tron(transfer('2020-01-01', 'x', 'D', 10_000n), transfer('2020-01-01', 'x', 'D', 10_001n))
  assert.deepEqual(classes(tokens, [on('tron', 'D')]), { dust: 10_000n, receipts: 10_001n })
})

test('refund: what comes back from whom the set paid, up to what was paid and not yet given back', () => {
  const columns = tron(
    transfer('2020-01-01', 'supplier', 'D', 7_000_000n),
    transfer('2020-01-02', 'D', 'supplier', 5_000_000n),
    transfer('2020-01-03', 'supplier', 'D', 4_000_000n),
    transfer('2020-01-04', 'supplier', 'D', 4_000_000n),
    transfer('2020-01-05', 'supplier', 'D', 1_000_000n),
  )
  assert.deepEqual(classes(columns, [on('tron', 'D')]), {
    receipts: 7_000_000n + 3_000_000n + 1_000_000n,
    refund: 5_000_000n,
  })
})

test('refund: from a service that the set paid, or from paid and unpaid together, it is undecided', () => {
  const columns = tron(
    transfer('2020-01-01', 'D', 'exchange', 5_000_000n),
    transfer('2020-01-03', 'exchange', 'D', 9_000_000n),
  )
  const labelled = knowing({ exchange: [{ category: 'exchange' }] })
  const expected = { 'undecided:maybe-refund': 5_000_000n, receipts: 4_000_000n }
  assert.deepEqual(classes(columns, [on('tron', 'D')], labelled), expected)
  const joined = chain(
    ['2020-01-01', [['D', 9_000n]], [['supplier', 8_000n]]],
    [
      '2020-01-02',
      [
        ['supplier', 8_000n],
        ['stranger', 8_000n],
      ],
      [['D', 15_000n]],
    ],
  )
  assert.deepEqual(classes(joined, [on('bitcoin', 'D')]), { 'undecided:maybe-refund': 8_000n, receipts: 7_000n })
})

test('refund: two suppliers give back together; each only what it was paid, once', () => {
  const columns = chain(
    [
      '2020-01-01',
      [['D', 18_000n]],
      [
        ['s1', 8_000n],
        ['s2', 8_000n],
      ],
    ],
    [
      '2020-01-02',
      [
        ['s1', 8_000n],
        ['s2', 8_000n],
      ],
      [
        ['D', 10_000n],
        ['s2', 5_500n],
      ],
    ],
    ['2020-01-03', [['s2', 9_500n]], [['D', 9_000n]]],
  )
  assert.deepEqual(classes(columns, [on('bitcoin', 'D')]), { refund: 16_000n, receipts: 3_000n })
})

test('refund: paid in one asset is not paid back in another', () => {
  const columns = tron(
    transfer('2020-01-01', 'D', 'supplier', 5_000_000n, { asset: TRX }),
    transfer('2020-01-03', 'supplier', 'D', 5_000_000n),
  )
  assert.deepEqual(classes(columns, [on('tron', 'D')]), { receipts: 5_000_000n })
})

test('passThrough: only relays, only the whole amount, only within a day, only to one place outside', () => {
  const relay = on('tron', 'R', { role: 'operational' })
  const story = (hours: number, units: bigint, to = 'out') =>
    tron(transfer('2020-01-01T00:00:00Z', 'x', 'R', 5_000_000n), {
      ...transfer('2020-01-01T00:00:00Z', 'R', to, units),
      time: day('2020-01-01') + hours * 3600,
    })
  assert.deepEqual(classes(story(24, 5_000_000n), [relay]), { passThrough: 5_000_000n })
  const doubt = 'undecided:not-a-donation-address'
  assert.deepEqual(classes(story(25, 5_000_000n), [relay]), { [doubt]: 5_000_000n })
  assert.deepEqual(classes(story(1, 4_999_999n), [relay]), { [doubt]: 5_000_000n })
  assert.deepEqual(classes(story(1, 5_000_000n), [on('tron', 'R', { role: 'donation' })]), { receipts: 5_000_000n })
  assert.deepEqual(classes(story(1, 5_000_000n, 'C'), [relay, on('tron', 'C')]), {
    [doubt]: 5_000_000n,
    selfTransfer: 5_000_000n,
  })
  const utxo = chain(
    ['2020-01-01', [['x', 9_000n]], [['R', 8_000n]]],
    ['2020-01-01', [['R', 8_000n]], [['out', 7_900n]]],
    ['2020-01-02', [['x', 9_500n]], [['R', 8_500n]]],
    [
      '2020-01-02',
      [['R', 8_500n]],
      [
        ['out', 7_000n],
        ['else', 1_400n],
      ],
    ],
  )
  const inTwo = classes(utxo, [on('bitcoin', 'R', { role: 'intermediary' })])
  assert.deepEqual(inTwo, { passThrough: 8_000n, [doubt]: 8_500n })
})

test('undecided: senders not read, coinbase, fuel, unchecked tokens, one publisher', () => {
  const unread = chain(['2020-01-01', 'coinbase', [['D', 5_000n]]])
  assert.deepEqual(classes(unread, [on('bitcoin', 'D')]), { 'undecided:mined': 5_000n })
  const block: UtxoBlock = {
    ...{ hash: id(1), previous: id(0), height: 1, minedAt: day('2020-01-01') },
    transactions: [
      {
        ...{ txid: id(2), coinbase: false, outputs: [{ address: 'D', units: 7_000n }] },
        inputs: [{ txid: id(3), index: 0, units: null, address: null, singleAnyoneCanPay: false }],
      },
    ],
  }
  const alone = assembleUtxo('bitcoin', [block])
  assert.deepEqual(classes(alone, [on('bitcoin', 'D')]), { 'undecided:sender-not-read': 7_000n })
  const shown = on('tron', 'D', { role: 'donation', claimed: true })
  const plain = transfer('2020-01-01', 'x', 'D', 5_000_000n)
  assert.deepEqual(classes(tron(plain), [shown]), { 'undecided:one-publisher': 5_000_000n })
  assert.deepEqual(classes(tron({ ...plain, from: null }), [on('tron', 'D')]), {
    'undecided:sender-not-read': 5_000_000n,
  })
  const fuel = transfer('2020-01-02', 'x', 'D', 900_000_000n, { asset: TRX })
  assert.deepEqual(classes(tron(plain, fuel), [on('tron', 'D')]), {
    receipts: 5_000_000n,
    'undecided:fuel': 900_000_000n,
  })
  assert.deepEqual(classes(tron(fuel), [on('tron', 'D')]), { receipts: 900_000_000n })
  const other = { ...USDT, symbol: 'ABC', contract: 'TEkxiTehnzSmSe2XqrBj4w32RUN966rdz9' }
  assert.deepEqual(classes(tron({ ...plain, asset: other }), [on('tron', 'D')]), {
    'undecided:unchecked-token': 5_000_000n,
  })
})

test('no inflow at all: failed, approve, fee, zero value and fake tokens; they are counted beside', () => {
  const plain = transfer('2020-01-01', 'x', 'D', 5_000_000n)
  const rows: Transfer[] = [
    { ...plain, txid: id(1), txIndex: 1001, status: 'failed' },
    { ...plain, txid: id(2), txIndex: 1002, kind: 'approve' },
    { ...plain, txid: id(3), txIndex: 1003, kind: 'fee', asset: TRX },
    { ...plain, txid: id(4), txIndex: 1004, units: 0n },
    { ...plain, txid: id(5), txIndex: 1005, asset: { ...USDT, contract: 'TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf' } },
  ]
  const { rows: found, ignored } = measure([tron(...rows)], [on('tron', 'D')], nothing)
  assert.deepEqual(found, [])
  assert.deepEqual(ignored, { failed: 1, zero: 1, impostor: 1, approve: 1 })
})

test('an address that was never seen, or whose network was not read, is said to be unseen', () => {
  const columns = tron(transfer('2020-01-01', 'x', 'D', 5_000_000n))
  const members = [on('tron', 'D'), on('tron', 'E'), on('bitcoin', 'F')]
  assert.deepEqual(measure([columns], members, nothing).unseen, members.slice(1))
})

test('amounts beyond 64 bits and of many sizes stay exact', () => {
  for (const units of [2n ** 53n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 256n - 1n]) {
    const columns = tron(transfer('2020-01-01', 'x', 'D', units))
    assert.equal(totals(measure([columns], [on('tron', 'D')], nothing).rows)[0]!.classes.receipts, units)
  }
})
