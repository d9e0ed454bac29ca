import { type Columns, networksOf, openColumns, prices } from '../../ledger/ledger.ts'
import type { Coverage } from '../../model/coverage.ts'
import type { NetworkId } from '../../model/network.ts'
import {
  type Around,
  backtest,
  eventsOf,
  findRule,
  interval,
  judgePost,
  keepTest,
  keyOf,
  nameOfRule,
  OF_POSTS,
  type Rule,
  type Tested,
} from '../../monitor/monitor.ts'
import { Failure } from '../../std/failure.ts'
import { seededRandom } from '../../std/random.ts'
import type { Context } from '../operation.ts'
import { looksAtPosts, postsIn, subjectsOf } from './post.ts'
import { aroundOf, watchedAddresses } from './watched.ts'

export type TestInput = {
  readonly rule: string
  readonly controls: number
  readonly seed: number
  readonly keep: boolean
}

/** What a backtest over the stored ledger found. */
export type RuleTest = {
  readonly rule: string
  /** What it was run over: the shares count these. */
  readonly of: 'addresses' | 'posts'
  readonly watched: Share
  /** Addresses that nobody watches and nothing is known of, chosen at random among those with as many transactions. */
  readonly controls: Share
  readonly hits: number
  /** The addresses on which it fired most. */
  readonly fired: readonly Tested[]
  readonly says: string
  readonly coverage: readonly Coverage[]
}

export type Share = {
  readonly addresses: number
  readonly fired: number
  /** 95 %: with few addresses a share says little. */
  readonly interval: { readonly low: number; readonly high: number } | null
}

/** Runs a rule over the whole history of watched addresses and of controls, or over posts where it looks at those. */
export function testRule({ rule: id, controls, seed, keep }: TestInput, context: Context): RuleTest {
  const { store, clock, user } = context
  if (controls < 0 || controls > CONTROLS_MAX) throw badControls(controls)
  const rule = findRule(store, id)
  const around = aroundOf(store, clock())
  const ofPosts = OF_POSTS.has(rule.indicator)
  const found = ofPosts ? overPosts(rule, around, context) : overAddresses(rule, around, { controls, seed }, context)
  const [seen, compared] = [shareOf(found.own), shareOf(found.others)]
  const hits = found.own.reduce((sum, one) => sum + one.hits, 0)
  if (keep) {
    const counts = { watched: seen.addresses, watchedFired: seen.fired, controls: compared.addresses }
    store.transaction(() => keepTest(store, rule, { ...counts, controlsFired: compared.fired, hits }, clock(), user))
  }
  const fired = [...found.own, ...found.others].filter(one => one.hits > 0).sort((a, b) => b.hits - a.hits)
  const what = ofPosts ? ['posts of campaigns', 'other posts'] : ['watched addresses', 'controls']
  const beside = !ofPosts && looksAtPosts(rule) ? ' Posts, at which it looks too, are not part of this.' : ''
  const barred = rule.stated || compared.addresses > 0 ? '' : WITHOUT_CONTROLS
  return {
    ...{ rule: nameOfRule(rule), of: ofPosts ? 'posts' : 'addresses', watched: seen, controls: compared, hits },
    fired: fired.slice(0, 100),
    says: `It fires on ${saysOf(seen)} ${what[0]} and on ${saysOf(compared)} ${what[1]}.${beside}${barred}`,
    coverage: found.coverage,
  }
}

const WITHOUT_CONTROLS = ' Its thresholds are proposals, so without controls it cannot be put in force.'

type Found = {
  readonly own: readonly Tested[]
  readonly others: readonly Tested[]
  readonly coverage: readonly Coverage[]
}

function overAddresses(
  rule: Rule,
  around: Around,
  { controls, seed }: Pick<TestInput, 'controls' | 'seed'>,
  { store, signal, progress }: Context,
): Found {
  const known = prices(store)
  const watched = watchedAddresses(store)
  const ledgers = new Map<NetworkId, Columns>()
  for (const network of networksOf(store)) ledgers.set(network, openColumns(store, network)!)
  const run = (network: NetworkId, address: string): Tested => {
    if (signal.aborted) throw cancelled()
    return backtest(rule, { network, address }, eventsOf(ledgers.get(network)!, address, known), around)
  }
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
      others.push(run(network, address))
      progress({ done: others.length, total: controls, unit: 'controls' })
    }
  }
  return { own, others, coverage: [...ledgers.values()].map(columns => columns.coverage()) }
}

/** Posts of known campaigns, and all others that were sealed: nobody has to watch either. */
function overPosts(rule: Rule, around: Around, { store, clock, signal, progress }: Context): Found {
  const [own, others]: [Tested[], Tested[]] = [[], []]
  for (const { post } of postsIn(store, signal, progress)) {
    const subject = subjectsOf(post, around)[0] ?? NOWHERE
    const hits = judgePost(rule, post, subject, around, clock()) === null ? 0 : 1
    const tested = { ...subject, events: 1, hits, first: hits === 0 ? null : post.id }
    if (post.campaigns.length > 0) own.push(tested)
    else others.push(tested)
  }
  if (signal.aborted) throw cancelled()
  return { own, others, coverage: [] }
}

/** Of a post that shows no address, by a publisher who is known for none. */
const NOWHERE = { network: 'bitcoin', address: '' } as const

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

const CONTROLS_MAX = 100_000

function badControls(controls: number): Failure {
  return new Failure('Rule.BadControls', 'usage', `${controls} controls cannot be chosen.`, {
    hint: `--controls is 0 … ${CONTROLS_MAX}; with 0 nothing is compared, and no proposal can be put in force.`,
    facts: { controls, limit: CONTROLS_MAX },
  })
}

function cancelled(): Failure {
  return new Failure('Rule.Cancelled', 'cancelled', 'The test was stopped; nothing of it is kept.', {
    hint: 'Run it again, with fewer --controls if it takes too long.',
  })
}
