import type { Instant } from '../model/instant.ts'
import { sha256Hex } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import * as Table from './table.ts'

/**
 * An analyst's word on a claim or label. It is never overwritten: a later one stands beside it and is the one that
 * counts. `no` takes the label out of all answers; `unsure` leaves it, marked.
 */
export type Judgement = {
  readonly id: string
  /** A claim's id, or the id of a label (`entry-…`). */
  readonly target: string
  readonly verdict: Verdict
  readonly reason: string
  readonly by: string
  readonly knownAt: Instant
  /** Ed25519 over the canonical content; null until users have keys. */
  readonly signature: Uint8Array | null
}

export type Verdict = 'yes' | 'no' | 'unsure'

export const verdicts: readonly Verdict[] = ['yes', 'no', 'unsure']

export type NewJudgement = Omit<Judgement, 'id' | 'signature'>

/** Keeps a judgement and returns it. Fails where its target is not known or no reason is given. */
export function addJudgement(store: Store, judgement: NewJudgement): Judgement {
  const { target, verdict, reason, by, knownAt } = judgement
  if (reason.trim() === '') throw noReason(target)
  const stored = storedTarget(store, target)
  const id = sha256Hex(JSON.stringify([stored, verdict, reason, by, knownAt]))
  const again = Table.judgements(store, stored).find(row => row.id === id)
  if (again === undefined) {
    const row = { id, target: stored, verdict, reason, judged_by: by, known_at: knownAt, signature: null, signer: null }
    Table.insertJudgement(store, row)
  }
  return { id, ...judgement, signature: null }
}

/** Judgements in the order in which they were made; of one claim or label where given. */
export function judgements(store: Store, target: string | null = null): Judgement[] {
  const rows = Table.judgements(store, target === null ? null : storedTarget(store, target))
  return rows.map(row => ({
    id: row.id,
    target: row.target,
    verdict: row.verdict,
    reason: row.reason,
    by: row.judged_by,
    knownAt: row.known_at,
    signature: row.signature,
  }))
}

/** How a judgement on a list's entry is stored: by its key, so that it holds for that listing in every version. */
export function keyTarget(row: Pick<Table.EntryRow, 'list' | 'kind' | 'key'>): string {
  return `key:${row.list}/${row.kind}/${row.key}`
}

function storedTarget(store: Store, target: string): string {
  if (Table.claim(store, target) !== undefined) return target
  const entry = /^entry-(\d{1,12})$/.exec(target)
  const row = entry === null ? undefined : Table.entry(store, Number(entry[1]))
  if (row === undefined) throw unknown(target)
  return keyTarget(row)
}

function unknown(target: string): Failure {
  const shown = target.slice(0, 80)
  return new Failure('Judgement.NoTarget', 'missing', `There is no claim or label “${shown}” to judge.`, {
    hint: 'Ids of claims: `athar claim list`; ids of labels stand in the answer of `athar screen`.',
    facts: { target: shown },
  })
}

function noReason(target: string): Failure {
  return new Failure('Judgement.NoReason', 'usage', `The judgement on ${target.slice(0, 80)} gives no reason.`, {
    hint: 'Say in one sentence what it rests on: --reason "…". Others will have to answer for it.',
    facts: { target: target.slice(0, 80) },
  })
}
