import { bridges } from './check-bridge.ts'
import { compare, isComparable, type Pair } from './check-compare.ts'
import { type Reading, readingsIn } from './check-reading.ts'
import type { Sentences } from './check-say.ts'
import { judgeOne } from './check-single.ts'
import type { CoinPrice, Fit } from './check-value.ts'
import { conflictsIn } from './check-wording.ts'
import type { Claim } from './claim.ts'
import { type Read, readClaims, type Source } from './claim-read.ts'

/** What figures of texts are to each other. Definitions: docs/methods/fact-check.md; version 1. */
export type Verdict = Sentences & {
  readonly verdict: VerdictName
  /** Ids of the claims that it is about. */
  readonly claims: readonly string[]
  readonly differ: Pair['differ']
  /** One quantity at its dates, where prices tell. */
  readonly fits: readonly Fit[]
  /** Claims that speak against a narrative one. */
  readonly against: readonly string[]
  /** Facts of the regime, beside a legal claim. */
  readonly facts: readonly Fact[]
  /** Where a translation conflict stands. */
  readonly place: {
    readonly file: string | null
    readonly line: number
    readonly start: number
    readonly end: number
    readonly raw: string
    readonly likelier: string | null
  } | null
}

export type VerdictName =
  | 'contradiction'
  | 'compatible'
  | 'different scope'
  | 'translation conflict'
  | 'not comparable'
  | 'no figure'
  | 'narrative claim'
  | 'legal claim'
  | 'unverified'

/** What is known of a regime of sanctions, with who says so. */
export type Fact = Sentences & { readonly source: string }

/** A word that the figure does not bear. */
export type Flag = Sentences & {
  readonly claim: string
  readonly word: string
  readonly code: 'raised-for-turnover' | 'transferred-is-not-donated'
}

export type Checked = {
  readonly reads: readonly Read[]
  readonly claims: readonly Claim[]
  readonly verdicts: readonly Verdict[]
  readonly flags: readonly Flag[]
  readonly readings: readonly Reading[]
  /** Claims of one act of authorities: figures with their scopes, not a sum. */
  readonly clusters: readonly (Sentences & { readonly claims: readonly string[] })[]
  /** Stated receipts in crypto, which alone may be held against a ledger. Never summed. */
  readonly cryptoReceipts: readonly string[]
  readonly notes: readonly string[]
}

/** What the check is given besides the texts. */
export type Given = {
  readonly priceOf: CoinPrice
  /** Facts for a legal claim. */
  readonly factsFor: (claim: Claim) => readonly Fact[]
}

/** Verdicts on pairs beyond this are left out, and a note says so. */
export const PAIRS_MAX = 2000

/** Figures that are compared with each other: two million pairs take seconds. */
export const COMPARED_MAX = 2000

/** Reads texts and compares all their claims. Pure; cost: the square of the figures of one unit. */
export function check(sources: readonly Source[], given: Given): Checked {
  const reads: Read[] = []
  let next = 1
  for (const source of sources) {
    const read = readClaims(source, next)
    next += read.claims.length === 0 ? 0 : Math.max(...read.claims.map(one => Number(one.id))) - next + 1
    reads.push(read)
  }
  const claims = reads.flatMap(read => read.claims)
  const bridged = bridges(reads, given.priceOf)
  const done = new Set(bridged.pairs)
  const pairs = pairsOf(claims, done)
  const figures = claims.filter(one => one.kind === 'figure').length
  const conflicts = conflictsIn(reads).map(conflictVerdict)
  const verdicts = [
    ...bridged.verdicts,
    ...pairs.slice(0, PAIRS_MAX),
    ...conflicts,
    ...claims.flatMap(one => judgeOne(one, claims, given)),
  ]
  return {
    ...{ reads, claims, verdicts },
    flags: bridged.flags,
    readings: readingsIn(reads),
    clusters: clustersOf(claims),
    cryptoReceipts: claims.filter(isCryptoReceipt).map(one => one.id),
    notes: [
      ...(pairs.length > PAIRS_MAX
        ? [`${pairs.length - PAIRS_MAX} further pairs were compared and are not shown`]
        : []),
      ...(figures > COMPARED_MAX ? [`only the first ${COMPARED_MAX} of ${figures} figures were compared`] : []),
    ],
  }
}

function pairsOf(claims: readonly Claim[], done: ReadonlySet<string>): Verdict[] {
  const found: Verdict[] = []
  const groups = Map.groupBy(claims.filter(one => one.kind === 'figure').slice(0, COMPARED_MAX), one => one.unit)
  for (const group of groups.values()) {
    group.forEach((a, i) => {
      for (const b of group.slice(i + 1)) {
        if (done.has(`${a.id} ${b.id}`) || a.valueOf === b.id || b.valueOf === a.id) continue
        const pair = compare(a, b)
        if (pair === undefined) continue
        const { verdict, differ, en, ar } = pair
        found.push({ ...NONE, verdict, claims: [a.id, b.id], differ, en, ar })
      }
    })
  }
  return found.sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict))
}

function conflictVerdict(conflict: ReturnType<typeof conflictsIn>[number]): Verdict {
  const { en, ar, claims, file, line, start, end, raw, likelier } = conflict
  return { ...NONE, verdict: 'translation conflict', claims, en, ar, place: { file, line, start, end, raw, likelier } }
}

/** Figures of what authorities took, that nothing sets apart: one act told several times, perhaps. */
function clustersOf(claims: readonly Claim[]): Checked['clusters'] {
  const taken = claims.filter(
    one => one.state !== null && one.state !== 'arrested' && one.state !== 'charged' && one.state !== 'convicted',
  )
  const groups: Claim[][] = []
  for (const claim of taken) {
    const group = groups.find(members => members.every(member => mayBeOneAct(member, claim)))
    if (group === undefined) groups.push([claim])
    else group.push(claim)
  }
  return groups
    .filter(group => group.length > 1)
    .map(group => ({
      claims: group.map(one => one.id),
      en:
        `${group.length} figures may tell of one act of authorities; each keeps its own scope and ` +
        'legal state, and they are not added up.',
      ar: `قد تصف ${group.length} أرقام إجراءً واحدًا للسلطات؛ ولكل منها نطاقه وحالته القانونية، ولا تُجمع.`,
    }))
}

function mayBeOneAct(a: Claim, b: Claim): boolean {
  if (a.period !== null && b.period !== null && a.period.key !== b.period.key) return false
  const [here, there] = [a.scope.places, b.scope.places]
  return here.length === 0 || there.length === 0 || here.some(place => there.includes(place))
}

function isCryptoReceipt(claim: Claim): boolean {
  const measured = claim.measure === 'received' || claim.measure === 'raised'
  return (
    claim.kind === 'figure' &&
    measured &&
    claim.rail === 'crypto' &&
    isComparable(claim, claim) &&
    /^[A-Z]{3,5}$/.test(claim.unit ?? '')
  )
}

/** What most verdicts leave empty. */
export const NONE = { differ: [], fits: [], against: [], facts: [], place: null } as const

const ORDER: readonly VerdictName[] = ['contradiction', 'compatible', 'different scope', 'not comparable']
