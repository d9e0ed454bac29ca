import { type Changed, changedAnswers, MEASURED_MAX, markTold } from '../../exposure/exposure.ts'
import * as Instants from '../../model/instant.ts'
import type { Context, Operation } from '../operation.ts'

/** Which answers that were given would now be given otherwise, who received them, and whether they were told. */
export type ReviewAnswer = {
  readonly changes: readonly ChangedJson[]
  /** How many changed, told or not; more than `changes` where there are very many. */
  readonly changed: number
  readonly untold: number
  /** Kept answers that were compared; those asked for with a known-at never change. */
  readonly answers: number
  readonly withoutContacts: number
  readonly note: string
}

export type ChangedJson = Omit<Changed, 'answeredAt' | 'told'> & {
  readonly answeredAt: string
  readonly told: { readonly at: string; readonly by: string } | null
}

type Input = { readonly contacts?: boolean; readonly customer?: string; readonly untold?: boolean }

/** Changes that fit one answer. */
const CHANGES_MAX = 10_000

const FIELDS = {
  contacts: { type: 'boolean', says: 'Compare listings and labels alone, not contacts on the ledger', default: true },
  customer: { type: 'string', says: 'Only answers given under this reference' },
} as const

export const screenReview: Operation = {
  name: 'screen review',
  summary: 'Say which past screenings would now be answered otherwise, and who received the old answer',
  access: 'read',
  fields: { ...FIELDS, untold: { type: 'boolean', says: 'Only those whose receiver was not told yet' } },
  examples: [
    { command: 'athar screen review', says: 'after an import: what changed, and for whom' },
    {
      command: 'athar screen review --untold --no-contacts --json',
      says: 'listings and labels alone, still to be told',
    },
  ],
  list: 'changes',
  print: printReview,
  run: (input: Input, context: Context): ReviewAnswer => review(input, context).answer,
}

export const screenTold: Operation = {
  name: 'screen told',
  summary: 'Mark those who received an answer that changed as told of it',
  access: 'write',
  fields: FIELDS,
  examples: [{ command: 'athar screen told --customer C-17', says: 'after the letter to that customer went out' }],
  list: 'changes',
  print: printReview,
  run(input: Input, context: Context): ReviewAnswer {
    const { found } = review({ ...input, untold: true }, context)
    if (found.length > 0) markTold(context.store.directory, found, context.clock(), context.user)
    return review(input, context).answer
  },
}

function review(input: Input, context: Context): { answer: ReviewAnswer; found: readonly Changed[] } {
  const contacts = input.contacts !== false
  const { changes, answers, withoutContacts } = changedAnswers(context.store, { now: context.clock(), contacts })
  const own = changes.filter(one => input.customer === undefined || one.customer === input.customer)
  const found = input.untold === true ? own.filter(one => one.told === null) : own
  const answer = {
    changes: found.slice(0, CHANGES_MAX).map(toJson),
    ...{ changed: found.length, untold: found.filter(one => one.told === null).length, answers, withoutContacts },
    note:
      withoutContacts === 0
        ? 'Every kept answer was compared in full.'
        : `${withoutContacts} answers were compared by listing and label alone: bulk keeps no addresses, ` +
          `and contacts are measured again for at most ${MEASURED_MAX} addresses.`,
  }
  return { answer, found }
}

function toJson({ answeredAt, told, ...rest }: Changed): ChangedJson {
  return {
    ...{ ...rest, answeredAt: Instants.format(answeredAt) },
    told: told === null ? null : { at: Instants.format(told.at), by: told.by },
  }
}

function printReview({ changes, changed, untold, answers, note }: ReviewAnswer): string {
  const head = `${changed} of ${answers} kept answers would now be given otherwise; ${untold} not told yet. ${note}`
  const lines = changes.map(one => {
    const who = `${one.askedBy}${one.customer === null ? '' : `, for ${one.customer}`}`
    const told = one.told === null ? 'not told' : `told ${one.told.at} by ${one.told.by}`
    const line = one.line === null ? '' : `, line ${one.line}`
    const change = `${one.address} (${one.network}): ${one.was} → ${one.now}`
    return `${change}\n  answered ${one.answeredAt} to ${who}${line}; ${told}`
  })
  return [head, ...lines].join('\n')
}
