import { isControl, type Stretch } from './stretch.ts'
import { stepAt } from './utf8.ts'

/**
 * Pieces of bytes that read as text where most of them are none (a program, a broken archive, a post padded with
 * noise): runs of ISLAND_MIN characters of UTF-8 or more. A NUL or two between characters do not end a run.
 *
 * By chance such a run stands among random bytes once in some fifty million (four in ten of them are printable).
 */
export function islandsOf(bytes: Uint8Array, from: number, to: number): Stretch[] {
  const found: Stretch[] = []
  let [start, count, last, gap] = [from, 0, from, 0]
  const end = () => {
    if (count >= ISLAND_MIN && found.length < ISLANDS_MAX) found.push({ from: start, to: last, form: 'narrow' })
    count = 0
  }
  for (let at = from; at < to; ) {
    const byte = bytes[at]!
    if (byte === 0 && count > 0 && gap++ < GAP_MAX) {
      at++
      continue
    }
    const step = isControl(byte) ? -1 : stepAt(bytes, at, to)
    if (step < 0) end()
    else {
      if (count++ === 0) start = at
      last = at + step
      gap = 0
    }
    at += Math.abs(step)
  }
  end()
  return found
}

const ISLAND_MIN = 20
const ISLANDS_MAX = 100_000
const GAP_MAX = 3
