/**
 * One JSON document on one line. Whole numbers beyond 2^53 are texts in every answer; a bigint is written as one.
 * Control characters of C1 and marks that turn text around are escaped, which JSON allows anywhere in a text: the
 * document says the same, and a terminal that shows it obeys nothing in it.
 */
export function json(value: unknown): string {
  const text = JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? item.toString() : item))
  return text.replace(HOSTILE, mark => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

// JSON.stringify escapes those below U+0020 itself.
const HOSTILE = /[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
