import type * as CaseFile from '../../casefile/casefile.ts'
import * as Amount from '../../model/amount.ts'
import type { Asset } from '../../model/asset.ts'
import type { Citation } from '../../model/citation.ts'
import type { Coverage } from '../../model/coverage.ts'
import type * as Report from '../../report/report.ts'
import { keyOf, ORIGIN, SERVICES } from '../../report/report.ts'
import { assert } from '../../std/assert.ts'
import { VERSION } from '../../trace/trace.ts'
import type { CrossingAnswer } from '../follow/crossing.ts'

/** A trace as it was filed: amounts are texts of whole numbers. */
export type FiledTrace = {
  readonly trace: FiledWalk
  readonly steps: readonly FiledStep[]
  /** Only where value left over bridges. */
  readonly crossings?: readonly CrossingAnswer[]
  readonly onward?: readonly FiledWalk[]
}

type FiledWalk = {
  readonly network: string
  readonly origin: readonly string[]
  readonly declared: {
    readonly methods: readonly string[]
    readonly hops: number | null
    readonly min: string | null
    readonly reason: string
  }
  readonly methods: Readonly<Record<string, FiledOutcome>>
  readonly conserved: boolean
  readonly coverage: Coverage
}

type FiledOutcome = {
  readonly reached: readonly FiledReached[]
  readonly total: readonly FiledAmount[]
  readonly fees: readonly FiledAmount[]
}

type FiledAmount = { readonly asset: Asset; readonly units: string }

type FiledReached = {
  readonly address: string | null
  readonly outpoint: string | null
  readonly amount: FiledAmount
  readonly hops: number
  readonly stoppedBecause: string
  readonly label: { readonly name: string; readonly category: string; readonly citations: readonly Citation[] } | null
  readonly transactions: readonly string[]
}

type FiledStep = {
  readonly through: string | null
  readonly first: readonly FiledReached[]
  readonly onward: FiledOutcome | null
}

/** What the report shows of a trace: destinations over all conserving methods, and the links of the picture. */
export function traceMaterial(run: CaseFile.Run, filed: FiledTrace): Report.TraceMaterial {
  const { trace, steps, crossings, onward } = filed
  const { declared, origin } = trace
  return {
    run: {
      operation: run.operation,
      arguments: run.input,
      method: { name: 'taint', version: VERSION },
      sha256: run.sha256,
    },
    ...{ origin, declared, ...walkMaterial(trace) },
    links: linksOf(trace.methods['haircut'], steps),
    ...(crossings === undefined ? {} : { crossings: crossings.map(crossingMaterial) }),
    ...(onward === undefined ? {} : { onward: onward.map(walkMaterial) }),
  }
}

function walkMaterial({ methods, network, conserved }: FiledWalk): Report.OnwardMaterial {
  const conserving = Object.entries(methods).filter(([name]) => name !== 'poison')
  const shown = (conserving[0] ?? Object.entries(methods)[0])?.[1]
  return {
    ...{ network, conserved },
    total: (shown?.total ?? []).map(json),
    fees: (shown?.fees ?? []).map(json),
    destinations: destinationsOf(conserving.length > 0 ? conserving : Object.entries(methods)),
  }
}

function crossingMaterial({ name, grade, id, paid, released, destination }: CrossingAnswer): Report.CrossingMaterial {
  const told =
    destination === null ? null : { network: destination.network ?? destination.chain, address: destination.address }
  assert(paid !== null, 'a case is traced forward: what was paid in is known')
  return { name, grade, id, paid, released, destination: told }
}

/** One row per place and asset: a named service over all its addresses, else an address. Greatest amounts first. */
function destinationsOf(outcomes: readonly (readonly [string, FiledOutcome])[]): Report.Destination[] {
  const found = new Map<string, { sample: FiledReached; sums: Map<string, bigint>; txids: Set<string>; hops: number }>()
  for (const [method, { reached }] of outcomes) {
    for (const at of reached) {
      const key = `${placeOf(at)} ${at.stoppedBecause} ${at.amount.asset.symbol}`
      const known = found.get(key) ?? { sample: at, sums: new Map(), txids: new Set(), hops: at.hops }
      found.set(key, known)
      known.hops = Math.min(known.hops, at.hops)
      known.sums.set(method, (known.sums.get(method) ?? 0n) + BigInt(at.amount.units))
      for (const txid of at.transactions) known.txids.add(txid)
    }
  }
  const rows = [...found.values()].map(({ sample, sums, txids, hops }): Report.Destination => {
    const values = outcomes.map(([method]) => sums.get(method) ?? 0n).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    const amount = (units: bigint) => json({ asset: sample.amount.asset, units: String(units) })
    return {
      ...{ address: sample.address, name: nameOf(sample), category: sample.label?.category ?? null },
      ...{ stop: sample.stoppedBecause, hops, txids: [...txids], list: listOf(sample) },
      ...{ min: amount(values[0]!), max: amount(values.at(-1)!), robust: values[0]! > 0n },
    }
  })
  return rows.filter(row => row.max.amount !== '0').sort(byService)
}

/** Services first: that is where someone can act. */
function byService(a: Report.Destination, b: Report.Destination): number {
  const rank = (at: Report.Destination) => (SERVICES.includes(at.stop) ? 0 : 1)
  const [x, y] = [BigInt(a.max.amount), BigInt(b.max.amount)]
  return rank(a) - rank(b) || (x > y ? -1 : x < y ? 1 : 0)
}

function nameOf({ label, stoppedBecause }: FiledReached): string | null {
  return label !== null && SERVICES.includes(stoppedBecause) ? label.name : null
}

function placeOf(at: FiledReached): string {
  return nameOf(at) ?? at.address ?? ''
}

function listOf({ label }: FiledReached): Report.Destination['list'] {
  const citation = label?.citations.find(one => one.kind === 'list')
  if (citation?.kind !== 'list') return null
  const { authority, version, sha256, entry } = citation
  return { authority, version, sha256, entry }
}

/**
 * Links of the picture, by haircut. Haircut is linear: where only a part of an output's value is the origin's, the same
 * part of what became of it is. On account chains balances mix, so such a stretch is left out there. What a stretch
 * says of an end is cut to what the whole run says of it (value may pass the origin twice), and what no stretch
 * explains goes straight from the origin: so each end holds exactly what the table says by haircut.
 */
function linksOf(whole: FiledOutcome | undefined, steps: readonly FiledStep[]): Report.TraceLink[] {
  if (whole === undefined) return []
  const left = new Map<string, { to: string; asset: Asset; units: bigint }>()
  for (const at of whole.reached) {
    const key = `${endOf(at)} ${at.amount.asset.symbol}`
    const known = left.get(key) ?? { to: endOf(at), asset: at.amount.asset, units: 0n }
    left.set(key, { ...known, units: known.units + BigInt(at.amount.units) })
  }
  const links: Report.TraceLink[] = []
  const stretches = steps.flatMap(stretchesOf).sort((a, b) => (a.part > b.part ? -1 : a.part < b.part ? 1 : 0))
  for (const { through, asset, ends } of stretches) {
    let sum = 0n
    for (const { to, units } of ends) {
      const room = left.get(`${to} ${asset.symbol}`)
      const taken = room === undefined || room.units < units ? (room?.units ?? 0n) : units
      if (room === undefined || taken === 0n) continue
      room.units -= taken
      sum += taken
      links.push(link(through, to, asset, taken))
    }
    if (sum > 0n) links.push(link(ORIGIN, through, asset, sum))
  }
  for (const { to, asset, units } of left.values()) if (units > 0n) links.push(link(ORIGIN, to, asset, units))
  return links
}

type Stretch = {
  readonly through: string
  readonly asset: Asset
  readonly part: bigint
  readonly ends: readonly { readonly to: string; readonly units: bigint }[]
}

function stretchesOf({ through, first, onward }: FiledStep): Stretch[] {
  if (through === null || onward === null) return []
  return onward.total.flatMap(({ asset, units }) => {
    const total = BigInt(units)
    const part = sumOf(first.filter(at => at.amount.asset.symbol === asset.symbol))
    if (part > total || (part < total && first[0]?.outpoint === null)) return []
    const own = onward.reached.filter(at => at.amount.asset.symbol === asset.symbol)
    const ends = own.map(at => ({ to: endOf(at), units: (BigInt(at.amount.units) * part) / total }))
    return [{ through, asset, part, ends }]
  })
}

function sumOf(reached: readonly FiledReached[]): bigint {
  return reached.reduce((sum, at) => sum + BigInt(at.amount.units), 0n)
}

function endOf(at: FiledReached): string {
  return keyOf({ name: nameOf(at), address: at.address, stop: at.stoppedBecause })
}

function link(from: string, to: string, asset: Asset, units: bigint): Report.TraceLink {
  return { from, to, units: String(units), asset: asset.symbol }
}

function json({ asset, units }: FiledAmount): Amount.AmountJson {
  return Amount.toJson({ asset, units: BigInt(units) })
}
