import type { Instant } from '../model/instant.ts'
import type { ExposureStatus, ListingStatus, Status } from './status.ts'
import { openTables, type Tables } from './table.ts'

/**
 * The distribution register: what was answered to whom, so that those who received an answer that a later list, label
 * or judgement changes can be told. Invalid input is not kept; a screening in bulk keeps fingerprints, no addresses.
 */
export type Question = {
  readonly answeredAt: Instant
  readonly askedBy: string
  /** The asker's own reference to a customer; null where none was given. */
  readonly customer: string | null
  /** Null: none was asked for, the time of the answer held. */
  readonly asOf: Instant | null
  readonly knownAt: Instant | null
  readonly hops: number
  readonly basis: Basis
}

/** What answers rest on, besides the ledger. */
export type Basis = {
  readonly lists: readonly { readonly authority: string; readonly version: string }[]
  readonly packs: readonly { readonly authority: string; readonly list: string; readonly version: string }[]
  readonly policy: { readonly version: string; readonly digest: string }
}

export type Answer = {
  readonly network: string
  readonly address: string
  readonly listing: { readonly status: ListingStatus }
  readonly exposureStatus: ExposureStatus
  readonly status: Status
}

/** Statuses by the code under which a line in bulk is kept: only ever added to. */
export const STATUSES: readonly Status[] = [
  ...(['no-finding', 'not-checked', 'invalid', 'listed', 'formerly-listed', 'expired', 'direct', 'indirect'] as const),
]

/** Keeps the answers to one question, all of them or none. */
export function keepAnswers(directory: string, question: Question, answers: readonly Answer[]): void {
  const tables = tablesOf(directory)
  tables.transaction(() => {
    const screening = addScreening(tables, question)
    for (const { network, address, listing, exposureStatus, status } of answers) {
      tables.addAnswer({ screening, network, address, listing: listing.status, exposure: exposureStatus, status })
    }
  })
}

/** Keeps the lines of a screening in bulk, some ten thousand at a time; `end` keeps the last of them. */
export type Batches = { add(low: number, high: number, status: Status): void; end(): void }

export function keepBatches(directory: string, question: Question): Batches {
  const [lows, highs] = [new Uint32Array(LINES_MAX), new Uint32Array(LINES_MAX)]
  const codes = new Uint8Array(LINES_MAX)
  let [held, first] = [0, 0]
  let screening: number | null = null
  const flush = () => {
    if (held === 0) return
    const tables = tablesOf(directory)
    const columns = [lows, highs, codes].map(column => column.subarray(0, held))
    const answers = Buffer.concat(columns.map(one => Buffer.from(one.buffer, one.byteOffset, one.byteLength)))
    tables.transaction(() => {
      screening ??= addScreening(tables, question)
      tables.addBatch({ screening, first, answers })
    })
    first += held
    held = 0
  }
  return {
    add(low, high, status) {
      lows[held] = low
      highs[held] = high
      codes[held] = CODES[status]!
      if (++held === LINES_MAX) flush()
    },
    end: flush,
  }
}

/** Lines of one row of the table. */
const LINES_MAX = 1 << 16

const CODES: Readonly<Record<string, number>> = Object.fromEntries(STATUSES.map((status, code) => [status, code]))

/** The columns of a row as `keepBatches` laid them, one after another: fingerprints in two halves, then statuses. */
export function batchOf(answers: Uint8Array): {
  readonly low: Uint32Array
  readonly high: Uint32Array
  status(line: number): Status
} {
  const count = answers.length / LINE_BYTES
  // A copy begins on a whole word.
  const bytes = Uint8Array.from(answers)
  const codes = bytes.subarray(8 * count)
  return {
    low: new Uint32Array(bytes.buffer, 0, count),
    high: new Uint32Array(bytes.buffer, 4 * count, count),
    status: line => STATUSES[codes[line]!]!,
  }
}

/** Bytes of one line: fingerprint and status. */
const LINE_BYTES = 9

/** The register of a data directory, kept open: a server answers many times a second. */
export function tablesOf(directory: string): Tables {
  if (open !== null && open.directory === directory && open.tables.isThere()) return open.tables
  open?.tables.close()
  open = null
  const tables = openTables(directory)
  open = { directory, tables }
  return tables
}

let open: { readonly directory: string; readonly tables: Tables } | null = null

function addScreening(tables: Tables, { basis, ...question }: Question): number {
  return tables.addScreening({ ...question, basis: JSON.stringify(basis) })
}
