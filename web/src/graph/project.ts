import type { Category } from '../../../src/model/category.ts'
import { addEdge, createLines, type Line } from './line.ts'
import { type Colour, type Direction, type Edge, type Node, type Place, type Scene, transactionId } from './scene.ts'
import { passes, unitsOf } from './sieve.ts'

/** What is drawn of a scene: merged by its view and groups, sieved by its filter, with what was left out counted. */
export type Drawn = {
  readonly nodes: readonly DrawnNode[]
  readonly edges: readonly Line[]
  /** Hidden by filters. */
  readonly hidden: number
  /** Neighbours that were found and not fetched. */
  readonly left: number
  /** Categories in the scene, for the filter. */
  readonly categories: readonly Category[]
  readonly assets: readonly string[]
}

export type DrawnNode = {
  readonly id: string
  readonly kind: 'address' | 'transaction' | 'nobody' | 'entity' | 'group'
  readonly network: string
  /** A name of others' making for entities and groups: shown isolated; an address or txid else. */
  readonly title: string
  readonly named: boolean
  readonly members: readonly string[]
  readonly category: Category | null
  readonly isRoot: boolean
  readonly stoppedBecause: string | null
  readonly colour: Colour | null
  readonly note: string
  readonly group: string | null
  /** Addresses that it stands for, where more than one. */
  readonly addresses: number
  readonly left: Readonly<Record<Direction, number>>
  /** Whether its neighbours were asked for. */
  readonly asked: boolean
  readonly hops: number | null
  readonly place: Place
  /** false: no layout has put it anywhere yet. */
  readonly placed: boolean
}

export function project(scene: Scene): Drawn {
  const kept = Object.values(scene.edges).filter(edge => passes(scene, edge))
  const standsFor = merger(scene, kept)
  const { lines, drawnIds } = linesOf(scene, kept, standsFor)
  const members = new Map<string, string[]>()
  for (const node of Object.values(scene.nodes)) {
    const id = standsFor(node.id)
    if (id !== null) push(members, id, node.id)
  }
  const hops = hopsFrom(scene, standsFor, lines)
  const everJoined = new Set(Object.values(scene.edges).flatMap(edge => [edge.from, edge.to]))
  const nodes: DrawnNode[] = []
  let hidden = 0
  for (const id of new Set([...members.keys(), ...drawnIds])) {
    const node = drawnNode(scene, id, members.get(id) ?? [], hops.get(id) ?? null)
    if (isShown(scene, node, drawnIds, everJoined)) nodes.push(node)
    else hidden++
  }
  const shown = new Set(nodes.map(node => node.id))
  return {
    nodes,
    edges: lines.filter(line => shown.has(line.from) && shown.has(line.to)),
    hidden,
    left: nodes.reduce((sum, { left }) => sum + left.in + left.out, 0),
    categories: [...new Set(Object.values(scene.nodes).flatMap(({ label }) => label?.category ?? []))].sort(),
    assets: [...new Set(Object.values(scene.edges).flatMap(({ amount }) => amount?.asset ?? []))].sort(),
  }
}

/** The same with other places: nothing but them is made anew, the edges are the same list. */
export function placed(drawn: Drawn, places: Scene['places']): Drawn {
  const nodes = drawn.nodes.map(node => {
    const place = places[node.id]
    return place === undefined || place === node.place ? node : { ...node, place, placed: true }
  })
  return { ...drawn, nodes }
}

/** The id that a node is drawn under; null: a transaction that is drawn as its edges. */
type StandsFor = (id: string) => string | null

function merger(scene: Scene, edges: readonly Edge[]): StandsFor {
  const party = (id: string): string => {
    const node = scene.nodes[id]!
    if (node.group !== null && scene.groups[node.group]?.folded === true) return `g:${node.group}`
    return scene.view === 'entity' && node.kind === 'address' ? entityId(node) : id
  }
  const payers = new Map<string, Set<string>>()
  for (const { from, to } of edges) {
    if (scene.nodes[to]!.kind === 'transaction') payers.set(to, (payers.get(to) ?? new Set()).add(party(from)))
  }
  return id => {
    const node = scene.nodes[id]!
    const alone = node.kind === 'transaction' && scene.view !== 'transaction' && (payers.get(id)?.size ?? 0) <= 1
    return alone && node.group === null ? null : party(id)
  }
}

/** Entities by the name that their label gives, else their cluster: a hypothesis, and said so where it is shown. */
function entityId({ id, network, label, cluster }: Node): string {
  if (label !== null) return `e:${label.name}`
  return cluster !== null && cluster.size > 1 ? `c:${network}:${cluster.name}` : id
}

function linesOf(scene: Scene, edges: readonly Edge[], standsFor: StandsFor) {
  const lines = createLines()
  const drawnIds = new Set<string>()
  const payerOf = new Map<string, string>()
  for (const { from, to } of edges) if (standsFor(to) === null) payerOf.set(to, standsFor(from) ?? from)
  const put = (from: string, to: string, edge: Edge) => {
    if (from === to) return
    drawnIds.add(from).add(to)
    addEdge(lines, from, to, edge, unitsOf(scene, edge))
  }
  for (const edge of edges) {
    const [from, to] = [standsFor(edge.from), standsFor(edge.to)]
    if (to === null) continue
    const payer = from ?? payerOf.get(edge.from)
    if (payer === undefined) continue
    if (scene.view === 'transaction' && edge.txid !== null && isParty(scene, edge)) {
      const middle = transactionId(scene.nodes[edge.from]!.network, edge.txid)
      put(payer, middle, edge)
      put(middle, to, edge)
    } else put(payer, to, edge)
  }
  return { lines: [...lines.values()], drawnIds }
}

function isParty({ nodes }: Scene, { from, to }: Edge): boolean {
  return nodes[from]!.kind !== 'transaction' && nodes[to]!.kind !== 'transaction'
}

/** Fewest lines from a root, whatever their direction; a transaction of its own costs half a hop, rounded up. */
function hopsFrom(scene: Scene, standsFor: StandsFor, lines: readonly Line[]): Map<string, number> {
  const beside = new Map<string, string[]>()
  for (const { from, to } of lines) {
    push(beside, from, to)
    push(beside, to, from)
  }
  const steps = new Map<string, number>()
  let front = Object.values(scene.nodes).flatMap(node => (node.isRoot ? (standsFor(node.id) ?? []) : []))
  for (const id of front) steps.set(id, 0)
  while (front.length > 0) {
    const next: string[] = []
    for (const id of front) {
      for (const other of beside.get(id) ?? []) {
        if (steps.has(other)) continue
        steps.set(other, steps.get(id)! + (other.startsWith('t:') || id.startsWith('t:') ? 0.5 : 1))
        next.push(other)
      }
    }
    front = next
  }
  return new Map([...steps].map(([id, count]) => [id, Math.ceil(count)]))
}

function isShown(
  { filter, places }: Scene,
  node: DrawnNode,
  joined: ReadonlySet<string>,
  everJoined: ReadonlySet<string>,
): boolean {
  if (node.isRoot) return true
  if (node.category !== null && filter.without.includes(node.category)) return false
  if (filter.hops !== null && (node.hops ?? Number.POSITIVE_INFINITY) > filter.hops) return false
  if (joined.has(node.id) || places[node.id]?.pinned === true) return true
  return !node.members.some(id => everJoined.has(id))
}

function drawnNode(scene: Scene, id: string, members: readonly string[], hops: number | null): DrawnNode {
  const nodes = members.map(one => scene.nodes[one]!)
  const first = nodes.find(node => node.isRoot) ?? nodes[0] ?? split(id)
  const group = id.startsWith('g:') ? scene.groups[id.slice(2)]! : null
  const entity = id.startsWith('e:') || id.startsWith('c:')
  const label = nodes.find(node => node.label !== null)?.label ?? null
  return {
    ...{ id, network: first.network, members, hops },
    kind: group !== null ? 'group' : entity ? 'entity' : first.kind,
    title: group?.name ?? label?.name ?? (id.startsWith('c:') ? first.cluster!.name : first.name),
    named: group !== null || label !== null,
    category: label?.category ?? null,
    isRoot: nodes.some(node => node.isRoot),
    stoppedBecause: nodes.find(node => node.stoppedBecause !== null)?.stoppedBecause ?? null,
    colour: nodes.find(node => node.colour !== null)?.colour ?? null,
    note: nodes.flatMap(({ note }) => (note === '' ? [] : [note])).join(' · '),
    group: first.group,
    addresses: Math.max(nodes.length, id.startsWith('c:') ? (first.cluster?.size ?? 1) : 1),
    left: {
      in: nodes.reduce((sum, { more }) => sum + (more.in?.left ?? 0), 0),
      out: nodes.reduce((sum, { more }) => sum + (more.out?.left ?? 0), 0),
    },
    asked: nodes.some(({ more }) => more.in !== null || more.out !== null),
    placed: scene.places[id] !== undefined,
    place: scene.places[id] ?? { x: first.x, y: first.y, pinned: false },
  }
}

/** A transaction that only the view draws: `t:network:txid`. */
function split(id: string): Pick<Node, 'network' | 'name' | 'kind' | 'x' | 'y' | 'group' | 'cluster'> {
  const [, network, txid] = id.split(':')
  return { network: network!, name: txid!, kind: 'transaction', x: 0, y: 0, group: null, cluster: null }
}

/** In place: a hub can have thousands. */
function push(lists: Map<string, string[]>, key: string, value: string): void {
  const known = lists.get(key)
  if (known === undefined) lists.set(key, [value])
  else known.push(value)
}
