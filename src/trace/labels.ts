import { categoriesOf, isCustodial, type Knowledge, type Label } from '../attribution/attribution.ts'
import { protocolAt } from '../chain/bridge-protocol.ts'
import { type AddressColumn, NONE } from '../ledger/ledger.ts'
import type * as Category from '../model/category.ts'
import type { NetworkId } from '../model/network.ts'
import { codeOf } from './outcome.ts'

/** What labels say of addresses, each looked up once: where a walk stops, and which label a row shows. */
export type Labels = {
  /** Code of the stop, or 0. Never a stop for the origin itself. */
  stopOf(address: number): number
  /** The label that stops, else the first, else null. */
  labelOf(address: number): Label | null
  /** Whether its label says that it exchanges one asset for another by its own events: no bridge does. */
  isSwap(address: number): boolean
}

export function createLabels(
  knowledge: Knowledge,
  network: NetworkId,
  addresses: Pick<AddressColumn, 'format'>,
  isOrigin: (address: number) => boolean,
): Labels {
  const known = new Map<number, Judged>()
  const look = (address: number) => {
    const found = known.get(address)
    if (found !== undefined) return found
    const fresh = judge(knowledge, network, addresses.format(address))
    known.set(address, fresh)
    return fresh
  }
  return {
    stopOf: address => (address === NONE || isOrigin(address) ? 0 : look(address).stop),
    labelOf: address => (address === NONE ? null : look(address).label),
    isSwap(address) {
      if (address === NONE || isOrigin(address)) return false
      return look(address).isSwap
    },
  }
}

/**
 * Codes of stops by address, remembered as long as the knowledge and the ledger are: for searches, of which one asks
 * about many addresses and many ask about the same.
 */
export function createStops(knowledge: Knowledge, network: NetworkId, addresses: AddressColumn) {
  const codes = codesOf(knowledge, addresses)
  return (address: number): number => {
    if (address === NONE) return 0
    const known = codes[address]!
    if (known !== UNKNOWN) return known
    const { stop } = judge(knowledge, network, addresses.format(address))
    codes[address] = stop
    return stop
  }
}

const UNKNOWN = 255

const CODES = new WeakMap<Knowledge, WeakMap<AddressColumn, Uint8Array>>()

function codesOf(knowledge: Knowledge, addresses: AddressColumn): Uint8Array {
  const held = CODES.get(knowledge)?.get(addresses)
  if (held !== undefined) return held
  const made = new Uint8Array(addresses.count).fill(UNKNOWN)
  const ofKnowledge = CODES.get(knowledge) ?? new WeakMap<AddressColumn, Uint8Array>()
  CODES.set(knowledge, ofKnowledge.set(addresses, made))
  return made
}

/** Whether such a stop is where value is cashed out, or lost from sight: a custodial service or a mixer. */
export function isService(stop: number): boolean {
  return stop === SERVICE || stop === MIXER
}

const SERVICE = codeOf('service')
const MIXER = codeOf('mixer')

type Judged = { readonly stop: number; readonly label: Label | null; readonly isSwap: boolean }

/**
 * A mixer before other services: it is the stronger warning. Contracts stop where nothing decodes them. Every category
 * counts that a source gives: a sanctioned exchange is still an exchange. Contracts of bridges that are read need no
 * label (src/chain/bridge-protocol.ts).
 */
function judge(knowledge: Knowledge, network: NetworkId, address: string): Judged {
  const labels = knowledge.labelsOf(network, address)
  const mixer = labels.find(label => categoriesOf(label).includes('mixer'))
  if (mixer !== undefined) return { stop: codeOf('mixer'), label: mixer, isSwap: false }
  const service = labels.find(isCustodial)
  if (service !== undefined) return { stop: codeOf('service'), label: service, isSwap: false }
  const contract = labels.find(label => categoriesOf(label).some(category => CONTRACTS.has(category)))
  const isOwn = protocolAt(network, address) !== undefined
  if (contract === undefined) return { stop: isOwn ? CONTRACT : 0, label: labels[0] ?? null, isSwap: false }
  return { stop: CONTRACT, label: contract, isSwap: !isOwn && !categoriesOf(contract).includes('bridge') }
}

const CONTRACT = codeOf('contract')

/** Code, not a holder: what goes in comes out elsewhere by rules that only its own events tell. */
const CONTRACTS: ReadonlySet<Category.Category> = new Set(['dex', 'bridge', 'contract', 'token'])
