import * as Addresses from '../../chain/address.ts'
import * as Rules from '../../chain/block-rules.ts'
import * as Loose from '../../chain/loose-transaction.ts'
import * as Script from '../../chain/script.ts'
import type { Address } from '../../model/address.ts'
import * as Network from '../../model/network.ts'
import type { ProvenSource } from '../../source/esplora.ts'
import { hostOf } from '../../source/json-rpc.ts'
import { parseHex } from '../../std/bytes.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Operation } from '../operation.ts'
import { addressWith, type Outside, type OutsideInput, openOutside, outsideFields, secretFrom } from '../outside.ts'
import { sourceFor } from './fetch.ts'
import { openProven } from './fetch-proven.ts'

type Input = OutsideInput & {
  readonly address: string
  readonly from: string
  readonly with: string
  readonly network?: Network.NetworkId
  readonly secret?: string
  readonly secretWith?: string
  readonly trust: boolean
}

/** What two providers tell of one address, and in what they differ. Neither is right because of it. */
export type Compared = {
  readonly address: string
  readonly network: Network.NetworkId
  readonly agree: boolean
  readonly sides: readonly [Side, Side]
  /** Transactions that one alone tells, or that both tell and each otherwise; the first thousand. */
  readonly differences: readonly Difference[]
  readonly differenceCount: number
}

export type Side = {
  readonly provider: string
  readonly transactions: number
  /** What it contradicts itself in; the first hundred. */
  readonly faults: readonly string[]
  /** Why its history could not be read to the end, or null. */
  readonly failed: string | null
}

export type Difference = {
  readonly txid: string
  readonly kind: 'only-first' | 'only-second' | 'height' | 'amounts'
  /** What each tells of it: heights, or movements of the address; null: nothing. */
  readonly first: readonly string[] | null
  readonly second: readonly string[] | null
}

export const ledgerCompare: Operation = {
  name: 'ledger compare',
  summary: 'Hold what two providers tell of an address against each other; stores nothing',
  access: 'read',
  fields: {
    address: { type: 'string', positional: true, required: true, says: 'the address, plain or CAIP-10' },
    from: { type: 'string', required: true, says: 'address of the first provider, as for ledger fetch' },
    with: { type: 'string', required: true, says: 'address of the second' },
    network: {
      ...{ type: 'string', says: 'the network, where the address does not tell' },
      choices: Network.all.map(network => network.id),
    },
    secret: { type: 'string', says: 'path of a file with the first provider’s key; else ATHAR_SOURCE_SECRET' },
    secretWith: { type: 'string', says: 'path of a file with the second provider’s key' },
    trust: { type: 'boolean', default: false, says: 'take a certificate that an Electrum server signed itself' },
    ...outsideFields,
  },
  examples: [
    {
      command:
        'athar ledger compare 1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq --from https://blockstream.info/api ' +
        '--with tls://electrum.blockstream.info:50002',
      says: 'which transactions, heights or amounts only one of them tells',
    },
  ],
  verdict: (answer: Compared) => (answer.agree ? 'ok' : 'no'),
  list: 'differences',
  run: (input: Input, context: Context) => compare(input, context),
}

/** Transactions of one history that are held against each other. */
const TRANSACTIONS_MAX = 100_000
const LISTED_MAX = 1000
const FAULTS_MAX = 100

async function compare(input: Input, context: Context): Promise<Compared> {
  const { address, network } = Addresses.from(input.address, input.network)
  const secrets = [secretFrom(input.secret), input.secretWith === undefined ? null : secretFrom(input.secretWith)]
  const client = openOutside(input, 'ledger compare', context, { hide: secrets.filter(one => one !== null) })
  try {
    const told: Told[] = []
    for (const [at, from] of [input.from, input.with].entries()) {
      const secret = at === 0 || input.secretWith === undefined ? secrets[0]! : secrets[1]!
      told.push(await read(client, { from, secret, trust: input.trust }, { address, network }, context))
    }
    const [first, second] = told as [Told, Told]
    const differences = differencesOf(first, second)
    if (first.failed !== null && second.failed !== null) throw noneAnswered(address, first.failed, second.failed)
    const whole = first.failed === null && second.failed === null
    const faultless = first.faults.length === 0 && second.faults.length === 0
    return {
      ...{ address, network, agree: whole && faultless && differences.length === 0 },
      sides: [sideOf(hostOf(input.from), first), sideOf(hostOf(input.with), second)],
      ...{ differences: differences.slice(0, LISTED_MAX), differenceCount: differences.length },
    }
  } finally {
    client.close()
  }
}

/** Of each transaction its height and what it moved at the address, in words that are equal for equal movements. */
type Told = {
  readonly transactions: Map<string, { height: number; moved: string[] }>
  readonly faults: string[]
  failed: string | null
}

type Provider = { readonly from: string; readonly secret: string | null; readonly trust: boolean }
type Subject = Pick<Address, 'address' | 'network'>

/** A provider that fails on the way is told so, with what it told before; only a cancelled reading ends it all. */
async function read(client: Outside, provider: Provider, subject: Subject, context: Context): Promise<Told> {
  const told: Told = { transactions: new Map(), faults: [], failed: null }
  const rules = Rules.find(subject.network)
  try {
    if (rules === undefined) await readAccount(client, provider, subject, context, told)
    else await readProven(client, provider, { ...subject, network: rules.network }, context, told)
  } catch (cause) {
    if (!(cause instanceof Failure) || !PASSED.has(cause.name)) throw cause
    told.failed = cause.message
  }
  return told
}

/** A side that errs or is away is a finding; wrong usage and forbidden queries are not. */
const PASSED: ReadonlySet<string> = new Set([
  ...['Source.NotUnderstood', 'Source.Refused', 'Source.Unreachable', 'Source.Busy', 'Source.TooLarge'],
])

async function readAccount(
  client: Outside,
  { from, secret }: Provider,
  { address, network }: Subject,
  { signal, progress }: Context,
  told: Told,
): Promise<void> {
  const { url, key } = addressWith(from, secret)
  const source = sourceFor(client, url, key, network)
  for await (const page of source.pages(address, null)) {
    if (signal.aborted) throw cancelled(address)
    told.faults.push(...page.faults)
    for (const one of page.transfers) {
      const ends = [one.from, one.to]
      if (!ends.includes(address)) continue
      const held = told.transactions.get(one.txid) ?? { height: one.height, moved: [] }
      told.transactions.set(one.txid, held)
      // Places of events are left out: providers number internal calls each in its own way.
      const what = `${one.kind}${one.failed ? ' (failed)' : ''} ${one.token?.contract ?? 'coin'} ${one.units}`
      held.moved.push(`${what} ${ends[0] ?? '–'} → ${ends[1] ?? '–'}`)
    }
    limit(told, address)
    progress({ done: told.transactions.size, total: null, unit: 'transactions', note: hostOf(from) })
  }
}

async function readProven(
  client: Outside,
  { from, secret, trust }: Provider,
  { address, network }: { readonly address: string; readonly network: Rules.BitcoinNetworkId },
  context: Context,
  told: Told,
): Promise<void> {
  const source = await openProven(client, addressWith(from, secret).url, network, trust)
  try {
    await readFrom(source, { from, address, network }, context, told)
  } finally {
    source.close()
  }
}

async function readFrom(
  source: ProvenSource,
  {
    from,
    address,
    network,
  }: { readonly from: string; readonly address: string; readonly network: Rules.BitcoinNetworkId },
  { signal, progress }: Context,
  told: Told,
): Promise<void> {
  const rules = Rules.of(network)
  const isIts = (script: Uint8Array): boolean => Script.toAddress(network, script)?.address === address
  for await (const items of source.history(address)) {
    for (const item of items) {
      if (signal.aborted) throw cancelled(address)
      if (told.transactions.has(item.txid)) continue
      const { part } = await source.proof(item)
      const transaction = Loose.parse(part.hex, rules)
      if (transaction?.txid !== item.txid) {
        told.faults.push(`transaction ${item.txid}: other bytes than its own were given`)
        continue
      }
      const received = transaction.outputs.filter(one => isIts(one.script)).map(one => `receives ${one.units}`)
      const spent = part.spent.filter(one => one !== null && isIts(parseHex(one.script) ?? new Uint8Array()))
      const moved = [...received, ...spent.map(one => `pays ${one?.value}`)]
      if (moved.length === 0) told.faults.push(`transaction ${item.txid} is listed and does not touch the address`)
      told.transactions.set(item.txid, { height: item.height, moved })
    }
    limit(told, address)
    progress({ done: told.transactions.size, total: null, unit: 'transactions', note: hostOf(from) })
  }
}

function differencesOf(a: Told, b: Told): Difference[] {
  const differences: Difference[] = []
  for (const txid of new Set([...a.transactions.keys(), ...b.transactions.keys()])) {
    const [first, second] = [a.transactions.get(txid), b.transactions.get(txid)]
    if (first === undefined) differences.push({ txid, kind: 'only-second', first: null, second: words(second!) })
    else if (second === undefined) differences.push({ txid, kind: 'only-first', first: words(first), second: null })
    else {
      if (first.height !== second.height) {
        differences.push({ txid, kind: 'height', first: [`${first.height}`], second: [`${second.height}`] })
      }
      const [one, other] = [words(first), words(second)]
      if (one.join('\n') !== other.join('\n')) differences.push({ txid, kind: 'amounts', first: one, second: other })
    }
  }
  return differences
}

function words({ moved }: { readonly moved: readonly string[] }): string[] {
  return [...moved].sort()
}

function sideOf(provider: string, { transactions, faults, failed }: Told): Side {
  return { provider, transactions: transactions.size, faults: faults.slice(0, FAULTS_MAX), failed }
}

function limit({ transactions }: Told, address: string): void {
  if (transactions.size <= TRANSACTIONS_MAX) return
  throw new Failure('Source.TooLong', 'limit', `${address} has more than ${TRANSACTIONS_MAX} transactions.`, {
    hint: 'Fetch both histories into data directories of their own and compare their balances.',
    facts: { address, limit: TRANSACTIONS_MAX },
  })
}

/** Where neither history could be read there is nothing to agree on. */
function noneAnswered(address: string, first: string, second: string): Failure {
  return new Failure('Source.NoneAnswered', 'unreachable', `Neither provider told the history of ${address}.`, {
    hint: `The first: ${first} The second: ${second}`.slice(0, 400),
    facts: { address, first, second },
  })
}

function cancelled(address: string): Failure {
  return new Failure('Source.Cancelled', 'cancelled', `The reading of ${address} was stopped.`, {
    hint: 'Nothing was kept; run the same command again.',
    facts: { address },
  })
}
