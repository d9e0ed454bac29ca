import * as Asset from '../model/asset.ts'
import type { Member } from './member.ts'
import type { Inflow, Movement } from './movement.ts'
import { dustUnitsMax } from './threshold.ts'

/** The classes of inflow in their order of precedence; docs/methods/receipts.md defines each. */
export const CLASSES = [
  ...(['service', 'selfTransfer', 'governmentWindow', 'dust', 'afterFreeze', 'beforePublication'] as const),
  ...(['refund', 'passThrough', 'afterExposure', 'undecided', 'receipts'] as const),
]

export type Class = (typeof CLASSES)[number]

/** Why something is undecided. */
export type Reason =
  | 'sender-not-read'
  | 'joint'
  | 'mined'
  | 'maybe-refund'
  | 'fuel'
  | 'unchecked-token'
  | 'not-a-donation-address'
  | 'one-publisher'

/** Units of one inflow in one class. The parts of an inflow sum to it. */
export type Part = {
  readonly inflow: Inflow
  readonly class: Class
  readonly reason: Reason | null
  readonly units: bigint
}

/** What the classifier asks about the set and those who pay it. */
export type Facts = {
  isService(member: Member): boolean
  isCustodial(payer: number): boolean
  /** Members that take in checked tokens: TRX on them may be fuel. */
  readonly takesTokens: ReadonlySet<Member>
}

/** Each inflow in its classes. `movements` stand in ledger order: a refund follows what it gives back. */
export function classify(movements: readonly Movement[], facts: Facts): Part[] {
  const parts: Part[] = []
  const paid = new Map<string, bigint>()
  for (const movement of movements) {
    if (movement.kind === 'in') parts.push(...partsOf(movement, facts, paid))
    else {
      const key = paidKey(movement.asset, movement.to)
      paid.set(key, (paid.get(key) ?? 0n) + movement.units)
    }
  }
  return parts
}

function partsOf(inflow: Inflow, facts: Facts, paid: Map<string, bigint>): Part[] {
  const whole = (what: Class, reason: Reason | null = null): Part[] => [
    { inflow, class: what, reason, units: inflow.units },
  ]
  if (facts.isService(inflow.member)) return whole('service')
  const foreign = inflow.units - inflow.own
  const own: Part[] = inflow.own === 0n ? [] : [{ inflow, class: 'selfTransfer', reason: null, units: inflow.own }]
  if (foreign === 0n) return own
  const window = windowClass(inflow)
  if (window !== undefined) return [...own, { inflow, class: window, reason: null, units: foreign }]
  const back = refundOf(inflow, foreign, facts, paid)
  const rest = foreign - (back?.units ?? 0n)
  const parts = back === undefined ? own : [...own, back]
  return rest === 0n ? parts : [...parts, { inflow, ...restClass(inflow, facts), units: rest }]
}

/** The classes that size and time alone decide. */
function windowClass({ member, time, units, asset }: Inflow): Class | undefined {
  const { publishedAt, frozenAt, governmentFrom, governmentTo } = member.window
  const controlled =
    governmentFrom !== null && time >= governmentFrom && (governmentTo === null || time <= governmentTo)
  if (controlled) return 'governmentWindow'
  if (units <= dustUnitsMax(asset)) return 'dust'
  if (frozenAt !== null && time >= frozenAt) return 'afterFreeze'
  return publishedAt !== null && time < publishedAt ? 'beforePublication' : undefined
}

/** Up to what the payers had been paid; what is taken here is not given back a second time. */
function refundOf(inflow: Inflow, units: bigint, facts: Facts, paid: Map<string, bigint>): Part | undefined {
  const { payers, payersRead, joint, asset } = inflow
  if (payers.length === 0) return undefined
  let taken = 0n
  let all = payersRead && !joint
  for (const payer of payers) {
    const key = paidKey(asset, payer)
    const owed = paid.get(key) ?? 0n
    if (owed === 0n || facts.isCustodial(payer)) all = false
    const part = owed < units - taken ? owed : units - taken
    if (part === 0n) continue
    paid.set(key, owed - part)
    taken += part
  }
  if (taken === 0n) return undefined
  return all
    ? { inflow, class: 'refund', reason: null, units: taken }
    : { inflow, class: 'undecided', reason: 'maybe-refund', units: taken }
}

function restClass(inflow: Inflow, { takesTokens }: Facts): Pick<Part, 'class' | 'reason'> {
  const { member, asset, time } = inflow
  const relays = member.role === 'operational' || member.role === 'intermediary'
  if (relays && inflow.passedOn) return { class: 'passThrough', reason: null }
  if (member.window.exposedAt !== null && time >= member.window.exposedAt)
    return { class: 'afterExposure', reason: null }
  const reason = undecidedReason(inflow, asset, takesTokens)
  return reason === undefined ? { class: 'receipts', reason: null } : { class: 'undecided', reason }
}

function undecidedReason(inflow: Inflow, asset: Asset.Asset, takesTokens: ReadonlySet<Member>): Reason | undefined {
  if (!inflow.payersRead) return 'sender-not-read'
  if (inflow.joint) return 'joint'
  if (inflow.mined) return 'mined'
  if (asset.contract !== null && Asset.token(asset.network, asset.contract) === undefined) return 'unchecked-token'
  if (asset.network === 'tron' && asset.contract === null && takesTokens.has(inflow.member)) return 'fuel'
  if (RELAYS.has(inflow.member.role)) return 'not-a-donation-address'
  return inflow.member.claimed ? 'one-publisher' : undefined
}

/** Roles of addresses that nobody was asked to pay: what strangers send may be gifts by an unknown way, or trade. */
const RELAYS: ReadonlySet<Member['role']> = new Set(['collector', 'operational', 'intermediary'])

function paidKey(asset: Asset.Asset, row: number): string {
  return `${Asset.key(asset)} ${row}`
}
