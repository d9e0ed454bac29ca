import * as Attribution from '../../attribution/attribution.ts'
import type { Context, Operation } from '../operation.ts'
import { disputeJson } from '../screen/label-json.ts'
import { instantOf, startOf } from '../when.ts'

/** What named persons say against a claim, label or listing: it stands beside it wherever that is shown. */

type AddInput = {
  readonly target: string
  readonly by: string
  readonly words: string
  readonly capacity?: string
  readonly url?: string
  readonly said?: string
}

export const disputeAdd: Operation = {
  name: 'dispute add',
  summary: 'Set the word of a named person beside a claim, label or listing',
  access: 'write',
  fields: {
    target: {
      ...{ type: 'string', says: 'Id of a claim, label, statement or relation, or listing:AUTHORITY:ADDRESS' },
      ...{ positional: true, required: true },
    },
    by: { type: 'string', says: 'Who disputes it, by name', required: true },
    words: { type: 'string', says: 'What they say, as it stands', required: true },
    capacity: { type: 'string', says: 'In what capacity: the person named, counsel, the company' },
    url: { type: 'string', says: 'Where it can be read' },
    said: { type: 'string', says: 'When it was said' },
  },
  examples: [
    {
      command: 'athar dispute add entry-4711 --by "A. Person" --capacity counsel --words "The account is not ours."',
      says: 'it stands beside the label; only a judgement takes the label out',
    },
  ],
  run: (input: AddInput, context: Context) => {
    const { target, by, words, capacity, url, said } = input
    const dispute = Attribution.addDispute(
      context.store,
      {
        ...{ target, by, words, capacity: capacity ?? null, url: url ?? null },
        ...{ saidAt: said === undefined ? null : startOf('said', said), knownAt: context.clock() },
      },
      context.user,
    )
    return disputeJson(dispute)
  },
}

type ListInput = { readonly target?: string; readonly knownAt?: string }

export const disputeList: Operation = {
  name: 'dispute list',
  summary: 'Show what is disputed, by whom',
  access: 'read',
  fields: {
    target: { type: 'string', says: 'Only of this claim, label or listing', positional: true },
    knownAt: { type: 'string', says: 'As it was known then; default: now' },
  },
  examples: [{ command: 'athar dispute list', says: 'every dispute, oldest first' }],
  list: 'disputes',
  run: ({ target, knownAt }: ListInput, context: Context) => {
    const at = instantOf('knownAt', knownAt) ?? context.clock()
    const disputes = Attribution.disputes(context.store, target ?? null).filter(one => one.knownAt <= at)
    return { disputes: disputes.map(disputeJson) }
  },
}
