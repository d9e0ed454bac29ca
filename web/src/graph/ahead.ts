/** Whichever lies next in the direction of an arrow key. */
export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'

export type Spot = { readonly id: string; readonly x: number; readonly y: number }

/**
 * The next node in a direction: the nearest in a cone of 90° round it; where the cone is empty, the nearest on that
 * side. Screen coordinates: y runs down. Undefined: nothing lies that way.
 */
export function ahead(spots: readonly Spot[], from: Spot, arrow: Arrow): Spot | undefined {
  let best: Spot | undefined
  let least = Number.POSITIVE_INFINITY
  for (const spot of spots) {
    if (spot.id === from.id) continue
    const [along, across] = turned(spot.x - from.x, spot.y - from.y, arrow)
    if (along <= 0) continue
    const distance = Math.hypot(along, across)
    const cost = Math.abs(across) <= along ? distance : 1e6 + distance
    if (cost < least) [best, least] = [spot, cost]
  }
  return best
}

function turned(x: number, y: number, arrow: Arrow): readonly [number, number] {
  if (arrow === 'ArrowRight') return [x, y]
  if (arrow === 'ArrowLeft') return [-x, y]
  return arrow === 'ArrowDown' ? [y, x] : [-y, x]
}
