import { categoriesOf } from '../../attribution/attribution.ts'
import { type AccountColumns, type Columns, NONE, networksOf, openColumns } from '../../ledger/ledger.ts'
import * as Amount from '../../model/amount.ts'
import * as Network from '../../model/network.ts'
import * as Trace from '../../trace/trace.ts'
import type { Context } from '../operation.ts'
import { knowledgeAt, type WalkInput } from './walk.ts'

/** Two payments of one bridge on two networks, each the only one that fits the other. */
export type CrossingAnswer = Omit<Trace.Crossing, 'paid' | 'released'> & {
  readonly paid: SideAnswer
  readonly released: SideAnswer
  /** What the two have in common besides the bridge and the asset: ours, docs/methods/trace.md. */
  readonly rule: { readonly seconds: number; readonly leastShare: string }
}

type SideAnswer = Omit<Trace.CrossingSide, 'amount'> & { readonly amount: Amount.AmountJson }

/** Where value that stopped at a bridge seems to have come out again; nothing where it does not show. */
export function crossingsOf(
  found: Trace.Trace,
  input: WalkInput,
  context: Context,
): { readonly crossings?: readonly CrossingAnswer[] } {
  if (found.declared.direction !== 'forward' || Network.from(found.network).shape !== 'account') return {}
  const stops = Object.values(found.methods)
    .flatMap(outcome => outcome.reached)
    .filter(({ stoppedBecause, label }) => stoppedBecause === 'contract' && label !== null && isBridge(label))
  const columns = openColumns(context.store, found.network)
  if (stops.length === 0 || columns?.shape !== 'account') return {}
  const others = networksOf(context.store)
    .filter(network => network !== found.network)
    .map(network => openColumns(context.store, network))
    .filter(isAccount)
  const known = knowledgeAt(input, context)
  const rows = new Set(stops.flatMap(stop => paymentsOf(columns, stop)))
  const crossings = [...rows]
    .sort((a, b) => a - b)
    .map(row => Trace.crossingOf(columns, row, others, known))
    .filter(one => one !== null)
  return crossings.length === 0 ? {} : { crossings: crossings.map(toJson) }
}

function isBridge(label: NonNullable<Trace.Reached['label']>): boolean {
  return categoriesOf(label).includes('bridge')
}

function isAccount(columns: Columns | undefined): columns is AccountColumns {
  return columns?.shape === 'account'
}

function paymentsOf(columns: AccountColumns, { address, amount, transactions }: Trace.Reached): number[] {
  const to = address === null ? undefined : columns.addresses.find(address)
  if (to === undefined) return []
  return transactions
    .map(txid => Trace.findTransaction(columns, txid))
    .filter(transaction => transaction !== undefined)
    .map(transaction => Trace.paymentIn(columns, transaction, to, amount.asset))
    .filter(row => row !== NONE)
}

function toJson({ paid, released, ...rest }: Trace.Crossing): CrossingAnswer {
  const side = (one: Trace.CrossingSide): SideAnswer => ({ ...one, amount: Amount.toJson(one.amount) })
  const rule = { seconds: Trace.CROSSING_RULE.seconds, leastShare: '0.99' }
  return { ...rest, paid: side(paid), released: side(released), rule }
}
