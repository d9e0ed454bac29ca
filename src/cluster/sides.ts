import { NONE, UNREAD, type UtxoColumns } from '../ledger/ledger.ts'
import { type ScriptType, scriptTypeOf } from './script-type.ts'

/** The two sides of one transaction, as the detectors of mixes look at them. Views and counts; nothing is kept. */
export type Sides = {
  /** Values of the inputs; UNREAD where nothing tells. */
  readonly inputs: BigUint64Array
  readonly outputs: BigUint64Array
  /** Distinct addresses that pay. An input whose address is not known counts as one of its own. */
  readonly payers: number
  /** The value that the most distinct addresses receive, and how many they are. Dust is left out. */
  readonly equalUnits: bigint
  readonly equal: number
  readonly distinctUnits: number
  /** Outputs of no value and to no address: OP_RETURN, where nothing is burned. */
  readonly notes: number
  /** Script types of all inputs (`unknown` where the address was not read) and of all outputs. */
  inputTypes(): readonly ScriptType[]
  outputTypes(): readonly ScriptType[]
}

export function sidesOf(columns: UtxoColumns, transaction: number): Sides {
  const { firstInput, firstOutput } = columns.transactions
  const [fromIn, toIn] = [firstInput[transaction]!, firstInput[transaction + 1]!]
  const [fromOut, toOut] = [firstOutput[transaction]!, firstOutput[transaction + 1]!]
  const payers = new Set<number>()
  for (let row = fromIn; row < toIn; row++) {
    const address = columns.inputs.address[row]!
    payers.add(address === NONE ? -1 - row : address)
  }
  const outputs = columns.outputs.units.subarray(fromOut, toOut)
  const receivers = new Map<bigint, Set<number>>()
  let notes = 0
  for (let row = fromOut; row < toOut; row++) {
    const units = columns.outputs.units[row]!
    const address = columns.outputs.address[row]!
    if (address === NONE && units === 0n) notes++
    if (address === NONE || DUST.has(units)) continue
    const known = receivers.get(units)
    if (known === undefined) receivers.set(units, new Set([address]))
    else known.add(address)
  }
  let [equal, equalUnits] = [0, 0n]
  for (const [units, addresses] of receivers) {
    if (addresses.size > equal) [equal, equalUnits] = [addresses.size, units]
  }
  return {
    ...{ inputs: columns.inputs.units.subarray(fromIn, toIn), outputs, payers: payers.size, equal, equalUnits, notes },
    distinctUnits: new Set(outputs).size,
    inputTypes: () => typesOf(columns, columns.inputs.address.subarray(fromIn, toIn)),
    outputTypes: () => typesOf(columns, columns.outputs.address.subarray(fromOut, toOut)),
  }
}

/** Whether the values never rise. Values that were not read say nothing: true. */
export function isDescending(units: BigUint64Array): boolean {
  for (let i = 1; i < units.length; i++) {
    if (units[i] === UNREAD || units[i - 1] === UNREAD) return true
    if (units[i]! > units[i - 1]!) return false
  }
  return true
}

/** Zero, and the values of dust outputs that protocols and advertisers send to many (546 and 2,730: BlockSci). */
const DUST: ReadonlySet<bigint> = new Set([0n, 546n, 2730n])

function typesOf(columns: UtxoColumns, addresses: Uint32Array): ScriptType[] {
  return Array.from(addresses, row => (row === NONE ? 'unknown' : scriptTypeOf(columns.addresses.format(row))))
}
