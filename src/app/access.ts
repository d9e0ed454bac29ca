import { Failure } from '../std/failure.ts'
import { type Audit, openAudit } from '../store/audit.ts'
import { changeNumber, openReader, openWriter, type Store } from '../store/store.ts'
import type { Operation } from './operation.ts'

/** What a caller may do. Each level includes those before it. */
export type Access = Operation['access']

const LEVELS: readonly Access[] = ['read', 'write', 'admin']

/** Whether somebody who may `granted` may run an operation that needs `needed`. */
export function allows(granted: Access, needed: Access): boolean {
  return LEVELS.indexOf(granted) >= LEVELS.indexOf(needed)
}

/** Refuses with Access.Denied what `granted` does not include. */
export function demand(granted: Access, operation: { readonly name: string; readonly access: Access }): void {
  if (allows(granted, operation.access)) return
  throw new Failure('Access.Denied', 'denied', `${operation.name} needs the right to ${operation.access}.`, {
    hint: `Your token may only ${granted}. Ask for another token.`,
    facts: { operation: operation.name, needed: operation.access, granted },
  })
}

/**
 * The store as operations are given it: readers share one connection, kept while nobody else has committed (so that
 * what is computed from it may be kept too); a writer holds the lock for one operation only.
 */
export type Door = {
  reader(): Store
  writer(): Store
  /** The audit log, kept open. */
  audit(): Audit
  /** Ends one operation: the writer lets go of its lock. */
  release(): void
  close(): void
}

export function openDoor(directory: string, mustExist: boolean = false): Door {
  let reader: { store: Store; change: number } | null = null
  let writer: Store | null = null
  let audit: Audit | null = null
  const closeReader = () => {
    reader?.store.close()
    reader = null
  }
  const release = () => {
    writer?.close()
    writer = null
  }
  return {
    reader() {
      if (reader !== null && changeNumber(reader.store) !== reader.change) closeReader()
      if (reader === null) {
        const store = openReader(directory, mustExist)
        reader = { store, change: changeNumber(store) }
      }
      return reader.store
    },
    writer() {
      writer ??= openWriter(directory)
      return writer
    },
    audit() {
      audit ??= openAudit(directory)
      return audit
    },
    release,
    close() {
      release()
      closeReader()
      audit?.close()
      audit = null
    },
  }
}
