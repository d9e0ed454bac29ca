import type { Instant } from '../model/instant.ts'
import * as Canonical from '../std/canonical.ts'
import { sha256Hex } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import * as Signature from '../std/signature.ts'
import type { Store } from '../store/store.ts'
import { isTarget, keyOf, type UserKey, userKeys } from './entity/table.ts'
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
  /** Ed25519 over `signedText`; null where the analyst had no key then. */
  readonly signature: Uint8Array | null
  /** SHA-256 of the public key that signed. */
  readonly signer: string | null
  readonly signed: Signed
}

/**
 * valid: by the key that its user had then · unsigned: made before its user had a key, so it rests on the data
 * directory alone · invalid: the signature does not fit, is of another's key, or is missing though the user had a key.
 * An invalid one is shown and does not count.
 */
export type Signed = 'valid' | 'unsigned' | 'invalid'

/** Signs in the name of a user: holds the private key, which no one else need see. */
export type Signer = { readonly fingerprint: string; readonly sign: (text: string) => Uint8Array }

export type Verdict = 'yes' | 'no' | 'unsure'

export const verdicts: readonly Verdict[] = ['yes', 'no', 'unsure']

export type NewJudgement = Pick<Judgement, 'target' | 'verdict' | 'reason' | 'by' | 'knownAt'>

/**
 * Keeps a judgement, signed by its analyst's key where they have one, and returns it. Fails where its target is not
 * known, no reason is given, or the analyst has a key that is not at hand.
 */
export function addJudgement(store: Store, judgement: NewJudgement, signer: Signer | null = null): Judgement {
  const { target, verdict, reason, by, knownAt } = judgement
  if (reason.trim() === '') throw noReason(target)
  const stored = storedTarget(store, target)
  const key = keyOf(store, by)
  if (key?.fingerprint !== signer?.fingerprint) throw unsigned(by, key)
  const id = sha256Hex(JSON.stringify([stored, verdict, reason, by, knownAt]))
  const again = Table.judgements(store, stored).find(row => row.id === id)
  if (again !== undefined) return fromRow(again, userKeys(store))
  const plain = { id, target: stored, verdict, reason, judged_by: by, known_at: knownAt }
  const signature = signer?.sign(signedText(plain)) ?? null
  const row = { ...plain, signature, signer: signer?.fingerprint ?? null }
  Table.insertJudgement(store, row)
  return { ...fromRow(row, userKeys(store)), target }
}

/** What a judgement's signature is over: its purpose, then its content as canonical JSON (RFC 8785). */
export function signedText(row: Pick<Table.JudgementRow, 'target' | 'verdict' | 'reason' | 'judged_by' | 'known_at'>) {
  const { target, verdict, reason, judged_by: by, known_at: knownAt } = row
  return `athar judgement 1\n${Canonical.format({ target, verdict, reason, by, knownAt })}`
}

/** The last judgement on each target that was known by then and counts: invalid signatures decide nothing. */
export function verdictsAt(store: Store, knownAt: Instant): ReadonlyMap<string, Table.JudgementRow> {
  const keys = userKeys(store)
  const rows = Table.judgements(store, null).filter(row => row.known_at <= knownAt && signedOf(row, keys) !== 'invalid')
  const inTime = rows.map((row, at) => ({ row, at })).sort((a, b) => a.row.known_at - b.row.known_at || a.at - b.at)
  return new Map(inTime.map(({ row }) => [row.target, row]))
}

/** Judgements in the order in which they were made; of one claim or label where given. */
export function judgements(store: Store, target: string | null = null): Judgement[] {
  const rows = Table.judgements(store, target === null ? null : storedTarget(store, target))
  const keys = userKeys(store)
  return rows.map(row => fromRow(row, keys))
}

function fromRow(row: Table.JudgementRow, keys: readonly UserKey[]): Judgement {
  const { id, target, verdict, reason, judged_by: by, known_at: knownAt, signature, signer } = row
  return { id, target, verdict, reason, by, knownAt, signature, signer, signed: signedOf(row, keys) }
}

function signedOf(row: Table.JudgementRow, keys: readonly UserKey[]): Signed {
  const { signature, signer, judged_by: by, known_at: at } = row
  const countsThen = (key: UserKey) =>
    key.user === by && key.addedAt <= at && (key.removedAt === null || at <= key.removedAt)
  const own = keys.filter(countsThen)
  if (signature === null) return own.some(key => key.removedAt === null || at < key.removedAt) ? 'invalid' : 'unsigned'
  const key = own.find(one => one.fingerprint === signer)
  return key !== undefined && Signature.verify(key.publicKey, signedText(row), signature) ? 'valid' : 'invalid'
}

/** How a judgement on a list's entry is stored: by its key, so that it holds for that listing in every version. */
export function keyTarget(row: Pick<Table.EntryRow, 'list' | 'kind' | 'key'>): string {
  return `key:${row.list}/${row.kind}/${row.key}`
}

/** The address that a judged claim or label is about, or null. */
export function addressOfTarget(store: Store, target: string): string | null {
  const claim = Table.claim(store, target)
  if (claim !== undefined) return claim.address
  const entry = /^entry-(\d{1,12})$/.exec(target)
  return (entry === null ? undefined : Table.entry(store, Number(entry[1])))?.address ?? null
}

/** How a dispute of an authority's listing is stored: by the address, whatever entries name it. */
export function listingTarget(authority: string, address: string): string {
  return `listing:${authority}:${address}`
}

/** What a judgement or dispute names: a claim, a statement or relation of an entity, a label or listing by its key. */
export function storedTarget(store: Store, target: string): string {
  if (Table.claim(store, target) !== undefined || isTarget(store, target)) return target
  const entry = /^entry-(\d{1,12})$/.exec(target)
  const row = entry === null ? undefined : Table.entry(store, Number(entry[1]))
  if (row === undefined) throw unknown(target)
  return keyTarget(row)
}

function unknown(target: string): Failure {
  const shown = target.slice(0, 80)
  return new Failure('Judgement.NoTarget', 'missing', `There is no claim or label “${shown}”.`, {
    hint: 'Ids of claims: `athar claim list`; ids of labels stand in the answer of `athar screen`.',
    facts: { target: shown },
  })
}

function unsigned(by: string, key: UserKey | undefined): Failure {
  const message = `A judgement by “${by.slice(0, 80)}” cannot be signed with the key at hand.`
  return new Failure('Judgement.Unsigned', 'denied', message, {
    hint: 'The private key lies in keys/ beside the data. Restore it, or remove the user and add them again.',
    facts: { user: by.slice(0, 80), fingerprint: key?.fingerprint ?? null },
  })
}

function noReason(target: string): Failure {
  return new Failure('Judgement.NoReason', 'usage', `The judgement on ${target.slice(0, 80)} gives no reason.`, {
    hint: 'Say in one sentence what it rests on: --reason "…". Others will have to answer for it.',
    facts: { target: target.slice(0, 80) },
  })
}
