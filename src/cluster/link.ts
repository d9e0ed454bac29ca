import { NONE, type UtxoColumns } from '../ledger/ledger.ts'
import { type Change, changeOf } from './change.ts'
import { detect } from './coinjoin.ts'
import type { CoinJoin } from './detector.ts'
import { dualFundingOf } from './dual-funding.ts'

/**
 * What one transaction says of its payers: the addresses that it links, or why it links none.
 *
 * Multi-input heuristic (S. Nakamoto, "Bitcoin", section 10, 2008; S. Meiklejohn et al., "A Fistful of Bitcoins", IMC
 * 2013): whoever signs several inputs of one transaction holds the keys of all of them.
 */
export type Link = {
  /** Rows of the distinct addresses that pay and are linked, in the order of the inputs. */
  readonly payers: readonly number[]
  /** Row of the address that takes the change and is linked too, NONE: no change heuristic, or it found none. */
  readonly change: number
  readonly refused: Refusal | null
}

/**
 * CoinJoin by kind; a shape of two funders of one Lightning channel; or an input signed SINGLE|ANYONECANPAY, whose
 * signer vouches for one output and for nobody.
 */
export type Refusal = `coinjoin:${CoinJoin}` | 'dual-funding' | 'single-anyonecanpay'

/** `change` null: the multi-input heuristic alone. Coinbases pay nobody's coins and give nothing. */
export function linkOf(columns: UtxoColumns, transaction: number, change: Change | null = null): Link {
  const { firstInput, coinbase } = columns.transactions
  const [from, to] = [firstInput[transaction]!, firstInput[transaction + 1]!]
  if (coinbase[transaction] === 1 || from === to) return NOTHING
  if (!hasTwo(columns, from, to)) return change === null ? NOTHING : ofOne(columns, transaction, change)
  const addresses = new Set<number>()
  const apart = new Set<number>()
  for (let row = from; row < to; row++) {
    const address = columns.inputs.address[row]!
    if (address !== NONE) (isApart(columns, row) ? apart : addresses).add(address)
  }
  const coinjoin = detect(columns, transaction)
  if (coinjoin !== null) return refuse(`coinjoin:${coinjoin}`)
  if (isDualFunding(columns, transaction)) return refuse('dual-funding')
  const excluded = [...apart].some(address => !addresses.has(address))
  const payers = [...addresses]
  const back = change === null || apart.size > 0 ? NONE : changeOf(columns, transaction, payers, change)
  return { payers, change: addressOf(columns, back), refused: excluded ? 'single-anyonecanpay' : null }
}

/** The addresses that a link holds together: the payers, then the change. Fewer than two link nothing. */
export function linkedBy({ payers, change }: Link): readonly number[] {
  return change === NONE ? payers : [...payers, change]
}

const NOTHING: Link = { payers: [], change: NONE, refused: null }

function refuse(refused: Refusal): Link {
  return { ...NOTHING, refused }
}

/** One payer, or none known, or inputs of which only one has a known address: the last two give no change. */
function ofOne(columns: UtxoColumns, transaction: number, change: Change): Link {
  const { firstInput } = columns.transactions
  const payer = columns.inputs.address[firstInput[transaction]!]!
  for (let row = firstInput[transaction]!; row < firstInput[transaction + 1]!; row++) {
    if (columns.inputs.address[row] !== payer || payer === NONE || isApart(columns, row)) return NOTHING
  }
  const back = changeOf(columns, transaction, [payer], change)
  return back === NONE ? NOTHING : { payers: [payer], change: addressOf(columns, back), refused: null }
}

function addressOf(columns: UtxoColumns, output: number): number {
  return output === NONE ? NONE : columns.outputs.address[output]!
}

/** Whether two known addresses pay: nearly all transactions end here, without anything made. */
function hasTwo(columns: UtxoColumns, from: number, to: number): boolean {
  const { address } = columns.inputs
  let first = NONE
  for (let row = from; row < to; row++) {
    if (address[row] === NONE || address[row] === first) continue
    if (first !== NONE) return true
    first = address[row]!
  }
  return false
}

/** Three outputs have few transactions with several payers: the rest is not looked at closer. */
function isDualFunding(columns: UtxoColumns, transaction: number): boolean {
  const { firstOutput } = columns.transactions
  if (firstOutput[transaction + 1]! - firstOutput[transaction]! !== 3) return false
  return dualFundingOf(columns, transaction) === 'two-changes'
}

function isApart(columns: UtxoColumns, row: number): boolean {
  return (columns.inputs.flags[row]! & 1) === 1
}
