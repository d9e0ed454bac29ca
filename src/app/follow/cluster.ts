import { isCustodial } from '../../attribution/attribution.ts'
import {
  CHANGE_HEURISTICS,
  type Cluster,
  parseChange,
  partitionOf,
  type Services,
  show,
  showUnread,
  type Why,
  why,
} from '../../cluster/cluster.ts'
import { toCaip10 } from '../../model/address.ts'
import { type Coverage, unread } from '../../model/coverage.ts'
import type { NetworkId } from '../../model/network.ts'
import { pairOf } from '../../trace/trace.ts'
import { answering } from '../ledger/ledgers.ts'
import type { Context, Operation } from '../operation.ts'
import { subjectOf } from './subject.ts'
import { knowledgeAt } from './walk.ts'

type ShowInput = {
  readonly address: string
  readonly network?: string
  readonly change?: string
  readonly mark?: string
}
type WhyInput = { readonly addresses: readonly string[]; readonly network?: string; readonly change?: string }

const CHANGE = {
  type: 'string',
  says: `Also link change outputs, by one or more of ${CHANGE_HEURISTICS.map(({ name }) => name).join(', ')}, by comma`,
} as const

export const clusterShow: Operation = {
  name: 'cluster show',
  summary: 'Show the addresses held to be the same holder’s, by which heuristics, and what was refused',
  access: 'read',
  fields: {
    address: { type: 'string', says: 'Address, plain or CAIP-10', positional: true, required: true },
    network: { type: 'string', says: 'Network, where the address may live on several' },
    change: CHANGE,
    mark: {
      type: 'string',
      says: 'Also raise an alarm at payments with a needless input, which PayJoins and tidy wallets have',
      choices: ['unnecessary-input'],
    },
  },
  examples: [{ command: 'athar cluster show 1NxaBCFQwejSZbQfWcYNwgqML5wWoE3rK4', says: 'its cluster' }],
  run: answering(({ address, network, ...asked }: ShowInput, context) => {
    const change = parseChange(asked.change)
    const subject = subjectOf(context, [address], network)
    const name = subject.names[0]!
    const found: Cluster =
      subject.columns === undefined
        ? showUnread(subject.network, name)
        : show(subject.columns, name, partitionOf(subject.columns, change, context.store), {
            services: servicesOf(subject.network, context),
            marks: asked.mark !== undefined,
          })
    const at = { network: subject.network, caip10: toCaip10({ network: subject.network, address: name }) }
    return { ...found, ...at, coverage: withLists(found.coverage, subject.network, context) }
  }),
}

export const clusterWhy: Operation = {
  name: 'cluster why',
  summary: 'Say why two addresses are in one cluster: the shortest chain, and the smallest cut',
  access: 'read',
  fields: {
    addresses: { type: 'strings', says: 'The two addresses, plain or CAIP-10', positional: true, required: true },
    network: { type: 'string', says: 'Network, where the addresses may live on several' },
    change: CHANGE,
  },
  examples: [
    {
      command: 'athar cluster why 1NxaBCFQwejSZbQfWcYNwgqML5wWoE3rK4 1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK',
      says: 'the transactions that link them',
    },
  ],
  run: answering(({ addresses, network, ...asked }: WhyInput, context) => {
    const subject = subjectOf(context, pairOf(addresses), network)
    const [a, b] = [subject.names[0]!, subject.names[1]!]
    const change = parseChange(asked.change)
    const found: Why = subject.columns === undefined ? whyUnread(subject.network) : why(subject.columns, a, b, change)
    const coverage = withLists(found.coverage, subject.network, context)
    return { addresses: [a, b], network: subject.network, ...found, coverage }
  }),
}

/** The custodial services that labels name. */
function servicesOf(network: NetworkId, context: Context): Services {
  const known = knowledgeAt({}, context)
  return address => {
    const label = known.labelsOf(network, address).find(isCustodial)
    return label === undefined ? null : { name: label.name, category: label.category }
  }
}

function whyUnread(network: NetworkId): Why {
  const note = `The ledger of ${network} was not read: nothing is known of these addresses.`
  const apart = { linked: false, witness: [], cut: [], cutAtLeast: null, without: { linked: false } }
  return { ...apart, coverage: unread(network), note }
}

function withLists(coverage: Coverage, network: NetworkId, context: Context): Coverage {
  const known = knowledgeAt({}, context)
  return { ...coverage, lists: [...known.lists], labels: known.labelCount(network) }
}
