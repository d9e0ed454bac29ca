/** Value on its way in layers: origin, in between, where it stopped. Plain data for the drawing. */
export type Flow = {
  readonly title: string
  readonly says: string
  readonly asset: string
  readonly decimals: number
  readonly nodes: readonly Node[]
  readonly links: readonly Link[]
}

export type Node = {
  readonly id: string
  readonly layer: number
  readonly label: string
  readonly detail: string
  readonly kind: 'origin' | 'between' | 'exchange' | 'mixer' | 'service' | 'unspent' | 'other'
}

export type Link = { readonly from: string; readonly to: string; readonly units: bigint }

/** Units through a node: the greater of what comes in and what goes out. */
export function through(flow: Flow, id: string): bigint {
  const sum = (links: readonly Link[]) => links.reduce((all, link) => all + link.units, 0n)
  const entering = sum(flow.links.filter(link => link.to === id))
  const leaving = sum(flow.links.filter(link => link.from === id))
  if (entering < leaving) return leaving
  return entering
}

/** Named ends above, what was not spent below, greater before smaller; links in the order of their ends: few cross. */
export function ordered(flow: Flow): Flow {
  const size = new Map(flow.nodes.map(node => [node.id, through(flow, node.id)]))
  const nodes = flow.nodes.toSorted((a, b) => {
    const [x, y] = [size.get(a.id)!, size.get(b.id)!]
    return a.layer - b.layer || rank(a) - rank(b) || (x > y ? -1 : x < y ? 1 : 0)
  })
  const place = new Map(nodes.map((node, i) => [node.id, i]))
  const links = flow.links.toSorted(
    (a, b) => place.get(a.to)! - place.get(b.to)! || place.get(a.from)! - place.get(b.from)!,
  )
  return { ...flow, nodes, links }
}

function rank({ kind }: Node): number {
  return kind === 'unspent' ? 2 : kind === 'other' ? 1 : 0
}
