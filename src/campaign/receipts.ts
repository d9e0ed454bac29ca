import type { Knowledge, Label } from '../attribution/attribution.ts'
import type { Columns } from '../ledger/ledger.ts'
import * as Asset from '../model/asset.ts'
import type { Coverage } from '../model/coverage.ts'
import type * as Instant from '../model/instant.ts'
import { toHex } from '../std/bytes.ts'
import { CLASSES, type Class, classify, type Facts, type Part, type Reason } from './classify.ts'
import type { Member } from './member.ts'
import { type AddressSet, type Ignored, type Inflow, movementsOf } from './movement.ts'
import { isCustodial, type ServiceReason, serviceReason } from './service.ts'

/**
 * What a set of addresses took in, partitioned. docs/methods/receipts.md defines every class; version 1.
 *
 * Pure: the ledgers as columns, the set, and what is known. Cost: each transaction that touches the set, once.
 */
export type Receipts = {
  readonly members: readonly Member[]
  /** By time, network and txid. */
  readonly rows: readonly Row[]
  /** Members that were found to be services, and why. */
  readonly services: readonly { readonly member: Member; readonly reason: Exclude<ServiceReason, null> }[]
  /** Members whose network was not read, or that never appear in what was read. */
  readonly unseen: readonly Member[]
  readonly ignored: Ignored
  readonly coverage: readonly Coverage[]
}

/** Units of one inflow in one class, with the transaction that a stranger can look up. */
export type Row = {
  readonly network: Asset.Asset['network']
  readonly txid: string
  readonly address: string
  readonly asset: Asset.Asset
  readonly time: Instant.Instant
  readonly units: bigint
  readonly class: Class
  readonly reason: Reason | null
  /** The labelled custodial services among those who paid. Payers that are people are not kept. */
  readonly sources: readonly Label[]
}

/** What has arrived until `until` (included); without it all that was read. */
export function measure(
  ledgers: readonly Columns[],
  members: readonly Member[],
  knowledge: Knowledge,
  until: Instant.Instant = Number.MAX_SAFE_INTEGER,
): Receipts {
  const rows: Row[] = []
  const services: Receipts['services'][number][] = []
  const unseen = new Set(members)
  const ignored: Ignored = { failed: 0, zero: 0, impostor: 0, approve: 0 }
  for (const columns of ledgers) {
    const found = find(columns, members)
    for (const member of found.values()) unseen.delete(member)
    const service = new Map<Member, Exclude<ServiceReason, null>>()
    for (const [row, member] of found) {
      const reason = serviceReason(columns, row, member, knowledge)
      if (reason !== null) service.set(member, reason)
    }
    for (const [member, reason] of service) services.push({ member, reason })
    const own = new Set([...found].filter(([, member]) => !service.has(member)).map(([row]) => row))
    const set: AddressSet = { members: found, own }
    const seen = movementsOf(columns, set)
    for (const key of ['failed', 'zero', 'impostor', 'approve'] as const) ignored[key] += seen.ignored[key]
    const inflows = seen.movements.filter(movement => movement.kind === 'in')
    const facts = factsOf(columns, knowledge, service, inflows)
    const sourcesOf = sourcesIn(columns, knowledge)
    for (const part of classify(seen.movements, facts)) {
      if (part.inflow.time <= until) rows.push(toRow(columns, part, sourcesOf))
    }
  }
  rows.sort((a, b) => a.time - b.time || compare(a.network, b.network) || compare(a.txid, b.txid))
  const networks = new Set(members.map(member => member.network))
  const coverage = ledgers.filter(columns => networks.has(columns.network)).map(columns => columns.coverage())
  return { members, rows, services, unseen: [...unseen], ignored, coverage }
}

/** Amounts of a list of rows by asset and class, in the order in which the assets first appear. */
export function totals(rows: readonly Row[]): { asset: Asset.Asset; inflow: bigint; classes: Record<Class, bigint> }[] {
  const byAsset = new Map<string, { asset: Asset.Asset; inflow: bigint; classes: Record<Class, bigint> }>()
  for (const row of rows) {
    const key = Asset.key(row.asset)
    const total = byAsset.get(key) ?? { asset: row.asset, inflow: 0n, classes: zeroes() }
    byAsset.set(key, total)
    total.inflow += row.units
    total.classes[row.class] += row.units
  }
  return [...byAsset.values()]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function zeroes(): Record<Class, bigint> {
  return Object.fromEntries(CLASSES.map(name => [name, 0n])) as Record<Class, bigint>
}

function find(columns: Columns, members: readonly Member[]): Map<number, Member> {
  const found = new Map<number, Member>()
  for (const member of members) {
    if (member.network !== columns.network) continue
    const row = columns.addresses.find(member.address)
    if (row !== undefined) found.set(row, member)
  }
  return found
}

function factsOf(
  columns: Columns,
  knowledge: Knowledge,
  services: ReadonlyMap<Member, ServiceReason>,
  inflows: readonly Inflow[],
): Facts {
  const custodial = new Map<number, boolean>()
  const checked = inflows.filter(({ asset }) => {
    return asset.contract !== null && Asset.token(asset.network, asset.contract) !== undefined
  })
  return {
    isService: member => services.has(member),
    isCustodial(payer) {
      const known = custodial.get(payer)
      if (known !== undefined) return known
      const address = columns.addresses.format(payer)
      const answer =
        isCustodial(knowledge, columns.network, address) ||
        [...services.keys()].some(member => member.address === address)
      custodial.set(payer, answer)
      return answer
    },
    takesTokens: new Set(checked.map(inflow => inflow.member)),
  }
}

type SourcesOf = (payer: number) => readonly Label[]

function toRow(columns: Columns, { inflow, units, class: what, reason }: Part, sourcesOf: SourcesOf): Row {
  const { transaction, asset, time, member } = inflow
  const bytes = columns.transactions.txid.slice(32 * transaction, 32 * transaction + 32)
  return {
    ...{ network: columns.network, asset, time, units, class: what, reason, address: member.address },
    txid: toHex(columns.shape === 'utxo' ? bytes.reverse() : bytes),
    sources: inflow.payers.flatMap(sourcesOf),
  }
}

/** The labels of a payer where one of them says that it is a custodial service; each payer is looked up once. */
function sourcesIn(columns: Columns, knowledge: Knowledge): SourcesOf {
  const known = new Map<number, readonly Label[]>()
  return payer => {
    const held = known.get(payer)
    if (held !== undefined) return held
    const address = columns.addresses.format(payer)
    const custodial = isCustodial(knowledge, columns.network, address)
    const labels = custodial ? knowledge.labelsOf(columns.network, address) : []
    known.set(payer, labels)
    return labels
  }
}
