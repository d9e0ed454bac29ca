/** One JSON document on one line. Whole numbers beyond 2^53 are texts in every answer; a bigint is written as one. */
export function json(value: unknown): string {
  return JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? item.toString() : item))
}
