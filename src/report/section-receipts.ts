import type { AmountJson } from '../model/amount.ts'
import { byMonth, ORDER } from './chart.ts'
import { amountValue, assetKey, citeRun, type Desk } from './desk.ts'
import type { Block, Row, Section } from './document.ts'
import type { Figure, Value } from './figure.ts'
import type { Inline } from './inline.ts'
import type { CampaignMaterial, ReceiptRow, ReceiptsMaterial } from './material.ts'
import type { Countable } from './plural.ts'

/** Receipts of each campaign: classes that sum to the inflow, bounds, count, dates, dollars, and the chart by month. */
export function receiptsSection(desk: Desk): Section {
  const { words, material } = desk
  const counted = material.campaigns.filter(campaign => campaign.receipts !== null)
  const blocks = counted.flatMap(campaign => campaignBlocks(desk, campaign, campaign.receipts!))
  const intro: Block = {
    kind: 'paragraph',
    content: [words.say(counted.length === 0 ? 'receipts.none' : 'receipts.intro')],
  }
  return { id: 'receipts', title: words.say('receipts'), blocks: [intro, ...blocks] }
}

/** The figures that the summary shows too. Asking twice gives the same figures. */
export function receiptsFigures(desk: Desk, campaign: CampaignMaterial, receipts: ReceiptsMaterial) {
  const { words } = desk
  const make = figureMaker(desk, campaign, receipts)
  const all = ['receipts']
  const { usd } = receipts
  return {
    usd: usd === null ? null : make('usd', words.say('usd'), { kind: 'usd', ...usd }, all, priceEvidence(desk)),
    transactions: make(
      'transactions',
      words.say('receipts.transactions'),
      count(receipts.transactions, 'transaction'),
      all,
    ),
    first:
      receipts.first === null ? null : make('first', words.say('first'), { kind: 'time', at: receipts.first }, all),
    last: receipts.last === null ? null : make('last', words.say('last'), { kind: 'time', at: receipts.last }, all),
    totals: (receipts.classes['receipts'] ?? [])
      .filter(isSome)
      .map(amount => make(`receipts/${assetKey(amount)}`, words.term('class', 'receipts'), amountValue(amount), all)),
    undecided: (receipts.classes['undecided'] ?? []).filter(isSome).map(amount => {
      const label = words.term('class', 'undecided')
      return make(`undecided/${assetKey(amount)}`, label, amountValue(amount), ['undecided'], [], amount)
    }),
  }
}

function campaignBlocks(desk: Desk, campaign: CampaignMaterial, receipts: ReceiptsMaterial): Block[] {
  const { words, material } = desk
  const { usd, transactions, first, last, totals } = receiptsFigures(desk, campaign, receipts)
  const shown = [usd, ...totals, transactions, first, last].filter(figure => figure !== null)
  const heading: Block[] = material.campaigns.length > 1 ? [{ kind: 'heading', text: campaign.name }] : []
  const missing: Block[] =
    usd === null ? [{ kind: 'notice', content: [`${words.say('usd')}: ${words.say('usd.missing')}.`] }] : []
  return [
    ...heading,
    { kind: 'figures', figures: shown },
    ...missing,
    classTable(desk, campaign, receipts),
    ...charts(desk, receipts),
    { kind: 'paragraph', content: [words.say('payers')] },
  ]
}

function classTable(desk: Desk, campaign: CampaignMaterial, receipts: ReceiptsMaterial): Block {
  const { words } = desk
  const make = figureMaker(desk, campaign, receipts)
  const assets = receipts.inflow
  const classes = ORDER.filter(name => (receipts.classes[name] ?? []).some(amount => BigInt(amount.amount) > 0n))
  const row = (
    id: string,
    label: string,
    amounts: readonly AmountJson[],
    of: readonly string[],
    strong: boolean,
  ): Row => ({
    strong,
    cells: [
      [label],
      ...assets.map(asset =>
        cell(
          amounts.find(one => assetKey(one) === assetKey(asset)),
          id,
          label,
          of,
        ),
      ),
    ],
  })
  const cell = (amount: AmountJson | undefined, id: string, label: string, of: readonly string[]): Inline[] => {
    if (amount === undefined || BigInt(amount.amount) === 0n) return [{ isolate: '0' }]
    return [{ figure: make(`${id}/${assetKey(amount)}`, label, amountValue(amount), of, [], amount) }]
  }
  return {
    kind: 'table',
    caption: words.say('receipts'),
    columns: [
      { label: words.say('class'), align: 'start' },
      ...assets.map(asset => ({ label: asset.asset, align: 'end' as const })),
    ],
    rows: [
      ...classes.map(name =>
        row(name, words.term('class', name), receipts.classes[name]!, [name], name === 'receipts'),
      ),
      row('inflow', words.say('inflow'), receipts.inflow, ORDER, true),
      row('lower', words.say('lower'), receipts.lower, ['receipts'], false),
      row('upper', words.say('upper'), receipts.upper, ['receipts', 'undecided'], false),
    ],
  }
}

/** Whether an amount is more than nothing: a coin that brought no receipts needs no headline. */
function isSome({ amount }: AmountJson): boolean {
  return BigInt(amount) > 0n
}

type Make = (
  id: string,
  label: string,
  value: Value,
  classes: readonly string[],
  more?: readonly string[],
  only?: AmountJson,
) => Figure

/** Makes figures of one answer: each rests on the run and on the transactions of its classes. */
function figureMaker(desk: Desk, campaign: CampaignMaterial, receipts: ReceiptsMaterial): Make {
  const { operation, arguments: given, method } = receipts.run
  citeRows(desk, receipts.rows.toSorted(byAssetAndClass))
  return (id, label, value, classes, more = [], only) => {
    const rows = receipts.rows.filter(row => classes.includes(row.class) && (only === undefined || isOf(row, only)))
    const evidence = [...citeRun(desk, receipts.run), ...more, ...citeRows(desk, rows)]
    const path = `receipts/${campaign.name}/${id}`
    return desk.register.figure({ id: path, label, value, operation, arguments: given, method, evidence })
  }
}

/** So that what belongs to one figure is numbered in one run. */
function byAssetAndClass(a: ReceiptRow, b: ReceiptRow): number {
  if (a.asset !== b.asset) return a.asset < b.asset ? -1 : 1
  return ORDER.indexOf(a.class) - ORDER.indexOf(b.class)
}

function isOf(row: ReceiptRow, amount: AmountJson): boolean {
  return row.asset === amount.asset && (amount.network === undefined || row.network === amount.network)
}

function citeRows({ register }: Desk, rows: readonly ReceiptRow[]): string[] {
  const ids = rows.map(row => {
    const height = row.height === null ? null : String(row.height)
    return register.cite({ kind: 'transaction', network: row.network, txid: row.txid }, { height, time: row.time })
  })
  return [...new Set(ids)].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))
}

function priceEvidence({ register, material }: Desk): string[] {
  return material.prices.map(({ asset, from, to, sha256 }) =>
    register.cite({ kind: 'price', asset, day: `${from}/${to}`, sha256 }),
  )
}

function charts({ words }: Desk, receipts: ReceiptsMaterial): Block[] {
  return receipts.inflow.flatMap(amount => {
    const rows = receipts.rows.filter(row => isOf(row, amount))
    if (!rows.some(row => row.class === 'receipts')) return []
    const title = words.say('chart.title').replace('{asset}', amount.asset)
    const about = { title, says: words.say('chart.says'), asset: amount.asset, decimals: amount.decimals }
    return [{ kind: 'chart' as const, chart: byMonth(rows, name => words.term('class', name), about) }]
  })
}

function count(value: number, of: Countable): Value {
  return { kind: 'count', count: value, of }
}
