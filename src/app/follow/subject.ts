import * as Addresses from '../../chain/address.ts'
import type { Columns } from '../../ledger/ledger.ts'
import type * as Network from '../../model/network.ts'
import { Failure } from '../../std/failure.ts'
import { findTransaction, parseOutpoint } from '../../trace/trace.ts'
import { ledgersOf } from '../ledger/ledgers.ts'
import type { Context, Ledgers } from '../operation.ts'
import { networkOf } from '../when.ts'

/** What a question about a ledger is about: canonical names on one network, and its columns where it was read. */
export type Subject = {
  readonly network: Network.NetworkId
  readonly names: readonly string[]
  /** Undefined: nothing of that network was ever read. */
  readonly columns: Columns | undefined
}

/**
 * Reads addresses (plain or CAIP-10) and `txid:index`, and decides the network that all of them share: the one named,
 * else one whose ledger knows them, else one that was read, else the first that is possible.
 *
 * Failures: those of an address that is none, Trace.NetworksDiffer, Input.UnknownNetwork.
 */
export function subjectOf(
  context: Pick<Context, 'store' | 'ledgers'>,
  texts: readonly string[],
  network?: string,
): Subject {
  const ledgers = ledgersOf(context)
  const wanted = network === undefined ? undefined : networkOf(network)
  const choices = texts.map(text => choicesOf(ledgers, text, wanted))
  const shared = choices.reduce((a, b) => a.filter(id => b.includes(id)))
  if (shared.length === 0) throw differ(texts)
  const id = best(ledgers, texts, shared)
  const names = texts.map(text => (parseOutpoint(text) === undefined ? Addresses.from(text, id).address : text))
  return { network: id, names, columns: ledgers.open(id) }
}

function choicesOf(
  ledgers: Ledgers,
  text: string,
  wanted: Network.NetworkId | undefined,
): readonly Network.NetworkId[] {
  if (parseOutpoint(text) !== undefined) return wanted === undefined ? ledgers.networks() : [wanted]
  const parsed = Addresses.parse(text, wanted)
  if (!parsed.ok) return [Addresses.from(text, wanted).network]
  if (wanted !== undefined) return [parsed.address.network]
  return parsed.networks
}

function best(ledgers: Ledgers, texts: readonly string[], shared: readonly Network.NetworkId[]): Network.NetworkId {
  if (shared.length === 1) return shared[0]!
  const read = ledgers.networks().filter(id => shared.includes(id))
  return read.find(id => texts.some(text => isIn(ledgers, id, text))) ?? read[0] ?? shared[0]!
}

function isIn(ledgers: Ledgers, network: Network.NetworkId, text: string): boolean {
  const columns = ledgers.open(network)!
  const outpoint = parseOutpoint(text)
  if (outpoint !== undefined) return findTransaction(columns, outpoint.txid) !== undefined
  return columns.addresses.find(Addresses.from(text, network).address) !== undefined
}

function differ(texts: readonly string[]): Failure {
  return new Failure('Trace.NetworksDiffer', 'usage', `No network holds all of ${texts.slice(0, 5).join(', ')}.`, {
    hint: 'Ask about one network at a time, and read its ledger first where the question names transactions.',
    facts: { given: texts.slice(0, 20) },
  })
}
