import { changeNumber, type Store } from './store.ts'

/**
 * What was computed from a store that is open for reading, kept until another connection commits. From a writer nothing
 * is kept: its own rows do not change the number by which that is told.
 */
export function kept<T>(store: Store, key: string, compute: () => T): T {
  if (store.writable) return compute()
  const change = changeNumber(store)
  const held = KEPT.get(store)
  const values = held?.change === change ? held.values : new Map<string, unknown>()
  if (held?.values !== values) KEPT.set(store, { change, values })
  if (!values.has(key)) values.set(key, compute())
  return values.get(key) as T
}

const KEPT = new WeakMap<Store, { readonly change: number; readonly values: Map<string, unknown> }>()
