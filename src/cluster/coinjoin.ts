import { NONE, UNREAD, type UtxoColumns } from '../ledger/ledger.ts'

/**
 * Which CoinJoin a transaction looks like, or null. A CoinJoin spends coins of many holders on purpose, so nothing is
 * merged over it. Definitions, sources and measured errors: docs/methods/cluster.md.
 *
 * Where input values were not read, the tests on them are left out: a mix is then refused on its outputs alone.
 */
export type CoinJoin = 'wasabi2' | 'wasabi1' | 'whirlpool' | 'joinmarket' | 'equal-outputs'

export function detect(columns: UtxoColumns, transaction: number): CoinJoin | null {
  const { firstInput, firstOutput } = columns.transactions
  const outputCount = firstOutput[transaction + 1]! - firstOutput[transaction]!
  const inputCount = firstInput[transaction + 1]! - firstInput[transaction]!
  if (inputCount < 2 || outputCount < LEAST) return null
  const sides = readSides(columns, transaction)
  if (isPairMix(sides)) return 'joinmarket'
  if (isWasabi2(sides)) return 'wasabi2'
  if (sides.equal < LEAST || sides.payers < sides.equal) return null
  if (isWhirlpool(sides)) return 'whirlpool'
  if (isWasabi1(sides)) return 'wasabi1'
  return isJoinMarket(sides) ? 'joinmarket' : 'equal-outputs'
}

/** Fewest equal outputs that count as a mix by themselves: two are common in ordinary payments. */
const LEAST = 3

type Sides = {
  readonly inputs: readonly bigint[]
  readonly outputs: readonly bigint[]
  /** Distinct addresses that pay. An input whose address is not known counts as one of its own. */
  readonly payers: number
  /** The value that the most distinct addresses receive, and how many they are. */
  readonly equalUnits: bigint
  readonly equal: number
  readonly distinctUnits: number
  /** Every output pays a native segwit address. */
  readonly isSegwit: boolean
}

function readSides(columns: UtxoColumns, transaction: number): Sides {
  const { firstInput, firstOutput } = columns.transactions
  const inputs: bigint[] = []
  const payers = new Set<number>()
  for (let row = firstInput[transaction]!; row < firstInput[transaction + 1]!; row++) {
    inputs.push(columns.inputs.units[row]!)
    const address = columns.inputs.address[row]!
    payers.add(address === NONE ? -1 - row : address)
  }
  const outputs: bigint[] = []
  const receivers = new Map<bigint, Set<number>>()
  let isSegwit = true
  for (let row = firstOutput[transaction]!; row < firstOutput[transaction + 1]!; row++) {
    const units = columns.outputs.units[row]!
    outputs.push(units)
    const address = columns.outputs.address[row]!
    isSegwit &&= address !== NONE && SEGWIT.test(columns.addresses.format(address))
    if (address !== NONE && !DUST.has(units)) receivers.set(units, (receivers.get(units) ?? new Set()).add(address))
  }
  let [equal, equalUnits] = [0, 0n]
  for (const [units, addresses] of receivers) {
    if (addresses.size > equal) [equal, equalUnits] = [addresses.size, units]
  }
  return { inputs, outputs, payers: payers.size, equal, equalUnits, isSegwit, distinctUnits: new Set(outputs).size }
}

/** Zero, and the values of dust outputs that protocols and advertisers send to many (546 and 2,730: BlockSci). */
const DUST: ReadonlySet<bigint> = new Set([0n, 546n, 2730n])

/**
 * WabiSabi (Wasabi 2): inputs and outputs in descending order, four in five outputs of a standard denomination. The
 * Dumplings scanner asks for 50 inputs, the least of the first coordinator; other coordinators run with fewer, and
 * the order with the denominations is telling by itself, so here it is ten.
 */
function isWasabi2({ inputs, outputs, payers }: Sides): boolean {
  if (inputs.length < WASABI2_INPUTS || payers < WASABI2_PAYERS) return false
  if (!isDescending(outputs) || (inputs.every(units => units !== UNREAD) && !isDescending(inputs))) return false
  let standard = 0
  for (const units of outputs) if (DENOMINATIONS.has(units)) standard++
  return standard * 5 > outputs.length * 4
}

const WASABI2_INPUTS = 10
const WASABI2_PAYERS = 5

const SEGWIT = /^(bc|tb|bcrt|ltc|rltc)1q/

/** Wasabi 1: at least ten outputs of about 0.1 BTC, and single ones besides (change, the coordinator's). */
function isWasabi1({ outputs, equal, equalUnits, distinctUnits, isSegwit }: Sides): boolean {
  if (!isSegwit) return false
  return (
    equal >= 10 && equalUnits >= 8_000_000n && equalUnits <= 12_000_000n && distinctUnits >= 3 && outputs.length > equal
  )
}

/** Samourai Whirlpool: five to ten inputs, as many outputs, all of one pool's size, inputs barely above it. */
function isWhirlpool({ inputs, outputs, equal, equalUnits }: Sides): boolean {
  if (outputs.length !== equal || inputs.length !== equal || equal < 5 || equal > 10) return false
  const isNear = (units: bigint) => units === UNREAD || (units >= equalUnits && units <= equalUnits + 110_000n)
  return POOLS.has(equalUnits) && inputs.every(isNear)
}

const POOLS: ReadonlySet<bigint> = new Set([100_000n, 1_000_000n, 2_500_000n, 5_000_000n, 50_000_000n])

/** JoinMarket: one equal output and at most one change output for each participant (BlockSci, `isCoinjoin`). */
function isJoinMarket({ outputs, equal }: Sides): boolean {
  return Math.floor((outputs.length + 1) / 2) === equal
}

/**
 * A mix of two: two equal outputs and two others, and no input that one participant could have paid both of its own
 * outputs with and had 0.0001 BTC to spare (the Dumplings scanner's shortcut for a subset sum).
 */
function isPairMix({ inputs, outputs, payers, equal, equalUnits }: Sides): boolean {
  if (equal !== 2 || outputs.length !== 4 || payers < 2) return false
  const change = outputs.filter(units => units !== equalUnits)
  if (change.length !== 2 || change[0] === change[1]) return false
  const spare = equalUnits - 10_000n
  return inputs.every(units => units !== UNREAD && change.some(rest => units <= spare + rest))
}

function isDescending(units: readonly bigint[]): boolean {
  for (let i = 1; i < units.length; i++) if (units[i]! > units[i - 1]!) return false
  return true
}

/** 2^n, 3^n, 2·3^n and 1-2-5·10^n between 5,000 sat and 1,343.75 BTC, as the Wasabi 2 client makes them. */
const DENOMINATIONS: ReadonlySet<bigint> = new Set(
  [powers(1n, 2n), powers(1n, 3n), powers(2n, 3n), powers(1n, 10n), powers(2n, 10n), powers(5n, 10n)].flat(),
)

function powers(first: bigint, base: bigint): bigint[] {
  const list: bigint[] = []
  for (let units = first; units <= 134_375_000_000n; units *= base) if (units >= 5000n) list.push(units)
  return list
}
