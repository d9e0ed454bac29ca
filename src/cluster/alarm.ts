import { NONE, txidOf, UNREAD, type UtxoColumns } from '../ledger/ledger.ts'
import { firing } from './coinjoin.ts'
import { dualFundingOf } from './dual-funding.ts'
import { LARGE, type Partition } from './partition.ts'

/**
 * A transaction of a cluster that deserves a look before the cluster is believed. It changes nothing by itself: what is
 * refused is in `refused`.
 */
export type Alarm = {
  readonly kind: AlarmKind
  readonly txid: string
  /** One sentence that says what was seen and what it may mean. */
  readonly because: string
  /** The limit that it passed, null: a shape, without a limit. */
  readonly threshold: number | null
  /** What was counted: sizes of the two clusters, or addresses paid. */
  readonly counts: readonly number[]
}

export type AlarmKind =
  | 'merge'
  | 'batch-payout'
  | 'pool-payout'
  | 'dual-funding-possible'
  | 'whirlpool-tx0'
  | 'unnecessary-input'

/**
 * Different addresses paid by one transaction from which on it is a batch payout: what exchanges, processors and pools
 * do, and people do not. Ours. The inputs stay linked, since one signer holds them; but a business is no person.
 */
export const BATCH = 20

/** What a large merge says, from the merges that the partition kept. Ledger order. */
export function mergeAlarms(columns: UtxoColumns, clusters: Partition, address: number): Alarm[] {
  const root = clusters.find(address)
  return clusters.merges.flatMap(({ transaction, sizes }) => {
    const payer = payerOf(columns, transaction)
    if (payer === NONE || clusters.find(payer) !== root) return []
    const because =
      `It joined two large clusters, of ${sizes[0]} and ${sizes[1]} addresses (large: ${LARGE}): ` +
      'one wrong merge of this kind makes two holders one.'
    return [{ kind: 'merge' as const, txid: txidOf(columns, transaction), because, threshold: LARGE, counts: sizes }]
  })
}

/** What one transaction that members pay for looks like. `marks`: also the mark that ordinary payments often bear. */
export function alarmsOf(columns: UtxoColumns, transaction: number, marks: boolean): Alarm[] {
  const alarms: Alarm[] = []
  const txid = txidOf(columns, transaction)
  const raise = (kind: AlarmKind, because: string, threshold: number | null = null, counts: number[] = []) =>
    alarms.push({ kind, txid, because, threshold, counts })
  const paid = payeesOf(columns, transaction)
  if (paid >= BATCH) {
    const pool = spendsReward(columns, transaction)
    const who = pool ? 'It spends newly mined coins: a mining pool' : 'An exchange, a processor or another business'
    raise(
      pool ? 'pool-payout' : 'batch-payout',
      `It pays ${paid} addresses at once (batch: ${BATCH}). ${who} pays like this, so the cluster may be a business.`,
      BATCH,
      [paid],
    )
  }
  if (dualFundingOf(columns, transaction) === 'one-change') raise('dual-funding-possible', ONE_CHANGE)
  if (firing(columns, transaction).some(({ holders }) => holders === 'one')) raise('whirlpool-tx0', TX0)
  if (marks && hasNeedlessInput(columns, transaction)) raise('unnecessary-input', NEEDLESS)
  return alarms
}

const ONE_CHANGE =
  'Several segwit payers and one P2WSH output: a payment to a multisig, or a Lightning channel that two holders ' +
  'funded together. The two cannot be told apart before the output is spent.'
const TX0 = 'Shape of a Whirlpool Tx0: the holder cuts a coin up to have it mixed.'
const NEEDLESS =
  'The payment could have been made without the smallest input (unnecessary-input heuristic): a PayJoin, in which ' +
  'the payee pays in too, or a wallet that tidies up. PayJoin cannot be told apart from ordinary payments.'

/**
 * Unnecessary-input heuristic (UIH2; Ghesmati, Kern, Judmayer, Stifter, Weippl 2020; "PayJoin" in the Bitcoin wiki):
 * without the smallest input the rest still covers the larger output and the fee. Two outputs, all values read.
 */
export function hasNeedlessInput(columns: UtxoColumns, transaction: number): boolean {
  const { firstInput, firstOutput } = columns.transactions
  const inputs = columns.inputs.units.subarray(firstInput[transaction]!, firstInput[transaction + 1]!)
  const outputs = columns.outputs.units.subarray(firstOutput[transaction]!, firstOutput[transaction + 1]!)
  if (inputs.length < 2 || outputs.length !== 2 || inputs.includes(UNREAD)) return false
  const total = inputs.reduce((sum, units) => sum + units, 0n)
  const fee = total - outputs[0]! - outputs[1]!
  const least = inputs.reduce((a, b) => (a < b ? a : b))
  const larger = outputs[0]! > outputs[1]! ? outputs[0]! : outputs[1]!
  return total - least >= larger + fee
}

/** First known address that pays, or NONE. */
function payerOf(columns: UtxoColumns, transaction: number): number {
  const { firstInput } = columns.transactions
  for (let row = firstInput[transaction]!; row < firstInput[transaction + 1]!; row++) {
    if (columns.inputs.address[row] !== NONE) return columns.inputs.address[row]!
  }
  return NONE
}

function payeesOf(columns: UtxoColumns, transaction: number): number {
  const { firstOutput } = columns.transactions
  const [from, to] = [firstOutput[transaction]!, firstOutput[transaction + 1]!]
  if (to - from < BATCH) return to - from
  const paid = new Set(columns.outputs.address.subarray(from, to))
  paid.delete(NONE)
  return paid.size
}

function spendsReward(columns: UtxoColumns, transaction: number): boolean {
  const { firstInput, coinbase } = columns.transactions
  for (let row = firstInput[transaction]!; row < firstInput[transaction + 1]!; row++) {
    const output = columns.inputs.output[row]!
    if (output !== NONE && coinbase[columns.outputs.transaction[output]!] === 1) return true
  }
  return false
}
