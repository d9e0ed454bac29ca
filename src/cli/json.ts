import { Failure } from '../std/failure.ts'

/**
 * One JSON document on one line. Whole numbers beyond 2^53 are texts in every answer; a bigint is written as one.
 * Control characters of C1 and marks that turn text around are escaped, which JSON allows anywhere in a text: the
 * document says the same, and a terminal that shows it obeys nothing in it.
 */
export function json(value: unknown): string {
  const text = stringify(value)
  return text.replace(HOSTILE, mark => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

// JSON.stringify escapes those below U+0020 itself.
const HOSTILE = /[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

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
