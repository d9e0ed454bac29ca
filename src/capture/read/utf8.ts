/**
 * UTF-8 as decoders read it, broken bytes included: how many bytes make the next character, and at which byte a
 * character of the decoded text begins. Source: WHATWG Encoding, "UTF-8 decoder" (one U+FFFD for each maximal part).
 */

/** Bytes of the character at `at`; negative where they are a broken one, shown as U+FFFD. */
export function stepAt(bytes: Uint8Array, at: number, end: number = bytes.length): number {
  const lead = bytes[at]!
  if (lead < 0x80) return 1
  if (lead < 0xc2 || lead > 0xf4) return -1
  const size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  let least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  let most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  for (let i = 1; i < size; i++) {
    const next = at + i < end ? bytes[at + i]! : 0
    if (next < least || next > most) return -i
    least = 0x80
    most = 0xbf
  }
  return size
}

/** The byte at which a unit of the text of `bytes` begins; null beyond its end. Counted from a mark each MARK units. */
export function positionsOf(bytes: Uint8Array): (index: number) => number | null {
  let marks: Marks | undefined
  return index => {
    marks ??= marksOf(bytes)
    if (index < 0 || index > marks.units) return null
    const mark = Math.floor(index / MARK)
    let at = marks.bytes[mark]!
    let left = index - mark * MARK - marks.over[mark]!
    if (left < 0) return at - HALF
    for (; left > 0; left--) {
      const step = stepAt(bytes, at)
      if (step === 4 && left === 1) return at + HALF
      if (step === 4) left--
      at += Math.abs(step)
    }
    return at
  }
}

/** `over` is 1 where a mark falls between the two halves of a pair: its byte is then that of the unit after it. */
type Marks = { readonly bytes: Float64Array; readonly over: Uint8Array; readonly units: number }

function marksOf(bytes: Uint8Array): Marks {
  const size = Math.floor(bytes.length / MARK) + 1
  const marks = { bytes: new Float64Array(size), over: new Uint8Array(size), units: 0 }
  let mark = 0
  for (let at = 0; ; ) {
    if (marks.units >= mark * MARK) {
      marks.over[mark] = marks.units - mark * MARK
      marks.bytes[mark++] = at
    }
    if (at >= bytes.length) return marks
    const step = stepAt(bytes, at)
    marks.units += step === 4 ? 2 : 1
    at += Math.abs(step)
  }
}

const MARK = 1024

/** Bytes of one half of a pair, by our reckoning. */
const HALF = 2
