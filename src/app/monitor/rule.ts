import { readFileSync } from 'node:fs'
import * as Instant from '../../model/instant.ts'
import {
  type Alert,
  addRule,
  alerts,
  type Disposition,
  interval,
  nameOfRule,
  type RuleEntry,
  type RuleState,
  ruleForms,
  ruleFrom,
  rules,
  setState,
} from '../../monitor/monitor.ts'
import { Failure } from '../../std/failure.ts'
import type { Store } from '../../store/store.ts'
import type { Context, Operation } from '../operation.ts'
import { type RuleTest, type Share, type TestInput, testRule } from './rule-test.ts'

export type { RuleTest } from './rule-test.ts'

export const ruleList: Operation = {
  name: 'rule list',
  summary: 'List the rules with thresholds, sources and how often they fired on controls',
  access: 'read',
  fields: {},
  examples: [{ command: 'athar rule list', says: 'drafts and those in force' }],
  list: 'rules',
  print: (answer: { rules: readonly RuleListed[] }) => answer.rules.map(lineOf).join('\n'),
  run: (_: object, { store }: Context): RuleList => {
    const outcomeOf = outcomesIn(store)
    return { rules: rules(store).map(rule => listed(rule, outcomeOf(rule))), indicators: ruleForms() }
  },
}

/** What `rule list` answers. */
export type RuleList = {
  readonly rules: readonly RuleListed[]
  /** What rules can look for, and the thresholds of each: for whoever writes one. */
  readonly indicators: ReturnType<typeof ruleForms>
}

/**
 * A rule with what its test says of others than those tested, how often it fires on controls at 95 %, and what became
 * of its alerts: of those that somebody closed, how many were something else than the rule looks for.
 */
export type RuleListed = Omit<RuleEntry, 'tested'> & {
  readonly alerts: Outcome
  readonly tested:
    | (Omit<NonNullable<RuleEntry['tested']>, 'at'> & {
        readonly at: string
        readonly interval: Share['interval']
      })
    | null
}

/** Alerts of one version of a rule by what became of them. */
export type Outcome = {
  readonly open: number
  readonly withdrawn: number
  readonly true: number
  readonly false: number
  readonly unclear: number
  /** Of those closed as true or false, the share that was false; null: none was closed so. */
  readonly falseShare: (Share['interval'] & { readonly share: number }) | null
}

function outcomesIn(store: Store): (rule: RuleEntry) => Outcome {
  const byRule = Map.groupBy(alerts(store), alert => alert.rule)
  return rule => {
    const own = byRule.get(nameOfRule(rule)) ?? []
    const count = (is: (alert: Alert) => boolean): number => own.filter(is).length
    const closedAs = (verdict: Disposition['verdict']): number =>
      count(({ status, disposition }) => status === 'closed' && disposition?.verdict === verdict)
    const [right, wrong] = [closedAs('true'), closedAs('false')]
    const bounds = interval(wrong, right + wrong)
    return {
      ...{ open: count(one => one.status === 'open'), withdrawn: count(one => one.status === 'withdrawn') },
      ...{ true: right, false: wrong, unclear: closedAs('unclear') },
      falseShare: bounds === null ? null : { share: wrong / (right + wrong), ...bounds },
    }
  }
}

function listed({ tested, ...entry }: RuleEntry, outcomes: Outcome): RuleListed {
  const rule = { ...entry, alerts: outcomes }
  if (tested === null) return { ...rule, tested }
  const { at, controls, controlsFired } = tested
  return { ...rule, tested: { ...tested, at: Instant.format(at), interval: interval(controlsFired, controls) } }
}

export const ruleAdd: Operation = {
  name: 'rule add',
  summary: 'Add a rule, or a new version of one, from a JSON file; it begins as a draft',
  access: 'write',
  fields: { file: { type: 'string', positional: true, required: true, path: true, says: 'the JSON file' } },
  examples: [{ command: 'athar rule add structuring.json', says: '{id, indicator, thresholds, source}' }],
  run: ({ file }: { file: string }, { store, clock, user }: Context): RuleEntry =>
    addRule(store, ruleFrom(readJson(file)), clock(), user),
}

export const ruleTest: Operation = {
  name: 'rule test',
  summary: 'Run a rule over the stored ledger: how often it fires on watched addresses and on controls',
  access: 'write',
  fields: {
    rule: { type: 'string', positional: true, required: true, says: 'id of the rule' },
    controls: { type: 'integer', default: 200, says: 'addresses chosen at random to compare with' },
    seed: { type: 'integer', default: 1, says: 'of the choice: the same seed, the same controls' },
    keep: { type: 'boolean', default: true, says: 'whether the result is kept, so that the rule may be activated' },
  },
  examples: [
    { command: 'athar rule test structuring', says: 'before it is activated' },
    { command: 'athar rule test burst --controls 1000 --json', says: 'with more controls' },
  ],
  list: 'fired',
  run: (input: TestInput, context: Context): RuleTest => testRule(input, context),
}

export const ruleActivate: Operation = {
  name: 'rule activate',
  summary: 'Put a rule in force; one whose thresholds nobody states must have been tested here first',
  access: 'write',
  fields: {
    rule: { type: 'string', positional: true, required: true, says: 'id of the rule' },
    as: { type: 'string', choices: ['active', 'draft', 'retired'], default: 'active', says: 'its new state' },
  },
  examples: [
    { command: 'athar rule activate structuring', says: 'after `athar rule test structuring`' },
    { command: 'athar rule activate burst --as draft', says: 'take it out of force again' },
  ],
  run: ({ rule, as }: { rule: string; as: RuleState }, { store, clock, user }: Context): RuleEntry =>
    setState(store, rule, as, clock(), user),
}

function lineOf({ id, version, state, thresholds, source, tested, alerts }: RuleListed): string {
  const limits = Object.entries(thresholds).map(([name, value]) => `${name} ${value}`)
  const fires = tested === null ? 'not tested' : `fires on ${tested.controlsFired} of ${tested.controls} controls`
  const { open, falseShare } = alerts
  const wrong = falseShare === null ? '' : `; ${alerts.false} of ${alerts.true + alerts.false} closed were false`
  const outcome = `${open > 0 ? `; ${open} open` : ''}${wrong}`
  return `${id}@${version}  ${state}  ${limits.join(', ') || 'no threshold'}  (${source}; ${fires}${outcome})`
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown
  } catch (cause) {
    throw new Failure('Rule.NotJson', 'input', `“${path}” is no JSON file that can be read.`, {
      hint: 'athar rule list --json shows rules in the form that is read.',
      facts: { path },
      cause,
    })
  }
}
