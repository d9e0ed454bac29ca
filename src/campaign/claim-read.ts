import { find, type Mention, readingOf } from '../mention/mention.ts'
import * as Instant from '../model/instant.ts'
import type { Claim } from './claim.ts'
import { type DocumentDates, documentDates, periodOf } from './claim-date.ts'
import type { Entity } from './claim-entity.ts'
import { type Figure, figuresOf } from './claim-figure.ts'
import { basisOf, coinOf, isValueOf, measureOf, speaksOfAllRails, speaksOfCrypto, withinOf } from './claim-measure.ts'
import { type Sentence, sentencesOf, wordsBetween } from './claim-sentence.ts'
import { type Voice, voiceOf } from './claim-speaker.ts'
import { emptyMemory, entitiesOf, type Memory, scopeOf } from './claim-subject.ts'
import { type Said, saidIn } from './claim-topic.ts'

/** A text to be read for claims. */
export type Source = {
  readonly text: string
  readonly file: string | null
  readonly title: string | null
  readonly language: string | null
  /** When it was published, where the one who asks knows. */
  readonly published: string | null
  readonly bytesOf: (start: number, end: number) => readonly [number, number] | null
}

/** A text as it was read: what its claims are, and what the checks on its wording need. */
export type Read = {
  readonly source: Source
  readonly title: string | null
  readonly language: string | null
  readonly dates: DocumentDates
  readonly sentences: readonly ReadSentence[]
  /** Ids are given by the check, over all files. */
  readonly claims: readonly Claim[]
}

export type ReadSentence = {
  readonly sentence: Sentence
  readonly entities: readonly Entity[]
  readonly speaker: string | null
}

/** Most claims of one text: more is a table, not an article. */
export const CLAIMS_MAX = 5000

/** Every claim of a text, each once, in its order. Never throws; `firstId` numbers them. */
export function readClaims(source: Source, firstId = 1): Read {
  const { text } = source
  const reading = readingOf(text, { title: source.title, language: source.language })
  const { read, repeated } = sentencesOf(text, reading.left)
  const first = find(text).mentions
  const dates = documentDates(text, first.filter(isDate), read, source.published)
  const said = dates.content.value
  const at = said === null || said.length < 7 ? null : (Instant.parse(said.padEnd(10, '-01')) ?? null)
  const mentions = at === null ? first : find(text, () => at).mentions
  const title = reading.title
  const whole = emptyMemory()
  for (const sentence of read) entitiesOf(sentence, whole, voiceOf(sentence))
  const cryptoParagraphs = new Set(read.filter(one => speaksOfCrypto(one.text)).map(one => one.paragraph))
  const aboutCrypto = cryptoParagraphs.size > 0
  const state: State = {
    source,
    medium: title ?? source.file ?? 'text',
    dates,
    mentions,
    memory: emptyMemory(whole),
    voice: null,
    id: firstId,
  }
  const sentences: ReadSentence[] = []
  const claims: Claim[] = []
  for (const sentence of read) {
    const voice = voiceOf(sentence)
    const entities = entitiesOf(sentence, state.memory, voice)
    const places = entities.some(one => one.kind === 'exchange' || one.kind === 'address')
    const crypto = (aboutCrypto && places) || cryptoParagraphs.has(sentence.paragraph)
    const { speaker, found } = claimsOf(sentence, entities, voice, crypto, state)
    sentences.push({ sentence, entities, speaker })
    for (const claim of found) if (claims.length < CLAIMS_MAX) claims.push(claim)
  }
  return { source, title, language: reading.language, dates, sentences, claims: merged(claims, read, repeated) }
}

type State = {
  readonly source: Source
  readonly medium: string
  readonly dates: DocumentDates
  readonly mentions: readonly Mention[]
  readonly memory: Memory
  voice: { speaker: string | null; via: string | null; paragraph: number } | null
  id: number
}

function claimsOf(sentence: Sentence, entities: readonly Entity[], voice: Voice, crypto: boolean, state: State) {
  const last = state.voice
  const goesOn = voice.speaker === null && last !== null && (voice.again || last.paragraph === sentence.paragraph)
  const speaker = voice.speaker ?? (goesOn ? last.speaker : null)
  const via = voice.via ?? (goesOn ? last.via : null)
  if (voice.speaker !== null || voice.via !== null) state.voice = { speaker, via, paragraph: sentence.paragraph }
  const mentions = within(state.mentions, sentence)
  const base = { speaker, via, crypto, dates: mentions.filter(isDate) }
  const figures = figuresOf(sentence, mentions)
  const found = figures.map((figure, i) => figureClaim(sentence, entities, figure, figures[i - 1], base, state))
  for (const said of saidIn(sentence.text)) found.push(saidClaim(sentence, entities, said, base, state))
  return { speaker, found }
}

type Base = {
  readonly speaker: string | null
  readonly via: string | null
  readonly crypto: boolean
  readonly dates: readonly Extract<Mention, { kind: 'date' }>[]
}

function figureClaim(
  sentence: Sentence,
  entities: readonly Entity[],
  figure: Figure,
  before: Figure | undefined,
  base: Base,
  state: State,
): Claim {
  const { text } = sentence
  const isValue = before !== undefined && isMoney(figure) && isMoney(before) && isValueOf(text, before, figure)
  const measured = isValue ? before : figure
  const act = measureOf(text, measured)
  const asset = isValue && before.unit !== 'USD' ? coinOf(text, before) : isMoney(figure) ? coinOf(text, figure) : null
  const within = withinOf(text, figure)
  const scope = scopeOf(sentence, entities, act, measured.at, state.memory)
  const rail = base.crypto || asset !== null ? 'crypto' : speaksOfAllRails(text) ? 'all' : 'not-said'
  return {
    ...frame(sentence, figure, base, state),
    kind: figure.quantity.value === null ? 'unquantified' : 'figure',
    quantity: figure.quantity,
    unit: figure.unit,
    qualifier: figure.qualifier,
    measure: act?.measure ?? null,
    state: act?.state ?? null,
    asset,
    scope: { ...scope, within: within === null ? null : wordsBetween(sentence, within.at, within.to) },
    period: periodOf(sentence, measured.at, measured.to, base.dates, state.dates),
    basis: isMoney(figure) && figure.unit !== asset ? basisOf(text, figure) : null,
    rail,
    valueOf: isValue ? String(state.id - 2) : null,
    ...{ topic: null, direction: null },
  }
}

function saidClaim(sentence: Sentence, entities: readonly Entity[], said: Said, base: Base, state: State): Claim {
  const scope = scopeOf(sentence, entities, null, said.at, state.memory)
  return {
    ...frame(sentence, said, base, state),
    kind: said.kind,
    quantity: said.kind === 'no-figure' ? { value: null, low: null, high: null, magnitude: null } : null,
    ...{ unit: null, qualifier: null, measure: said.measure, state: null },
    asset: coinOf(sentence.text, { ...said, unit: '', qualifier: null, quantity: NOTHING }),
    scope: { ...scope, within: null },
    period: periodOf(sentence, said.at, said.to, base.dates, state.dates),
    basis: null,
    rail: base.crypto ? 'crypto' : 'not-said',
    ...{ valueOf: null, topic: said.topic, direction: said.direction },
  }
}

const NOTHING = { value: null, low: null, high: null, magnitude: null } as const

/** What all claims of a sentence share, and where this one stands in it. */
function frame(sentence: Sentence, { at, to }: { at: number; to: number }, base: Base, state: State) {
  const { source, medium, dates } = state
  const { start, end } = sentence
  const [byteStart, byteEnd] = source.bytesOf(start, end) ?? [null, null]
  const figure = { start: start + sentence.view.start(at), end: start + sentence.view.end(to) }
  return {
    ...{ id: String(state.id++), file: source.file, line: sentence.line, speaker: base.speaker, via: base.via, medium },
    ...{ date: dates.content, words: sentence.original.trim(), start, end, byteStart, byteEnd },
    figure: { ...figure, raw: source.text.slice(figure.start, figure.end) },
    repeated: [],
  }
}

/** The mentions of one sentence, by bisection: they stand in order. */
function within(mentions: readonly Mention[], { start, end }: Sentence): readonly Mention[] {
  let [low, high] = [0, mentions.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (mentions[middle]!.start < start) low = middle + 1
    else high = middle
  }
  let last = low
  while (last < mentions.length && mentions[last]!.start < end) last++
  return mentions.slice(low, last)
}

function isMoney({ unit }: Figure): boolean {
  return /^[A-Z]{3,5}$/.test(unit) || unit === 'currency'
}

function isDate(mention: Mention): mention is Extract<Mention, { kind: 'date' }> {
  return mention.kind === 'date'
}

/** One claim for what is said several times in one text by one speaker; the later places are kept with it. */
function merged(claims: readonly Claim[], read: readonly Sentence[], repeated: readonly Sentence[]): Claim[] {
  const kept = new Map<string, Claim>()
  for (const claim of claims) {
    const key = keyOf(claim)
    const before = kept.get(key)
    if (before === undefined) kept.set(key, claim)
    else if (before.start !== claim.start) kept.set(key, { ...before, repeated: [...before.repeated, placeOf(claim)] })
  }
  const byStart = new Map(read.map(one => [one.start, one]))
  const again = Map.groupBy(repeated, one => one.text)
  return [...kept.values()].map(claim => {
    const own = byStart.get(claim.start)
    const places = own === undefined ? [] : (again.get(own.text) ?? [])
    return places.length === 0 ? claim : { ...claim, repeated: [...claim.repeated, ...places.map(placeOf)] }
  })
}

function placeOf({ start, end, line }: { start: number; end: number; line: number }) {
  return { start, end, line }
}

function keyOf({
  kind,
  speaker,
  measure,
  state,
  quantity,
  unit,
  scope,
  period,
  topic,
  direction,
  figure,
  asset,
}: Claim): string {
  const value = quantity?.value ?? quantity?.magnitude ?? null
  const apart = kind === 'figure' || kind === 'unquantified' ? '' : figure.raw
  return JSON.stringify([
    kind,
    speaker,
    measure,
    state,
    value,
    unit,
    asset,
    scope.subject?.key,
    period?.key,
    topic,
    direction,
    apart,
  ])
}
