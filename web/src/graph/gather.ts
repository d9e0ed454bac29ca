import type { FlowAnswer, FlowSide } from '../../../src/app/follow/flow.ts'
import type { NeighbourAnswer, NeighboursAnswer } from '../../../src/app/follow/neighbours.ts'
import type { AmountJson } from '../../../src/model/amount.ts'
import {
  addressId,
  type Direction,
  type Edge,
  type EdgeAmount,
  edgeId,
  freshNode,
  type Node,
  transactionId,
} from './scene.ts'

/** Answers of the operations as nodes and edges. */
export type Gathered = { readonly nodes: readonly Node[]; readonly edges: readonly Edge[] }

export function root(network: string, address: string): Gathered {
  const id = addressId(network, address)
  return { nodes: [freshNode({ id, kind: 'address', network, name: address, isRoot: true })], edges: [] }
}

/** One page of `neighbours`, round the node that was asked about. */
export function fromNeighbours(answer: NeighboursAnswer, centre: Node): Gathered {
  const { network } = answer
  const nodes: Node[] = []
  const edges: Edge[] = []
  answer.neighbours.forEach((one, i) => {
    const node = { ...neighbourNode(network, one, centre.id), ...beside(centre, i, answer.neighbours.length) }
    nodes.push(node)
    const [from, to] = one.direction === 'in' ? [node.id, centre.id] : [centre.id, node.id]
    for (const { least, most } of one.amounts) {
      const amount = amountOf(least, most)
      const id = edgeId(from, to, `${amount.asset}${amount.contract ?? ''}`)
      edges.push({ id, from, to, count: one.transactions, first: one.first, last: one.last, amount, txid: null })
    }
  })
  const asked: readonly Direction[] = answer.direction === 'both' ? ['in', 'out'] : [answer.direction]
  const more = { ...centre.more }
  for (const direction of asked) more[direction] = { left: answer.left, cursor: answer.cursor }
  return { nodes: [{ ...centre, more }, ...nodes], edges }
}

function neighbourNode(network: string, one: NeighbourAnswer, centre: string): Node {
  if (one.address === null) {
    return freshNode({ id: `n:${centre}:${one.nobody}`, kind: 'nobody', network, name: one.nobody ?? 'unread' })
  }
  const id = addressId(network, one.address)
  return freshNode({ id, kind: 'address', network, name: one.address, label: one.label, cluster: one.cluster })
}

/** In a ring, so that nothing lies on another before a layout has run. */
function beside({ x, y }: Node, i: number, all: number): { x: number; y: number } {
  const angle = (2 * Math.PI * i) / Math.max(1, all)
  const radius = 3 + (i % 3)
  return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) }
}

/** `flow`: one payer goes straight to each payee; several meet in their transaction, for who paid whom is not said. */
export function fromFlow(answer: FlowAnswer): Gathered {
  const { network } = answer
  const parties = new Map(answer.parties.map(party => [party.address, party]))
  const nodes = new Map<string, Node>()
  const edges = new Map<string, Edge>()
  const at = (side: FlowSide, txid: string, hops: number): string => {
    const id = side.address === null ? `n:${transactionId(network, txid)}` : addressId(network, side.address)
    if (nodes.has(id)) return id
    const party = side.address === null ? undefined : parties.get(side.address)
    const fresh = freshNode({
      ...{ id, kind: side.address === null ? 'nobody' : 'address', network, name: side.address ?? 'unread' },
      ...{ label: party?.label ?? null, cluster: party?.cluster ?? null, isRoot: party?.isOrigin ?? false },
      stoppedBecause: party?.stoppedBecause ?? null,
    })
    nodes.set(id, { ...fresh, x: answer.direction === 'forward' ? hops : -hops, y: nodes.size % 40 })
    return id
  }
  for (const { address, isOrigin } of answer.parties) if (isOrigin) at({ address, amounts: {} }, '', 0)
  for (const { txid, time, hops, paid, got } of answer.steps) {
    const join = (from: string, to: string, side: FlowSide) => {
      const amount = tracedOf(side.amounts)
      const id = edgeId(from, to, `${txid}${amount?.asset ?? ''}${amount?.contract ?? ''}`)
      const whole = { id, from, to, count: 1, first: time, last: time, amount, txid }
      const known = edges.get(id)
      edges.set(id, known === undefined ? whole : { ...known, amount: sumAmounts(known.amount, amount) })
    }
    const payers = paid.map(side => ({ side, id: at(side, txid, hops - 1) }))
    const payees = got.map(side => ({ side, id: at(side, txid, hops) }))
    if (payers.length === 1) for (const { side, id } of payees) join(payers[0]!.id, id, side)
    else {
      const middle = transactionId(network, txid)
      nodes.set(middle, freshNode({ id: middle, kind: 'transaction', network, name: txid, x: hops - 0.5, y: 0 }))
      for (const { side, id } of payers) join(id, middle, side)
      for (const { side, id } of payees) join(middle, id, side)
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] }
}

export type PathAnswer = {
  readonly network: string
  readonly from: string
  readonly to: string
  readonly forward: PathWay | null
  readonly backward: PathWay | null
}
type PathWay = {
  readonly found: boolean
  readonly truncated: boolean
  readonly steps: readonly {
    readonly txid: string
    readonly time: string
    readonly from: string | null
    readonly to: string | null
    readonly amount: AmountJson
  }[]
}

/** The steps of `path`, both ways where there are both. */
export function fromPath(answer: PathAnswer): Gathered {
  const { network } = answer
  const nodes = new Map<string, Node>()
  const edges: Edge[] = []
  const at = (address: string | null, txid: string): string => {
    const id = address === null ? `n:${transactionId(network, txid)}` : addressId(network, address)
    const kind = address === null ? 'nobody' : 'address'
    const isRoot = address === answer.from || address === answer.to
    if (!nodes.has(id)) {
      nodes.set(
        id,
        freshNode({ id, kind, network, name: address ?? 'unread', isRoot, x: 3 * nodes.size, y: nodes.size % 2 }),
      )
    }
    return id
  }
  at(answer.from, '')
  for (const way of [answer.forward, answer.backward]) {
    for (const { txid, time, from, to, amount } of way?.steps ?? []) {
      const [a, b] = [at(from, txid), at(to, txid)]
      const whole = amountOf(amount, amount)
      edges.push({ id: edgeId(a, b, txid), from: a, to: b, count: 1, first: time, last: time, amount: whole, txid })
    }
  }
  at(answer.to, '')
  return { nodes: [...nodes.values()], edges }
}

function amountOf(least: AmountJson, most: AmountJson): EdgeAmount {
  const { asset, contract, decimals } = most
  return { asset, contract: contract ?? null, decimals, least: least.amount, most: most.amount, methods: null }
}

function tracedOf(amounts: Readonly<Record<string, AmountJson>>): EdgeAmount | null {
  const [first] = Object.values(amounts)
  if (first === undefined) return null
  const methods = Object.fromEntries(Object.entries(amounts).map(([method, { amount }]) => [method, amount]))
  return {
    asset: first.asset,
    contract: first.contract ?? null,
    decimals: first.decimals,
    least: '0',
    most: '0',
    methods,
  }
}

export function sumAmounts(a: EdgeAmount | null, b: EdgeAmount | null): EdgeAmount | null {
  if (a === null || b === null) return a ?? b
  const sum = (x: string, y: string) => (BigInt(x) + BigInt(y)).toString()
  const keys = new Set([...Object.keys(a.methods ?? {}), ...Object.keys(b.methods ?? {})])
  const methods =
    a.methods === null && b.methods === null
      ? null
      : Object.fromEntries([...keys].map(key => [key, sum(a.methods?.[key] ?? '0', b.methods?.[key] ?? '0')]))
  return { ...a, least: sum(a.least, b.least), most: sum(a.most, b.most), methods }
}
