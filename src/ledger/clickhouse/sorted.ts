/**
 * The order of `keys` (whole numbers from 0 to 2^53) as places, ascending, equal ones as they came: sixteen bits at a
 * time, which sorts a million in a few dozen milliseconds without a comparison.
 */
export function orderOf(keys: ArrayLike<number>): Uint32Array {
  const count = keys.length
  let most = 0
  for (let k = 0; k < count; k++) if (keys[k]! > most) most = keys[k]!
  let order = new Uint32Array(count)
  for (let k = 0; k < count; k++) order[k] = k
  let next = new Uint32Array(count)
  const ends = new Uint32Array(DIGITS + 1)
  for (let scale = 1; scale <= most || scale === 1; scale *= DIGITS) {
    ends.fill(0)
    const digitOf = scale === 1 ? (key: number) => key % DIGITS : (key: number) => Math.floor(key / scale) % DIGITS
    for (let k = 0; k < count; k++) ends[digitOf(keys[k]!) + 1]!++
    for (let d = 0; d < DIGITS; d++) ends[d + 1]! += ends[d]!
    for (let k = 0; k < count; k++) {
      const at = order[k]!
      next[ends[digitOf(keys[at]!)]!++] = at
    }
    ;[order, next] = [next, order]
  }
  return order
}

const DIGITS = 2 ** 16
