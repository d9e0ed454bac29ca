import { toCaip10 } from '../../model/address.ts'
import * as Amount from '../../model/amount.ts'
import { type Coverage, unread } from '../../model/coverage.ts'
import type { NetworkId } from '../../model/network.ts'
import * as Trace from '../../trace/trace.ts'
import { isConfigured } from '../ledger/clickhouse.ts'
import type { Context, Operation } from '../operation.ts'
import { type CrossingAnswer, crossingsOf } from './crossing.ts'
import { printTrace } from './trace-print.ts'
import { kept, type Walk, type WalkInput, walk, walkFar, walkFields } from './walk.ts'

export { offramp } from './offramp.ts'
export { path } from './path.ts'

/** What `trace` answers. */
export type TraceAnswer = {
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
  /** Only where value reached a bridge and one payment on another network fits it: in no sum. */
  readonly crossings?: readonly CrossingAnswer[]
  readonly notes: readonly string[]
  readonly coverage: Coverage
  /** Number under which the declaration was kept before the run. */
  readonly run: number
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

type Input = WalkInput & { readonly origin: readonly string[]; readonly direction: string }

export const trace: Operation = {
  name: 'trace',
  summary: 'Follow value from addresses or outpoints by stated taint methods',
  access: 'read',
  fields: {
    origin: { type: 'strings', says: 'Addresses, plain or CAIP-10, or txid:index', positional: true, required: true },
    direction: { type: 'string', says: 'Where to', choices: ['forward', 'backward'], default: 'forward' },
    ...walkFields,
  },
  examples: [
    { command: 'athar trace 1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK', says: 'where it went, by all five methods' },
    {
      command: 'athar trace 1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK --direction backward --hops 3',
      says: 'where it came from',
    },
  ],
  print: printTrace,
  run: (input: Input, context: Context): TraceAnswer | Promise<TraceAnswer> =>
    isConfigured() ? followFar(input, context) : follow(input, context),
}

function follow(input: Input, context: Context): TraceAnswer {
  return whole(walk(input.origin, input, directionOf(input), context), input, context)
}

async function followFar(input: Input, context: Context): Promise<TraceAnswer> {
  const far = await walkFar(input.origin, input, directionOf(input), context)
  return far === null ? follow(input, context) : whole(far, input, context)
}

function directionOf({ direction }: Input): Trace.Direction {
  return direction === 'backward' ? 'backward' : 'forward'
}

function whole({ found, run, answer }: Walk, input: Input, context: Context): TraceAnswer {
  const full = found === null ? unreadAnswer(answer) : { ...answerOf(found), ...crossingsOf(found, input, context) }
  return kept(context, run, { ...full, run })
}

function answerOf(found: Trace.Trace): Omit<TraceAnswer, 'run'> {
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

/** "Ledger not read" is an answer of its own: no rows, and no total that would say nothing is there. */
function unreadAnswer(answer: Walk['answer']): Omit<TraceAnswer, 'run'> {
  const note = `The ledger of ${answer.network} was not read: nothing could be traced.`
  return { ...answer, methods: {}, envelope: [], conserved: true, notes: [note], coverage: unread(answer.network) }
}
