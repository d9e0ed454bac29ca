import { Failure } from '../std/failure.ts'
import * as Name from '../std/name.ts'
import type { Store } from '../store/store.ts'
import { type Campaign, type Content, fold } from './event.ts'
import * as Table from './table.ts'

/** Campaigns: what is known of a solicitation, and what its addresses took in. */
export { type Answer, type Asked as AnswerAsked, amountOf, answer, type By, bys, type Period } from './answer.ts'
export * as Burst from './burst.ts'
export { type Study, study } from './burst-study.ts'
export {
  type Checked,
  check as checkTexts,
  type Fact,
  type Flag,
  NONE as NO_VERDICT,
  type Verdict,
} from './check.ts'
export { figureOf as figureInWords, measureOf as measureInWords } from './check-say.ts'
export type { CoinPrice } from './check-value.ts'
export type { Claim as PublishedClaim } from './claim.ts'
export { bounds as daysOf } from './claim-date.ts'
export { skeleton } from './claim-entity.ts'
export type { Source as ClaimSource } from './claim-read.ts'
export { CLASSES, type Class, type Reason } from './classify.ts'
export {
  type AddressLinked,
  type Campaign,
  type Content,
  type Event,
  fold,
  type LinkedAddress,
  outsideRoles,
  type PropertyType,
  propertyTypes,
  roles,
  toMember,
  withOrders,
} from './event.ts'
export { asserted, type Member, openWindow, type Window } from './member.ts'
export { measure, type Receipts, type Row, totals } from './receipts.ts'
export { type Arrived, type Held, issuerOf, type Resting, type Still, still } from './still.ts'
export { type StillAnswer, stillAnswer } from './still-answer.ts'
export { dustUnitsMax } from './threshold.ts'
export { type PriceOf, sum as sumUsd } from './usd.ts'

/** Longest name of a campaign. */
export const NAME_LENGTH_MAX = Name.LENGTH_MAX

/** Most events that one campaign may have. */
export const EVENTS_MAX = 100_000

/** Records a new campaign. Failures: Campaign.Name, Campaign.Exists. */
export function add(store: Store, name: string, content: Extract<Content, { kind: 'added' }>, at: number, by: string) {
  const plain = name.trim()
  if (!Name.isName(plain)) throw badName(name)
  if (Table.listEvents(store, plain).length > 0) throw exists(plain)
  Table.addEvent(store, plain, { at, by, ...content })
  return from(store, plain)
}

/** Records something of a campaign. Failures: Campaign.Missing, Campaign.TooLong. */
export function link(store: Store, name: string, content: Content, at: number, by: string): Campaign {
  const events = Table.listEvents(store, name.trim())
  if (events.length === 0) throw missing(store, name)
  if (events.length >= EVENTS_MAX) throw tooLong(name)
  Table.addEvent(store, name.trim(), { at, by, ...content })
  return from(store, name)
}

/** The campaign of this name, at a known time. Failures: Campaign.Missing. */
export function from(store: Store, name: string, knownAt?: number): Campaign {
  const campaign = fold(name.trim(), Table.listEvents(store, name.trim(), knownAt))
  if (campaign === undefined) throw missing(store, name)
  return campaign
}

/** All campaigns, in the order in which they were added. */
export function list(store: Store): Campaign[] {
  return Table.listNames(store).map(name => from(store, name))
}

function badName(name: string): Failure {
  return new Failure('Campaign.Name', 'usage', `“${name.slice(0, NAME_LENGTH_MAX)}” is no name for a campaign.`, {
    hint: `A name has ${Name.SAYS}.`,
    facts: { length: name.length, limit: NAME_LENGTH_MAX },
  })
}

function exists(name: string): Failure {
  return new Failure('Campaign.Exists', 'conflict', `There is a campaign “${name}” already.`, {
    hint: 'Show it with `athar campaign show`, or choose another name.',
    facts: { campaign: name },
  })
}

function missing(store: Store, name: string): Failure {
  const names = Table.listNames(store).slice(0, 10)
  return new Failure('Campaign.Missing', 'missing', `There is no campaign “${name.slice(0, NAME_LENGTH_MAX)}”.`, {
    hint: names.length === 0 ? 'Add one with `athar campaign add`.' : `There are: ${names.join(', ')}.`,
    facts: { campaign: name.slice(0, NAME_LENGTH_MAX) },
  })
}

function tooLong(name: string): Failure {
  return new Failure('Campaign.TooLong', 'limit', `The campaign “${name}” has ${EVENTS_MAX} entries, the limit.`, {
    hint: 'Open a second campaign for what is left.',
    facts: { campaign: name, limit: EVENTS_MAX },
  })
}
