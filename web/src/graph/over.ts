import type Sigma from 'sigma'
import { inDigits } from '../word/digit.ts'
import type { Look } from './canvas.ts'
import { lookOf, sizeOf } from './look.ts'
import { outline } from './paint.ts'
import { FONT } from './picture.ts'
import type { DrawnNode } from './project.ts'
import { createRoom, type Room, standsOf } from './room.ts'

/** What stands over the nodes: signs, rings round what is chosen, how many are not shown, pins and notes. */
export type Over = {
  readonly sigma: Sigma
  readonly canvas: HTMLCanvasElement
  readonly nodes: ReadonlyMap<string, DrawnNode>
  readonly look: Look
}

/** Nodes in sight up to which each gets its signs: beyond it they are too small to be read. */
const SIGNS_MAX = 400

export function drawOver({ sigma, canvas, nodes, look }: Over): void {
  const { width, height } = sigma.getDimensions()
  const ratio = devicePixelRatio
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio)
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio)
  const context = canvas.getContext('2d')!
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, width, height)
  const signed = nodes.size <= SIGNS_MAX || sigma.getCamera().ratio < Math.sqrt(SIGNS_MAX / nodes.size)
  const graph = sigma.getGraph()
  for (const [id, node] of nodes) {
    const chosen = look.selected.has(id) || look.focus === id
    if (!(signed || chosen || node.isRoot) || !graph.hasNode(id)) continue
    const { x, y } = graph.getNodeAttributes(id)
    const at = sigma.graphToViewport({ x, y } as { x: number; y: number })
    if (at.x < -40 || at.y < -40 || at.x > width + 40 || at.y > height + 40) continue
    drawMarks(context, node, at, sigma.scaleSize(sizeOf(node)), look)
  }
}

type Spot = { readonly x: number; readonly y: number }

function drawMarks(context: CanvasRenderingContext2D, node: DrawnNode, { x, y }: Spot, size: number, look: Look): void {
  const { palette, selected, focus, turned } = look
  const { shape, sign } = lookOf(node)
  const side = turned ? -1 : 1
  context.strokeStyle = palette.ink
  context.fillStyle = palette.ink
  if (node.isRoot) ring(context, shape, x, y, size + 3, 2, [])
  if (selected.has(node.id)) ring(context, shape, x, y, size + 6, 3, [])
  if (focus === node.id) ring(context, shape, x, y, size + 10, 2, [4, 3])
  context.textAlign = 'center'
  context.direction = 'ltr'
  if (sign !== '' && size >= 6) {
    context.font = `600 ${Math.round(size * 1.1)}px ${FONT}`
    context.fillStyle = palette.card
    context.textBaseline = 'middle'
    context.fillText(sign, x, y + (shape === 'triangle' ? size * 0.12 : 0.5))
    context.textBaseline = 'alphabetic'
    context.fillStyle = palette.ink
  }
  context.font = `11px ${FONT}`
  const left = node.left.in + node.left.out
  if (left > 0) context.fillText(`+${inDigits(String(left))}`, x, y - size - 5)
  if (node.place.pinned) dot(context, x - side * (size + 4), y - size, palette.ink)
  if (node.note === '') return
  context.textAlign = 'start'
  context.direction = turned ? 'rtl' : 'ltr'
  const short = node.note.length > 40 ? `${node.note.slice(0, 38)}…` : node.note
  halo(context, `\u2068${short}\u2069`, x + side * (size + 4), y + 18, palette.card, palette.ink)
}

function ring(
  context: CanvasRenderingContext2D,
  shape: Parameters<typeof outline>[1],
  x: number,
  y: number,
  size: number,
  width: number,
  dashes: number[],
): void {
  context.lineWidth = width
  context.setLineDash(dashes)
  outline(context, shape, x, y, size)
  context.stroke()
  context.setLineDash([])
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  context.fillStyle = colour
  context.fillRect(x - 2, y - 2, 5, 5)
}

/** Text with a rim of paper, so that it is read over lines. */
function halo(context: CanvasRenderingContext2D, text: string, x: number, y: number, paper: string, ink: string): void {
  context.lineWidth = 4
  context.lineJoin = 'round'
  context.strokeStyle = paper
  context.strokeText(text, x, y)
  context.fillStyle = ink
  context.fillText(text, x, y)
}

type Labelled = {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly label: string | null
  readonly forceLabel?: boolean
}
type Lettering = { readonly labelSize: number }

/** A name near its node, where no other stands; shaped and ordered by the browser. Without room, only a must. */
export function drawLabel(
  context: CanvasRenderingContext2D,
  { x, y, size, label, forceLabel }: Labelled,
  { labelSize }: Lettering,
  look: Look | null,
  room: Room,
): void {
  if (label === null || label === '' || look === null) return
  context.font = `${labelSize}px ${FONT}`
  context.direction = look.turned ? 'rtl' : 'ltr'
  const { width } = context.measureText(label)
  room.take([[x - size, y - size, x + size, y + size]])
  const stands = standsOf({ x, y, size, width }, labelSize, look.turned, look.layout === 'flow')
  const free = room.take(stands.map(stand => stand.box))
  if (free === -1 && forceLabel !== true) return
  const stand = stands[Math.max(0, free)]!
  context.textAlign = stand.anchor === 'middle' ? 'center' : stand.anchor
  halo(context, label, stand.x, stand.y, look.palette.card, look.palette.ink)
}

type Ended = { readonly label?: string | null; readonly hidden?: boolean }
type End = { readonly x: number; readonly y: number }

/** An amount along its line, where neither a name nor another amount stands; without room it stands in the table. */
export function drawAmount(
  context: CanvasRenderingContext2D,
  { label }: Ended,
  [a, b]: readonly [End, End],
  size: number,
  look: Look | null,
  room: Room,
): void {
  if (label == null || label === '' || look === null) return
  context.font = `${size}px ${FONT}`
  context.direction = 'ltr'
  context.textAlign = 'center'
  const half = context.measureText(label).width / 2
  if (Math.hypot(b.x - a.x, b.y - a.y) < half) return
  const spots = ALONG.flatMap(t => ASIDE.map(aside => ({ x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) + aside })))
  const free = room.take(spots.map(({ x, y }) => [x - half, y - size, x + half, y + size * 0.3]))
  if (free !== -1) halo(context, label, spots[free]!.x, spots[free]!.y, look.palette.card, look.palette.ink)
}

/** Shares of a line, and pixels beside it, at which an amount may stand: the middle is liked best. */
const ALONG = [0.5, 0.4, 0.6, 0.3, 0.7]
const ASIDE = [4, -9, 17]

export function drawHover(
  context: CanvasRenderingContext2D,
  data: Labelled,
  settings: Lettering,
  look: Look | null,
): void {
  if (look === null) return
  context.strokeStyle = look.palette.ink
  context.lineWidth = 2
  context.beginPath()
  context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI)
  context.stroke()
  drawLabel(context, data, settings, look, createRoom())
}
