import { isCustodial, type Knowledge } from '../../attribution/attribution.ts'
import { partitionOf } from '../../cluster/cluster.ts'
import type { Columns } from '../../ledger/ledger.ts'
import { type Amount, type AmountJson, toJson } from '../../model/amount.ts'
import { declare, type Offramp, offramps, run as trace } from '../../trace/trace.ts'

/** Where value of the address first got to a labelled custodial service of somebody else. */
export type Deposit = {
  readonly address: string
  readonly service: string
  readonly category: string
  readonly hops: number
  readonly amount: AmountJson
  /** Addresses that paid it there, and may be deposit addresses of that service: graded apart from every label. */
  readonly inferred: readonly Inferred[]
}

type Inferred = Offramp['deposits'][number]

/** How far and how wide the walk to the nearest service goes. Ours: answers within a second. */
const WALK = { hops: 6, edges: 200_000, methods: ['haircut'], reason: 'triage: nearest service' } as const

export function depositOf(columns: Columns, knowledge: Knowledge, address: string): Deposit | null {
  // What a service pays out is its customers' business: it cashes nothing out.
  if (knowledge.labelsOf(columns.network, address).some(isCustodial)) return null
  const found = trace(columns, knowledge, [address], declare(WALK))
  const { reached } = found.methods.haircut!
  const own = new Set(ownOf(columns, address))
  const services = reached.filter(
    one => one.stoppedBecause === 'service' && one.label !== null && one.address !== null && !own.has(one.address),
  )
  const nearest = services.toSorted((a, b) => a.hops - b.hops || compareUnits(b.amount, a.amount))[0]
  if (nearest === undefined) return null
  const { label, hops, amount } = nearest
  const inferred = offramps(columns, knowledge, found).find(one => one.service === nearest.address)?.deposits ?? []
  const service = { address: nearest.address!, service: label!.name, category: label!.category }
  return { ...service, hops, amount: toJson(amount), inferred: inferred.filter(one => !own.has(one.address)) }
}

/** The address and those that sign together with it: value that goes there went nowhere. */
function ownOf(columns: Columns, address: string): string[] {
  const row = columns.addresses.find(address)
  const members = row === undefined ? [] : (partitionOf(columns)?.membersOf(row) ?? [])
  return [address, ...Array.from(members.slice(0, MEMBERS_MAX), member => columns.addresses.format(member))]
}

/** Members of a cluster that are set apart from its services. Ours: a larger one is a service itself. */
const MEMBERS_MAX = 100_000

function compareUnits(a: Amount, b: Amount): number {
  return a.units === b.units ? 0 : a.units > b.units ? 1 : -1
}
