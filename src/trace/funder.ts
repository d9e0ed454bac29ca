import type { Knowledge, Label } from '../attribution/attribution.ts'
import {
  type AccountColumns,
  type Columns,
  elsewhereOf,
  KINDS,
  NONE,
  timeOf,
  txidOf,
  type UtxoColumns,
  unitsOf,
} from '../ledger/ledger.ts'
import type { Amount } from '../model/amount.ts'
import * as Asset from '../model/asset.ts'
import type { Instant } from '../model/instant.ts'

/**
 * Who first paid an address, in what was read. On account chains twice: the first value of any asset, and the first of
 * the chain's own coin, which pays for everything the address does after (a sponsor of gas or energy).
 *
 * It is a fact about a transaction and an inference about people: anybody can pay an address first, so it is graded
 * apart from every label and links nobody.
 */
export type Funding = {
  readonly what: 'first value' | 'first coin'
  readonly txid: string
  readonly time: Instant
  readonly amount: Amount
  /** Known payers; several where a transaction had several: which of them meant it, nothing tells. Empty: mined. */
  readonly payers: readonly { readonly address: string; readonly label: Label | null }[]
  readonly mined: boolean
  /** `inferred`: one payer. `ambiguous`: several, one that was not read, or the address itself: it is older. */
  readonly grade: 'inferred' | 'ambiguous'
}

/** Empty where nothing that was read pays the address. */
export function fundingOf(columns: Columns, knowledge: Knowledge, address: string): Funding[] {
  const row = columns.addresses.find(address)
  if (row === undefined) return []
  const far = elsewhereOf(columns)
  if (far !== undefined) {
    const receipts = far.receipts(row)
    return receipts === undefined ? [] : fundingOf(receipts, knowledge, address)
  }
  const payer = (account: number) => {
    const name = columns.addresses.format(account)
    return { address: name, label: knowledge.labelsOf(columns.network, name)[0] ?? null }
  }
  return columns.shape === 'utxo' ? ofCoins(columns, row, payer) : ofTransfers(columns, row, payer)
}

type Payer = (account: number) => Funding['payers'][number]

function ofCoins(columns: UtxoColumns, address: number, payer: Payer): Funding[] {
  const { transactions, inputs, outputs } = columns
  for (const transaction of columns.addresses.transactionsOf(address)) {
    let units = 0n
    for (let row = transactions.firstOutput[transaction]!; row < transactions.firstOutput[transaction + 1]!; row++) {
      if (outputs.address[row] === address) units += outputs.units[row]!
    }
    if (units === 0n) continue
    const [first, end] = [transactions.firstInput[transaction]!, transactions.firstInput[transaction + 1]!]
    const payers = new Set(inputs.address.subarray(first, end))
    const known = [...payers].filter(account => account !== NONE && account !== address)
    const mined = transactions.coinbase[transaction] === 1
    return [
      {
        ...{ what: 'first value', txid: txidOf(columns, transaction), time: timeOf(columns, transaction) },
        ...{ amount: { asset: columns.asset, units }, payers: known.map(payer), mined },
        grade: mined || (payers.size === 1 && known.length === 1) ? 'inferred' : 'ambiguous',
      },
    ]
  }
  return []
}

function ofTransfers(columns: AccountColumns, address: number, payer: Payer): Funding[] {
  const coin = columns.assets.findIndex(asset => Asset.key(asset) === Asset.key(Asset.coin(columns.network)))
  const first = firstInto(columns, address, () => true)
  const firstCoin = firstInto(columns, address, asset => asset === coin)
  const found: Funding[] = []
  if (first !== undefined) found.push(toFunding(columns, payer, 'first value', first))
  if (firstCoin !== undefined) found.push(toFunding(columns, payer, 'first coin', firstCoin))
  return found
}

/** Row of the first transfer from another that moves value of such an asset into an account. */
function firstInto(
  { addresses, transactions, transfers }: AccountColumns,
  account: number,
  isAsset: (asset: number) => boolean,
): number | undefined {
  const { to, from, kind, moves, asset } = transfers
  for (const transaction of addresses.transactionsOf(account)) {
    const end = transactions.firstTransfer[transaction + 1]!
    for (let row = transactions.firstTransfer[transaction]!; row < end; row++) {
      if (to[row] !== account || from[row] === account || moves[row] === 0 || KINDS[kind[row]!] === 'fee') continue
      if (isAsset(asset[row]!)) return row
    }
  }
  return undefined
}

function toFunding(columns: AccountColumns, payer: Payer, what: Funding['what'], row: number): Funding {
  const { transfers, transactions, assets } = columns
  const transaction = transfers.transaction[row]!
  const from = transfers.from[row]!
  return {
    ...{ what, txid: txidOf(columns, transaction), time: transactions.time[transaction]! },
    amount: { asset: assets[transfers.asset[row]!]!, units: unitsOf(transfers.units, row) },
    ...{ payers: from === NONE ? [] : [payer(from)], mined: false, grade: from === NONE ? 'ambiguous' : 'inferred' },
  }
}
