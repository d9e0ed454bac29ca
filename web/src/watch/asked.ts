import type { Listed } from '../../../src/app/monitor/watch.ts'
import { call } from '../call.ts'

/** How the watches are asked for, by every part that shows them. */
export const watchesAsked = {
  queryKey: ['watch list'],
  queryFn: ({ signal }: { signal: AbortSignal }) => call<{ watches: Listed[] }>('watch list', {}, signal),
}
