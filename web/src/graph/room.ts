/** Left, top, right, bottom. */
export type Box = readonly [number, number, number, number]

/** What of a picture is taken already, so that no name covers another. */
export type Room = {
  clear(): void
  /** The first of the boxes that is free, by its index, and takes it; -1: none is. */
  take(boxes: readonly Box[]): number
}

export function createRoom(): Room {
  let taken: Box[] = []
  return {
    clear() {
      taken = []
    },
    take(boxes) {
      const at = boxes.findIndex(box => !taken.some(other => meets(box, other)))
      if (at !== -1) taken.push(boxes[at]!)
      return at
    },
  }
}

function meets([a, b, c, d]: Box, [left, top, right, bottom]: Box): boolean {
  return a < right && left < c && b < bottom && top < d
}

/** Where a name may stand round its node: its place, how it hangs there, and the box that it fills. */
export type Stand = {
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly box: Box
}

type Named = { readonly x: number; readonly y: number; readonly size: number; readonly width: number }

/** In order of liking. In layers below or above the node, since lines run sideways; else beside it. */
export function standsOf({ x, y, size, width }: Named, height: number, turned: boolean, layered: boolean): Stand[] {
  const side = turned ? -1 : 1
  const beside = (sign: number): Stand => {
    const at = x + sign * (size + 5)
    const [left, right] = sign > 0 ? [at, at + width] : [at - width, at]
    const anchor = sign === side ? 'start' : 'end'
    return { x: at, y: y + height / 3, anchor, box: [left, y - height / 2, right, y + height / 2] }
  }
  const stacked = (line: number): Stand => ({
    ...{ x, y: line, anchor: 'middle' },
    box: [x - width / 2, line - height * 0.9, x + width / 2, line + height * 0.25],
  })
  const [under, over] = [y + size + height + 1, y - size - height * 0.6]
  const stack = [under, over, under + height * 1.2, over - height * 1.2].map(stacked)
  return layered ? [...stack, beside(side), beside(-side)] : [beside(side), beside(-side), ...stack]
}
