import * as Attribution from '../../attribution/attribution.ts'
import * as Address from '../../chain/address.ts'
import * as Exposure from '../../exposure/exposure.ts'
import * as Ledger from '../../ledger/ledger.ts'
import { toCaip10 } from '../../model/address.ts'
import type { Coverage } from '../../model/coverage.ts'
import type { Instant } from '../../model/instant.ts'
import type { NetworkId } from '../../model/network.ts'
import { Failure } from '../../std/failure.ts'
import { answered, ledgersOf } from '../ledger/ledgers.ts'
import type { Context, Ledgers, Operation } from '../operation.ts'
import { instantOf } from '../when.ts'
import { bulk, WHICH, type Which } from './bulk.ts'
import { readForeign } from './foreign.ts'
import { createKeeper, type Keeper } from './keep.ts'
import { linesOf } from './line.ts'
import { policyOf } from './policy.ts'
import { coverageOf, invalid, one, outside, type ScreenResult } from './result.ts'
import { printScreen } from './screen-print.ts'

/** Is it listed, and what does it touch? One answer an address, in the order asked. */
export type ScreenAnswer = { readonly results: readonly ScreenResult[] }

type Input = {
  readonly address?: readonly string[]
  readonly file?: string
  readonly lines?: string
  readonly hops?: number
  readonly asOf?: string
  readonly knownAt?: string
  readonly policy?: string
  readonly customer?: string
  readonly record?: boolean
}

export const screen: Operation = {
  name: 'screen',
  summary: 'Say whether addresses are listed, and what they touch, with what was checked',
  access: 'read',
  fields: {
    address: { type: 'strings', says: 'Addresses, plain or CAIP-10', positional: true },
    file: { type: 'string', says: 'A file with one address a line; - reads standard input', path: true },
    lines: {
      type: 'string',
      says: 'With --file and --jsonl: all answers, those that found something, or matches of lists and labels alone',
      choices: WHICH,
      default: 'all',
    },
    hops: {
      type: 'integer',
      says: 'How many transactions away to look; 0 is the address itself, 1 direct contact',
      default: 1,
    },
    asOf: { type: 'string', says: 'As it stood on that day (valid time); default: now' },
    knownAt: { type: 'string', says: 'As it was known on that day (system time); default: now' },
    policy: { type: 'string', says: 'A file with another policy, JSON or YAML; default: the one built in', path: true },
    customer: { type: 'string', says: 'Your reference, by which you find who is to be told when an answer changes' },
    record: { type: 'boolean', says: 'Keep no record of what was answered', default: true },
  },
  examples: [
    { command: 'athar screen 17QAWGVpFV4gZ25NQug46e5mBho4uDP6MD', says: 'one address, for a person to read' },
    { command: 'athar screen --file addresses.txt --jsonl', says: 'many, one JSON document a line' },
    { command: 'athar screen --file addresses.txt --jsonl --lines found', says: 'what deserves a look, then the sums' },
    { command: 'athar screen 17QAWGVpFV4gZ25NQug46e5mBho4uDP6MD --policy ours.yaml', says: 'by your own thresholds' },
    {
      command: 'athar screen TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t --hops 4 --as-of 2024-06-30',
      says: 'further, at a date',
    },
  ],
  list: 'results',
  print: printScreen,
  stream: (input: Input, context: Context) => rows(input, context),
  run: async (input: Input, context: Context): Promise<ScreenAnswer> => {
    const desk = openDesk(input, context)
    const results: ScreenResult[] = []
    for (const texts of batchesOf(textsOf(input, context))) {
      if (results.length + texts.length > RESULTS_MAX) throw tooMany()
      results.push(...(await answered(context, at => texts.map(desk.at(at).ask))))
    }
    desk.keeper.results(results)
    return { results }
  },
}

/** The same within work that does not wait: what a case asks. */
export function screenNow(input: Input, context: Context): ScreenAnswer {
  return { results: [...textsOf(input, context)].map(openDesk(input, context).at(context).ask) }
}

/** Addresses that are answered together: what one asks of a ledger far away is asked with what the others ask. */
const BATCH = 500

function* batchesOf(texts: Iterable<string>): Generator<string[]> {
  let batch: string[] = []
  for (const text of texts) {
    batch.push(text)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Answers that fit one document. */
const RESULTS_MAX = 100_000

/** Hops that a screening may ask for. A longer walk is a trace. */
const HOPS_MAX = 20

/**
 * One answer a row, or lines of them as bytes. Lines of a file are answered from the embedded ledgers: a look-up a line
 * there is none over a network.
 */
async function* rows(input: Input, context: Context): AsyncGenerator<unknown> {
  const { at, keeper } = openDesk(input, context)
  for (const text of input.address ?? []) {
    const result = await answered(context, here => at(here).ask(text))
    keeper.result(result)
    yield result
  }
  if (input.file === undefined) return
  const { ask, columnsOf } = at(context)
  const matcher = Exposure.createMatcher()
  for (const address of Attribution.eachAddress(context.store)) matcher.add(address)
  Attribution.filterNames(context.store, matcher.mayHold)
  const read = Ledger.networksOf(context.store).flatMap(network => {
    const addresses = columnsOf(network)?.addresses
    return addresses === undefined ? [] : [[network, addresses] as const]
  })
  const batches = keeper.lines()
  const desk = { ask, ledgers: new Map(read), matcher, record: batches.add, context }
  try {
    yield* bulk(input.file, (input.lines ?? 'all') as Which, desk)
  } finally {
    batches.end()
  }
}

function openDesk(input: Input, context: Context): Desk & { readonly keeper: Keeper } {
  const hops = input.hops ?? 1
  if (hops < 0 || hops > HOPS_MAX) throw badHops(hops)
  if ((input.address ?? []).length === 0 && input.file === undefined) throw nothingAsked()
  const desk = createDesk(input, context, hops)
  return { ...desk, keeper: createKeeper(input, context, { ...desk, hops }) }
}

function* textsOf(input: Input, context: Context): Generator<string> {
  let done = 0
  yield* input.address ?? []
  for (const line of input.file === undefined ? [] : linesOf(input.file)) {
    if (line === '' || line.startsWith('#')) continue
    if (++done % 100 === 0) {
      context.progress({ done, total: null, unit: 'addresses' })
      context.signal.throwIfAborted()
    }
    yield line
  }
}

/** Screens single addresses. For triage, which asks with what it knows of ledgers. */
export function createAsker(context: Context, hops: number): (at: Context) => (text: string) => ScreenResult {
  const desk = createDesk({}, context, hops)
  return at => desk.at(at).ask
}

type Desk = {
  /** Over the ledgers of a piece of work. */
  at(context: Context): Asker
  readonly knowledge: Attribution.StoredKnowledge
  readonly policy: Exposure.Policy
}

type Asker = {
  ask(text: string): ScreenResult
  /** The ledger of a network as it is asked about. */
  columnsOf(network: NetworkId): Ledger.Columns | undefined
}

function createDesk(input: Pick<Input, 'asOf' | 'knownAt' | 'policy'>, context: Context, hops: number): Desk {
  const now = context.clock()
  const asOf = instantOf('asOf', input.asOf) ?? now
  const knownAt = instantOf('knownAt', input.knownAt) ?? now
  const knowledge = Attribution.knowledge(context.store, { asOf, knownAt })
  const policy = policyOf(input.policy)
  const prices = Ledger.prices(context.store, knownAt)
  const past = input.knownAt === undefined ? undefined : knownAt
  const question = { knowledge, asOf, hops, policy, prices }
  return { at: at => askerOf(question, past, ledgersOf(at)), knowledge, policy }
}

type Asked = {
  readonly knowledge: Attribution.StoredKnowledge
  readonly asOf: Instant
  readonly hops: number
  readonly policy: Exposure.Policy
  readonly prices: Ledger.Prices
}

function askerOf(question: Asked, past: Instant | undefined, at: Ledgers): Asker {
  const { knowledge } = question
  const ledgers = new Map<NetworkId, Ledger.Columns | undefined>()
  const coverages = new Map<NetworkId, Coverage>()
  const columnsOf = (network: NetworkId) => {
    if (!ledgers.has(network)) ledgers.set(network, at.open(network, past))
    return ledgers.get(network)
  }
  const ask = (text: string): ScreenResult => {
    const parsed = Address.parse(text)
    if (!parsed.ok) {
      const foreign = readForeign(text, knowledge)
      return foreign === undefined ? invalid(text, parsed.reason) : outside(text, foreign, question)
    }
    const network = chooseNetwork(text, parsed.networks, parsed.address.address, knowledge, columnsOf)
    const { address } = Address.on(parsed.address, network) ?? parsed.address
    const columns = columnsOf(network)
    const coverage = coverages.get(network) ?? coverageOf(network, knowledge, columns)
    coverages.set(network, coverage)
    const others = elsewhere(network, parsed.address, parsed.networks, knowledge, columnsOf)
    return one({ text, network, address, columns, coverage, others, ...question })
  }
  return { ask, columnsOf }
}

/**
 * Where a plain text is an address on several networks: one on which it is listed, of those one whose ledger shows it;
 * else one whose ledger shows it, of those a labelled one; else a labelled one, else the first. The others are named in
 * the notes. A CAIP-10 text names its own.
 */
function chooseNetwork(
  text: string,
  networks: readonly NetworkId[],
  address: string,
  knowledge: Attribution.StoredKnowledge,
  columnsOf: (network: NetworkId) => Ledger.Columns | undefined,
): NetworkId {
  if (networks.length === 1 || text.includes(':')) return networks[0]!
  const known = knowledge.networksOf(address).filter(network => networks.includes(network))
  const listed = known.filter(network => knowledge.designationsOf(network, address).length > 0)
  const isRead = (network: NetworkId) => columnsOf(network)?.addresses.find(address) !== undefined
  return listed.find(isRead) ?? listed[0] ?? known.find(isRead) ?? networks.find(isRead) ?? known[0] ?? networks[0]!
}

/** Other networks on which the same text is known or was read: what was answered does not speak of them. */
function elsewhere(
  chosen: NetworkId,
  { address }: { readonly address: string },
  networks: readonly NetworkId[],
  knowledge: Attribution.StoredKnowledge,
  columnsOf: (network: NetworkId) => Ledger.Columns | undefined,
): string[] {
  if (networks.length === 1) return []
  const known = knowledge.networksOf(address)
  return networks.flatMap(network => {
    if (network === chosen) return []
    const says = [
      ...(known.includes(network) ? ['a list or label names it'] : []),
      ...(columnsOf(network)?.addresses.find(address) === undefined ? [] : ['the ledger shows it']),
    ]
    if (says.length === 0) return []
    return [`On ${network} ${says.join(' and ')} too; for an answer ask for ${toCaip10({ network, address })}.`]
  })
}

function badHops(hops: number): Failure {
  return new Failure('Screen.BadHops', 'usage', `--hops ${hops} is not between 0 and ${HOPS_MAX}.`, {
    hint: 'Follow value further with `athar trace`.',
    facts: { hops, limit: HOPS_MAX },
  })
}

function nothingAsked(): Failure {
  return new Failure('Screen.NothingAsked', 'usage', 'No address was given.', {
    hint: 'Name addresses, or a file of them: athar screen --file addresses.txt',
  })
}

function tooMany(): Failure {
  return new Failure('Screen.TooMany', 'limit', `More than ${RESULTS_MAX} addresses do not fit one JSON document.`, {
    hint: 'Add --jsonl: one document a line, as they are found.',
    facts: { limit: RESULTS_MAX },
  })
}
