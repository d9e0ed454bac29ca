import * as Instant from '../model/instant.ts'
import { Failure } from '../std/failure.ts'

/** The instant that a `--as-of` or `--known-at` names; a day counts to its end. Failure: Input.BadTime. */
export function instantOf(field: string, text: string | undefined): Instant.Instant | undefined {
  if (text === undefined) return undefined
  const instant = Instant.parseEnd(text)
  if (instant !== undefined) return instant
  throw new Failure('Input.BadTime', 'usage', `"${text.slice(0, 60)}" is no day or time that exists (${field}).`, {
    hint: 'Write 2024-06-30 or 2024-06-30T12:00:00Z.',
    facts: { field, value: text.slice(0, 60) },
  })
}
