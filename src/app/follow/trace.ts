import { unread } from '../../model/coverage.ts'
import type * as Trace from '../../trace/trace.ts'
import { isConfigured } from '../ledger/clickhouse.ts'
import type { Context, Operation } from '../operation.ts'
import { type CrossedAnswer, crossedOver } from './crossing.ts'
import { answerOf, type WalkAnswer } from './trace-answer.ts'
import { printTrace } from './trace-print.ts'
import { notesOfCalls } from './unread-call.ts'
import { kept, knowledgeAt, type Walk, type WalkInput, walk, walkFar, walkFields } from './walk.ts'

export { offramp } from './offramp.ts'
export { path } from './path.ts'

/** What `trace` answers. */
export type TraceAnswer = WalkAnswer &
  CrossedAnswer & {
    /** Number under which the declaration was kept before the run. */
    readonly run: number
  }

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
  if (found === null) return kept(context, run, { ...unreadAnswer(answer), run })
  const own = answerOf(found)
  const { over, notes } = crossedOver(found, knowledgeAt(input, context), context)
  const all = [...own.notes, ...notes, ...notesOfCalls(context.store, found.network)]
  return kept(context, run, { ...own, ...over, notes: all, run })
}

/** "Ledger not read" is an answer of its own: no rows, and no total that would say nothing is there. */
function unreadAnswer(answer: Walk['answer']): WalkAnswer {
  const note = `The ledger of ${answer.network} was not read: nothing could be traced.`
  return { ...answer, methods: {}, envelope: [], conserved: true, notes: [note], coverage: unread(answer.network) }
}
