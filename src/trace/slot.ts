import { NONE } from '../ledger/ledger.ts'
import { type AccountWalk, FEE } from './account-walk.ts'

/**
 * Numbers for the purses of a walk, one for each account that is followed and each asset that it moves, so that a sweep
 * goes from row to purse without looking anything up. Made once for all methods.
 */
export type Slots = {
  readonly count: number
  /** By place in the walk's rows: slot of who pays and of who is paid; −1: nobody (fees), or not followed. */
  readonly payer: Int32Array
  readonly payee: Int32Array
  readonly account: readonly number[]
  readonly asset: readonly number[]
  /** Row of the slot's last payment in all that was read of it; −1: none. */
  readonly lastOut: Int32Array
  /** The slot of an account and an asset, or −1. */
  of(account: number, asset: number): number
}

export function slotsOf(walk: AccountWalk): Slots {
  const known = SLOTS.get(walk)
  if (known !== undefined) return known
  const made = createSlots(walk)
  SLOTS.set(walk, made)
  return made
}

const SLOTS = new WeakMap<AccountWalk, Slots>()

function createSlots({ columns, accounts, rows }: AccountWalk): Slots {
  const assets = columns.assets.length
  const { from, to, asset, kind } = columns.transfers
  const [owners, kinds]: number[][] = [[], []]
  const slots = new Map<number, number>()
  const slotOf = (account: number, of: number): number => {
    if (account === NONE || !accounts.has(account)) return -1
    const key = account * assets + of
    const held = slots.get(key)
    if (held !== undefined) return held
    slots.set(key, slots.size)
    kinds!.push(of)
    return owners!.push(account) - 1
  }
  const [payer, payee] = [new Int32Array(rows.length), new Int32Array(rows.length)]
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    payer[i] = slotOf(from[row]!, asset[row]!)
    payee[i] = kind[row] === FEE ? -1 : slotOf(to[row]!, asset[row]!)
  }
  const lastOut = new Int32Array(slots.size).fill(-1)
  for (let i = 0; i < rows.length; i++) if (payer[i]! >= 0) lastOut[payer[i]!] = rows[i]!
  const of = (account: number, which: number): number => slots.get(account * assets + which) ?? -1
  return { count: slots.size, payer, payee, account: owners!, asset: kinds!, lastOut, of }
}
