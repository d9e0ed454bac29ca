import { Failure } from '../std/failure.ts'

/** What every way of asking another machine refuses in the same words. */

export function forbidden({ host }: URL): Failure {
  return new Failure('Source.NoEgress', 'unreachable', `Nothing may be asked of ${host}: queries are forbidden.`, {
    hint: 'Leave out --no-egress, or unset ATHAR_NO_EGRESS, if this query may leave the machine.',
    facts: { host },
  })
}

export function cancelled({ host }: URL): Failure {
  return new Failure('Source.Cancelled', 'cancelled', `Stopped while asking ${host}.`, {
    hint: 'What was read before stays; run the same command to go on.',
    facts: { host },
  })
}

/** Going around a proxy would show this machine to whoever is asked: that is done to nobody by accident. */
export function pastProxy({ host }: URL, hint: string): Failure {
  return new Failure('Source.PastProxy', 'usage', `${host} cannot be asked through an HTTP proxy.`, {
    hint,
    facts: { host },
  })
}
