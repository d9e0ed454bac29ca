import { toCaip10 } from '../../model/address.ts'
import * as Amount from '../../model/amount.ts'
import type { Coverage } from '../../model/coverage.ts'
import type { NetworkId } from '../../model/network.ts'
import * as Trace from '../../trace/trace.ts'

/** What is told of one walk over one network. */
export type WalkAnswer = {
  readonly origin: readonly string[]
  readonly network: NetworkId
  readonly declared: object
  readonly methods: Readonly<Record<string, OutcomeAnswer>>
  readonly envelope: readonly {
    readonly address: string
    readonly min: Amount.AmountJson
    readonly max: Amount.AmountJson
    readonly robust: boolean
    readonly conclusion: 'robust' | 'fragile'
  }[]
  readonly conserved: boolean
  /** Account chains, forward: by the lowest intermediate balance (docs/methods/trace.md). */
  readonly lowestBalance?: OutcomeAnswer
  /** Only where the walk went along peel chains: total = peeled + left + fees. */
  readonly peels?: readonly PeelAnswer[]
  readonly notes: readonly string[]
  readonly coverage: Coverage
}

type OutcomeAnswer = {
  readonly reached: readonly (Omit<Trace.Reached, 'amount'> & {
    readonly caip10: string | null
    readonly amount: Amount.AmountJson
    readonly because: Trace.Because
  })[]
  readonly total: readonly Amount.AmountJson[]
  readonly fees: readonly Amount.AmountJson[]
  /** Only where a swap turned traced value into another asset: total − from + to = reached + fees, asset by asset. */
  readonly converted?: readonly (Omit<Trace.Conversion, 'from' | 'to'> & {
    readonly from: Amount.AmountJson
    readonly to: Amount.AmountJson
  })[]
}

type PeelAnswer = Omit<Trace.Peel, 'total' | 'peeled' | 'left' | 'fees'> &
  Readonly<Record<'total' | 'peeled' | 'left' | 'fees', Amount.AmountJson>>

export function answerOf(found: Trace.Trace): WalkAnswer {
  const { network, declared } = found
  const outcome = ({ reached, total, fees, converted }: Omit<Trace.Outcome, 'method'>): OutcomeAnswer => ({
    reached: reached.map(row => ({
      ...row,
      caip10: row.address === null ? null : toCaip10({ network, address: row.address }),
      amount: Amount.toJson(row.amount),
      because: Trace.because(row, declared.direction),
    })),
    total: total.map(amount => Amount.toJson(amount)),
    fees: fees.map(amount => Amount.toJson(amount)),
    ...(converted === undefined
      ? {}
      : { converted: converted.map(one => ({ ...one, from: Amount.toJson(one.from), to: Amount.toJson(one.to) })) }),
  })
  return {
    ...{ origin: found.origin, network, declared: Trace.declaredToJson(declared) },
    methods: Object.fromEntries(declared.methods.map(method => [method, outcome(found.methods[method]!)])),
    envelope: found.envelope.map(({ address, min, max, robust }) => ({
      ...{ address, min: Amount.toJson(min), max: Amount.toJson(max), robust },
      conclusion: robust ? 'robust' : 'fragile',
    })),
    ...(found.lowest === null ? {} : { lowestBalance: outcome(found.lowest) }),
    ...(found.peels.length === 0 ? {} : { peels: found.peels.map(peelAnswer) }),
    ...{ conserved: found.conserved, notes: found.notes, coverage: found.coverage },
  }
}

function peelAnswer({ total, peeled, left, fees, ...rest }: Trace.Peel): PeelAnswer {
  const amounts = { total: Amount.toJson(total), peeled: Amount.toJson(peeled), left: Amount.toJson(left) }
  return { ...rest, ...amounts, fees: Amount.toJson(fees) }
}
