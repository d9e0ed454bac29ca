import { changedAnswers } from '../../exposure/exposure.ts'
import * as Instants from '../../model/instant.ts'
import type { Context } from '../operation.ts'

/**
 * Which past screenings of an address would be answered otherwise now, with who received the old answer: said by every
 * change of a label. Answers about the address itself alone; `athar screen review` looks at those whose contacts it is.
 */
export function answersChanged(context: Context, address: string | null): object {
  if (address === null) return { changedAnswers: [] }
  const { changes } = changedAnswers(context.store, { now: context.clock(), contacts: true, address })
  return {
    changedAnswers: changes.slice(0, SHOWN_MAX).map(({ answeredAt, told, ...rest }) => ({
      ...{ ...rest, answeredAt: Instants.format(answeredAt) },
      told: told === null ? null : { at: Instants.format(told.at), by: told.by },
    })),
  }
}

/** Changes of one address that one answer shows. Ours. */
const SHOWN_MAX = 1000
