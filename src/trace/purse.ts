import type { Method } from './method.ts'

/**
 * What one account holds of one asset, by a taint method: the queue of an account chain.
 *
 * Value that moves is a `Parcel`: pieces in the order in which they are spent, clean or tainted. poison, haircut and
 * TIHO keep sums, and their parcels have at most two pieces; FIFO and LIFO keep lots.
 */
export type Purse = {
  readonly balance: bigint
  /** Tainted units held. */
  readonly taint: bigint
  /** Fewest transactions of what is tainted here. */
  readonly hops: number
  receive(parcel: Parcel): void
  /** Takes `units`, which must not exceed the balance. */
  pay(units: bigint): Parcel
}

/** `hops` −1: clean. */
export type Piece = { readonly units: bigint; readonly hops: number }
export type Parcel = readonly Piece[]

/**
 * How a purse is spent: by a method, or `lowest`, by the rule of the lowest intermediate balance. There tainted units
 * leave last, so that what is left of them is as much as the lowest balance since they came, and what has left is the
 * least that can have (James Roscoe (Bolton) Ltd v Winder [1915] 1 Ch 62).
 */
export type Spending = Method | 'lowest'

export function createPurse(method: Spending): Purse {
  return method === 'fifo' || method === 'lifo' ? createLots(method) : createPool(method)
}

export function taintOf(parcel: Parcel): bigint {
  let taint = 0n
  for (const piece of parcel) if (piece.hops >= 0) taint += piece.units
  return taint
}

/** Fewest transactions of the tainted pieces; Infinity where all are clean. */
export function hopsOf(parcel: Parcel): number {
  let hops = Number.POSITIVE_INFINITY
  for (const piece of parcel) if (piece.hops >= 0 && piece.hops < hops) hops = piece.hops
  return hops
}

/** The same units with every tainted piece at another distance; −1: clean from here on. */
export function remark(parcel: Parcel, hops: number): Parcel {
  return parcel.map(piece => (piece.hops < 0 ? piece : { units: piece.units, hops }))
}

function createPool(method: Spending): Purse {
  let [balance, taint, hops] = [0n, 0n, Number.POSITIVE_INFINITY]
  /** Poison only: once touched, all that leaves is tainted. */
  let touched = false
  return {
    get balance() {
      return balance
    },
    get taint() {
      return method === 'poison' && touched ? balance : taint
    },
    get hops() {
      return hops
    },
    receive(parcel) {
      for (const piece of parcel) balance += piece.units
      const added = taintOf(parcel)
      if (added === 0n) return
      taint += added
      touched = true
      hops = Math.min(hops, hopsOf(parcel))
    },
    pay(units) {
      const share = method === 'poison' ? (touched ? units : 0n) : shareOf(method, units, balance, taint)
      const parcel = mixed(share, units - share, hops)
      balance -= units
      taint = method === 'poison' ? least(balance, taint) : taint - share
      if (taint === 0n && method !== 'poison') hops = Number.POSITIVE_INFINITY
      return parcel
    },
  }
}

/** Haircut: the balance's share, rounded down, what is left of a unit stays. TIHO: tainted units leave first. */
function shareOf(method: Spending, units: bigint, balance: bigint, taint: bigint): bigint {
  if (taint === 0n) return 0n
  if (units === balance) return taint
  if (method === 'lowest') return units > balance - taint ? units - (balance - taint) : 0n
  return method === 'haircut' ? (taint * units) / balance : least(taint, units)
}

function mixed(tainted: bigint, clean: bigint, hops: number): Parcel {
  const parcel: Piece[] = []
  if (tainted > 0n) parcel.push({ units: tainted, hops })
  if (clean > 0n) parcel.push({ units: clean, hops: -1 })
  return parcel
}

/** Lots in the order of arrival, spent oldest first or newest first. */
function createLots(method: 'fifo' | 'lifo'): Purse {
  let lots: Piece[] = []
  let head = 0
  let balance = 0n
  const next = (): number => (method === 'fifo' ? head : lots.length - 1)
  const drop = (): void => {
    if (method === 'lifo') lots.pop()
    else if (++head > 1024 && head * 2 > lots.length) {
      lots = lots.slice(head)
      head = 0
    }
  }
  return {
    get balance() {
      return balance
    },
    get taint() {
      return taintOf(lots.slice(head))
    },
    get hops() {
      return hopsOf(lots.slice(head))
    },
    receive(parcel) {
      for (const piece of parcel) {
        balance += piece.units
        const last = lots.length - 1
        if (last >= head && lots[last]!.hops === piece.hops) {
          lots[last] = { units: lots[last]!.units + piece.units, hops: piece.hops }
        } else lots.push(piece)
      }
    },
    pay(units) {
      const parcel: Piece[] = []
      balance -= units
      while (units > 0n) {
        const at = next()
        const lot = lots[at]!
        const taken = least(lot.units, units)
        const last = parcel.length - 1
        if (last >= 0 && parcel[last]!.hops === lot.hops) {
          parcel[last] = { units: parcel[last]!.units + taken, hops: lot.hops }
        } else parcel.push({ units: taken, hops: lot.hops })
        units -= taken
        if (taken === lot.units) drop()
        else lots[at] = { units: lot.units - taken, hops: lot.hops }
      }
      return parcel
    },
  }
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
