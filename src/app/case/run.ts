import * as Attribution from '../../attribution/attribution.ts'
import * as Campaign from '../../campaign/campaign.ts'
import * as CaseFile from '../../casefile/casefile.ts'
import * as Address from '../../chain/address.ts'
import * as Ledger from '../../ledger/ledger.ts'
import * as Asset from '../../model/asset.ts'
import * as Instant from '../../model/instant.ts'
import type * as Network from '../../model/network.ts'
import * as Canonical from '../../std/canonical.ts'
import { Failure } from '../../std/failure.ts'
import * as Trace from '../../trace/trace.ts'
import { measured } from '../campaign/receipts.ts'
import { bridgesIn } from '../follow/bridge.ts'
import { crossed } from '../follow/crossing.ts'
import { answered, ledgersOf } from '../ledger/ledgers.ts'
import type { Context } from '../operation.ts'
import { screenNow } from '../screen/screen.ts'
import { instantOf } from '../when.ts'

/**
 * Runs of a case. Each is declared in the record before it starts, with its reason; its answer is filed by digest
 * afterwards. A run that fails stays declared without an answer: all runs are kept.
 */

/** Files the answer, the rows that it sums, without payers, and the dollars of all receipts, rounded once. */
export function runReceipts(name: string, input: ReceiptsInput, reason: string, context: Context): Promise<void> {
  return run(name, 'campaign receipts', input, reason, context, at => {
    const { answer, receipts } = measured(input, at)
    const heightOf = heightsOf(receipts.rows, at)
    const rows = receipts.rows.map(({ asset, units, time, network, txid, address, class: what }) => ({
      ...{ class: what, network, asset: asset.symbol, decimals: asset.decimals, units: String(units), txid, address },
      ...{ time, height: heightOf(network, txid) },
    }))
    return { answer, rows, usd: usdOf(receipts.rows, context) }
  })
}

/** Heights of the transactions that touch the addresses of the rows. */
function heightsOf(rows: readonly Campaign.Row[], context: Context) {
  const ledgers = ledgersOf(context)
  const heights = new Map<string, number | null>()
  for (const [network, own] of Map.groupBy(rows, row => row.network)) {
    const columns = ledgers.open(network)!
    for (const address of new Set(own.map(row => row.address))) {
      for (const transaction of columns.addresses.transactionsOf(columns.addresses.find(address)!)) {
        heights.set(`${network} ${Ledger.txidOf(columns, transaction)}`, Ledger.heightOf(columns, transaction))
      }
    }
  }
  return (network: Network.NetworkId, txid: string) => heights.get(`${network} ${txid}`) ?? null
}

function usdOf(rows: readonly Campaign.Row[], { store }: Context): string | null {
  const prices = Ledger.prices(store)
  const lots = rows
    .filter(row => row.class === 'receipts')
    .map(({ asset, time, units }) => ({ asset, units, day: Instant.formatDay(time) }))
  return Campaign.sumUsd(lots, (asset, day) => (Asset.isPriced(asset) ? prices.on(asset.symbol, day) : undefined)).value
}

type ReceiptsInput = { readonly name: string; readonly by: 'month'; readonly asOf?: string }

export function runScreen(
  name: string,
  input: { readonly address: readonly string[]; readonly asOf?: string },
  reason: string,
  context: Context,
): Promise<void> {
  return run(name, 'screen', input, reason, context, at => screenNow(input, at))
}

type TraceInput = {
  readonly origin: readonly string[]
  readonly network?: string
  readonly method: Trace.Method | 'all'
  readonly hops?: number
  readonly min?: string
  readonly asOf?: string
}

/** Traces forward; what the picture needs besides, the first step and what follows from it, is part of the same run. */
export async function runTrace(name: string, input: TraceInput, reason: string, context: Context): Promise<void> {
  const { method, hops, min, asOf } = input
  const network = networkOf(input)
  if (!(await answered(context, at => ledgersOf(at).open(network) !== undefined))) throw notRead(network)
  const origin = input.origin.map(text => (isOutpoint(text) ? text : Address.from(text, network).address))
  const methods = method === 'all' ? Trace.METHODS : [method]
  const declared = Trace.declare({ methods, hops: hops ?? null, min: min ?? null, reason })
  const given = { network, origin, ...(asOf === undefined ? {} : { asOf }), ...Trace.declaredToJson(declared) }
  await run(name, 'trace', given as Canonical.Json, reason, context, at => {
    const now = at.clock()
    const columns = ledgersOf(at).open(network)!
    const knowledge = Attribution.knowledge(at.store, { asOf: instantOf('asOf', asOf) ?? now, knownAt: now })
    const bridges = bridgesIn(at.store, network)
    const found = Trace.run(columns, knowledge, origin, declared, undefined, bridges)
    const steps = stepsOf(found, columns, knowledge)
    const over = Trace.ranOver(columns, knowledge, origin, declared, bridges)
    const { crossings, onward, notes } = crossed({ found, columns: over, knowledge, context: at })
    if (crossings.length === 0) return { trace: found, steps }
    // Which rows left is told by the crossings; what they are in memory is not filed.
    const plain = ({ exits: _, ...trace }: Trace.Trace) => trace
    const trace = plain({ ...found, notes: [...found.notes, ...notes] })
    return { trace, steps, crossings, onward: onward.map(part => plain(part.found)) }
  })
}

/** Most stretches that are followed for the picture; beyond it the picture goes straight to the ends. */
const STRETCHES_MAX = 200

/** A stretch of a trace: where the first step led, and where value lies that came through there. */
function stepsOf(whole: Trace.Trace, columns: Ledger.Columns, knowledge: Attribution.Knowledge): object[] {
  const one = { methods: ['haircut' as const], reason: 'picture: the first step' }
  const first = Trace.run(columns, knowledge, whole.origin, Trace.declare({ ...one, hops: 1 }))
  const steps: object[] = []
  const halted = (first.methods.haircut?.reached ?? []).filter(at => at.stoppedBecause === 'horizon')
  const groups = Map.groupBy(halted, at => at.outpoint ?? at.address)
  for (const [origin, group] of groups.size > STRETCHES_MAX ? [] : groups) {
    if (origin === null) continue
    const onward = Trace.run(columns, knowledge, [origin], Trace.declare(one))
    steps.push({ through: group[0]!.address, first: group, onward: onward.methods.haircut })
  }
  return [{ through: null, first: first.methods.haircut?.reached ?? [], onward: null }, ...steps]
}

async function run(
  name: string,
  operation: string,
  input: Canonical.Json,
  reason: string,
  context: Context,
  work: (context: Context) => unknown,
): Promise<void> {
  const { store, user, clock } = context
  const declared = CaseFile.add(store, name, { kind: 'declared', operation, input, reason }, user, clock())
  const sequence = declared.events.at(-1)!.sequence
  const text = Canonical.format(plainOf(await answered(context, work)))
  const sha256 = store.files.put(new TextEncoder().encode(text))
  CaseFile.add(store, name, { kind: 'result', declared: sequence, operation, sha256 }, user, clock())
}

/** As JSON holds it: whole numbers beyond 2^53 as texts. */
function plainOf(value: unknown): Canonical.Json {
  const text = JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? one.toString() : one))
  return JSON.parse(text) as Canonical.Json
}

function networkOf({ origin, network }: TraceInput): Network.NetworkId {
  if (network !== undefined) return network as Network.NetworkId
  const address = origin.find(text => !isOutpoint(text))
  if (address === undefined) throw whichNetwork(origin[0]!)
  return Address.from(address).network
}

function isOutpoint(text: string): boolean {
  return /^[0-9a-f]{64}:\d+$/i.test(text)
}

function notRead(network: Network.NetworkId): Failure {
  return new Failure('Case.LedgerNotRead', 'missing', `The ledger of ${network} was not read: nothing can be traced.`, {
    hint: `Add blocks with \`athar ledger add ${network}\`, or transfers with \`athar ledger import\`.`,
    facts: { network },
  })
}

function whichNetwork(origin: string): Failure {
  return new Failure('Case.WhichNetwork', 'usage', `An output does not tell its network: ${origin}.`, {
    hint: 'Add --network.',
    facts: { origin },
  })
}
