import { NONE, type UtxoColumns } from '../ledger/ledger.ts'
import { type CoinJoin, detect } from './coinjoin.ts'

/**
 * What one transaction says of its payers: the addresses that it links, or why it links none.
 *
 * Multi-input heuristic (S. Nakamoto, "Bitcoin", section 10, 2008; S. Meiklejohn et al., "A Fistful of Bitcoins", IMC
 * 2013): whoever signs several inputs of one transaction holds the keys of all of them.
 */
export type Link = {
  /** Rows of the distinct addresses that are linked, in the order of the inputs; fewer than two link nothing. */
  readonly addresses: readonly number[]
  readonly refused: Refusal | null
}

/** CoinJoin by kind; or an input signed SINGLE|ANYONECANPAY, whose signer vouches for one output and for nobody. */
export type Refusal = `coinjoin:${CoinJoin}` | 'single-anyonecanpay'

export function linkOf(columns: UtxoColumns, transaction: number): Link {
  const { firstInput } = columns.transactions
  const [from, to] = [firstInput[transaction]!, firstInput[transaction + 1]!]
  if (to - from < 2 || !hasTwo(columns, from, to)) return NOTHING
  const addresses = new Set<number>()
  const apart = new Set<number>()
  for (let row = from; row < to; row++) {
    const address = columns.inputs.address[row]!
    if (address !== NONE) (isApart(columns, row) ? apart : addresses).add(address)
  }
  const coinjoin = detect(columns, transaction)
  if (coinjoin !== null) return { addresses: [], refused: `coinjoin:${coinjoin}` }
  const excluded = [...apart].some(address => !addresses.has(address))
  return { addresses: addresses.size < 2 ? [] : [...addresses], refused: excluded ? 'single-anyonecanpay' : null }
}

const NOTHING: Link = { addresses: [], refused: null }

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

function isApart(columns: UtxoColumns, row: number): boolean {
  return (columns.inputs.flags[row]! & 1) === 1
}
