import type { AccountWalk } from './account-walk.ts'
import { createPurse, type Parcel, type Purse, type Spending } from './purse.ts'
import { type Slots, slotsOf } from './slot.ts'

/**
 * The purses of a sweep. Most accounts only ever hold clean units while their history is gone over: of these nothing
 * but a number is kept, and every method treats them alike. The first tainted unit makes a purse of it.
 */
export type Cabinet = {
  readonly slots: Slots
  /**
   * Moves what the `i`-th row of the walk moves where nothing tainted can be in it and no purse is touched by it; false
   * where that is not so, and nothing was moved.
   */
  pass(i: number): boolean
  /** The purse of a slot, made where there is none. */
  purse(slot: number): Purse
  /** Another purse in the place of one. */
  replace(slot: number, purse: Purse): void
  /** Slots and purses that may hold tainted units. */
  purses(): Iterable<readonly [number, Purse]>
}

export function createCabinet(walk: AccountWalk, method: Spending): Cabinet {
  const slots = slotsOf(walk)
  const { low, above } = walk.columns.transfers.units
  const words = new Uint32Array(low.buffer, low.byteOffset, 2 * low.length)
  /** Clean units, of slots that have no purse. */
  const clean = new Float64Array(slots.count)
  const purses = new Array<Purse | undefined>(slots.count).fill(undefined)
  return {
    slots,
    pass(i) {
      const row = walk.rows[i]!
      const [payer, payee] = [slots.payer[i]!, slots.payee[i]!]
      if (payer >= 0 && purses[payer] !== undefined) return false
      if (payee >= 0 && purses[payee] !== undefined) return false
      const units = words[2 * row]! + 2 ** 32 * words[2 * row + 1]!
      if (units > MOST || (above.size > 0 && above.has(row))) return false
      const received = payee < 0 ? 0 : units + (payee === payer ? Math.max(0, clean[payee]! - units) : clean[payee]!)
      if (received > MOST) return false
      // Who pays more than it was seen to hold has nothing left.
      if (payer >= 0) clean[payer] = Math.max(0, clean[payer]! - units)
      if (payee >= 0) clean[payee] = received
      return true
    },
    purse(slot) {
      const held = purses[slot]
      if (held !== undefined) return held
      const made = createPurse(method)
      if (clean[slot]! > 0) made.receive([{ units: BigInt(clean[slot]!), hops: -1 }] satisfies Parcel)
      purses[slot] = made
      return made
    },
    replace(slot, purse) {
      purses[slot] = purse
    },
    *purses() {
      for (let slot = 0; slot < purses.length; slot++) {
        const purse = purses[slot]
        if (purse !== undefined) yield [slot, purse]
      }
    },
  }
}

/** Whole numbers up to here are exact. */
const MOST = Number.MAX_SAFE_INTEGER
