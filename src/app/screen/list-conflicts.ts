import * as Attribution from '../../attribution/attribution.ts'
import * as Ledger from '../../ledger/ledger.ts'
import type { NetworkId } from '../../model/network.ts'
import type { Store } from '../../store/store.ts'
import type { Context, Operation } from '../operation.ts'
import { instantOf } from '../when.ts'

type Input = {
  readonly address?: readonly string[]
  readonly resolved?: boolean
  readonly limit?: number
  readonly asOf?: string
  readonly knownAt?: string
}

type Answer = {
  readonly conflicts: readonly Attribution.Conflict[]
  readonly total: number
  readonly unresolved: number
  readonly note: string
}

export const listConflicts: Operation = {
  name: 'list conflicts',
  summary: 'Show what speaks against labels: contracts, wrong networks, packs that disagree',
  access: 'read',
  fields: {
    address: { type: 'strings', says: 'Only these addresses; default: all that are labelled', positional: true },
    resolved: { type: 'boolean', says: 'Those that a judgement decided as well', default: false },
    limit: { type: 'integer', says: 'At most so many', default: 1000 },
    asOf: { type: 'string', says: 'As it was valid then; default: now' },
    knownAt: { type: 'string', says: 'As it was known then; default: now' },
  },
  examples: [
    { command: 'athar list conflicts', says: 'every conflict that no judgement decided' },
    { command: 'athar list conflicts 0xdac17f958d2ee523a2206206994597c13d831ec7 --json', says: 'of one address' },
  ],
  list: 'conflicts',
  print: printConflicts,
  run: (input: Input, context: Context): Answer => find(input, context),
}

function find({ address, resolved, limit = 1000, asOf, knownAt }: Input, { store, clock }: Context): Answer {
  const now = clock()
  const clocks = { asOf: instantOf('asOf', asOf) ?? now, knownAt: instantOf('knownAt', knownAt) ?? now }
  const addresses = address?.map(one => Attribution.identify(one, null).address)
  const where = addresses === undefined ? {} : { addresses }
  const all = Attribution.labelConflicts(store, clocks, where, contractsOf(store))
  const open = all.filter(one => !one.resolved)
  return {
    conflicts: (resolved === true ? all : open).slice(0, limit),
    ...{ total: all.length, unresolved: open.length },
    note: 'A conflict is decided by `judgement add LABEL-ID` alone: no takes a label away, yes lets it stand.',
  }
}

/** What the ledgers that were read know of contracts: every token has one. */
export function contractsOf(store: Store): Attribution.ContractAt {
  const held = new Map<NetworkId, ReadonlyMap<string, string>>()
  return (network, address) => {
    const known = held.get(network) ?? tokensOf(store, network)
    held.set(network, known)
    const name = known.get(address)
    return name === undefined ? undefined : { name, source: `the ledger of ${network}: transfers of this token` }
  }
}

function tokensOf(store: Store, network: NetworkId): ReadonlyMap<string, string> {
  const columns = Ledger.openColumns(store, network)
  const assets = columns?.shape === 'account' ? columns.assets : []
  return new Map(assets.flatMap(({ contract, symbol }) => (contract === null ? [] : [[contract, `${symbol} (token)`]])))
}

function printConflicts({ conflicts, unresolved, total, note }: Answer): string {
  const lines = conflicts.map(({ kind, network, address, says, label, against, resolved }) => {
    const done = resolved ? ' (decided)' : ''
    const ids = [label.id, against.id].filter(id => id !== null).join(', ')
    return `${address} (${network}) ${kind}${done}: ${says}\n  ${label.source} against ${against.source}; ${ids}`
  })
  return [`${unresolved} conflicts of ${total} are not decided. ${note}`, ...lines].join('\n')
}
