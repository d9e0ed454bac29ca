import { parseUnits } from '../model/amount.ts'
import type { Asset } from '../model/asset.ts'
import * as Instant from '../model/instant.ts'
import { Failure } from '../std/failure.ts'
import * as Method from './method.ts'

/** What a run will do and why, fixed before it starts and kept with its result. */
export type Declared = {
  readonly direction: Direction
  readonly methods: readonly Method.Method[]
  /** Greatest number of transactions from the origin; null: as far as the edge limit allows. */
  readonly hops: number | null
  /** Least tainted amount that is followed, decimal in whole coins of each asset; null: every unit. */
  readonly min: string | null
  /** Only transactions mined in this window are followed; both ends included. */
  readonly from: Instant.Instant | null
  readonly to: Instant.Instant | null
  /** Greatest number of inputs and outputs (account chains: transfers) that are read. */
  readonly edges: number
  readonly reason: string
}

export type Direction = 'forward' | 'backward'

/** Inputs and outputs that one run reads at most, unless it declares another limit. */
export const EDGES = 2_000_000

/** All methods, forward, every unit, no horizon but the edge limit. */
export function declare(part: Partial<Declared> = {}): Declared {
  const declared: Declared = {
    direction: 'forward',
    methods: Method.METHODS,
    hops: null,
    min: null,
    from: null,
    to: null,
    edges: EDGES,
    reason: 'not given',
    ...part,
  }
  check(declared)
  return declared
}

/** The least amount that is followed, in the asset's smallest unit; a part of a unit counts as a whole one. */
export function minUnits(declared: Declared, asset: Asset): bigint {
  if (declared.min === null) return 1n
  const [whole, fraction = ''] = declared.min.split('.')
  const kept = fraction.slice(0, asset.decimals)
  const cut = /[1-9]/.test(fraction.slice(asset.decimals)) ? 1n : 0n
  const units = parseUnits(kept === '' ? whole! : `${whole}.${kept}`, asset.decimals)! + cut
  return units < 1n ? 1n : units
}

/** Whether a transaction of that time is inside the declared window. */
export function inWindow(declared: Declared, time: Instant.Instant): boolean {
  return (declared.from === null || time >= declared.from) && (declared.to === null || time <= declared.to)
}

export function toJson(declared: Declared): object {
  const { from, to, ...rest } = declared
  return { ...rest, from: from === null ? null : Instant.format(from), to: to === null ? null : Instant.format(to) }
}

function check(declared: Declared): void {
  const { hops, min, edges, methods, from, to } = declared
  if (methods.length === 0)
    throw bad('No taint method is named.', 'Give one of poison, haircut, fifo, lifo, tiho or all.')
  if (hops !== null && !(Number.isSafeInteger(hops) && hops >= 1 && hops <= HOPS_MAX)) {
    throw bad(`Hops ${hops} is not a whole number from 1 to ${HOPS_MAX}.`, 'Leave --hops out to follow to the end.')
  }
  if (min !== null && !/^\d{1,60}(\.\d{1,60})?$/.test(min)) {
    throw bad(`Least amount "${min}" is not a decimal number of whole coins.`, 'Write it like 0.001.')
  }
  if (!(Number.isSafeInteger(edges) && edges >= 1 && edges <= EDGES_MAX)) {
    throw bad(`Edge limit ${edges} is not a whole number from 1 to ${EDGES_MAX}.`, `The default is ${EDGES}.`)
  }
  if (from !== null && to !== null && from > to) {
    throw bad('The window ends before it begins.', 'Give --from a time that is not after --to.')
  }
}

const HOPS_MAX = 1_000_000
const EDGES_MAX = 200_000_000

function bad(message: string, hint: string): Failure {
  return new Failure('Trace.BadDeclaration', 'usage', message, { hint })
}
