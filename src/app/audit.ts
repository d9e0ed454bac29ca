import { existsSync } from 'node:fs'
import { sha256Hex } from '../std/digest.ts'
import type { Audit } from '../store/audit.ts'
import type { Operation } from './operation.ts'

/** One operation's mark in the audit log. */
export type Mark = {
  begun(): void
  done(): void
  /** Never throws: what failed first is what is told. */
  failed(name: string): void
}

type Asked = {
  readonly directory: string
  /** Opened when it is first written to. */
  readonly audit: () => Audit
  readonly operation: Operation
  readonly input: Readonly<Record<string, unknown>>
  readonly user: string
  readonly clock: () => number
}

/**
 * Work that changes data is marked before it begins and after it ended, so that a killed process leaves a trace;
 * reading is marked once. Where there is no data directory and the work did not make one, nothing is marked.
 */
export function mark(asked: Asked): Mark {
  const inputSha256 = digest(asked.input)
  const append = (outcome: string) => {
    const { user, operation, clock } = asked
    asked.audit().append({ at: clock(), user, operation: operation.name, inputSha256, outcome })
  }
  return {
    begun() {
      if (asked.operation.access !== 'read' && asked.operation.makesDirectory !== true) append('begun')
    },
    done() {
      if (existsSync(asked.directory)) append('done')
    },
    failed(name) {
      try {
        if (existsSync(asked.directory)) append(name)
      } catch {
        // The log is on the same disk: a full disk fails both, and the first failure says why.
      }
    },
  }
}

/** SHA-256 of the input with its fields in the order of their names. */
export function digest(input: Readonly<Record<string, unknown>>): string {
  const sorted = Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1))
  return sha256Hex(JSON.stringify(sorted))
}
