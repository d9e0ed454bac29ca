import * as Amount from '../model/amount.ts'
import { element, type Markup } from './markup.ts'
import { group, type Words } from './words.ts'

/**
 * What the two drawings share. Colours are Okabe and Ito's (2008, "Color Universal Design"), darkened where they stand
 * as areas with white text; neighbours in a stack also differ in lightness, for print in grey.
 */
export const COLOURS: Readonly<Record<string, string>> = {
  receipts: '#0b5c8c',
  undecided: '#7fb2d3',
  beforePublication: '#e0a526',
  afterExposure: '#f0c96a',
  afterFreeze: '#c4500c',
  refund: '#00785a',
  passThrough: '#7cc4ae',
  selfTransfer: '#a7b0b8',
  service: '#8a5a80',
  dust: '#c9cfd4',
  governmentWindow: '#3b4248',
  origin: '#0b5c8c',
  between: '#7a858e',
  exchange: '#8a5a80',
  mixer: '#c4500c',
  unspent: '#00785a',
  other: '#a7b0b8',
}

export const INK = '#1b242b'
export const FAINT = '#5d6972'
export const LINE = '#d8dee3'

/** Where a text is anchored as the eye sees it, whatever its own direction. */
export type Side = 'left' | 'middle' | 'right'

export type Place = {
  readonly x: number
  readonly y: number
  readonly side: Side
  readonly faint?: boolean
  readonly strong?: boolean
}

/** A line of text; `isolate`d it keeps its order inside a right-to-left drawing. */
export function text(words: Words, content: string, place: Place): Markup {
  const rtl = words.direction === 'rtl'
  const anchor = place.side === 'middle' ? 'middle' : (place.side === 'left') === rtl ? 'end' : 'start'
  return element(
    'text',
    {
      ...{ x: place.x, y: place.y, direction: words.direction, 'text-anchor': anchor },
      ...{ fill: place.faint === true ? FAINT : INK, 'font-size': 12 },
      // A white edge keeps a label readable where a band runs under it.
      ...{ stroke: '#fff', 'stroke-width': 3, 'paint-order': 'stroke', 'stroke-linejoin': 'round' },
      'font-weight': place.strong === true ? 600 : undefined,
    },
    content,
  )
}

/** First strong isolate … pop: keeps an amount or address in its own order inside other text (UAX 9). */
export function isolate(content: string): string {
  return `\u2068${content}\u2069`
}

/** The greatest of some amounts, at least 0. */
export function greatest(amounts: readonly bigint[]): bigint {
  let most = 0n
  for (const units of amounts) if (units > most) most = units
  return most
}

/** An amount without trailing zeros: for axes and labels. */
export function short(units: bigint, decimals: number): string {
  const [whole, fraction = ''] = Amount.formatUnits(units, decimals).split('.')
  const kept = fraction.replace(/0+$/, '')
  return kept === '' ? group(whole!) : `${group(whole!)}.${kept}`
}

/** An amount rounded for a label: four significant digits, marked by the exact figure in the table. */
export function rounded(units: bigint, decimals: number): string {
  const digits = String(units).length
  if (digits <= 4) return short(units, decimals)
  const step = 10n ** BigInt(digits - 4)
  return short(Amount.divideHalfEven(units, step) * step, decimals)
}

export function svg(
  width: number,
  height: number,
  title: string,
  says: string,
  id: string,
  parts: readonly Markup[],
): Markup {
  return element(
    'svg',
    {
      ...{ xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' },
      ...{ class: 'drawing', 'aria-labelledby': `${id}-title ${id}-says`, 'font-family': FONT },
    },
    element('title', { id: `${id}-title` }, title),
    element('desc', { id: `${id}-says` }, says),
    ...parts,
  )
}

const FONT = "'Noto Naskh Arabic UI', 'Noto Sans Arabic', 'Segoe UI', system-ui, sans-serif"
