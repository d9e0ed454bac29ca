import type { AmountJson } from '../src/model/amount.ts'
import { formatUnits } from '../src/model/amount.ts'
import { unread } from '../src/model/coverage.ts'
import type { Material, Ran, ReceiptRow } from '../src/report/report.ts'

/**
 * A report's material small enough to check by hand: one address, four payments, one destination by name and one
 * unspent. Addresses are those of the sample world (seed 1); txids are counted through.
 */
const DONATION = 'bcrt1qsq3dz4n7zt3x0x8l9je2av28tmdrs5sflkmf36'
const DEPOSIT = 'bcrt1q30drtwmc7kf7e2l00xu03txj9xtrudfctnrnpd'
const CHANGE = 'bcrt1qawjzcjnlhf8ywccz4xf8h2k46mkh95zmzhzykd'
const LIST = { authority: 'SAMPLE', version: '2025-09-01', sha256: 'a1'.repeat(32) }

const ROWS: readonly ReceiptRow[] = [
  row(1, 'beforePublication', '50000', 200, '2025-01-25T12:00:00Z'),
  row(2, 'receipts', '150000', 240, '2025-02-04T12:00:00Z'),
  row(3, 'receipts', '250000', 300, '2025-04-05T00:00:00Z'),
  row(4, 'dust', '546', 310, '2025-04-10T12:00:00Z'),
]

const RECEIPTS: Ran = ran('campaign receipts', { campaign: 'Example campaign' }, 'receipts', 'b2')
const TRACE: Ran = ran('trace', { origin: [DONATION], methods: ['fifo', 'haircut'] }, 'taint', 'c3')

export const material: Material = {
  program: { name: 'Athar', version: '0.1.0' },
  writtenAt: '2025-10-01T09:00:00Z',
  writtenBy: 'analyst',
  synthetic: true,
  case: {
    ...{
      name: 'golden',
      title: 'Example campaign (SYNTHETIC) — حملة المثال',
      status: 'open',
      events: 7,
      digest: 'd4'.repeat(32),
    },
    notes: [
      { text: 'Text of a stranger: <script>alert(1)</script> & "quotes"', user: 'analyst', at: '2025-09-30T10:00:00Z' },
    ],
  },
  captures: [
    {
      ...{ sha256: 'e5'.repeat(32), source: 'https://example.invalid/posts/1', postedAt: '2025-02-03T18:00:00Z' },
      ...{ capturedAt: '2025-09-30T08:00:00Z', mediaType: 'text/plain', bytes: 462 },
      shows: [{ address: DONATION, member: null, start: 120, end: 164 }],
    },
  ],
  campaigns: [
    {
      ...{ name: 'Example campaign', claimedActor: 'تنظيم المثال' },
      addresses: [
        {
          ...{ network: 'bitcoin-regtest', address: DONATION, role: 'donation', custody: 'self' },
          publishedAt: '2025-02-03T18:00:00Z',
        },
      ],
      receipts: {
        ...{ run: RECEIPTS, inflow: [coins(450_546n)], lower: [coins(400_000n)], upper: [coins(400_000n)] },
        classes: { receipts: [coins(400_000n)], beforePublication: [coins(50_000n)], dust: [coins(546n)] },
        ...{ transactions: 2, first: '2025-02-04T12:00:00Z', last: '2025-04-05T00:00:00Z' },
        ...{ usd: { value: '380.12', basis: 'transaction-day' }, rows: ROWS },
      },
    },
  ],
  traces: [
    {
      ...{ run: TRACE, network: 'bitcoin-regtest', origin: [DONATION], total: [coins(450_546n)], fees: [coins(546n)] },
      declared: { methods: ['haircut', 'fifo'], hops: null, min: null, reason: 'where the donations went' },
      conserved: true,
      destinations: [
        {
          ...{ address: DEPOSIT, name: 'Exchange Alif (SYNTHETIC)', category: 'exchange', stop: 'service', hops: 2 },
          ...{ min: coins(300_000n), max: coins(300_000n), robust: true, txids: ['05'.repeat(32)] },
          list: { ...LIST, authority: 'Athar sample world', entry: DEPOSIT },
        },
        {
          ...{ address: CHANGE, name: null, category: null, stop: 'unspent', hops: 1, txids: ['06'.repeat(32)] },
          ...{ min: coins(150_000n), max: coins(150_000n), robust: true, list: null },
        },
      ],
      links: [
        { from: 'origin', to: 'bcrt1qg09wp9gjzdfq4kc7refrcm3x0af93598rzvjdp', units: '300000', asset: 'rBTC' },
        {
          from: 'bcrt1qg09wp9gjzdfq4kc7refrcm3x0af93598rzvjdp',
          to: 'Exchange Alif (SYNTHETIC)',
          units: '300000',
          asset: 'rBTC',
        },
        { from: 'origin', to: 'unspent', units: '150000', asset: 'rBTC' },
      ],
    },
  ],
  screened: [
    {
      ...{ address: DONATION, network: 'bitcoin-regtest', status: 'listed' },
      designations: [
        { ...LIST, entity: 'Example Organisation (SYNTHETIC)', listedAt: '2025-09-01T00:00:00Z', entry: DONATION },
      ],
    },
  ],
  claims: [
    {
      ...{
        address: DONATION,
        object: 'تنظيم المثال',
        grade: 'alleged',
        speaker: 'Example Institute',
        medium: 'article',
      },
      ...{ saidAt: '2025-02-10', words: 'العنوان تابع لتنظيم المثال', capture: null },
    },
  ],
  lists: [LIST],
  prices: [{ asset: 'rBTC', from: '2025-02-04', to: '2025-04-05', sha256: 'f6'.repeat(32) }],
  runs: [
    { ...RECEIPTS, reason: 'first measure', declaredAt: '2025-09-30T09:00:00Z' },
    { ...TRACE, reason: 'where the donations went', declaredAt: '2025-09-30T09:10:00Z' },
  ],
  coverage: [
    {
      ...unread('bitcoin-regtest'),
      ...{
        fromHeight: 0,
        toHeight: 667,
        tipHeight: 667,
        transactionsRead: 5356,
        truncated: false,
        finality: 'final',
        labels: 7,
      },
    },
    unread('tron'),
  ],
}

function row(number: number, name: string, units: string, height: number, time: string): ReceiptRow {
  return {
    ...{ class: name, network: 'bitcoin-regtest', asset: 'rBTC', decimals: 8, units, index: 0, height, time },
    ...{ txid: `0${number}`.repeat(32), address: DONATION },
  }
}

function coins(units: bigint): AmountJson {
  const value = formatUnits(units, 8)
  return { asset: 'rBTC', network: 'bitcoin-regtest', amount: String(units), decimals: 8, value, usd: null }
}

function ran(operation: string, given: Ran['arguments'], method: string, digest: string): Ran {
  return { operation, arguments: given, method: { name: method, version: '1' }, sha256: digest.repeat(32) }
}
