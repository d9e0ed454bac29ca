import * as Address from '../chain/address.ts'
import type { Category } from '../model/category.ts'
import type { Citation } from '../model/citation.ts'
import type { Instant } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import { sha256Hex } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import * as Confidence from './confidence.ts'
import type { Label, Role } from './label.ts'
import * as Table from './table.ts'

/**
 * Who says what about an address, entity or campaign, where, when and in what words. Never a fact by itself: a claim
 * becomes a label with the confidence that its medium earns, and says whose word it is.
 */
export type ClaimContent = {
  readonly subject: Subject
  readonly predicate: Predicate
  /** The claimed owner, role holder or value, as the words have it. */
  readonly object: string
  readonly category: Category | null
  readonly role: Role | null
  readonly grade: Grade
  readonly speaker: string
  /** Where it was said: `article`, `post`, `court`, `company`… or a name. */
  readonly medium: string
  readonly saidAt: Instant | null
  readonly words: string
  readonly url: string | null
  /** Where the words stand in sealed bytes: UTF-16 offsets into the capture's text. */
  readonly capture: {
    readonly sha256: string
    readonly member?: string
    readonly start: number
    readonly end: number
  } | null
  /** GraphSense confidence id. */
  readonly confidence: string
  readonly validFrom: Instant | null
  readonly validTo: Instant | null
  /** Claims (by id) or speakers (by name) that it says it rests on: these and it are one source. */
  readonly reliesOn?: readonly string[]
}

export type Subject =
  | { readonly kind: 'address'; readonly network: NetworkId; readonly address: string }
  | { readonly kind: 'entity' | 'campaign'; readonly name: string }

/** owner: controls it · donation-address: is published for gifts to the object · is: the object names what it is. */
export type Predicate = 'owner' | 'donation-address' | 'is' | 'member-of' | 'received' | 'said'

export const predicates: readonly Predicate[] = ['owner', 'donation-address', 'is', 'member-of', 'received', 'said']

export type Grade = 'alleged' | 'reported' | 'designated' | 'convicted'

export const grades: readonly Grade[] = ['alleged', 'reported', 'designated', 'convicted']

export type Claim = ClaimContent & { readonly id: string; readonly knownAt: Instant; readonly addedBy: string }

/** Longest quotation that a claim may carry, in characters: a sentence or two, not an article. */
export const WORDS_CHARACTERS_MAX = 4000

/**
 * Keeps a claim and returns it with its id (SHA-256 of its content). The same claim twice is one, known since the
 * first time. Fails where the address is none, the window is turned round, or nobody is named as the speaker.
 */
export function addClaim(store: Store, content: ClaimContent, knownAt: Instant, by: string): Claim {
  const checked = check(content)
  const text = canonical(checked)
  const id = sha256Hex(text)
  const subject = checked.subject
  const [network, address] = subject.kind === 'address' ? [subject.network, subject.address] : [null, null]
  Table.insertClaim(store, { id, network, address, content: text, known_at: knownAt, added_by: by })
  return toClaim(Table.claim(store, id)!)
}

/** Claims in the order in which they came; of one address where given. */
export function claims(store: Store, address: string | null = null): Claim[] {
  return Table.claims(store, address).map(toClaim)
}

/** What a claim amounts to for its address, or null: about something else, or outside its window. */
export function labelOfClaim(id: string, claim: ClaimContent, asOf: Instant): Label | null {
  const { subject, validFrom, validTo } = claim
  if (subject.kind !== 'address' || claim.predicate === 'received' || claim.predicate === 'said') return null
  if ((validFrom !== null && asOf < validFrom) || (validTo !== null && asOf >= validTo)) return null
  const citations: Citation[] = claim.capture === null ? [] : [{ kind: 'capture', ...claim.capture }]
  const category = claim.category ?? (claim.predicate === 'donation-address' ? 'donation' : 'other')
  return {
    network: subject.network,
    address: subject.address,
    name: claim.object,
    entity: null,
    category,
    role: claim.role ?? (claim.predicate === 'donation-address' ? 'donation' : null),
    confidence: Confidence.from(claim.confidence),
    source: `${claim.speaker} (${claim.medium})`,
    citations,
    id,
    categories: [category],
    judgement: null,
    conflict: null,
    validFrom,
    validTo,
    grade: claim.grade,
  }
}

function check(content: ClaimContent): ClaimContent {
  const { subject, validFrom, validTo } = content
  if (content.speaker.trim() === '') throw invalid('speaker', content.speaker, 'Say whose word it is: --speaker.')
  if (content.words.length > WORDS_CHARACTERS_MAX) throw tooLong(content.words.length)
  if (Confidence.parse(content.confidence) === undefined) {
    const known = Confidence.all.map(one => one.id).join(', ')
    throw invalid('confidence', content.confidence, `GraphSense's scale has: ${known}.`)
  }
  if (validFrom !== null && validTo !== null && validTo <= validFrom) {
    throw invalid('window', `${validFrom}–${validTo}`, 'The end of a window comes after its start.')
  }
  if (subject.kind !== 'address') return content
  const { address } = Address.from(subject.address, subject.network)
  return { ...content, subject: { ...subject, address } }
}

/** Keys in one order at each depth, so that equal claims have equal text. */
function canonical(content: ClaimContent): string {
  return JSON.stringify(content, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

function toClaim(row: Table.ClaimRow): Claim {
  const content = JSON.parse(row.content) as ClaimContent
  return { id: row.id, ...content, knownAt: row.known_at, addedBy: row.added_by }
}

function invalid(what: string, value: string, hint: string): Failure {
  const message = `“${value.slice(0, 100)}” is no ${what} of a claim.`
  return new Failure('Claim.Invalid', 'input', message, { hint, facts: { [what]: value.slice(0, 100) } })
}

function tooLong(characters: number): Failure {
  const message = `The words of the claim have ${characters} characters; at most ${WORDS_CHARACTERS_MAX} are kept.`
  const hint = 'Quote the sentence that says it and cite the capture for the rest.'
  return new Failure('Claim.TooLong', 'limit', message, { hint, facts: { characters, max: WORDS_CHARACTERS_MAX } })
}
