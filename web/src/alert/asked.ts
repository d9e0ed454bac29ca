/** What a link to the alerts says: which are shown. Nothing said: those that wait for somebody. */
export type AlertsAsked = {
  readonly state?: State
  readonly rule?: string
  readonly watch?: string
  /** Least value in whole US dollars. */
  readonly usd?: number
  /** A day: raised from then on. */
  readonly since?: string
  readonly order?: 'deadline'
}

type State = 'overdue' | 'changed' | 'closed' | 'withdrawn' | 'all'

const STATES: readonly string[] = ['overdue', 'changed', 'closed', 'withdrawn', 'all'] satisfies State[]

/** Reads a link; what is no filter is left out. */
export function parse(given: Record<string, unknown>): AlertsAsked {
  const { state, rule, watch, usd, since, order } = given
  return {
    ...(typeof state === 'string' && STATES.includes(state) ? { state: state as State } : {}),
    ...(typeof rule === 'string' && rule !== '' ? { rule } : {}),
    ...(typeof watch === 'string' && watch !== '' ? { watch } : {}),
    ...(Number.isSafeInteger(usd) && Number(usd) > 0 ? { usd: Number(usd) } : {}),
    ...(typeof since === 'string' && /^\d{4}-\d\d-\d\d$/.test(since) ? { since } : {}),
    ...(order === 'deadline' ? { order } : {}),
  }
}

/** The same as the operation takes it. */
export function askedOf({ state, rule, watch, usd, since, order }: AlertsAsked): object {
  return {
    ...stateOf(state),
    ...(rule === undefined ? {} : { rule }),
    ...(watch === undefined ? {} : { watch }),
    ...(usd === undefined ? {} : { minUsd: usd }),
    ...(since === undefined ? {} : { since }),
    ...(order === undefined ? {} : { order }),
  }
}

function stateOf(state: State | undefined): object {
  if (state === 'all') return {}
  if (state === 'overdue') return { overdue: true }
  if (state === 'changed') return { status: 'open', changed: true }
  return { status: state ?? 'open' }
}
