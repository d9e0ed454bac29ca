import { NONE, UNREAD, type UtxoColumns } from '../ledger/ledger.ts'
import { isSegwit, type ScriptType } from './script-type.ts'
import { sidesOf } from './sides.ts'

/**
 * Whether a transaction has the shape of a Lightning channel that two nodes funded together (BOLT 2, "Channel
 * Establishment v2"): its inputs are two holders', although both sign one transaction.
 *
 * `two-changes`: one P2WSH output (the 2-of-2 of BOLT 3) and exactly two others, every change native segwit and every
 * input segwit (interactive-tx asks it) or P2SH, which may wrap it, and each change smaller than what one side's inputs
 * held. `one-change`: the same with one change or none, which is also how anybody pays a multisig.
 *
 * What it cannot tell: the 2-of-2 itself, which shows only when the output is spent and is not in the columns; a
 * taproot channel, which is a P2TR output like any other; a funding that a third party's change joins.
 */
export type DualFunding = 'two-changes' | 'one-change'

export function dualFundingOf(columns: UtxoColumns, transaction: number): DualFunding | null {
  const { firstOutput } = columns.transactions
  const outputs = firstOutput[transaction + 1]! - firstOutput[transaction]!
  if (outputs < 1 || outputs > 3) return null
  const sides = sidesOf(columns, transaction)
  if (sides.payers < 2) return null
  const types = sides.outputTypes()
  if (types.filter(type => type === 'p2wsh').length !== 1) return null
  if (!types.every(isSegwit) || !sides.inputTypes().every(mayBeSegwit)) return null
  if (outputs < 3) return 'one-change'
  const change = [...sides.outputs].filter((_, i) => types[i] !== 'p2wsh')
  return canSplit(columns, transaction, change) ? 'two-changes' : null
}

function mayBeSegwit(type: ScriptType): boolean {
  return type === 'p2sh' || isSegwit(type)
}

/** Whether the payers can stand on two sides that could each pay its change: tried for few payers only. */
function canSplit(columns: UtxoColumns, transaction: number, change: readonly bigint[]): boolean {
  const { firstInput } = columns.transactions
  const sums = new Map<number, bigint>()
  for (let row = firstInput[transaction]!; row < firstInput[transaction + 1]!; row++) {
    const [units, address] = [columns.inputs.units[row]!, columns.inputs.address[row]!]
    if (units === UNREAD || address === NONE) return true
    sums.set(address, (sums.get(address) ?? 0n) + units)
  }
  const held = [...sums.values()]
  if (held.length > PAYERS_MAX) return true
  const total = held.reduce((sum, units) => sum + units, 0n)
  for (let side = 1; side < (1 << held.length) - 1; side++) {
    const one = held.reduce((sum, units, i) => sum + (((side >> i) & 1) === 1 ? units : 0n), 0n)
    if (one >= change[0]! && total - one >= change[1]!) return true
  }
  return false
}

/** 2^8 ways to split; beyond it the shape alone decides. */
const PAYERS_MAX = 8
