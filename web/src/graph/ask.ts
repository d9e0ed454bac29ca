import type { FlowAnswer } from '../../../src/app/follow/flow.ts'
import type { NeighboursAnswer } from '../../../src/app/follow/neighbours.ts'
import type { Coverage } from '../../../src/model/coverage.ts'
import { call } from '../call.ts'
import { fromFlow, fromNeighbours, fromPath, type Gathered, type PathAnswer, root } from './gather.ts'
import type { Direction, Node, View } from './scene.ts'

/** Nodes and edges of an answer, with what the reader must know of it. */
export type Found = Gathered & {
  readonly coverage: Coverage
  readonly notes: readonly string[]
  /** Steps of a trace that a limit left out. */
  readonly left: number
  readonly isEmpty: boolean
}

/** Neighbours that one asking brings. */
const PAGE = 25

type Asked = { readonly direction: Direction; readonly view: View; readonly signal: AbortSignal }

/** The next page of a node's neighbours; null: all are shown. */
export async function neighboursOf(node: Node, { direction, view, signal }: Asked): Promise<Found | null> {
  const known = node.more[direction]
  if (known !== null && known.cursor === null) return null
  const input = {
    ...{ address: node.name, network: node.network, direction, limit: PAGE },
    by: view === 'entity' ? 'cluster' : 'address',
    ...(known?.cursor == null ? {} : { cursor: known.cursor }),
  }
  const answer = await call<NeighboursAnswer>('neighbours', input, signal)
  const { coverage, notes } = answer
  return { ...fromNeighbours(answer, node), coverage, notes, left: 0, isEmpty: answer.total === 0 }
}

/** An address with its neighbours on both sides. */
export async function around(address: string, network: string | undefined, view: View, signal: AbortSignal) {
  const named = network === undefined || network === 'any' ? {} : { network }
  const head = await call<NeighboursAnswer>('neighbours', { address, ...named, direction: 'in', limit: PAGE }, signal)
  const centre = root(head.network, head.address).nodes[0]!
  const payers = fromNeighbours(head, centre)
  const payees = await neighboursOf(payers.nodes[0]!, { direction: 'out', view, signal })
  const found: Found = {
    nodes: [...payers.nodes.slice(1), ...payees!.nodes],
    edges: [...payers.edges, ...payees!.edges],
    ...{ coverage: head.coverage, notes: head.notes, left: 0 },
    isEmpty: head.total === 0 && payees!.isEmpty,
  }
  return found
}

export type TraceQuestion = {
  readonly origin: readonly string[]
  readonly direction: 'forward' | 'backward'
  readonly hops: number | null
  readonly limit: number
}

export async function flowOf({ origin, direction, hops, limit }: TraceQuestion, signal: AbortSignal): Promise<Found> {
  const input = { origin, direction, limit, reason: 'graph', ...(hops === null ? {} : { hops }) }
  const answer = await call<FlowAnswer>('flow', input, signal)
  const { coverage, notes, left } = answer
  return { ...fromFlow(answer), coverage, notes, left, isEmpty: answer.steps.length === 0 }
}

type Path = PathAnswer & { readonly notes: readonly string[]; readonly coverage: Coverage }

export async function pathOf(a: string, b: string, network: string | undefined, signal: AbortSignal): Promise<Found> {
  const named = network === undefined || network === 'any' ? {} : { network }
  const answer = await call<Path>('path', { addresses: [a, b], ...named }, signal)
  const gathered = fromPath(answer)
  return { ...gathered, coverage: answer.coverage, notes: answer.notes, left: 0, isEmpty: gathered.edges.length === 0 }
}
