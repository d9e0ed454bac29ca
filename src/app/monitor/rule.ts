import { readFileSync } from 'node:fs'
import { type Columns, networksOf, openColumns, prices } from '../../ledger/ledger.ts'
import type { Coverage } from '../../model/coverage.ts'
import type { NetworkId } from '../../model/network.ts'
import {
  addRule,
  backtest,
  eventsOf,
  findRule,
  interval,
  keepTest,
  keyOf,
  nameOfRule,
  type RuleEntry,
  type RuleState,
  ruleFrom,
  rules,
  setState,
  type Tested,
} from '../../monitor/monitor.ts'
import { Failure } from '../../std/failure.ts'
import { seededRandom } from '../../std/random.ts'
import type { Context, Operation } from '../operation.ts'
import { aroundOf, watchedAddresses } from './watched.ts'

export const ruleList: Operation = {
  name: 'rule list',
  summary: 'List the rules with thresholds, sources and how often they fired on controls',
  access: 'read',
  fields: {},
  examples: [{ command: 'athar rule list', says: 'drafts and those in force' }],
  list: 'rules',
  print: (answer: { rules: readonly RuleEntry[] }) => answer.rules.map(lineOf).join('\n'),
  run: (_: object, { store }: Context) => ({ rules: rules(store) }),
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

type TestInput = { readonly rule: string; readonly controls: number; readonly seed: number; readonly keep: boolean }

/** What a backtest over the stored ledger found. */
export type RuleTest = {
  readonly rule: string
  readonly watched: Share
  /** Addresses that nobody watches and nothing is known of, chosen at random among those with as many transactions. */
  readonly controls: Share
  readonly hits: number
  /** The addresses on which it fired most. */
  readonly fired: readonly Tested[]
  readonly says: string
  readonly coverage: readonly Coverage[]
}

type Share = {
  readonly addresses: number
  readonly fired: number
  /** 95 %: with few addresses a share says little. */
  readonly interval: { readonly low: number; readonly high: number } | null
}

export const ruleTest: Operation = {
  name: 'rule test',
  summary: 'Run a rule over the stored ledger: how often it fires on watched addresses and on controls',
  access: 'write',
  fields: {
    rule: { type: 'string', positional: true, required: true, says: 'id of the rule' },
    controls: { type: 'integer', default: 200, says: 'addresses chosen at random to compare with' },
    seed: { type: 'integer', default: 1, says: 'of the choice: the same seed, the same controls' },
    keep: { type: 'boolean', default: true, says: 'keep the result, so that the rule may be activated' },
  },
  examples: [
    { command: 'athar rule test structuring', says: 'before it is activated' },
    { command: 'athar rule test burst --controls 1000 --json', says: 'with more controls' },
  ],
  list: 'fired',
  run: (input: TestInput, context: Context): RuleTest => test(input, context),
}

function test(
  { rule: id, controls, seed, keep }: TestInput,
  { store, clock, user, signal, progress }: Context,
): RuleTest {
  const rule = findRule(store, id)
  const around = aroundOf(store, clock())
  const known = prices(store)
  const watched = watchedAddresses(store)
  const ledgers = new Map<NetworkId, Columns>()
  for (const network of networksOf(store)) ledgers.set(network, openColumns(store, network)!)
  const run = (network: NetworkId, address: string): Tested =>
    backtest(rule, { network, address }, eventsOf(ledgers.get(network)!, address, known), around)
  const own: Tested[] = []
  for (const key of watched.keys()) {
    const at = key.indexOf(':')
    const network = key.slice(0, at) as NetworkId
    if (ledgers.has(network)) own.push(run(network, key.slice(at + 1)))
  }
  const others: Tested[] = []
  for (const [network, columns] of ledgers) {
    const share = Math.ceil(controls / ledgers.size)
    for (const address of choose(columns, share, seed, one => watched.has(keyOf({ network, address: one })))) {
      if (signal.aborted) throw cancelled()
      others.push(run(network, address))
      progress({ done: others.length, total: controls, unit: 'controls' })
    }
  }
  const [seen, compared] = [shareOf(own), shareOf(others)]
  const hits = own.reduce((sum, one) => sum + one.hits, 0)
  if (keep) {
    const counts = { watched: seen.addresses, watchedFired: seen.fired, controls: compared.addresses }
    store.transaction(() => keepTest(store, rule, { ...counts, controlsFired: compared.fired, hits }, clock(), user))
  }
  const fired = [...own, ...others].filter(one => one.hits > 0).sort((a, b) => b.hits - a.hits)
  return {
    ...{ rule: nameOfRule(rule), watched: seen, controls: compared, hits, fired: fired.slice(0, 100) },
    says: `It fires on ${saysOf(seen)} watched addresses and on ${saysOf(compared)} controls.`,
    coverage: [...ledgers.values()].map(columns => columns.coverage()),
  }
}

/** Addresses that nobody watches with at least as many transactions as a pattern needs. */
function choose(columns: Columns, count: number, seed: number, isWatched: (address: string) => boolean): string[] {
  const random = seededRandom(seed)
  const { addresses } = columns
  const found = new Set<string>()
  for (let tries = 0; tries < 50 * count && found.size < count && addresses.count > 0; tries++) {
    const row = random.below(addresses.count)
    if (addresses.transactionsOf(row).length < LEAST_TRANSACTIONS) continue
    const address = addresses.format(row)
    if (!isWatched(address)) found.add(address)
  }
  return [...found]
}

/** An address with one or two transactions can hardly show a pattern, and would make every rule look quiet. */
const LEAST_TRANSACTIONS = 3

function saysOf({ fired, addresses }: Share): string {
  return `${fired} of ${addresses}`
}

function shareOf(tested: readonly Tested[]): Share {
  const fired = tested.filter(one => one.hits > 0).length
  return { addresses: tested.length, fired, interval: interval(fired, tested.length) }
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

function lineOf({ id, version, state, thresholds, source, tested }: RuleEntry): string {
  const limits = Object.entries(thresholds).map(([name, value]) => `${name} ${value}`)
  const fires = tested === null ? 'not tested' : `fires on ${tested.controlsFired} of ${tested.controls} controls`
  return `${id}@${version}  ${state}  ${limits.join(', ') || 'no threshold'}  (${source}; ${fires})`
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

function cancelled(): Failure {
  return new Failure('Rule.Cancelled', 'cancelled', 'The test was stopped; nothing of it is kept.', {
    hint: 'Run it again, with fewer --controls if it takes too long.',
  })
}
