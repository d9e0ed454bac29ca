import { decimal } from '../part/trace-answer.ts'
import { inDigits } from '../word/digit.ts'
import { visible } from '../word/visible.ts'
import type { Line } from './line.ts'
import { type Look, lookOf, type Shape, sizeOf, type Tone } from './look.ts'
import type { Drawn, DrawnNode } from './project.ts'
import { createRoom, type Room, standsOf } from './room.ts'
import type { Colour } from './scene.ts'
import { escaped } from './take-along.ts'

/** A picture as a list of marks: the same for SVG, for PNG and for the small map. */
export type Mark =
  | {
      readonly kind: 'line'
      readonly at: Four
      readonly width: number
      readonly colour: string
      readonly dashed: boolean
    }
  | {
      readonly kind: 'shape'
      readonly shape: Shape
      readonly at: Two
      readonly size: number
      readonly fill: string
      readonly edge: string
    }
  | {
      readonly kind: 'text'
      readonly at: Two
      readonly text: string
      readonly size: number
      readonly anchor: 'start' | 'middle' | 'end'
      readonly colour: string
      /** Of names of others' making the first strong letter decides. */
      readonly direction: 'ltr' | 'rtl'
    }

type Two = readonly [number, number]
type Four = readonly [number, number, number, number]

export type Picture = {
  readonly width: number
  readonly height: number
  readonly paper: string
  readonly marks: readonly Mark[]
}

export type Palette = Readonly<Record<Tone | Colour | 'edge' | 'fragile' | 'ink' | 'paper' | 'card', string>>

export const FONT = '"IBM Plex Sans", "IBM Plex Sans Arabic", system-ui, sans-serif'

const MARGIN = 80
const CAPTION = 18

/**
 * All that is drawn, fitted into a width, with lines of caption underneath: what was left out stands on the picture
 * itself.
 */
export function pictureOf(drawn: Drawn, palette: Palette, caption: readonly string[], turned: boolean): Picture {
  const { scale, width, height } = fit(drawn)
  const at = new Map(drawn.nodes.map(node => [node.id, scale(node)]))
  const full = drawn.nodes.length <= LABELS_MAX
  const room = createRoom()
  const marks: Mark[] = [
    ...drawn.edges.flatMap(line => edgeMarks(line, at, palette, full && drawn.edges.length <= AMOUNTS_MAX)),
    ...drawn.nodes.flatMap(node => nodeMarks(node, at.get(node.id)!, palette, full || node.isRoot, turned, room)),
    ...caption.map(
      (text, i): Mark => ({
        ...{ kind: 'text', text, size: 12, colour: palette.ink, direction: turned ? 'rtl' : 'ltr' },
        ...{ anchor: 'start', at: [turned ? width - 16 : 16, height + CAPTION * (i + 1)] },
      }),
    ),
  ]
  return { width, height: height + CAPTION * (caption.length + 1), paper: palette.card, marks }
}

/** Beyond so many nodes names would cover each other, and beyond so many edges amounts. */
const LABELS_MAX = 400
const AMOUNTS_MAX = 20

function fit({ nodes }: Drawn) {
  const xs = nodes.map(node => node.place.x)
  const ys = nodes.map(node => node.place.y)
  const [left, right] = [Math.min(0, ...xs), Math.max(0, ...xs)]
  const [low, high] = [Math.min(0, ...ys), Math.max(0, ...ys)]
  const span = Math.max(right - left, high - low, 1e-9)
  const inner = Math.min(3000, Math.max(700, 90 * Math.sqrt(nodes.length)))
  const factor = inner / span
  const width = Math.round((right - left) * factor + 2 * MARGIN + 160)
  const height = Math.round((high - low) * factor + 2 * MARGIN)
  const scale = ({ place }: DrawnNode): Two => [
    Math.round((place.x - left) * factor * 10) / 10 + MARGIN + 80,
    Math.round((high - place.y) * factor * 10) / 10 + MARGIN,
  ]
  return { scale, width, height }
}

function edgeMarks(line: Line, at: ReadonlyMap<string, Two>, palette: Palette, told: boolean): Mark[] {
  const [[x1, y1], [x2, y2]] = [at.get(line.from)!, at.get(line.to)!]
  const fragile = isFragile(line)
  const colour = fragile ? palette.fragile : palette.edge
  const [dx, dy] = [x2 - x1, y2 - y1]
  const length = Math.hypot(dx, dy) || 1
  const tip: Two = [x2 - (12 * dx) / length, y2 - (12 * dy) / length]
  const wing = (sign: number): Mark => ({
    ...{ kind: 'line', width: 1.5, colour, dashed: false },
    at: [...tip, tip[0] - (7 * dx - sign * 4 * dy) / length, tip[1] - (7 * dy + sign * 4 * dx) / length],
  })
  const text = told ? saidOf(line) : ''
  return [
    { kind: 'line', at: [x1, y1, ...tip], width: widthOf(line), colour, dashed: fragile },
    ...[wing(1), wing(-1)],
    ...(text === '' ? [] : [amountMark(text, [(x1 + x2) / 2, (y1 + y2) / 2 - 4], palette)]),
  ]
}

function amountMark(text: string, at: Two, palette: Palette): Mark {
  return { kind: 'text', at, text, size: 10, anchor: 'middle', colour: palette.ink, direction: 'ltr' }
}

/** Whether the methods, or the several payers, leave open that nothing moved there at all. */
export function isFragile({ amounts }: Line): boolean {
  return amounts.length === 0 || amounts.some(({ least }) => least === 0n)
}

/** `0.5 BTC`, or `0.1–0.5 BTC` where least and most differ. */
export function saidOf({ amounts }: Line): string {
  const said = amounts.map(({ asset, decimals, least, most }) => {
    const high = trimmed(decimal(most, decimals))
    const figure = least === most ? high : `${trimmed(decimal(least, decimals))}–${high}`
    return `${inDigits(figure)} ${visible(asset)}`
  })
  return said.length > 2 ? `${said.slice(0, 2).join(', ')} …` : said.join(', ')
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** One to six pixels, by how many transactions it stands for. */
export function widthOf({ count }: Line): number {
  return Math.min(6, 1 + Math.log2(1 + count) / 1.6)
}

function nodeMarks(node: DrawnNode, at: Two, palette: Palette, named: boolean, turned: boolean, room: Room): Mark[] {
  const look = lookOf(node)
  const size = sizeOf(node)
  const marks: Mark[] = [
    { kind: 'shape', shape: look.shape, at, size, fill: fillOf(node, look, palette), edge: palette.ink },
  ]
  const text = (text: string, at: Two, size: number, anchor: 'start' | 'middle' | 'end', colour: string): Mark => ({
    ...{ kind: 'text', at, text, size, anchor, colour, direction: turned ? 'rtl' : 'ltr' },
  })
  if (look.sign !== '') marks.push(text(look.sign, [at[0], at[1] + 4], 11, 'middle', palette.card))
  const side = turned ? -1 : 1
  const beside: Two = [at[0] + side * (size + 4), at[1] + 4]
  if (named && node.kind !== 'transaction') {
    const title = titleOf(node)
    const stands = standsOf({ x: at[0], y: at[1], size, width: title.length * LETTER }, 11, turned, false)
    // Nothing is left out of a picture that is taken along: without room a name stands where it would.
    const { x, y, anchor } = stands[Math.max(0, room.take(stands.map(stand => stand.box)))]!
    marks.push(text(title, [x, y], 11, anchor, palette.ink))
  }
  const left = node.left.in + node.left.out
  if (left > 0)
    marks.push(text(`\u2066+${inDigits(String(left))}\u2069`, [beside[0], beside[1] + 13], 10, 'start', palette.ink))
  if (node.note !== '') marks.push(text(isolate(node.note), [beside[0], beside[1] - 14], 10, 'start', palette.ink))
  return marks
}

/** About the width of a letter of 11 pixels: a picture is laid out where no font can be asked. */
const LETTER = 6.2

export function fillOf(node: DrawnNode, look: Look, palette: Palette): string {
  return palette[node.colour ?? look.tone]
}

/** A name isolated, with marks that would turn the text made visible; an address shortened, always left to right. */
export function titleOf({ title, named, addresses }: DrawnNode): string {
  const many = addresses > 1 ? ` (${inDigits(String(addresses))})` : ''
  if (named) return isolate(title.length > 44 ? `${title.slice(0, 42)}…` : title) + many
  return `\u2066${title.length > 20 ? `${title.slice(0, 8)}…${title.slice(-6)}` : title}\u2069${many}`
}

function isolate(text: string): string {
  return `\u2068${visible(text)}\u2069`
}

/** The corners of a shape of this half width round 0,0; null: a circle. */
export function cornersOf(shape: Shape, size: number): readonly Two[] | null {
  if (shape === 'circle') return null
  const [count, turn] = { square: [4, 45], diamond: [4, 0], triangle: [3, -90], hexagon: [6, 0] }[shape] as [
    number,
    number,
  ]
  return Array.from({ length: count }, (_, i) => {
    const angle = ((turn + (360 * i) / count) * Math.PI) / 180
    return [Math.round(size * Math.cos(angle) * 100) / 100, Math.round(size * Math.sin(angle) * 100) / 100] as const
  })
}

/** SVG 1.1 without scripts, styles or references. */
export function toSvg({ width, height, paper, marks }: Picture, title: string, language: string): string {
  const size = `width="${width}" height="${height}"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${height}" xml:lang="${language}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${paper}"/>`,
    `<g font-family="${escaped(FONT)}">`,
    ...marks.map(drawSvg),
    '</g></svg>\n',
  ].join('\n')
}

function drawSvg(mark: Mark): string {
  if (mark.kind === 'line') {
    const [x1, y1, x2, y2] = mark.at.map(one => Math.round(one * 10) / 10)
    const dashes = mark.dashed ? ' stroke-dasharray="5 4"' : ''
    const width = Math.round(mark.width * 100) / 100
    const ends = `x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"`
    return `<line ${ends} stroke="${mark.colour}" stroke-width="${width}"${dashes}/>`
  }
  const [x, y] = mark.at
  if (mark.kind === 'text') {
    const { text, anchor, size, colour, direction } = mark
    const place = `x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}" direction="${direction}"`
    return `<text ${place} fill="${colour}">${escaped(text)}</text>`
  }
  const corners = cornersOf(mark.shape, mark.size)
  const paint = `fill="${mark.fill}" stroke="${mark.edge}" stroke-width="1"`
  if (corners === null) return `<circle cx="${x}" cy="${y}" r="${mark.size}" ${paint}/>`
  return `<polygon points="${corners.map(([a, b]) => `${x + a},${y + b}`).join(' ')}" ${paint}/>`
}
