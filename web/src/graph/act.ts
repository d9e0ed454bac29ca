import { type Colour, type Edge, type Filter, type Node, OPEN, type Place, type Scene, type View } from './scene.ts'

/** What can be done to a scene. */
export type Act =
  /** Nodes and edges of an answer; what is known already keeps its place, pin, colour and note. */
  | { readonly kind: 'add'; readonly nodes: readonly Node[]; readonly edges: readonly Edge[] }
  /** Takes away what hangs on these nodes alone. */
  | { readonly kind: 'collapse'; readonly ids: readonly string[] }
  | { readonly kind: 'remove'; readonly ids: readonly string[] }
  /** By ids of what is drawn. */
  | { readonly kind: 'pin'; readonly at: Readonly<Record<string, Place>> }
  | { readonly kind: 'colour'; readonly ids: readonly string[]; readonly colour: Colour | null }
  | { readonly kind: 'note'; readonly id: string; readonly note: string }
  | { readonly kind: 'group'; readonly ids: readonly string[]; readonly group: string; readonly name: string }
  | { readonly kind: 'ungroup'; readonly group: string }
  | { readonly kind: 'fold'; readonly group: string; readonly folded: boolean }
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'method'; readonly method: string }
  | { readonly kind: 'filter'; readonly filter: Partial<Filter> }
  | { readonly kind: 'unfilter' }
  | { readonly kind: 'layout'; readonly layout: Scene['layout'] }

/** The scene after an act; the same scene where the act changes nothing. */
export function reduce(scene: Scene, act: Act): Scene {
  switch (act.kind) {
    case 'add':
      return add(scene, act.nodes, act.edges)
    case 'collapse':
      return collapse(scene, act.ids)
    case 'remove':
      return remove(scene, new Set(act.ids))
    case 'pin':
      return { ...scene, places: { ...scene.places, ...act.at } }
    case 'colour':
      return each(scene, act.ids, node => ({ ...node, colour: act.colour }))
    case 'note':
      return each(scene, [act.id], node => ({ ...node, note: act.note.slice(0, NOTE_MAX) }))
    case 'group':
      return regroup(scene, act.ids, act.group, act.name)
    case 'ungroup':
      return ungroup(scene, act.group)
    case 'fold':
      return fold(scene, act.group, act.folded)
    case 'view':
      return { ...scene, view: act.view }
    case 'method':
      return { ...scene, method: act.method }
    case 'filter':
      return { ...scene, filter: { ...scene.filter, ...act.filter } }
    case 'unfilter':
      return { ...scene, filter: OPEN }
    case 'layout':
      return { ...scene, layout: act.layout }
  }
}

/** Characters of one note. */
export const NOTE_MAX = 500

/** Nodes of one scene: beyond it answers are refused, and that is said. */
export const NODES_MAX = 20_000

function add(scene: Scene, nodes: readonly Node[], edges: readonly Edge[]): Scene {
  const merged: Record<string, Node> = { ...scene.nodes }
  let count = Object.keys(merged).length
  for (const node of nodes) {
    const known = merged[node.id]
    if (known === undefined && count >= NODES_MAX) continue
    if (known === undefined) count++
    merged[node.id] = known === undefined ? node : meet(known, node)
  }
  const joined: Record<string, Edge> = { ...scene.edges }
  for (const edge of edges) {
    if (merged[edge.from] !== undefined && merged[edge.to] !== undefined) joined[edge.id] = edge
  }
  return { ...scene, nodes: merged, edges: joined }
}

/** What was drawn stays where it is; what is newly known is taken over. */
function meet(known: Node, fresh: Node): Node {
  return {
    ...known,
    label: fresh.label ?? known.label,
    cluster: fresh.cluster ?? known.cluster,
    isRoot: known.isRoot || fresh.isRoot,
    stoppedBecause: fresh.stoppedBecause ?? known.stoppedBecause,
    more: { in: fresh.more.in ?? known.more.in, out: fresh.more.out ?? known.more.out },
  }
}

/** Neighbours with no other neighbour go, unless the analyst touched them; what was asked counts as not asked. */
function collapse(scene: Scene, ids: readonly string[]): Scene {
  const chosen = new Set(ids)
  const beside = new Map<string, Set<string>>()
  for (const { from, to } of Object.values(scene.edges)) {
    for (const [a, b] of [
      [from, to],
      [to, from],
    ] as const) {
      const set = beside.get(a) ?? new Set()
      beside.set(a, set.add(b))
    }
  }
  const gone = new Set<string>()
  for (const id of ids) {
    for (const other of beside.get(id) ?? []) {
      const node = scene.nodes[other]!
      const touched =
        node.isRoot ||
        scene.places[other]?.pinned === true ||
        node.note !== '' ||
        node.group !== null ||
        chosen.has(other)
      if (!touched && [...beside.get(other)!].every(one => chosen.has(one) || one === other)) gone.add(other)
    }
  }
  return each(remove(scene, gone), ids, node => ({ ...node, more: { in: null, out: null } }))
}

function remove(scene: Scene, gone: ReadonlySet<string>): Scene {
  if (gone.size === 0) return scene
  const nodes = Object.fromEntries(Object.entries(scene.nodes).filter(([id]) => !gone.has(id)))
  const edges = Object.fromEntries(
    Object.entries(scene.edges).filter(([, edge]) => !gone.has(edge.from) && !gone.has(edge.to)),
  )
  return { ...scene, nodes, edges }
}

function regroup(scene: Scene, ids: readonly string[], id: string, name: string): Scene {
  const group = { id, name: name.slice(0, 80), folded: scene.groups[id]?.folded ?? false }
  const grouped = each(scene, ids, node => ({ ...node, group: id }))
  return { ...grouped, groups: { ...scene.groups, [id]: group } }
}

function ungroup(scene: Scene, id: string): Scene {
  const members = Object.values(scene.nodes).filter(node => node.group === id)
  const { [id]: _, ...groups } = scene.groups
  return {
    ...each(
      scene,
      members.map(node => node.id),
      node => ({ ...node, group: null }),
    ),
    groups,
  }
}

function fold(scene: Scene, id: string, folded: boolean): Scene {
  const group = scene.groups[id]
  return group === undefined ? scene : { ...scene, groups: { ...scene.groups, [id]: { ...group, folded } } }
}

function each(scene: Scene, ids: readonly string[], change: (node: Node) => Node): Scene {
  const known = ids.filter(id => scene.nodes[id] !== undefined)
  if (known.length === 0) return scene
  const nodes: Record<string, Node> = { ...scene.nodes }
  for (const id of known) nodes[id] = change(nodes[id]!)
  return { ...scene, nodes }
}
