import type { NetworkId } from '../../model/network.ts'
import { assert } from '../../std/assert.ts'
import type { AccountColumns } from '../columns.ts'
import type { Connection } from './connect.ts'
import { networks, pin } from './far.ts'
import { columnsOf, createPart, isWanting, type Part } from './part.ts'
import { fetchWanted } from './part-fetch.ts'

/** The ledgers that lie in ClickHouse, as work that does not wait sees them. */
export type FarLedgers = {
  /** As far as it was fetched; undefined: nothing of that network is loaded. */
  open(network: NetworkId): AccountColumns | undefined
  /** Networks of which something is loaded. */
  networks(): readonly NetworkId[]
}

/**
 * Does work over ledgers in ClickHouse until it asked for nothing that is not there: what it lacked is fetched, and it
 * is done again from the beginning. So it must change nothing and come to the same every time; what it throws while
 * something is lacking is not heard. All is read as of the first question about a network.
 * Failures: ClickHouse.*, and what the work throws in the end.
 */
export async function settle<T>(connection: Connection, work: (ledgers: FarLedgers) => T): Promise<T> {
  const state: State = { connection, parts: null, isAsked: false }
  for (let round = 0; ; round++) {
    assert(round < ROUNDS_MAX, 'work that is done again asks for the same')
    const outcome = attempt(work, state)
    const wanting = [...(state.parts?.values() ?? [])].filter(isWanting)
    if (wanting.length === 0 && !state.isAsked) {
      if ('value' in outcome) return outcome.value
      throw outcome.cause
    }
    if (state.isAsked) await openParts(state)
    for (const part of wanting) await fetchWanted(part)
  }
}

/** Far more than anything asks after each other: what one search asks is one round. */
const ROUNDS_MAX = 200

type State = {
  readonly connection: Connection
  /** By network; null: nobody asked for a network yet. */
  parts: Map<NetworkId, Part> | null
  isAsked: boolean
}

function attempt<T>(work: (ledgers: FarLedgers) => T, state: State): { value: T } | { cause: unknown } {
  const opened = new Map<NetworkId, AccountColumns>()
  const partsOf = () => {
    if (state.parts === null) state.isAsked = true
    return state.parts ?? new Map<NetworkId, Part>()
  }
  const open = (network: NetworkId) => {
    const part = partsOf().get(network)
    if (part === undefined) return undefined
    const columns = opened.get(network) ?? columnsOf(part)
    opened.set(network, columns)
    return columns
  }
  try {
    return { value: work({ open, networks: () => [...partsOf().keys()] }) }
  } catch (cause) {
    return { cause }
  }
}

async function openParts(state: State): Promise<void> {
  const parts = new Map<NetworkId, Part>()
  for (const network of await networks(state.connection)) {
    const at = await pin(state.connection, network)
    if (at !== undefined) parts.set(network, createPart(at))
  }
  state.parts = parts
  state.isAsked = false
}
