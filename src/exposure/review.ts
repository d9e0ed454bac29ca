import { eachAddress, knowledge, type StoredKnowledge } from '../attribution/attribution.ts'
import { openColumns } from '../ledger/ledger.ts'
import type { Instant } from '../model/instant.ts'
import * as Network from '../model/network.ts'
import * as Foreign from '../model/network-foreign.ts'
import type { Store } from '../store/store.ts'
import { createLines, createMatcher, fingerprintOf, GROUP } from './match.ts'
import { measure } from './measure.ts'
import { digestOf, standard } from './policy.ts'
import { type Basis, batchOf, tablesOf } from './register.ts'
import { exposureOf, listingOf, overall, type Status } from './status.ts'
import { type AnswerRow, hasAnswers, type ScreeningRow } from './table.ts'

/** An answer that was given, and would be given otherwise today. */
export type Changed = {
  /** Number of the screening, by which its receiver is marked as told. */
  readonly screening: number
  readonly answeredAt: Instant
  readonly askedBy: string
  readonly customer: string | null
  readonly network: string
  readonly address: string
  /** The line of a screening in bulk, from 1; null where the address was asked for by itself. */
  readonly line: number | null
  readonly was: Status
  readonly now: Status
  /** When its receiver was told of just this change, and by whom. */
  readonly told: { readonly at: Instant; readonly by: string } | null
}

export type ChangedAnswers = {
  readonly changes: readonly Changed[]
  /** Answers that were looked at; one asked for with a time at which it was known never changes, and is left out. */
  readonly answers: number
  /** Of them, answers whose contacts were not measured again: only listings and labels of the address itself. */
  readonly withoutContacts: number
}

/**
 * Which answers that were given would now be given otherwise. Only a change from or to a finding counts: that an
 * address is now checked and was not before tells nobody anything about it.
 *
 * `contacts: false` looks at listings and labels alone: what a new version of a list needs at once. Otherwise the
 * contacts of at most `MEASURED_MAX` addresses are measured again; answers in bulk keep no address, so they are
 * compared by listing and label alone. `address`: answers about this one alone, as a judged label needs.
 */
export function changedAnswers(
  store: Store,
  { now, contacts, address: only }: { readonly now: Instant; readonly contacts: boolean; readonly address?: string },
): ChangedAnswers {
  if (!hasAnswers(store.directory)) return { changes: [], answers: 0, withoutContacts: 0 }
  const tables = tablesOf(store.directory)
  const screenings = new Map(tables.screenings().map(row => [row.number, row]))
  const judge = createJudge(store, now, contacts)
  const toldOf = toldBy(tables.told())
  const changes: Changed[] = []
  let answers = 0
  const add = (
    row: Pick<AnswerRow, 'screening' | 'network' | 'address'>,
    line: number | null,
    was: Status,
    to: Status,
  ) => {
    if (was === to || !(isFinding(was) || isFinding(to)) || (only !== undefined && row.address !== only)) return
    const { answeredAt, askedBy, customer } = screenings.get(row.screening)!
    const { screening, network, address } = row
    const told = toldOf({ screening, network, address, status: to })
    changes.push({ screening, answeredAt, askedBy, customer, network, address, line, was, now: to, told })
  }
  for (const row of tables.answers()) {
    const question = screenings.get(row.screening)!
    if (question.knownAt !== null || (only !== undefined && row.address !== only)) continue
    answers++
    const to = judge.of(row, question)
    if (to !== null) add(row, null, row.status as Status, to)
  }
  for (const { screening, first, answers: bytes } of tables.batches()) {
    const question = screenings.get(screening)!
    if (question.knownAt !== null) continue
    answers += batchOf(bytes).low.length
    judge.inBulk(bytes, question, (line, network, address, was, to) => {
      add({ screening, network, address }, first + line + 1, was, to)
    })
  }
  return { changes, answers, withoutContacts: answers - judge.measured() }
}

/** Marks those who received an answer as told of what it would be now. */
export function markTold(directory: string, changes: readonly Changed[], at: Instant, by: string): void {
  const tables = tablesOf(directory)
  tables.transaction(() => {
    for (const { screening, network, address, now: status } of changes) {
      tables.addTold({ screening, network, address, status, toldAt: at, toldBy: by })
    }
  })
}

/** Addresses whose contacts are measured again in one review. Ours: minutes on a laptop. */
export const MEASURED_MAX = 20_000

function isFinding(status: Status): boolean {
  return status !== 'no-finding' && status !== 'not-checked' && status !== 'invalid'
}

type Asked = Pick<ScreeningRow, 'asOf' | 'hops' | 'basis'>

/** An answer by a policy of somebody's own is compared by listing alone: that policy may be gone. */
function isByStandard({ basis }: Asked): boolean {
  return (JSON.parse(basis) as Basis).policy.digest === digestOf(standard)
}

function createJudge(store: Store, now: Instant, contacts: boolean) {
  const named = namedIn(store)
  const answered = new Map<string, Status | null>()
  let addresses = 0
  let measured = 0
  const knowledgeAt = ({ asOf }: Asked): StoredKnowledge => knowledge(store, { asOf: asOf ?? now, knownAt: now })
  const answer = (row: Pick<AnswerRow, 'network' | 'address'>, asked: Asked, whole: boolean) => {
    const known = knowledgeAt(asked)
    const network = Network.parse(row.network)?.id
    if (network === undefined) return foreign(row, known, asked)
    const { address } = row
    const columns = whole ? openColumns(store, network) : undefined
    const asOf = asked.asOf ?? now
    const exposures = measure({ columns, knowledge: known, network, address, asOf, hops: whole ? asked.hops : 0 })
    const listing = listingOf(known.designationsOf(network, address), known.lists, asOf)
    return { listing, exposure: exposureOf(exposures, columns, known, network) }
  }
  const foreign = (
    { network, address }: Pick<AnswerRow, 'network' | 'address'>,
    known: StoredKnowledge,
    asked: Asked,
  ) => {
    const lists = Foreign.isInLists(network) ? known.lists : []
    const listing = listingOf(known.foreignOf(address), lists, asked.asOf ?? now)
    return { listing, exposure: 'not-checked' as const }
  }
  return {
    measured: () => measured,
    /** Null: nothing that could have changed it was looked at. */
    of(row: AnswerRow, asked: Asked): Status | null {
      const isNamed = named.has(row.address)
      const standing = isByStandard(asked)
      const whole = contacts && standing && (isNamed || addresses < MEASURED_MAX)
      if (!whole && !isNamed) return null
      const kind = whole ? '' : ` ${row.exposure} ${standing}`
      const key = `${row.network} ${row.address} ${asked.asOf} ${asked.hops}${kind}`
      if (whole) measured++
      const held = answered.get(key)
      if (held !== undefined) return held
      if (whole) addresses++
      const { listing, exposure } = answer(row, asked, whole)
      const kept = row.exposure as ReturnType<typeof exposureOf>
      const status = overall(listing, whole || (standing && exposure === 'direct') ? exposure : kept)
      answered.set(key, status)
      return status
    },
    inBulk(
      bytes: Uint8Array,
      asked: Asked,
      tell: (line: number, n: string, a: string, was: Status, now: Status) => void,
    ) {
      named.eachIn(bytes, (line, address, was) => {
        const known = knowledgeAt(asked)
        const network = known.networksOf(address)[0] ?? known.foreignOf(address)[0]?.network
        if (network === undefined) return
        const { listing, exposure } = answer({ network, address }, asked, false)
        const before = was === 'direct' || was === 'indirect' ? was : 'no-finding'
        const held = exposure === 'direct' && isByStandard(asked) ? exposure : before
        tell(line, network, address, was, overall(listing, held))
      })
    },
  }
}

/** Every address that a list, a label or a claim names: nothing else can have changed by them. */
function namedIn(store: Store) {
  const matcher = createMatcher()
  for (const address of eachAddress(store)) matcher.add(address)
  const lines = createLines()
  lines.plain.fill(1)
  const isHit = (low: number, high: number): boolean => {
    lines.count = 1
    lines.low[0] = low
    lines.high[0] = high
    matcher.match(lines)
    return lines.hit[0] === 1
  }
  let texts: Map<string, string> | null = null
  const textsOf = (): Map<string, string> => {
    texts ??= new Map(Array.from(eachAddress(store), address => [keyOf(fingerprintOf(address)), address]))
    return texts
  }
  return {
    has(address: string): boolean {
      const { low, high } = fingerprintOf(address)
      return isHit(low, high)
    },
    eachIn(bytes: Uint8Array, each: (line: number, address: string, was: Status) => void): void {
      const batch = batchOf(bytes)
      for (let from = 0; from < batch.low.length; from += GROUP) {
        lines.count = Math.min(GROUP, batch.low.length - from)
        lines.low.set(batch.low.subarray(from, from + lines.count))
        lines.high.set(batch.high.subarray(from, from + lines.count))
        matcher.match(lines)
        for (let k = 0; k < lines.count; k++) {
          if (lines.hit[k] === 0) continue
          const address = textsOf().get(keyOf({ low: lines.low[k]!, high: lines.high[k]! }))
          if (address !== undefined) each(from + k, address, batch.status(from + k))
        }
      }
    },
  }
}

function keyOf({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${low}.${high}`
}

type Told = Pick<AnswerRow, 'screening' | 'network' | 'address' | 'status'>

function toldBy(rows: readonly (Told & { readonly toldAt: Instant; readonly toldBy: string })[]) {
  const key = ({ screening, network, address, status }: Told) => `${screening} ${network} ${address} ${status}`
  const told = new Map(rows.map(row => [key(row), { at: row.toldAt, by: row.toldBy }]))
  return (row: Told) => told.get(key(row)) ?? null
}
