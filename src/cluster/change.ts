import { NONE, UNREAD, type UtxoColumns } from '../ledger/ledger.ts'
import { Failure } from '../std/failure.ts'
import { type ChangeHeuristic, feeOf, inputsOf, spendable } from './change-heuristic.ts'
import { FINGERPRINTS } from './fingerprint.ts'
import { scriptTypeOf } from './script-type.ts'

export type { ChangeHeuristic } from './change-heuristic.ts'

/** Heuristics that are used together: an output is the change where all of them leave that one alone standing. */
export type Change = { readonly reason: ChangeReason; readonly heuristics: readonly ChangeHeuristic[] }

/** `change:fresh`, `change:fresh+type`: kept with every merge that rests on it. */
export type ChangeReason = `change:${string}`

/** Reads `fresh,type`; nothing given is null: no change heuristic. */
export function parseChange(text: string | undefined): Change | null {
  if (text === undefined || text.trim() === '') return null
  const names = [...new Set(text.split(',').map(word => word.trim().toLowerCase()))]
  const heuristics = names.map(name => CHANGE_HEURISTICS.find(one => one.name === name) ?? unknown(name))
  heuristics.sort((a, b) => CHANGE_HEURISTICS.indexOf(a) - CHANGE_HEURISTICS.indexOf(b))
  return { reason: `change:${heuristics.map(({ name }) => name).join('+')}`, heuristics }
}

/**
 * Row of the output that is the change, or NONE. None where fewer than two outputs pay an address, where an output goes
 * back to a payer's own address (that one is the change, and links nobody new), or where more or fewer than one stand.
 */
export function changeOf(
  columns: UtxoColumns,
  transaction: number,
  payers: readonly number[],
  { heuristics }: Change,
): number {
  let left = spendable(columns, transaction)
  if (left.length < 2 || left.some(row => payers.includes(columns.outputs.address[row]!))) return NONE
  for (const heuristic of heuristics) {
    const standing = heuristic.candidates(columns, transaction)
    left = left.filter(row => standing.includes(row))
    if (left.length === 0) return NONE
  }
  return left.length === 1 ? left[0]! : NONE
}

const FRESH: ChangeHeuristic = {
  ...{ name: 'fresh', version: '1', looksAhead: false },
  source:
    'Androulaki et al., FC 2013 (shadow addresses); Meiklejohn et al., IMC 2013: wallets make a new address for it',
  candidates: (columns, transaction) =>
    spendable(columns, transaction).filter(
      row => columns.addresses.transactionsOf(columns.outputs.address[row]!)[0] === transaction,
    ),
}

const TYPE: ChangeHeuristic = {
  ...{ name: 'type', version: '1', looksAhead: false },
  source: 'BlockSci, AddressType: a wallet’s change has the type of its inputs; mixed inputs say nothing',
  candidates: (columns, transaction) => {
    const rows = spendable(columns, transaction)
    const typeOf = (address: number) => (address === NONE ? 'unknown' : scriptTypeOf(columns.addresses.format(address)))
    const types = new Set(inputsOf(columns, transaction).map(row => typeOf(columns.inputs.address[row]!)))
    const [type] = types
    if (types.size !== 1 || type === 'unknown') return rows
    return rows.filter(row => [type, 'unknown'].includes(typeOf(columns.outputs.address[row]!)))
  },
}

const ROUND: ChangeHeuristic = {
  ...{ name: 'round', version: '1', looksAhead: false },
  source: 'BlockSci, PowerOfTen with six digits: people pay multiples of 0.01 coins, change is never one',
  candidates: (columns, transaction) =>
    spendable(columns, transaction).filter(row => columns.outputs.units[row]! % 1_000_000n !== 0n),
}

const OPTIMAL: ChangeHeuristic = {
  ...{ name: 'optimal', version: '1', looksAhead: false },
  source: 'BlockSci, OptimalChange: change as large as an input would have made that input needless',
  candidates: (columns, transaction) => {
    const rows = spendable(columns, transaction)
    const inputs = inputsOf(columns, transaction).map(row => columns.inputs.units[row]!)
    if (inputs.includes(UNREAD)) return rows
    const least = inputs.reduce((a, b) => (a < b ? a : b))
    const smaller = rows.filter(row => columns.outputs.units[row]! < least)
    return smaller.length === 0 ? rows : smaller
  },
}

const PEEL: ChangeHeuristic = {
  ...{ name: 'peel', version: '1', looksAhead: true },
  source: 'BlockSci, PeelingChain; Meiklejohn et al., IMC 2013: one input, two outputs, again and again',
  candidates: (columns, transaction) => {
    const rows = spendable(columns, transaction)
    if (!isPeel(columns, transaction)) return rows
    const goesOn = rows.filter(row => {
      const spender = columns.outputs.spender[row]!
      return spender === NONE || isPeel(columns, columns.inputs.transaction[spender]!)
    })
    return goesOn.length === 0 ? rows : goesOn
  },
}

const FEE: ChangeHeuristic = {
  ...{ name: 'fee', version: '1', looksAhead: true },
  source: 'after BlockSci, FixedFee; here the same whole fee, as wallets of a fixed fee pay (see `rate`)',
  candidates: (columns, transaction) => {
    const rows = spendable(columns, transaction)
    const fee = feeOf(columns, transaction)
    const laters = rows.map(row => {
      const spender = columns.outputs.spender[row]!
      return spender === NONE ? null : feeOf(columns, columns.inputs.transaction[spender]!)
    })
    if (fee === null || !laters.includes(fee)) return rows
    return rows.filter((_, i) => laters[i] === null || laters[i] === fee)
  },
}

/** In the order in which they are named. */
export const CHANGE_HEURISTICS: readonly ChangeHeuristic[] = [
  ...[FRESH, TYPE, ROUND, OPTIMAL, PEEL, FEE],
  ...FINGERPRINTS,
]

function isPeel(columns: UtxoColumns, transaction: number): boolean {
  const { firstInput, firstOutput, coinbase } = columns.transactions
  const inputs = firstInput[transaction + 1]! - firstInput[transaction]!
  return coinbase[transaction] === 0 && inputs === 1 && firstOutput[transaction + 1]! - firstOutput[transaction]! === 2
}

/** Throws: the caller asked for a heuristic by a name that is none. */
function unknown(name: string): never {
  const known = CHANGE_HEURISTICS.map(one => one.name).join(', ')
  throw new Failure('Cluster.UnknownChange', 'usage', `"${name.slice(0, 40)}" is no change heuristic.`, {
    hint: `Use one or more of ${known}, by comma.`,
    facts: { name: name.slice(0, 40) },
  })
}
