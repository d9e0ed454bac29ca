import { CUE_LINES } from './cue-word.ts'
import { OTHER_CUE_LINES } from './cue-word-other.ts'
import { isPaymentPlatform } from './handle.ts'
import type { Mention } from './kind.ts'
import { FOUND, FOUND_ENDS, plant, walk } from './phrase-tree.ts'
import { firstAfter, merge, overlaps, type Span } from './span.ts'
import { isAfterLetter, KIND, LETTER } from './start.ts'
import { type View, viewOf } from './view.ts'

/**
 * Whether a text calls its reader to give, by which words: cues with their places. A rule over word lists, not a
 * model: it shows what it saw and the analyst judges. A report about such a call is none.
 *
 * A `strong` call (it addresses the reader) counts with a rail or a purpose near it; one in words of everyday `charity`
 * with a rail, or beside fighters or weapons; a word that only speaks to the `reader` (you, your, donors) beside
 * fighters or weapons and an identifier to pay to; a `weak` one (it names giving) so, or with an identifier to pay to
 * right after it. Words of reports and warnings in the same sentence undo a call.
 */
export type Solicitation = {
  readonly is: boolean
  /** Why, in a few words. */
  readonly reason: string
  readonly purposes: readonly string[]
  readonly actors: readonly string[]
  readonly rails: readonly string[]
  readonly cues: readonly Cue[]
}

/** `language` is null where an identifier is the cue; `tag` names the kind of purpose, actor or rail. */
export type Cue = {
  readonly what: 'call' | 'purpose' | 'actor' | 'rail'
  readonly word: string
  readonly start: number
  readonly end: number
  readonly language: string | null
  readonly tag: string
}

/** `mentions` in order, as `find` gives them. Of a text beyond TEXT_MAX only the beginning is asked. */
export function solicitationOf(text: string | View, mentions: readonly Mention[]): Solicitation {
  const view = typeof text === 'string' || text.original.length > TEXT_MAX ? beginningOf(text) : text
  const hits = matchesOf(view)
  const rails = mentions.flatMap(one => railOf(one) ?? [])
  const all = [...hits.filter(hit => hit.what !== 'against'), ...rails].sort((a, b) => a.start - b.start)
  const reason = reasonOf(view, hits, rails)
  const cues = all.slice(0, CUES_MAX) as Cue[]
  const tags = (what: string) => [...new Set(all.filter(cue => cue.what === what).map(cue => cue.tag))].sort()
  return {
    ...{ is: reason !== null, reason: reason ?? (all.length === 0 ? 'no cue' : 'cues, but no call with them') },
    ...{ purposes: tags('purpose'), actors: tags('actor'), rails: tags('rail'), cues },
  }
}

type Hit = Omit<Cue, 'what'> & { readonly what: Cue['what'] | 'against' }

function beginningOf(text: string | View): View {
  const whole = typeof text === 'string' ? text : text.original
  return viewOf(whole.length > TEXT_MAX ? whole.slice(0, TEXT_MAX) : whole)
}

/** Hits are in order and do not overlap, and so are rails: whether one is near is a question of bisection. */
function reasonOf(view: View, hits: readonly Hit[], rails: readonly Hit[]): string | null {
  const of = (what: Hit['what']) => hits.filter(hit => hit.what === what)
  const [named, purposes, against] = [of('rail'), of('purpose'), of('against')]
  const armed = purposes.filter(hit => ARMED.has(hit.tag))
  const paid = merge(rails)
  const near = (sorted: readonly Span[], start: number, end: number) => overlaps(sorted, { start, end })
  for (const { what, tag, start, end } of hits) {
    if (what !== 'call' || isUndone(view, against, start, end)) continue
    if (tag === 'weak' && near(paid, end, end + WEAK_REACH)) return 'giving is named, and where to pay follows'
    if (tag === 'weak' || tag === 'reader') {
      const isPaid = near(paid, start - READER_REACH, end + READER_REACH)
      if (isPaid && near(armed, start - READER_REACH, end + READER_REACH))
        return 'words to the reader, fighters or weapons, and where to pay'
      continue
    }
    if (tag === 'charity' && near(armed, start - PURPOSE_REACH, end + PURPOSE_REACH))
      return 'a call to the reader, and what for'
    if (near(paid, start - REACH, end + REACH)) return 'a call to the reader, and where to pay'
    if (near(named, start - REACH, end + REACH)) return 'a call to the reader, and how to pay'
    if (tag !== 'strong') continue
    if (near(purposes, start - PURPOSE_REACH, end + PURPOSE_REACH)) return 'a call to the reader, and what for'
  }
  return null
}

/**
 * A word of a report or a warning between the beginning of the sentence and a little after the call; of what is another
 * matter (blood, tickets) anywhere in the sentence.
 */
function isUndone({ original }: View, against: readonly Hit[], start: number, end: number): boolean {
  if (against.length === 0) return false
  let from = start
  while (from > 0 && start - from < SENTENCE_MAX && !SENTENCE_ENDS.includes(original[from - 1]!)) from--
  let to = end
  while (to < original.length && to - end < SENTENCE_MAX && !SENTENCE_ENDS.includes(original[to]!)) to++
  for (let i = firstAfter(against, from); i < against.length && against[i]!.start < to; i++) {
    const hit = against[i]!
    if (hit.start >= from && (hit.tag === 'aside' || hit.start < end + 12)) return true
  }
  return false
}

/** What can be paid to. */
function railOf(mention: Mention): Hit | null {
  if (mention.certainty === 'possible') return null
  const { raw, start, end } = mention
  const tag = railTag(mention)
  return tag === null ? null : { what: 'rail', word: raw, start, end, language: null, tag }
}

function railTag(mention: Mention): string | null {
  if (mention.kind === 'address') return 'crypto'
  if (mention.kind === 'iban') return 'bank'
  if (mention.kind === 'voucher') return 'voucher'
  if (mention.kind === 'url') return mention.payment === null ? null : 'crypto'
  const isGiven = mention.kind === 'handle' && mention.platform !== null && isPaymentPlatform(mention.platform)
  return isGiven ? 'payment-service' : null
}

/** All phrases of a text, the longest at each place; linear, since each word start is looked up once. */
function matchesOf(view: View): Hit[] {
  const { text } = view
  const found: Hit[] = []
  const { at: starts } = view.starts()
  let free = 0
  for (let i = 0; i < starts.length && found.length < HITS_MAX; i++) {
    const at = starts[i]!
    if (at < free || KIND[text.charCodeAt(at)] !== LETTER || isAfterLetter(text, at)) continue
    const hit = longestAt(view, at)
    if (hit === null) continue
    found.push(hit.hit)
    free = hit.end
  }
  return found
}

/** Of those that end at one place the first of the lists counts, and before them those without a particle. */
function longestAt(view: View, at: number): { hit: Hit; end: number } | null {
  const { text } = view
  let longest = -1
  let last = at
  const places = placesAt(text, at)
  for (let i = 0; i < places; i++) {
    const before = last
    const count = walk(TREE, text, PLACES[i]!)
    for (let k = 0; k < count; k++) {
      const [number, end] = [FOUND[k]!, FOUND_ENDS[k]!]
      if (end <= before || end < last || (end === last && number > longest)) continue
      const { phrase, opens } = PHRASES[number]!
      if (phrase.length < ALONE_LEAST && end < text.length) continue
      if (opens && !isOpening(text, at)) continue
      longest = number
      last = end
    }
  }
  if (longest < 0) return null
  const [from, to] = [view.start(at), view.end(last)]
  const { what, language, tag } = PHRASES[longest]!
  return { end: last, hit: { what, word: view.original.slice(from, to), start: from, end: to, language, tag } }
}

/**
 * Where a phrase may begin that stands at `at`, in PLACES: there, and after each Arabic particle and article that is
 * written together with a word: و ف, ب ل ك, ال, لل. Gives how many.
 */
function placesAt(text: string, at: number): number {
  let count = 0
  PLACES[count++] = at
  const first = text.charCodeAt(at)
  if (first < ALEF || first > WAW) return count
  let from = at
  if (first === WAW || first === FEH) PLACES[count++] = ++from
  const next = text.charCodeAt(from)
  if (isArticle(text, from)) PLACES[count++] = from + 2
  if (next === BEH || next === KAF || next === LAM) PLACES[count++] = from + 1
  if (next === LAM && text.charCodeAt(from + 1) === LAM) PLACES[count++] = from + 2
  if ((next === BEH || next === KAF) && isArticle(text, from + 1)) PLACES[count++] = from + 3
  return count
}

const PLACES = new Uint32Array(6)

function isArticle(text: string, at: number): boolean {
  return text.charCodeAt(at) === ALEF && text.charCodeAt(at + 1) === LAM
}

/** Whether a line, a sentence or an item of a list begins here. */
function isOpening(text: string, at: number): boolean {
  let back = at - 1
  while (back >= 0 && at - back < 6 && !/[\n.!?؟:;•|>]/.test(text[back]!)) {
    if (KIND[text.charCodeAt(back)] !== 0 && KIND[text.charCodeAt(back)] !== HALF_OF_PAIR) return false
    back--
  }
  return back < 0 || /[\n.!?؟:;•|>]/.test(text[back]!)
}

type Phrase = {
  readonly what: Hit['what']
  readonly language: string
  readonly tag: string
  readonly phrase: string
  /** The last word may go on. */
  readonly open: boolean
  /** It counts at the beginning of a sentence only. */
  readonly opens: boolean
}

/** UTF-16 units: a post, a page, a chat of some thousand messages; a longer export is asked message by message. */
export const TEXT_MAX = 2_000_000

const CUES_MAX = 200
const HITS_MAX = 20_000

/** Purposes beside which everyday words of charity are none. */
const ARMED: ReadonlySet<string> = new Set(['fighters', 'weapons'])

/** How far from a call its rail or purpose may stand: a post's length; a paragraph's. */
const REACH = 400
const PURPOSE_REACH = 160
const WEAK_REACH = 120
/** A line of a post. */
const READER_REACH = 100
const SENTENCE_MAX = 160
const SENTENCE_ENDS = '.!?؟\n'
const HALF_OF_PAIR = 3
/** Words of two letters (du, tu, DM) say something at the end of a text only: within it they have not been measured. */
const ALONE_LEAST = 3
const [ALEF, BEH, FEH, KAF, LAM, WAW] = [0x627, 0x628, 0x641, 0x643, 0x644, 0x648]

/** Verbs in the plural are also written without their silent alef. */
function spellings(phrase: string): string[] {
  return /وا(?= |$)/.test(phrase) ? [phrase, phrase.replace(/وا(?= |$)/g, 'و')] : [phrase]
}

const PHRASES: readonly Phrase[] = (CUE_LINES + OTHER_CUE_LINES)
  .replaceAll('\n  ', ' ')
  .split('\n')
  .flatMap(line => {
    const [, what, language, tag, list] = /^(\w+) (\w+) ([\w-]+): (.+)$/.exec(line) ?? []
    const all = list?.split(',').flatMap(one => spellings(viewOf(one.trim()).text.toLowerCase())) ?? []
    return [...new Set(all)].map(written => {
      const opens = written.startsWith('^')
      const open = written.endsWith('*')
      const phrase = written.slice(opens ? 1 : 0, open ? -1 : undefined)
      return { what: what as Hit['what'], language: language!, tag: tag!, phrase, open, opens }
    })
  })

const TREE = plant(PHRASES)
