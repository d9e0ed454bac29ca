import * as Attribution from '../../attribution/attribution.ts'
import * as Campaign from '../../campaign/campaign.ts'
import { unread } from '../../model/coverage.ts'
import { answering, ledgersOf } from '../ledger/ledgers.ts'
import type { Context, Operation } from '../operation.ts'
import { endOf, instantOf } from '../when.ts'
import { membersOf } from './receipts.ts'

type Input = {
  readonly name?: string
  readonly addresses?: string
  readonly asOf?: string
  readonly knownAt?: string
}

export const campaignStill: Operation = {
  name: 'campaign still',
  summary: 'Tell what of a campaign’s value can still be stopped, by whom, and how long that usually takes',
  access: 'read',
  fields: {
    name: { type: 'string', says: 'A campaign', positional: true },
    addresses: { type: 'string', says: 'Addresses instead, with commas between: you say that they belong together' },
    asOf: { type: 'string', says: 'As it stood at the end of this day [now]' },
    knownAt: { type: 'string', says: 'With what was known at this time' },
  },
  examples: [
    { command: 'athar campaign still winter', says: 'what lies where, who could hold it, and until when' },
    {
      command: 'athar campaign still --addresses TL24LCps5FKwp3PoU1MvrYrwhi5LU1tHre --as-of 2024-06-30 --json',
      says: 'as it stood on a day',
    },
  ],
  list: 'resting',
  print: (answer: Campaign.StillAnswer) =>
    [...answer.sentences.map(one => one.en), ...answer.notes.map(note => `Note: ${note}.`)].join('\n'),
  run: answering(still),
}

/** Also what the workbench and the letters ask. */
export function still(input: Input, context: Context): Campaign.StillAnswer {
  const { store, clock } = context
  const at = ledgersOf(context)
  const until = input.asOf === undefined ? clock() : endOf('asOf', input.asOf)
  const knownAt = instantOf('knownAt', input.knownAt)
  const knowledge = Attribution.knowledge(store, { asOf: until, knownAt: knownAt ?? clock() })
  const members = membersOf(input, context, knowledge, knownAt)
  const networks = [...new Set(members.map(member => member.network))]
  const ledgers = networks.map(network => at.open(network, knownAt)).filter(one => one !== undefined)
  const found = Campaign.still(ledgers, members, {
    ...{ until, knowledge },
    heldBy(network, address, asset) {
      if (asset.contract === null) return null
      const all = Attribution.freezesOf(store, address, until, knownAt ?? clock())
      const stages = all.filter(one => one.network === network && one.asset === asset.symbol).map(one => one.stage)
      if (stages.includes('effective') || stages.includes('destroyed')) return 'frozen'
      return stages.includes('submitted') ? 'asked' : null
    },
  })
  const answer = Campaign.stillAnswer(found, until, input.name ?? null, members.length)
  const read = new Set(answer.coverage.map(one => one.network))
  const missing = networks.filter(network => !read.has(network))
  const coverage = [...answer.coverage, ...missing.map(unread)].map(one => ({ ...one, lists: [...knowledge.lists] }))
  const notes = missing.map(network => `the ledger of ${network} was not read: nothing is said of its addresses`)
  return { ...answer, coverage, notes: [...answer.notes, ...notes] }
}
