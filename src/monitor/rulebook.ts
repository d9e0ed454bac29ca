import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import { BUILT_IN, name as nameOf, type Rule, type RuleState } from './rule.ts'
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

/** The newest version of every rule. */
export function rules(store: Store): RuleEntry[] {
  const book = new Map<string, RuleEntry>(BUILT_IN.map(one => [one.id, { ...one, tested: null }]))
  for (const { name, version, kind, content, at, by } of listRuleEvents(store)) {
    const held = book.get(name)
    if (kind === 'added') {
      book.set(name, { ...(content as Omit<Rule, 'version'>), version, state: 'draft', tested: null })
    } else if (held?.version === version) {
      if (kind === 'tested') book.set(name, { ...held, tested: { ...(content as Omit<Test, 'at' | 'by'>), at, by } })
      else book.set(name, { ...held, state: STATES[kind as keyof typeof STATES] })
    }
  }
  return [...book.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

const STATES = { activated: 'active', drafted: 'draft', retired: 'retired' } as const

/** A new rule, or a new version of one: a draft. */
export function addRule(store: Store, rule: Omit<Rule, 'version'>, at: number, by: string): RuleEntry {
  const version = (rules(store).find(one => one.id === rule.id)?.version ?? 0) + 1
  addRuleEvent(store, rule.id, version, 'added', { content: rule, at, by })
  return find(store, rule.id)
}

/** Failures: Rule.Unknown. */
export function find(store: Store, id: string): RuleEntry {
  const book = rules(store)
  const found = book.find(one => one.id === id || nameOf(one) === id)
  if (found !== undefined) return found
  throw new Failure('Rule.Unknown', 'missing', `There is no rule “${id.slice(0, 80)}”.`, {
    hint: `There are: ${book.map(one => one.id).join(', ')}.`,
    facts: { rule: id.slice(0, 80) },
  })
}

export function keepTest(store: Store, rule: Rule, test: Omit<Test, 'at' | 'by'>, at: number, by: string): void {
  addRuleEvent(store, rule.id, rule.version, 'tested', { content: test, at, by })
}

/**
 * Puts a rule in force, back to draft, or out of use. A rule whose thresholds no source states must have been tested in
 * this version first: it says how often it fires on controls.
 *
 * Failures: Rule.Unknown, Rule.Untested.
 */
export function setState(store: Store, id: string, state: RuleState, at: number, by: string): RuleEntry {
  const rule = find(store, id)
  if (state === 'active' && !rule.stated && rule.tested === null) throw untested(rule)
  const kinds = { active: 'activated', draft: 'drafted', retired: 'retired' } as const
  addRuleEvent(store, rule.id, rule.version, kinds[state], { content: {}, at, by })
  return find(store, rule.id)
}

function untested(rule: Rule): Failure {
  return new Failure('Rule.Untested', 'conflict', `${nameOf(rule)} has not been tested on this ledger.`, {
    hint: `Its thresholds are proposals: run \`athar rule test ${rule.id}\` and see how often it fires on controls.`,
    facts: { rule: nameOf(rule) },
  })
}
