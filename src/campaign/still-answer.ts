import * as Amount from '../model/amount.ts'
import * as Asset from '../model/asset.ts'
import type { Coverage } from '../model/coverage.ts'
import * as Instant from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import type { Control, Held, Resting, Still } from './still.ts'
import type { Left } from './still-habit.ts'
import { type HabitJson, type Holding, sentencesOf } from './still-say.ts'

/** The answer of `campaign still`, the same for every face. Durations are whole seconds. */
export type StillAnswer = {
  readonly campaign: string | null
  readonly asOf: string
  readonly addresses: number
  /** Value that somebody could hold now, per holder and asset; what is frozen already is not in it. */
  readonly stoppable: readonly Holding[]
  /** Value in the set that nobody but its holder can hold. */
  readonly outOfReach: readonly Amount.AmountJson[]
  readonly frozen: readonly Amount.AmountJson[]
  readonly resting: readonly RestingJson[]
  /** Paid to a service within the last 30 days. */
  readonly arrived: readonly ArrivedJson[]
  readonly habits: readonly HabitJson[]
  readonly method: { readonly name: 'still'; readonly version: '1' }
  readonly sentences: readonly { readonly en: string; readonly ar: string }[]
  readonly notes: readonly string[]
  readonly coverage: readonly Coverage[]
}

type RestingJson = {
  readonly network: NetworkId
  readonly address: string
  readonly amount: Amount.AmountJson
  readonly control: Control
  readonly held: Held
  /** Newest first; the first hundred. */
  readonly lots: readonly LotJson[]
  readonly lotCount: number
}

type LotJson = {
  readonly amount: Amount.AmountJson
  readonly txid: string | null
  readonly since: string | null
  readonly ageSeconds: number | null
  readonly left: { readonly quarterSeconds: number; readonly halfSeconds: number; readonly moves: number } | null
}

type ArrivedJson = {
  readonly network: NetworkId
  readonly address: string
  readonly amount: Amount.AmountJson
  readonly txid: string
  readonly at: string
  readonly ageSeconds: number
  readonly control: Control
  readonly stillThere: Amount.AmountJson | null
}

/** Lots that are listed of one address. */
const LOTS_SHOWN = 100

export function stillAnswer(found: Still, until: Instant.Instant, campaign: string | null, addresses: number) {
  const free = found.resting.filter(one => one.held !== 'frozen')
  const habits = found.habits.map(({ asset, units, moves, quarter, median, threeQuarters }) => ({
    ...{ moves, amount: Amount.toJson({ asset, units }) },
    ...{ quarterSeconds: quarter, medianSeconds: median, threeQuarterSeconds: threeQuarters },
  }))
  const stoppable = holdingsOf(found, free, until)
  const outOfReach = sums(free.filter(one => one.control.kind === 'none'))
  const frozen = sums(found.resting.filter(one => one.held === 'frozen'))
  const answer: StillAnswer = {
    ...{ campaign, asOf: Instant.format(until), addresses, stoppable, outOfReach, frozen, habits },
    resting: found.resting.map(restingJson),
    arrived: found.arrived.map(({ asset, units, time, age, there, control, network, address, txid }) => ({
      ...{ network, address, amount: Amount.toJson({ asset, units }), txid, at: Instant.format(time) },
      ...{ ageSeconds: age, control, stillThere: there === null ? null : Amount.toJson({ asset, units: there }) },
    })),
    method: { name: 'still', version: '1' },
    sentences: sentencesOf({ stoppable, outOfReach, frozen, habits }),
    notes: notesOf(found),
    coverage: found.coverage,
  }
  return answer
}

function holdingsOf(found: Still, free: readonly Resting[], until: Instant.Instant): Holding[] {
  const keyOf = ({ control, asset }: { control: Control; asset: Asset.Asset }): string =>
    `${control.kind} ${control.who} ${Asset.key(asset)}`
  const resting = Map.groupBy(
    free.filter(one => one.control.kind !== 'none'),
    keyOf,
  )
  const arrived = Map.groupBy(
    found.arrived.filter(one => one.there !== 0n),
    keyOf,
  )
  const keys = [...new Set([...resting.keys(), ...arrived.keys()])].sort()
  return keys.map(key => {
    const [own, paid] = [resting.get(key) ?? [], arrived.get(key) ?? []]
    const { asset, control } = own[0] ?? paid[0]!
    const left = own.flatMap(one => one.lots.flatMap(lot => lot.left ?? []))
    const stated = [...own, ...paid].every(one => one.control.grade === 'stated')
    return {
      control: { ...control, grade: stated ? ('stated' as const) : ('inferred' as const) },
      resting: Amount.toJson({ asset, units: sumOf(own.map(one => one.units)) }),
      // What went on is not there any more; of what lies pooled, all may be.
      arrived: Amount.toJson({ asset, units: sumOf(paid.map(one => one.there ?? one.units)) }),
      addresses: new Set([...own, ...paid].map(one => one.address)).size,
      quarterBy: earliest(
        left.map(one => one.quarter),
        until,
      ),
      halfBy: earliest(
        left.map(one => one.half),
        until,
      ),
    }
  })
}

function earliest(seconds: readonly number[], until: Instant.Instant): string | null {
  if (seconds.length === 0) return null
  return Instant.format(until + seconds.reduce((least, one) => Math.min(least, one)))
}

function restingJson({ network, address, asset, units, control, held, lots }: Resting): RestingJson {
  return {
    ...{ network, address, amount: Amount.toJson({ asset, units }), control, held, lotCount: lots.length },
    lots: lots.slice(0, LOTS_SHOWN).map(lot => ({
      amount: Amount.toJson({ asset, units: lot.units }),
      txid: lot.txid,
      since: lot.since === null ? null : Instant.format(lot.since),
      ageSeconds: lot.age,
      left: leftJson(lot.left),
    })),
  }
}

function leftJson(left: Left | null): LotJson['left'] {
  return left === null ? null : { quarterSeconds: left.quarter, halfSeconds: left.half, moves: left.moves }
}

function sums(rows: readonly Resting[]): Amount.AmountJson[] {
  return [...Map.groupBy(rows, row => Asset.key(row.asset)).values()].map(own => {
    return Amount.toJson({ asset: own[0]!.asset, units: sumOf(own.map(row => row.units)) })
  })
}

function sumOf(units: readonly bigint[]): bigint {
  return units.reduce((sum, one) => sum + one, 0n)
}

function notesOf({ unseen, services, unread, impostors, arrived, habits, resting }: Still): string[] {
  const notes: string[] = []
  const say = (count: number, words: string): void => {
    if (count > 0) notes.push(words)
  }
  say(unseen.length, `${unseen.length} of the addresses do not appear in what was read`)
  say(services.length, `${services.length} of the addresses are services: what lies there is their customers’`)
  say(unread, `${unread} payments out of the set have an unknown value: more may lie there, or less`)
  say(impostors, `${impostors} transfers of fake tokens (a known symbol at another contract) are not value`)
  const inferred = arrived.filter(one => one.control.grade === 'inferred').length
  say(
    inferred,
    `${inferred} payments went to addresses that forward to one service alone: inferred, not stated by anyone`,
  )
  const without = new Set(resting.map(one => Asset.key(one.asset)))
  for (const habit of habits) without.delete(Asset.key(habit.asset))
  say(without.size, `of ${without.size} assets fewer than 5 payments out are known: no habit is read from them`)
  notes.push('unconfirmed payments are not in the ledger: what is under way now is not seen')
  return notes
}
