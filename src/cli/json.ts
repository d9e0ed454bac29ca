import { Failure } from '../std/failure.ts'
import { escapeHostile } from '../std/json-line.ts'

/** One JSON document on one line. Whole numbers beyond 2^53 are texts in every answer; a bigint is written as one. */
export function json(value: unknown): string {
  return escapeHostile(stringify(value))
}

function stringify(value: unknown): string {
  try {
    return JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? item.toString() : item))
  } catch (cause) {
    if (cause instanceof RangeError && /string length/.test(cause.message)) throw tooLong(cause)
    throw cause
  }
}

/** V8 holds no text longer than 2^29 − 24 characters. */
function tooLong(cause: unknown): Failure {
  return new Failure(
    'Answer.TooLong',
    'limit',
    'The answer is longer than 536870888 characters, the most of one text.',
    {
      hint: 'Ask for less at once: split the file, or name fewer. --jsonl writes one file or row at a time.',
      facts: { limit: 536_870_888 },
      cause,
    },
  )
}
