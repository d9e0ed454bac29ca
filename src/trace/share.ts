/**
 * Exact haircut shares over whole numbers in doubles.
 *
 * The floor of v·T/S is estimated in floating point and corrected by its exact remainder, which Dekker's product
 * (T. J. Dekker, "A floating-point technique for extending the available precision", Numerische Mathematik 18, 1971)
 * gives without rounding. For v, T ≤ S ≤ 2^51 the estimate is off by at most one, and every difference taken below is
 * a whole number under 2^53; above 2^51 the same is done with bigint.
 */
export type Shares = {
  /** Values to share over, in order; the caller fills them. */
  readonly values: Float64Array
  /** What each got. */
  readonly shares: Float64Array
  readonly rests: Float64Array
}

export function createShares(length: number): Shares {
  return { values: new Float64Array(length), shares: new Float64Array(length), rests: new Float64Array(length) }
}

/**
 * Shares `taint` over the first `count` values, which sum to `total`: each gets ⌊v·taint/total⌋, what is left over goes
 * by largest remainder, then lowest index. taint ≤ total < 2^53, all whole.
 */
export function shareOut(room: Shares, count: number, taint: number, total: number): void {
  const { values, shares } = room
  if (taint === total) {
    for (let i = 0; i < count; i++) shares[i] = values[i]!
    return
  }
  const left = taint - (total > EXACT ? floorsWide(room, count, taint, total) : floors(room, count, taint, total))
  if (left > 0) handOut(room, count, left)
}

/** Fills shares and rests, and gives the sum of the shares. total ≤ 2^51. */
function floors(room: Shares, count: number, taint: number, total: number): number {
  const { values, shares, rests } = room
  const ratio = taint / total
  let c = SPLIT * taint
  const taintHigh = c - (c - taint)
  const taintLow = taint - taintHigh
  c = SPLIT * total
  const totalHigh = c - (c - total)
  const totalLow = total - totalHigh
  let sum = 0
  for (let i = 0; i < count; i++) {
    const v = values[i]!
    let q = Math.floor(v * ratio)
    const p = v * taint
    c = SPLIT * v
    let high = c - (c - v)
    let low = v - high
    const error = low * taintLow - (p - high * taintHigh - low * taintHigh - high * taintLow)
    const p2 = q * total
    c = SPLIT * q
    high = c - (c - q)
    low = q - high
    const error2 = low * totalLow - (p2 - high * totalHigh - low * totalHigh - high * totalLow)
    let rest = p - p2 + (error - error2)
    if (rest < 0) {
      q--
      rest += total
    } else if (rest >= total) {
      q++
      rest -= total
    }
    shares[i] = q
    rests[i] = rest
    sum += q
  }
  return sum
}

function floorsWide(room: Shares, count: number, taint: number, total: number): number {
  const [wideTaint, wideTotal] = [BigInt(taint), BigInt(total)]
  let sum = 0
  for (let i = 0; i < count; i++) {
    const product = BigInt(room.values[i]!) * wideTaint
    room.shares[i] = Number(product / wideTotal)
    room.rests[i] = Number(product % wideTotal)
    sum += room.shares[i]!
  }
  return sum
}

/** One more unit each to the `left` largest remainders, ties to the lowest index. left < count. */
function handOut(room: Shares, count: number, left: number): void {
  const { shares, rests } = room
  if (left * count > WIDE) {
    handOutSorted(room, count, left)
    return
  }
  for (; left > 0; left--) {
    let best = 0
    let most = rests[0]!
    for (let i = 1; i < count; i++) {
      const rest = rests[i]!
      if (rest > most) {
        most = rest
        best = i
      }
    }
    shares[best]!++
    rests[best] = -1
  }
}

/** The same for many outputs: finds the smallest remainder that still gets a unit by sorting a copy. */
function handOutSorted(room: Shares, count: number, left: number): void {
  const { shares, rests } = room
  const sorted = rests.slice(0, count).sort()
  const threshold = sorted[count - left]!
  let above = 0
  for (let i = count - left; i < count; i++) if (sorted[i]! > threshold) above++
  let ties = left - above
  for (let i = 0; i < count; i++) {
    if (rests[i]! > threshold) shares[i]!++
    else if (rests[i] === threshold && ties > 0) {
      shares[i]!++
      ties--
    }
  }
}

/** 2^27 + 1: Veltkamp's splitter for 53-bit significands. */
const SPLIT = 134_217_729

/** Up to here the corrected floating-point quotient is proven exact (see the head of the file). */
const EXACT = 2 ** 51

/** Steps of the simple selection above which sorting is cheaper. */
const WIDE = 512
