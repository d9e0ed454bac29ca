import { formatDecimal, numeralStarts, readNumeral } from './numeral.ts'
import { startsOf } from './start.ts'
import { unitsOf } from './unit.ts'

/** Every number of a view’s text, in order, digits or words: `value` is exact decimal text, null where unreadable. */
export function* numbersIn(text: string): Generator<{ start: number; end: number; value: string | null }> {
  let free = 0
  for (const at of numeralStarts({ text, starts: () => startsOf(unitsOf(text), text.length) })) {
    if (at < free) continue
    const numeral = readNumeral(text, at)
    if (numeral === null) continue
    free = numeral.end
    yield { start: at, end: numeral.end, value: numeral.value === null ? null : formatDecimal(numeral.value) }
  }
}
