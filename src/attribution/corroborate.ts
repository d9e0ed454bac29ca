import { fold } from '../std/folded.ts'
import type { Claim, Subject } from './claim.ts'
import * as Name from './name.ts'
import { compare, even } from './name-compare.ts'
import { THRESHOLD } from './name-match.ts'

/**
 * What else is said for a claim, and from how many places it really comes. Repeating is not corroborating: claims count
 * once where one speaker or one site makes them, where one says that it rests on the other, and where their words are
 * the same. A claim about another address, campaign or body corroborates nothing, whatever else it says "likewise".
 */
export type Corroboration = {
  /** Places of origin that say the same of the same subject, this claim's own among them. */
  readonly independent: number
  /** Claims from other places than this one's: one of each. */
  readonly by: readonly string[]
  readonly circular: readonly Repeated[]
  /** Claims with the same word on another subject: they look like support and are none. */
  readonly otherSubject: readonly string[]
}

export type Repeated = { readonly claim: string; readonly of: string; readonly because: Because }

export type Because = 'one speaker' | 'one site' | 'rests on it' | 'the same words' | 'each rests on the other'

/** Share of word groups in common from which on one text is taken for a copy of the other. Ours. */
const COPIED = 0.6
/** Words in a group, so that a phrase that everybody uses is no copy. */
const GROUP = 4

export function corroborate(claim: Claim, all: readonly Claim[]): Corroboration {
  const said = all.filter(other => other.predicate === claim.predicate && sameObject(claim.object, other.object))
  const own = said.filter(other => sameSubject(claim.subject, other.subject))
  const others = said.filter(other => !sameSubject(claim.subject, other.subject))
  const circular: Repeated[] = []
  const group = new Map(own.map(one => [one.id, one.id]))
  const root = (id: string): string => (group.get(id) === id ? id : root(group.get(id)!))
  for (const [i, a] of own.entries()) {
    for (const b of own.slice(i + 1)) {
      const because = oneOrigin(a, b)
      if (because === null) continue
      const [first, second] = isBefore(a, b) ? [a, b] : [b, a]
      circular.push({ claim: second.id, of: first.id, because })
      group.set(root(second.id), root(first.id))
    }
  }
  const roots = new Set(own.map(one => root(one.id)))
  const mine = group.has(claim.id) ? root(claim.id) : null
  return {
    independent: roots.size,
    by: [...roots].filter(one => one !== mine),
    circular,
    otherSubject: others.map(one => one.id),
  }
}

function sameSubject(a: Subject, b: Subject): boolean {
  if (a.kind === 'address' || b.kind === 'address') {
    return a.kind === 'address' && b.kind === 'address' && a.address === b.address && a.network === b.network
  }
  return a.kind === b.kind && folded(a.name) === folded(b.name)
}

function sameObject(a: string, b: string): boolean {
  return folded(a) === folded(b) || compare(Name.from(a), Name.from(b), even).score >= THRESHOLD
}

function oneOrigin(a: Claim, b: Claim): Because | null {
  const [onB, onA] = [restsOn(a, b), restsOn(b, a)]
  if (onA && onB) return 'each rests on the other'
  if (onA || onB) return 'rests on it'
  if (folded(a.speaker) === folded(b.speaker)) return 'one speaker'
  const host = hostOf(a.url)
  if (host !== null && host === hostOf(b.url)) return 'one site'
  return copied(a.words, b.words) >= COPIED ? 'the same words' : null
}

/** By the id of the claim that it names, or by the speaker whom it names. */
function restsOn(claim: Claim, other: Claim): boolean {
  return (claim.reliesOn ?? []).some(source => source === other.id || folded(source) === folded(other.speaker))
}

function isBefore(a: Claim, b: Claim): boolean {
  if (a.saidAt !== null && b.saidAt !== null && a.saidAt !== b.saidAt) return a.saidAt < b.saidAt
  return a.knownAt <= b.knownAt
}

function hostOf(url: string | null): string | null {
  return /^https?:\/\/(?:www\.)?([^/:?#]+)/i.exec(url ?? '')?.[1]?.toLowerCase() ?? null
}

/** Share of the shorter text's groups of words that stand in the other. */
function copied(a: string, b: string): number {
  const [first, second] = [groupsOf(a), groupsOf(b)]
  const [short, long] = first.size <= second.size ? [first, second] : [second, first]
  if (short.size === 0) return 0
  return [...short].filter(one => long.has(one)).length / short.size
}

function groupsOf(text: string): Set<string> {
  const words = folded(text).split(' ')
  const count = Math.max(0, words.length - GROUP + 1)
  return new Set(Array.from({ length: count }, (_, i) => words.slice(i, i + GROUP).join(' ')))
}

function folded(text: string): string {
  return fold(text)
    .text.replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
