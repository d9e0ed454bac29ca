import type { Found } from './candidate.ts'
import { disguisesOf, type Folded } from './fold.ts'
import type { AddressMention, Disguise, Mention, Rejected } from './kind.ts'
import { findJoined } from './repair-join.ts'
import { findInParts } from './repair-part.ts'
import { caseLetters, isReadable, READINGS_MAX, readWhole, type Search, searchCase, searchRun } from './repair-run.ts'
import { scan } from './scan.ts'
import { merge, overlaps, type Span } from './span.ts'
import type { View } from './view.ts'

/**
 * Addresses that were taken apart, turned round, or written wrongly, recovered by their checksum alone.
 *
 * At most 2^16 readings of one place are judged and a share of the text's length for all places together, so the time
 * is linear. Each reading passes by chance once in 2^32 (Base58Check) or 2^30 (Bech32); `falsePositive` is that times
 * the readings tried. Where two readings pass there is no repair. What needs more readings is `possible`, unless it is
 * an address that is already known: found in the same text, or given.
 */
export type Repairs = {
  readonly mentions: readonly AddressMention[]
  readonly ambiguous: readonly Rejected[]
  /** Where the limit of readings ended the search. */
  readonly notes: readonly string[]
}

export function findRepairs(
  view: View,
  folded: Folded,
  mentions: readonly Mention[],
  known: readonly string[],
): Repairs {
  const text = view.original
  const found: AddressMention[] = []
  const ambiguous: Rejected[] = []
  let taken: readonly Span[] = merge(mentions)
  const add = (mention: AddressMention) => {
    if (!overlaps(taken, mention)) found.push(mention)
  }
  let budget = BUDGET_LEAST + text.length * BUDGET_SHARE
  const inParts = findInParts(view)
  for (const { found: address, start, end, tried } of inParts) {
    add(toMention(text, start, end, address, { edits: 1, rule: 'parts', tried }))
  }
  taken = merge([...mentions, ...found])
  const isTaken = (at: number) => overlaps(taken, { start: at, end: at + 1 })
  for (const { found: address, start, end, gaps, rule, tried } of findJoined(
    text,
    folded,
    isTaken,
    () => budget-- > 0,
  )) {
    add(toMention(text, start, end, address, { edits: gaps, rule, tried }))
  }
  taken = merge([...mentions, ...found])
  const index = knownIndex(mentions, known)
  const whole = new Set(mentions.flatMap(one => (one.kind === 'address' ? [one.address] : [])))
  let unread = 0
  for (const run of runsOf(text, folded)) {
    if (overlaps(taken, run)) continue
    const judged = judgeRun(text, run, index, budget)
    budget -= judged.tried
    if (judged.isLeft) unread++
    if (judged.mention !== null && !isDamagedCopy(judged.mention, whole)) found.push(judged.mention)
    if (judged.rejected !== null) ambiguous.push(judged.rejected)
  }
  const most = BUDGET_LEAST + Math.floor(text.length * BUDGET_SHARE)
  const limit = `Repair stopped after ${most} readings, the limit of a text of its length`
  return { mentions: found, ambiguous, notes: unread === 0 ? [] : [`${limit}: ${unread} runs were not read further.`] }
}

/**
 * The one address that a text with a typing error or an OCR error was meant to be, with the bound of a chance hit; null
 * where none or several fit. For addresses that a list prints wrongly.
 */
export function repairWritten(text: string): { address: string; network: string; falsePositive: number } | null {
  if (readWhole(text) !== undefined) return null
  const { hits, tried } = searchRun(text)
  const hit = hits.length === 1 ? hits[0]! : null
  if (hit === null || hit.found.checksum === 'none') return null
  return { address: hit.found.address, network: hit.found.network, falsePositive: tried * chanceOf(hit.found) }
}

/** `isLeft`: there was no budget to read it. */
type Judged = { mention: AddressMention | null; rejected: Rejected | null; tried: number; isLeft?: boolean }

/** A run of letters and digits after folding, and its place in the text. */
type Run = Span & { readonly run: string }

/** One whole run that is no address: turned round, read as OCR or a typist would have it, or in one case. */
function judgeRun(text: string, { run, start, end }: Run, known: Known, budget: number): Judged {
  const turned = REVERSED.test(run) ? readWhole([...run].reverse().join('')) : undefined
  const name = known.get(run.toLowerCase())
  const same = name === undefined || name === run ? undefined : readWhole(name)
  if (turned !== undefined && turned.checksum === 'ok') {
    return only(toMention(text, start, end, turned, { edits: 1, rule: 'reversed', tried: 1 }), 1)
  }
  if (same !== undefined) return only(toMention(text, start, end, same, { edits: 1, rule: 'known', tried: 1 }), 1)
  const letters = caseLetters(run)
  if (letters !== null && 2 ** letters > READINGS_MAX) return only(unread(text, { run, start, end }, letters), 0)
  if (budget <= 0) return { ...only(null, 0), isLeft: isReadable(run) }
  const search = letters === null ? searchRun(run, budget) : searchCase(run, budget)
  return settle(text, start, end, search)
}

function only(mention: AddressMention | null, tried: number): Judged {
  return { mention, rejected: null, tried }
}

function settle(text: string, start: number, end: number, { hits, tried }: Search): Judged {
  const raw = text.slice(start, end)
  if (hits.length > 1) {
    return { mention: null, rejected: { kind: 'address', raw, reason: 'ambiguous', start, end }, tried }
  }
  const hit = hits[0]
  if (hit === undefined) return only(null, tried)
  const { found, edits, rule } = hit
  return only(toMention(text, start, end, found, { edits, rule, tried }), tried)
}

/** A typing error beside the whole address says nothing new: it stays among the rejected. */
function isDamagedCopy(mention: AddressMention, whole: ReadonlySet<string>): boolean {
  return mention.repaired?.rule === 'typing' && whole.has(mention.address)
}

/** A Base58 text in one case with more readings than are tried: what it may be is not known, so nothing is invented. */
function unread(text: string, { run, start, end }: Run, letters: number): AddressMention | null {
  const network = /^t/i.test(run) ? 'tron' : /^[lm]/i.test(run) ? 'litecoin' : 'bitcoin'
  if (network === 'tron' ? run.length !== 34 : run.length < 32) return null
  const raw = text.slice(start, end)
  const found: Found = { network, networks: [network], type: 'unread', address: raw, checksum: 'none' }
  return toMention(text, start, end, found, { edits: 0, rule: 'case', tried: 2 ** letters })
}

type How = { readonly edits: number; readonly rule: string; readonly tried: number }

function toMention(text: string, start: number, end: number, found: Found, how: How): AddressMention {
  const raw = text.slice(start, end)
  const { disguise, edits } = disguisesOf(raw.replace(/[^\p{L}\p{N}\p{Cf}\u0640]/gu, ''))
  const isFolded = edits > 0 && how.rule !== 'parts'
  const folds: readonly Disguise[] = isFolded ? disguise.filter(kind => kind !== 'invisible') : []
  const confidence = found.checksum === 'none' ? 'possible' : 'probable'
  const falsePositive = found.type === 'unread' ? 1 : Math.min(1, how.tried * chanceOf(found))
  const rule = [how.rule, ...folds].join('+')
  const repaired = { from: raw, edits: how.edits + (isFolded ? edits : 0), rule, confidence, falsePositive } as const
  return {
    kind: 'address',
    ...found,
    raw,
    start,
    end,
    certainty: confidence,
    repaired,
    disguise: isFolded ? disguise : [],
  }
}

/** That one reading passes its checksum by chance. EIP-55: about fifteen letters, each of one of two cases. */
function chanceOf({ type, checksum }: Found): number {
  if (checksum === 'none') return 1
  return type === 'evm' ? 1 / 6500 : /^p2w|^p2tr/.test(type) ? 2 ** -30 : 2 ** -32
}

type Known = ReadonlyMap<string, string>

/** Addresses by their letters without case; what two addresses share is none's. */
function knownIndex(mentions: readonly Mention[], known: readonly string[]): Known {
  const index = new Map<string, string>()
  const twice = new Set<string>()
  const found = mentions.flatMap(one => (one.kind === 'address' && one.checksum === 'ok' ? [one.address] : []))
  for (const address of [...found, ...known]) {
    if (/^0x/i.test(address) || address.length > RUN_MAX) continue
    const key = address.toLowerCase()
    if ((index.get(key) ?? address) !== address) twice.add(key)
    index.set(key, address)
  }
  for (const key of twice) index.delete(key)
  return index
}

/** Whole runs of letters and digits of a length that a wrongly written address may have. */
function* runsOf(text: string, { bytes, from }: Folded): Generator<Run> {
  const { count, starts, ends } = scan(bytes)
  for (let i = 0; i < count; i++) {
    const [first, end] = [starts[i]!, ends[i]!]
    if (end - first > RUN_MAX) continue
    const last = from[end - 1]!
    const stop = (text.charCodeAt(last) & 0xfc00) === 0xd800 ? last + 2 : last + 1
    yield { run: Buffer.from(bytes.subarray(first, end)).toString('latin1'), start: from[first]!, end: stop }
  }
}

const RUN_MAX = 64

/** What an address ends with when it is read backwards: the first letter of each kind. */
const REVERSED = /(?:[13LMTDX]|1cb|1ctl|1CB|x0)$/

/** Readings for a whole text: a post's few dozen runs in full, a long text as many as its length pays for. */
const BUDGET_LEAST = 2 ** 17
const BUDGET_SHARE = 1 / 64
