import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import { BUILT_IN, name as nameOf, OF_POSTS, type Rule, type RuleState } from './rule.ts'
import { addRuleEvent, listRuleEvents } from './table.ts'

/** A rule as it stands, with what was measured of it. */
export type RuleEntry = Rule & { readonly state: RuleState; readonly tested: Test | null }

/** What a backtest of one version found. */
export type Test = {
  readonly at: number
  readonly by: string
  /** Addresses looked at, and how many of them the rule fired on. */
  readonly watched: number
  readonly watchedFired: number
  readonly controls: number
  readonly controlsFired: number
  readonly hits: number
}

/**
 * The newest version of every rule, and beside a draft the one before it that is still in force: a new version takes
 * the place of an old one when it is activated, not when it is written.
 */
export function rules(store: Store): RuleEntry[] {
  return [...versions(store).values()].flatMap(all => {
    const newest = all.at(-1)!
    const inForce = all.findLast(one => one.state === 'active')
    return inForce === undefined || inForce === newest ? [newest] : [newest, inForce]
  })
}

/** Every version by its name, `structuring@1`, also those whose place another took. */
export function rulesByName(store: Store): Map<string, RuleEntry> {
  return new Map([...versions(store).values()].flat().map(one => [nameOf(one), one]))
}

/** All versions of each rule, oldest first, the rules in the order of their ids. */
function versions(store: Store): Map<string, RuleEntry[]> {
  const book = new Map<string, RuleEntry[]>(BUILT_IN.map(one => [one.id, [{ ...one, tested: null }]]))
  for (const { name, version, kind, content, at, by } of listRuleEvents(store)) {
    const held = book.get(name) ?? []
    book.set(name, held)
    if (kind === 'added') {
      held.push({ ...(content as Omit<Rule, 'version'>), version, state: 'draft', tested: null })
      continue
    }
    const place = held.findIndex(one => one.version === version)
    if (place === -1) continue
    const one = held[place]!
    if (kind === 'tested') {
      held[place] = { ...one, tested: { ...(content as Omit<Test, 'at' | 'by'>), at, by } }
      continue
    }
    const state = STATES[kind as keyof typeof STATES]
    // What is put in force takes the place of what was.
    if (state === 'active') for (const [k, other] of held.entries()) held[k] = superseded(other)
    held[place] = { ...one, state }
  }
  return new Map([...book].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function superseded(rule: RuleEntry): RuleEntry {
  return rule.state === 'active' ? { ...rule, state: 'retired' } : rule
}

const STATES = { activated: 'active', drafted: 'draft', retired: 'retired' } as const

/** A new rule, or a new version of one: a draft. */
export function addRule(store: Store, rule: Omit<Rule, 'version'>, at: number, by: string): RuleEntry {
  const version = (versions(store).get(rule.id)?.at(-1)?.version ?? 0) + 1
  addRuleEvent(store, rule.id, version, 'added', { content: rule, at, by })
  return find(store, rule.id)
}

/** By its id the newest version, or one by its name. Failures: Rule.Unknown. */
export function find(store: Store, id: string): RuleEntry {
  const book = rules(store)
  const found = book.find(one => one.id === id) ?? rulesByName(store).get(id)
  if (found !== undefined) return found
  throw new Failure('Rule.Unknown', 'missing', `There is no rule “${id.slice(0, 80)}”.`, {
    hint: `There are: ${[...new Set(book.map(one => one.id))].join(', ')}.`,
    facts: { rule: id.slice(0, 80) },
  })
}

export function keepTest(store: Store, rule: Rule, test: Omit<Test, 'at' | 'by'>, at: number, by: string): void {
  addRuleEvent(store, rule.id, rule.version, 'tested', { content: test, at, by })
}

/**
 * Puts a rule in force, back to draft, or out of use. A rule whose thresholds no source states must have been tested in
 * this version on controls first: how often it fires on others is what speaks for or against it.
 *
 * Failures: Rule.Unknown, Rule.Untested.
 */
export function setState(store: Store, id: string, state: RuleState, at: number, by: string): RuleEntry {
  const newest = find(store, id)
  const inForce = rules(store).find(one => one.id === id && one.state === 'active')
  const rule = state === 'active' ? newest : (inForce ?? newest)
  if (state === 'active' && !rule.stated && !isTested(rule)) throw untested(rule)
  const kinds = { active: 'activated', draft: 'drafted', retired: 'retired' } as const
  addRuleEvent(store, rule.id, rule.version, kinds[state], { content: {}, at, by })
  return find(store, nameOf(rule))
}

/** A test without controls says nothing of how often the rule fires on others. */
function isTested({ tested }: RuleEntry): boolean {
  return tested !== null && tested.controls > 0
}

function untested(rule: RuleEntry): Failure {
  const { tested } = rule
  const test = `athar rule test ${rule.id}`
  const [says, hint] =
    tested === null
      ? ['has not been tested on this ledger', `run \`${test}\` and see how often it fires on controls.`]
      : [
          `was tested on ${tested.watched} of what is watched and on ${tested.controls} controls`,
          `${OF_POSTS.has(rule.indicator) ? CONTROLS.posts : CONTROLS.addresses}, then \`${test}\`.`,
        ]
  return new Failure('Rule.Untested', 'conflict', `${nameOf(rule)} ${says}.`, {
    hint: `Its thresholds are proposals: ${hint}`,
    facts: { rule: nameOf(rule), controls: tested?.controls ?? 0 },
  })
}

/** What can be a control, and how to come by some. */
const CONTROLS = {
  addresses:
    'controls are addresses that nobody watches, with three transactions or more: sync or import more of the ledger',
  posts: 'controls are posts of no campaign: seal some',
} as const
