import type { Party, Scope } from './claim.ts'
import { type Entity, findEntities, findPlaces } from './claim-entity.ts'
import type { Act } from './claim-measure.ts'
import { type Sentence, wordsBetween } from './claim-sentence.ts'
import type { Voice } from './claim-speaker.ts'

/** What the sentences so far have named, so that "the wallet" and "the Brigades" find whom they mean. */
export type Memory = {
  readonly addresses: Party[]
  readonly organisations: Party[]
  readonly campaigns: Party[]
  /** The organisation with which an address was named. */
  readonly actorOf: Map<string, Party>
  /** What the whole text names: for "the Brigades" of a headline, before their name stands anywhere. */
  readonly ahead: Memory | null
}

export function emptyMemory(ahead: Memory | null = null): Memory {
  return { addresses: [], organisations: [], campaigns: [], actorOf: new Map(), ahead }
}

/** What a sentence names, taken into memory; not whoever only tells it of another. */
export function entitiesOf(sentence: Sentence, memory: Memory, voice: Pick<Voice, 'at' | 'to'>): Entity[] {
  const all = findEntities(sentence.view.text, sentence.view.text)
  const tellsOfAnother = all.some(one => one.at >= voice.to && DOERS.has(one.kind))
  const isTeller = (one: Entity) => tellsOfAnother && !one.known && one.at < voice.to && one.to > voice.at
  const entities = all.filter(one => !isTeller(one))
  const parties = entities.filter(one => one.named).map(one => toParty(sentence, one))
  const organisation = parties.find(one => one.kind === 'organisation')
  for (const party of parties) {
    if (party.kind === 'address') remember(memory.addresses, party)
    if (party.kind === 'organisation') remember(memory.organisations, party)
    if (party.kind === 'campaign') remember(memory.campaigns, party)
    if (party.kind === 'address' && !memory.actorOf.has(party.key)) {
      const at = entities.find(one => one.kind === 'address')!.at
      const behind = entities.find(one => one.named && one.kind === 'organisation' && WING.has(one.key) && one.at > at)
      const actor = behind === undefined ? organisation : toParty(sentence, behind)
      if (actor !== undefined) memory.actorOf.set(party.key, actor)
    }
  }
  return entities
}

/** Of whom a figure speaks: by the order of verb and noun of its language, and by what went before. */
export function scopeOf(
  sentence: Sentence,
  entities: readonly Entity[],
  act: Act | null,
  at: number,
  memory: Memory,
): Omit<Scope, 'within'> {
  const places = findPlaces(sentence.text)
  const authority = entities.find(one => one.kind === 'authority')
  const chosen =
    act?.state !== undefined && act.state !== null ? takenFrom(entities, at) : doer(sentence, entities, act, at)
  const subject = chosen.length === 0 ? null : join(chosen.map(one => resolve(sentence, one, memory, places)))
  const inSentence = entities.filter(one => one.named && one.kind === 'organisation')
  const own = subject !== null && subject.kind === 'organisation' ? subject : undefined
  const linked =
    subject === null ? undefined : (memory.actorOf.get(subject.key) ?? memory.ahead?.actorOf.get(subject.key))
  const named = inSentence.length === 0 ? undefined : toParty(sentence, inSentence.at(-1)!)
  return {
    subject,
    actor: own ?? linked ?? named ?? null,
    authority: authority === undefined ? null : wordsBetween(sentence, authority.at, authority.to),
    places,
  }
}

/** Arabic puts the doer after its verb, English before it; a passive with "to" names the receiver after it. */
function doer(sentence: Sentence, entities: readonly Entity[], act: Act | null, at: number): Entity[] {
  const isShare = act?.measure === 'share'
  const able = entities.filter(one => (isShare ? one.kind === 'network' : DOERS.has(one.kind)))
  if (able.length === 0) return []
  const verb = act?.at ?? at
  const isArabic = /[\u0621-\u064a]/.test(sentence.text)
  const between = able.filter(one => one.at >= (act?.to ?? at) && one.to <= at)
  const before = able.filter(one => one.to <= verb)
  const after = able.filter(one => one.at >= at)
  if (act?.measure === 'sent') {
    const receiver = after.find(one =>
      /(?:الي|to|into) (?:the )?$|(?<!\p{L})لل?$/u.test(sentence.text.slice(0, one.at)),
    )
    if (receiver !== undefined && between.length === 0 && before.length === 0) return [receiver]
  }
  if (isShare) return [able.toSorted((a, b) => away(a, at) - away(b, at))[0]!]
  if (act?.measure === 'turnover' && between.length > 0) return [between[0]!]
  if (isArabic) {
    const first = between.find(one => !FROM.test(sentence.text.slice(0, one.at)))
    return [first ?? before.at(-1) ?? after[0] ?? able[0]!]
  }
  const source = /\bby (?:the )?$/
  const agent = after.find(one => source.test(sentence.text.slice(0, one.at)))
  return [before.filter(one => one.kind !== 'people').at(-1) ?? agent ?? between[0] ?? after[0] ?? able[0]!]
}

function away(entity: Entity, at: number): number {
  return entity.to <= at ? at - entity.to : entity.at - at
}

/** From whom authorities took: those named after the figure, all of them; else before. */
function takenFrom(entities: readonly Entity[], at: number): Entity[] {
  const groups = entities.filter(one => one.named && (one.kind === 'organisation' || one.kind === 'campaign'))
  const after = groups.filter(one => one.at >= at)
  return after.length > 0 ? after : groups.filter(one => one.known)
}

function resolve(sentence: Sentence, entity: Entity, memory: Memory, places: readonly string[]): Party {
  const party = toParty(sentence, entity)
  if (entity.named) return party
  const isDefinite =
    /^(?:[وفبلك]|لل)?(?:ال|احدي هذه )|^لل|^(?:the|this|that) /u.test(party.name.toLowerCase()) &&
    (BRIGADES.test(party.name) || !PLURAL.test(party.name))
  const where = places.length === 0 ? '' : `@${places[0]}`
  if (entity.kind === 'address') {
    const known = memory.addresses.length === 1 || isDefinite ? memory.addresses.at(-1) : undefined
    return known === undefined || INDEFINITE.test(sentence.text.slice(Math.max(0, entity.at - 1), entity.to))
      ? { ...party, key: `address${where}` }
      : { ...known, name: party.name }
  }
  if (entity.kind === 'group' && isDefinite) {
    const isWing = (one: Party) => WING.has(one.key)
    const wing = BRIGADES.test(party.name)
      ? (memory.organisations.findLast(isWing) ?? memory.ahead?.organisations.find(isWing))
      : undefined
    const known = memory.organisations.at(-1) ?? memory.ahead?.organisations[0]
    if ((wing ?? known) !== undefined && !/احدي|one of/i.test(party.name))
      return { ...(wing ?? known)!, name: party.name }
  }
  if (entity.kind === 'campaign' && isDefinite) {
    const known = memory.campaigns.at(-1) ?? memory.ahead?.campaigns[0]
    if (known !== undefined) return { ...known, name: party.name }
  }
  return { ...party, key: `${entity.kind}${where}` }
}

function join(parties: readonly Party[]): Party {
  const each = [...new Map(parties.map(one => [one.key, one])).values()]
  if (each.length === 1) return each[0]!
  const key = each
    .map(one => one.key)
    .toSorted()
    .join('+')
  return { kind: each[0]!.kind, key, name: each.map(one => one.name).join(', ') }
}

function toParty(sentence: Sentence, { kind, key, at, to }: Entity): Party {
  const name = wordsBetween(sentence, at, to)
  const plain = kind === 'address' && key !== 'address' ? name.replace(/[^0-9A-Za-z]/g, '') : name
  return { kind, name: plain, key: kind === 'address' && key !== 'address' ? plain : key }
}

function remember(list: Party[], party: Party): void {
  const at = list.findIndex(one => one.key === party.key)
  if (at >= 0) list.splice(at, 1)
  list.push(party)
}

const DOERS: ReadonlySet<string> = new Set([
  'address',
  'organisation',
  'group',
  'campaign',
  'exchange',
  'unit',
  'people',
])
const FROM = /(?<!\p{L})(?:من|الي|عبر|ضد) $/u
const PLURAL = /(?:ات|عناوين|محافظ)$|s$/i
const INDEFINITE = /^[ ]?(?:an?|one) |^ب?(?:عنوان|محفظه)(?!\p{L})/u
const BRIGADES = /كتائب|كتايب|ألوية|الويه|brigades?/i
/** Keys of armed wings: what "the Brigades" may mean. */
const WING: ReadonlySet<string> = new Set(['qassam', 'nasser', 'pijwing'])
