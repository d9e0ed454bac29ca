import type { Knowledge, Label } from '../attribution/attribution.ts'
import { type AddressColumn, NONE } from '../ledger/ledger.ts'
import * as Category from '../model/category.ts'
import type { NetworkId } from '../model/network.ts'
import { codeOf } from './outcome.ts'

/** What labels say of addresses, each looked up once: where a walk stops, and which label a row shows. */
export type Labels = {
  /** Code of the stop, or 0. Never a stop for the origin itself. */
  stopOf(address: number): number
  /** The label that stops, else the first, else null. */
  labelOf(address: number): Label | null
}

export function createLabels(
  knowledge: Knowledge,
  network: NetworkId,
  addresses: AddressColumn,
  isOrigin: (address: number) => boolean,
): Labels {
  const known = new Map<number, { stop: number; label: Label | null }>()
  const look = (address: number) => {
    const found = known.get(address)
    if (found !== undefined) return found
    const fresh = judge(knowledge.labelsOf(network, addresses.format(address)))
    known.set(address, fresh)
    return fresh
  }
  return {
    stopOf: address => (address === NONE || isOrigin(address) ? 0 : look(address).stop),
    labelOf: address => (address === NONE ? null : look(address).label),
  }
}

/** A mixer before other services: it is the stronger warning. Contracts stop where nothing decodes them. */
function judge(labels: readonly Label[]): { stop: number; label: Label | null } {
  const mixer = labels.find(label => label.category === 'mixer')
  if (mixer !== undefined) return { stop: codeOf('mixer'), label: mixer }
  const service = labels.find(label => Category.isCustodial(label.category))
  if (service !== undefined) return { stop: codeOf('service'), label: service }
  const contract = labels.find(label => CONTRACTS.has(label.category))
  if (contract !== undefined) return { stop: codeOf('contract'), label: contract }
  return { stop: 0, label: labels[0] ?? null }
}

/** Code, not a holder: what goes in comes out elsewhere by rules that only its own events tell. */
const CONTRACTS: ReadonlySet<Category.Category> = new Set(['dex', 'bridge', 'contract', 'token'])
