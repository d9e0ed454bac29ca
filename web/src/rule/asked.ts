import type { RuleList } from '../../../src/app/monitor/rule.ts'
import { call } from '../call.ts'

/** How the rules are asked for, by every part that shows them. */
export const rulesAsked = {
  queryKey: ['rule list'],
  queryFn: ({ signal }: { signal: AbortSignal }) => call<RuleList>('rule list', {}, signal),
}

/** Each rule once: beside a draft the version before it may be in force. */
export function idsOf(list: RuleList | undefined): readonly string[] {
  return [...new Set((list?.rules ?? []).map(one => one.id))]
}
