import type { Pixels } from './pixels.ts'

/**
 * What a page paints by filled shapes, as pixels: codes are drawn so by programs that print them as vectors. Only fills
 * are followed, dark or light, in the order in which they are painted; lines, letters and pictures are not. Undefined
 * where the page has too few shapes to hold a code (a code of the least size has some 200 dark modules, in runs).
 */
export function drawnPixels(operators: Operators, page: PageBox): (Pixels & { readonly scale: number }) | undefined {
  const fills = fillsOf(operators)
  const corners = fills.reduce((sum, fill) => sum + fill.corners, 0)
  if (corners < CORNERS_MIN || corners > CORNERS_MAX) return undefined
  const [width, height] = [page.width, page.height]
  const scale = Math.min(SCALE, Math.sqrt(PIXELS / Math.max(1, width * height)))
  const [columns, rows] = [Math.ceil(width * scale), Math.ceil(height * scale)]
  if (!(columns >= 20 && rows >= 20)) return undefined
  const gray = new Uint8Array(columns * rows).fill(255)
  for (const { path, matrix, tone } of fills) {
    for (const corners of shapesOf(path)) {
      fill(
        corners.map(corner => toPixel(corner, matrix, page, scale)),
        tone,
        gray,
        columns,
        rows,
      )
    }
  }
  const data = new Uint8ClampedArray(4 * gray.length).fill(255)
  for (let i = 0; i < gray.length; i++) data.fill(gray[i]!, 4 * i, 4 * i + 3)
  return { data, width: columns, height: rows, scale }
}

/** PDF.js's list of what a page paints. */
export type Operators = { readonly fnArray: readonly number[]; readonly argsArray: readonly unknown[][] }

/** The page's box in points, its lower left corner, and its size. */
export type PageBox = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

type Matrix = readonly [number, number, number, number, number, number]
type Corner = readonly [number, number]
type Fill = { readonly path: Float32Array; readonly matrix: Matrix; readonly tone: 0 | 255; readonly corners: number }

function fillsOf({ fnArray, argsArray }: Operators): Fill[] {
  const fills: Fill[] = []
  const stack: { matrix: Matrix; tone: 0 | 255 }[] = []
  let matrix: Matrix = [1, 0, 0, 1, 0, 0]
  let tone: 0 | 255 = 0
  for (let i = 0; i < fnArray.length; i++) {
    const [operator, args] = [fnArray[i], argsArray[i] ?? []]
    if (operator === SAVE || operator === FORM_BEGIN) stack.push({ matrix, tone })
    if (operator === RESTORE || operator === FORM_END) ({ matrix, tone } = stack.pop() ?? { matrix, tone })
    if (operator === TRANSFORM) matrix = times(matrix, args as unknown as Matrix)
    if (operator === FORM_BEGIN && Array.isArray(args[0])) matrix = times(matrix, args[0] as unknown as Matrix)
    if (operator === FILL_COLOUR) tone = toneOf(args[0])
    const path = operator === PATH && FILLS.has(args[0] as number) ? (args[1] as unknown[])?.[0] : null
    if (path instanceof Float32Array) fills.push({ path, matrix, tone, corners: path.length / 3 })
  }
  return fills
}

/** Closed outlines of a path; curves by their end points. */
function shapesOf(path: Float32Array): Corner[][] {
  const shapes: Corner[][] = []
  let shape: Corner[] = []
  for (let at = 0; at < path.length; ) {
    const kind = path[at++]!
    const size = ARGUMENTS[kind] ?? path.length
    if (kind === MOVE && shape.length > 0) {
      shapes.push(shape)
      shape = []
    }
    if (size >= 2 && at + size <= path.length) shape.push([path[at + size - 2]!, path[at + size - 1]!])
    at += size
  }
  return shape.length > 0 ? [...shapes, shape] : shapes
}

function toPixel([x, y]: Corner, [a, b, c, d, e, f]: Matrix, page: PageBox, scale: number): Corner {
  const [px, py] = [a * x + c * y + e - page.x, b * x + d * y + f - page.y]
  return [px * scale, (page.height - py) * scale]
}

/** Pixels whose middle lies inside, by the even-odd rule, row by row. */
function fill(shape: readonly Corner[], tone: number, gray: Uint8Array, columns: number, rows: number): void {
  const ys = shape.map(corner => corner[1])
  const first = Math.max(0, Math.ceil(Math.min(...ys) - 0.5))
  const last = Math.min(rows - 1, Math.floor(Math.max(...ys) - 0.5))
  for (let row = first; row <= last; row++) {
    const crossings: number[] = []
    for (let i = 0; i < shape.length; i++) {
      const [[x0, y0], [x1, y1]] = [shape[i]!, shape[(i + 1) % shape.length]!]
      const middle = row + 0.5
      if (y0 <= middle !== y1 <= middle) crossings.push(x0 + ((middle - y0) * (x1 - x0)) / (y1 - y0))
    }
    crossings.sort((a, b) => a - b)
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil(crossings[i]! - 0.5))
      const to = Math.min(columns, Math.floor(crossings[i + 1]! - 0.5) + 1)
      if (to > from) gray.fill(tone, row * columns + from, row * columns + to)
    }
  }
}

function times([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

/** `#rrggbb` by its luma (Rec. 601); what is no such colour (a pattern) counts as light. */
function toneOf(colour: unknown): 0 | 255 {
  const hex = typeof colour === 'string' ? /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(colour) : null
  if (hex === null) return 255
  const [red, green, blue] = hex.slice(1).map(two => Number.parseInt(two, 16)) as [number, number, number]
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? 0 : 255
}

/** PDF.js's OPS and DrawOPS. */
const [SAVE, RESTORE, TRANSFORM, FILL_COLOUR, FORM_BEGIN, FORM_END, PATH] = [10, 11, 12, 59, 74, 75, 91]
/** fill, eoFill, and both with a stroke, open or closed. */
const FILLS: ReadonlySet<number> = new Set([22, 23, 24, 25, 26, 27])
const MOVE = 0
/** Numbers after move, line, curve, quadratic curve, close. */
const ARGUMENTS = [2, 2, 6, 4, 0]

/** Pixels for a point, and for a page. */
const SCALE = 3
const PIXELS = 6_000_000

/** Corners of all shapes: fewer hold no code, more are a map or a drawing. */
const CORNERS_MIN = 200
const CORNERS_MAX = 400_000
