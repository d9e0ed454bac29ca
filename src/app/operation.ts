import type { Columns } from '../ledger/ledger.ts'
import type { Instant } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import type { Clock } from '../std/clock.ts'
import type { Store } from '../store/store.ts'

/**
 * One thing that Athar can do. The command line, HTTP and MCP are generated from the table of operations, so each
 * field name, default and description is written once.
 */
export type Operation = {
  /** The words of the command: `ledger add`, `screen`. */
  readonly name: string
  /** One line, imperative, without a full stop. */
  readonly summary: string
  /** read: safe for anyone who may look · write: changes the data directory (takes the writer lock) · admin. */
  readonly access: 'read' | 'write' | 'admin'
  readonly fields: Fields
  readonly examples: readonly { readonly command: string; readonly says: string }[]
  /** JSON Schema of the answer, for OpenAPI; examples in tests are checked against it. */
  readonly answer?: object
  /** Lines for a person on a terminal. Without it the answer is printed as JSON. */
  readonly print?: (answer: never, terminal: Terminal) => string
  /** `no` where the work was done and the answer is "no", or something was found invalid: exit code 1. */
  readonly verdict?: (answer: never) => 'ok' | 'no'
  /** The field of the answer that `--jsonl` prints one a line. Without it: its first list of objects. */
  readonly list?: string
  /**
   * The rows of that list one by one as they are found, for `--jsonl` over input that is long. Bytes are whole lines of
   * JSON already, for rows by the million.
   */
  readonly stream?: (input: never, context: Context) => Iterable<unknown> | AsyncIterable<unknown>
  /**
   * The JSON of the answer in pieces that end between values, for `--json` where the whole would not fit memory. Gives
   * the verdict at its end. What it can refuse it refuses before the first piece.
   */
  readonly document?: (input: never, context: Context) => Generator<string, 'ok' | 'no'>
  /** It makes the data directory itself: nothing is written there before it runs. */
  readonly makesDirectory?: boolean
  readonly run: (input: never, context: Context) => unknown
}

/** Named inputs in the order in which help shows them. */
export type Fields = Readonly<Record<string, Field>>

export type Field = {
  readonly type: 'string' | 'integer' | 'boolean' | 'strings'
  readonly says: string
  /** Given by place instead of `--name`; at most one `strings` field, the last. */
  readonly positional?: boolean
  readonly required?: boolean
  readonly default?: string | number | boolean
  readonly choices?: readonly string[]
  /** A path on the caller's machine: the command line reads it, HTTP takes an upload instead. */
  readonly path?: boolean
}

/** What an operation is given besides its input. Nothing in it is global. */
export type Context = {
  readonly store: Store
  /** Where ledgers lie for this piece of work; without it in the store (ledger/ledgers.ts). */
  readonly ledgers?: Ledgers
  /** The data directory, for what must not open it. */
  readonly directory?: string
  /** The working directory of who typed the paths; over HTTP there is none. */
  readonly here?: string
  /** Lets go of the writer's lock between two pieces of long work; `store` opens anew when it is asked for again. */
  readonly release?: () => void
  readonly clock: Clock
  /** Who asks: for custody, judgements and the audit log. */
  readonly user: string
  /** Progress of long work, for stderr or SSE. Cheap to call often: the face thins it out. */
  readonly progress: (note: Progress) => void
  /** Aborted when the user cancels: long work checks it between units and stops at a commit point. */
  readonly signal: AbortSignal
  /** Lets so many milliseconds pass before another machine is asked again; where it is not given, they pass. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/** Ledgers as a question sees them, wherever they lie. */
export type Ledgers = {
  /** As `openColumns`: undefined where nothing of the network was ever read. */
  open(network: NetworkId, knownAt?: Instant): Columns | undefined
  /** Networks with a ledger, by name. */
  networks(): readonly NetworkId[]
}

export type Progress = {
  readonly done: number
  readonly total: number | null
  readonly unit: string
  readonly note?: string
  /** The sum of it all: shown however short the work was. */
  readonly last?: boolean
}

export type Terminal = { readonly columns: number; readonly color: boolean }
