/**
 * How tainted value is followed through a transaction. Definitions and sources: docs/methods/trace.md.
 *
 * poison is an upper bound: any taint taints every output whole. The other four conserve value to the last unit.
 */
export type Method = (typeof METHODS)[number]

export const METHODS = ['poison', 'haircut', 'fifo', 'lifo', 'tiho'] as const

/** The methods that conserve value: the range of an answer is taken over these. */
export const CONSERVING = ['haircut', 'fifo', 'lifo', 'tiho'] as const

export function parse(text: string): Method | undefined {
  return METHODS.find(method => method === text)
}

/** Whether reached and fees add up to the origin's value. */
export function conserves(method: Method): boolean {
  return method !== 'poison'
}
