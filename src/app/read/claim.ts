import * as Attribution from '../../attribution/attribution.ts'
import type { Category } from '../../model/category.ts'
import * as Categories from '../../model/category.ts'
import * as Instants from '../../model/instant.ts'
import * as Networks from '../../model/network.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Operation } from '../operation.ts'
import { disputeJson } from '../screen/label-json.ts'
import { signerOf } from '../user/key.ts'
import { answersChanged } from './changed.ts'

/** Claims about addresses, entities and campaigns, and analysts' judgements on claims and labels. */

type ClaimInput = {
  readonly subject: string
  readonly predicate: string
  readonly object: string
  readonly speaker: string
  readonly medium: string
  readonly words: string
  readonly network?: string
  readonly kind?: string
  readonly said?: string
  readonly url?: string
  readonly capture?: string
  readonly member?: string
  readonly start?: number
  readonly end?: number
  readonly category?: string
  readonly role?: string
  readonly grade: string
  readonly confidence: string
  readonly validFrom?: string
  readonly validTo?: string
  readonly reliesOn?: readonly string[]
}

const ROLES = [
  ...(['donation', 'collector', 'operational', 'intermediary', 'service', 'cash-out', 'payer'] as const),
  ...(['government-controlled', 'unknown'] as const),
]

export const claimAdd: Operation = {
  name: 'claim add',
  summary: 'Record who says what about an address, entity or campaign',
  access: 'write',
  fields: {
    subject: { type: 'string', says: 'What it is about: an address or a name', positional: true, required: true },
    predicate: {
      ...{ type: 'string', says: 'What is said of it', positional: true, required: true },
      choices: Attribution.predicates,
    },
    object: { type: 'string', says: 'The claimed owner, cause or value', positional: true, required: true },
    speaker: { type: 'string', says: 'Whose word it is', required: true },
    medium: { type: 'string', says: 'Where it was said: article, post, court, company, interview…', required: true },
    words: { type: 'string', says: 'The sentence that says it, as it stands', required: true },
    network: { type: 'string', says: 'Network of the address; default: the one that the address itself names' },
    kind: { type: 'string', says: 'Kind of subject', choices: ['address', 'entity', 'campaign'], default: 'address' },
    said: { type: 'string', says: 'When it was said or published' },
    url: { type: 'string', says: 'Where it can be read' },
    capture: { type: 'string', says: 'SHA-256 of the capture that holds the words' },
    member: { type: 'string', says: 'File inside the capture, where that is an archive' },
    start: { type: 'integer', says: 'First UTF-16 offset of the words in the text of the capture' },
    end: { type: 'integer', says: 'Offset after the words' },
    category: { type: 'string', says: 'Category', choices: Categories.all },
    role: { type: 'string', says: 'What the address is for', choices: ROLES },
    grade: { type: 'string', says: 'How far it was carried', choices: Attribution.grades, default: 'alleged' },
    confidence: {
      ...{ type: 'string', says: 'GraphSense confidence id', default: 'unknown' },
      choices: Attribution.Confidence.all.map(one => one.id),
    },
    validFrom: { type: 'string', says: 'From when it holds' },
    validTo: { type: 'string', says: 'Until when it holds' },
    reliesOn: { type: 'strings', says: 'Claims (ids) or speakers that it rests on: together they are one source' },
  },
  examples: [
    {
      command:
        'athar claim add 1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq owner "al-Qassam Brigades" ' +
        '--speaker "Reporter" --medium article --words "…"',
      says: 'an article names the owner of an address',
    },
  ],
  run: (input: ClaimInput, context: Context) => {
    const content = contentOf(input)
    const claim = Attribution.addClaim(context.store, content, context.clock(), context.user)
    const { subject } = claim
    return { ...inWords(claim), ...answersChanged(context, subject.kind === 'address' ? subject.address : null) }
  },
}

function contentOf(input: ClaimInput): Attribution.ClaimContent {
  return {
    subject: subjectOf(input),
    predicate: input.predicate as Attribution.ClaimContent['predicate'],
    object: input.object,
    category: (input.category ?? null) as Category | null,
    role: (input.role ?? null) as Attribution.Role | null,
    grade: input.grade as Attribution.ClaimContent['grade'],
    speaker: input.speaker,
    medium: input.medium,
    saidAt: instantOf('said', input.said),
    words: input.words,
    url: input.url ?? null,
    capture: captureOf(input),
    confidence: input.confidence,
    validFrom: instantOf('validFrom', input.validFrom),
    validTo: instantOf('validTo', input.validTo),
    ...(input.reliesOn === undefined ? {} : { reliesOn: input.reliesOn }),
  }
}

function subjectOf({ kind, subject, network }: ClaimInput): Attribution.Subject {
  if (kind === 'entity' || kind === 'campaign') return { kind, name: subject }
  const named = network === undefined ? undefined : Networks.parse(network)
  if (network !== undefined && named === undefined) throw wrong('network', network, 'Name one that Athar reads.')
  const listed = Attribution.identify(subject, null)
  return { kind: 'address', network: named?.id ?? listed.networks[0] ?? 'bitcoin', address: subject }
}

function captureOf({ capture, member, start, end }: ClaimInput): Attribution.ClaimContent['capture'] {
  if (capture === undefined) return null
  if (!/^[0-9a-f]{64}$/.test(capture)) throw wrong('capture', capture, 'Give its SHA-256: 64 hex digits.')
  const span = { start: start ?? 0, end: end ?? 0 }
  if (span.end < span.start) throw wrong('end', String(span.end), 'The span ends before it starts.')
  return { sha256: capture, ...(member === undefined ? {} : { member }), ...span }
}

export const claimList: Operation = {
  name: 'claim list',
  summary: 'Show the claims, of one address where it is given',
  access: 'read',
  fields: { address: { type: 'string', says: 'Address that the claims are about', positional: true } },
  examples: [{ command: 'athar claim list 1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq', says: 'who said what about it' }],
  list: 'claims',
  run: ({ address }: { address?: string }, context: Context) => {
    const about = address === undefined ? null : Attribution.identify(address, null).address
    const all = Attribution.claims(context.store)
    const own = all.filter(({ subject }) => about === null || (subject.kind === 'address' && subject.address === about))
    const disputes = Map.groupBy(Attribution.disputes(context.store), one => one.target)
    const claims = own.map(claim => ({
      ...inWords(claim),
      judgements: Attribution.judgements(context.store, claim.id).map(judgementInWords),
      disputes: (disputes.get(claim.id) ?? []).map(disputeJson),
      corroboration: Attribution.corroborate(claim, all),
    }))
    return { claims }
  },
}

type JudgementInput = { readonly target: string; readonly verdict: string; readonly reason: string }

export const judgementAdd: Operation = {
  name: 'judgement add',
  summary: 'Judge a claim or label; earlier judgements stay beside it',
  access: 'write',
  fields: {
    target: { type: 'string', says: 'Id of the claim or label', positional: true, required: true },
    verdict: {
      ...{
        type: 'string',
        says: 'Your judgement; no takes the label out of answers',
        positional: true,
        required: true,
      },
      choices: Attribution.verdicts,
    },
    reason: { type: 'string', says: 'What it rests on, in one sentence', required: true },
  },
  examples: [
    {
      command: 'athar judgement add entry-4711 no --reason "A token contract, not a wallet of the exchange"',
      says: 'a wrong label is taken out; what was answered before can still be asked with --known-at',
    },
  ],
  run: ({ target, verdict, reason }: JudgementInput, context: Context) => {
    const judgement = {
      ...{ target, verdict: verdict as Attribution.Judgement['verdict'], reason },
      ...{ by: context.user, knownAt: context.clock() },
    }
    const signer = signerOf(context.store, context.user)
    const kept = Attribution.addJudgement(context.store, judgement, signer)
    const address = Attribution.addressOfTarget(context.store, target)
    return { ...judgementInWords(kept), ...answersChanged(context, address) }
  },
}

function inWords(claim: Attribution.Claim): object {
  return {
    ...claim,
    saidAt: formatted(claim.saidAt),
    validFrom: formatted(claim.validFrom),
    validTo: formatted(claim.validTo),
    knownAt: Instants.format(claim.knownAt),
  }
}

function judgementInWords({ signature, ...judgement }: Attribution.Judgement): object {
  const signed = signature === null ? null : Buffer.from(signature).toString('hex')
  return { ...judgement, knownAt: Instants.format(judgement.knownAt), signature: signed }
}

function formatted(instant: Instants.Instant | null): string | null {
  return instant === null ? null : Instants.format(instant)
}

function instantOf(name: string, text: string | undefined): Instants.Instant | null {
  if (text === undefined) return null
  const instant = Instants.parse(text)
  if (instant === undefined) throw wrong(name, text, 'Write 2026-11-01 or 2026-11-01T12:00:00Z.')
  return instant
}

function wrong(name: string, value: string, hint: string): Failure {
  const shown = value.slice(0, 80)
  return new Failure('Claim.Invalid', 'usage', `“${shown}” cannot stand as ${name} of a claim.`, {
    hint,
    facts: { field: name, value: shown },
  })
}
