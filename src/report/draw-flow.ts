import { COLOURS, greatest, isolate, rounded, svg, text } from './drawing.ts'
import { type Flow, type Node, through } from './flow.ts'
import { element, fragment, type Markup } from './markup.ts'
import type { Words } from './words.ts'

/** Layers side by side, boxes and bands as high as the value in them; in Arabic from right to left. */
export function drawFlow(flow: Flow, words: Words, id: string): Markup {
  const layout = layOut(flow)
  const rtl = words.direction === 'rtl'
  const boxes = flow.nodes.map(node => box(flow, words, layout, node, rtl))
  return svg(WIDTH, layout.height, flow.title, flow.says, id, [bands(flow, layout, rtl), ...boxes])
}

const WIDTH = 720
const BOX = 14
const LABEL = 196
const BODY = 190
const GAP = 40
/** Between the outer layers labels stand under their boxes: three lines. */
const GAP_BETWEEN = 66
const LEAST = 2

type Layout = {
  readonly height: number
  /** Pixels of an amount. */
  readonly tall: (units: bigint) => number
  readonly at: ReadonlyMap<string, { readonly x: number; readonly y: number; readonly height: number }>
}

function layOut(flow: Flow): Layout {
  const layers = Math.max(...flow.nodes.map(node => node.layer)) + 1
  const columns = Array.from({ length: layers }, (_, layer) => flow.nodes.filter(node => node.layer === layer))
  const sums = columns.map(column => column.reduce((sum, node) => sum + through(flow, node.id), 0n))
  const most = greatest(sums)
  const tall = (units: bigint) =>
    Math.max(Number((units * BigInt(BODY * 100)) / (most === 0n ? 1n : most)) / 100, LEAST)
  const at = new Map<string, { x: number; y: number; height: number }>()
  const step = layers === 1 ? 0 : (WIDTH - 2 * LABEL + 30) / (layers - 1)
  let height = 0
  columns.forEach((column, layer) => {
    let y = 20
    for (const node of column) {
      const size = tall(through(flow, node.id))
      at.set(node.id, { x: LABEL - 15 + step * layer - BOX / 2, y, height: size })
      y += Math.max(size, 16) + (layer > 0 && layer < layers - 1 ? GAP_BETWEEN : GAP)
    }
    height = Math.max(height, y)
  })
  return { height, tall, at }
}

function bands(flow: Flow, layout: Layout, rtl: boolean): Markup {
  const left = new Map<string, number>()
  const right = new Map<string, number>()
  return fragment(
    flow.links.map(link => {
      const [from, to] = [layout.at.get(link.from)!, layout.at.get(link.to)!]
      const width = layout.tall(link.units)
      const y1 = from.y + (right.get(link.from) ?? 0) + width / 2
      const y2 = to.y + (left.get(link.to) ?? 0) + width / 2
      right.set(link.from, (right.get(link.from) ?? 0) + width)
      left.set(link.to, (left.get(link.to) ?? 0) + width)
      const [x1, x2] = [from.x + BOX, to.x].map(x => (rtl ? WIDTH - x : x))
      const middle = (x1! + x2!) / 2
      const d = `M${x1},${tenth(y1)}C${middle},${tenth(y1)} ${middle},${tenth(y2)} ${x2},${tenth(y2)}`
      const kind = flow.nodes.find(node => node.id === link.to)!.kind
      const stroke = {
        stroke: COLOURS[kind] ?? COLOURS['other']!,
        'stroke-width': tenth(width),
        'stroke-opacity': 0.35,
      }
      const says = isolate(`${rounded(link.units, flow.decimals)} ${flow.asset}`)
      return element('path', { d, fill: 'none', ...stroke }, element('title', {}, says))
    }),
  )
}

/** The box, its label outside in the first and last layer and above in between. */
function box(flow: Flow, words: Words, layout: Layout, node: Node, rtl: boolean): Markup {
  const { x, y, height } = layout.at.get(node.id)!
  const last = Math.max(...flow.nodes.map(one => one.layer))
  const left = rtl ? WIDTH - x - BOX : x
  const amount = isolate(`${rounded(through(flow, node.id), flow.decimals)} ${flow.asset}`)
  const rect = element('rect', {
    x: tenth(left),
    y,
    width: BOX,
    height: tenth(height),
    fill: COLOURS[node.kind] ?? COLOURS['other'],
  })
  const labels = folded(node.label)
  const lines = [...labels, node.detail].filter(line => line !== '').map(isolate)
  lines.push(amount)
  const between = node.layer > 0 && node.layer < last
  const outward = (node.layer === 0) !== rtl ? 'left' : 'right'
  const side = between ? 'middle' : outward === 'left' ? 'right' : 'left'
  const lineX = between ? left + BOX / 2 : outward === 'left' ? left - 8 : left + BOX + 8
  const firstY = between ? y + height + 15 : y + Math.max(height, 16) / 2 - 8 * (lines.length - 1) + 4
  const texts = lines.map((line, i) =>
    text(words, line, {
      x: tenth(lineX),
      y: tenth(firstY + 16 * i),
      side,
      faint: i >= labels.length,
      strong: i < labels.length,
    }),
  )
  return fragment(rect, texts)
}

/** A long name in lines of at most so many letters, broken at spaces. */
function folded(label: string): string[] {
  const lines: string[] = []
  for (const word of label.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < LINE_LETTERS) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

const LINE_LETTERS = 26

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
