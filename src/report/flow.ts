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
