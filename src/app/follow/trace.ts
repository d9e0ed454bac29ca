import { unread } from '../../model/coverage.ts'
import type { Context, Operation } from '../operation.ts'
import { type CrossedAnswer, crossedOver } from './crossing.ts'
import { answerOf, type WalkAnswer } from './trace-answer.ts'
import { printTrace } from './trace-print.ts'
import { notesOfCalls } from './unread-call.ts'
import { type Walk, type WalkInput, walk, walkFields } from './walk.ts'

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
  run: (input: Input, context: Context): Promise<TraceAnswer> =>
    walk(input.origin, input, input.direction === 'backward' ? 'backward' : 'forward', context, whole),
}

function whole(found: Walk): TraceAnswer {
  const { run, answer, context } = found
  if (found.found === null) return { ...unreadAnswer(answer), run }
  const own = answerOf(found.found)
  const { over, notes } = crossedOver({ ...found, found: found.found })
  const all = [...own.notes, ...notes, ...notesOfCalls(context.store, answer.network)]
  return { ...own, ...over, notes: all, run }
}

/** "Ledger not read" is an answer of its own: no rows, and no total that would say nothing is there. */
function unreadAnswer(answer: Walk['answer']): WalkAnswer {
  const note = `The ledger of ${answer.network} was not read: nothing could be traced.`
  return { ...answer, methods: {}, envelope: [], conserved: true, notes: [note], coverage: unread(answer.network) }
}
