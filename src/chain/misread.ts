/** JSON of a node, not yet understood. */
export type Json = Readonly<Record<string, unknown>>

/**
 * Ends the reading of what a node said, where it is not what it must be. It never leaves src/chain: `orFault` makes a
 * fault of it.
 */
export class Misread extends Error {}

/** What was read, or why it cannot be. */
export function orFault<T>(read: () => T): T | { readonly reason: string } {
  try {
    return read()
  } catch (thrown) {
    if (thrown instanceof Misread) return { reason: thrown.message }
    throw thrown
  }
}

export function objectOf(value: unknown): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  throw new Misread('an object is missing')
}

export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new Misread('a list is missing')
}
