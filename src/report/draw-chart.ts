import { type Chart, scaleOf } from './chart.ts'
import { COLOURS, FAINT, greatest, isolate, LINE, short, svg, text } from './drawing.ts'
import { element, fragment, type Markup } from './markup.ts'
import type { Words } from './words.ts'

/** Stacked bars, one a period. In Arabic time runs from right to left and the axis stands on the right. */
export function drawChart(whole: Chart, words: Words, id: string): Markup {
  const chart = { ...whole, series: whole.series.filter(series => series.class !== UNDRAWN) }
  const most = greatest(chart.periods.map((_, at) => sumAt(chart, at)))
  const { top, step } = scaleOf(most)
  const frame: Frame = { chart, words, top, rtl: words.direction === 'rtl' }
  const parts = [grid(frame, step), bars(frame), months(frame), legend(frame)]
  return svg(WIDTH, heightOf(chart), chart.title, chart.says, id, parts)
}

/** Turnover of a service is not receipts, and would flatten them to nothing. */
export const UNDRAWN = 'service'

type Frame = { readonly chart: Chart; readonly words: Words; readonly top: bigint; readonly rtl: boolean }

const WIDTH = 720
const PLOT = { top: 14, height: 200, axis: 86, end: 12 } as const
const LEGEND_ROW = 22
const LEGEND_COLUMNS = 3

function heightOf(chart: Chart): number {
  return PLOT.top + PLOT.height + 34 + LEGEND_ROW * Math.ceil(chart.series.length / LEGEND_COLUMNS)
}

function sumAt(chart: Chart, at: number): bigint {
  return chart.series.reduce((sum, series) => sum + series.units[at]!, 0n)
}

/** Position along the axis from its start; mirrored in right-to-left drawings. */
function across(frame: Frame, from: number, width: number): number {
  return frame.rtl ? WIDTH - from - width : from
}

/** Height in pixels of an amount, to a tenth. */
function tall(frame: Frame, units: bigint): number {
  return Number((units * BigInt(PLOT.height * 100)) / frame.top) / 100
}

function grid(frame: Frame, step: bigint): Markup {
  const lines: Markup[] = []
  for (let units = 0n; units <= frame.top; units += step) {
    const y = PLOT.top + PLOT.height - tall(frame, units)
    const [x1, x2] = [across(frame, PLOT.axis, 0), across(frame, WIDTH - PLOT.end, 0)]
    lines.push(element('line', { x1, x2, y1: y, y2: y, stroke: units === 0n ? FAINT : LINE }))
    const label = isolate(short(units, frame.chart.decimals))
    const side = frame.rtl ? 'left' : 'right'
    lines.push(text(frame.words, label, { x: across(frame, PLOT.axis - 8, 0), y: y + 4, side, faint: true }))
  }
  return fragment(lines)
}

function bars(frame: Frame): Markup {
  const { chart } = frame
  const slot = (WIDTH - PLOT.axis - PLOT.end) / chart.periods.length
  const width = Math.min(slot * 0.68, 64)
  return fragment(
    chart.periods.map((period, at) => {
      let base = PLOT.top + PLOT.height
      const x = across(frame, PLOT.axis + slot * at + (slot - width) / 2, width)
      return chart.series.map(series => {
        const units = series.units[at]!
        if (units === 0n) return fragment()
        const height = Math.max(tall(frame, units), 0.5)
        base -= height
        const says = `${period} · ${series.label}: ${isolate(`${short(units, chart.decimals)} ${chart.asset}`)}`
        const box = { x: tenth(x), y: tenth(base), width: tenth(width), height: tenth(height) }
        return element('rect', { ...box, fill: COLOURS[series.class] ?? FAINT }, element('title', {}, says))
      })
    }),
  )
}

function months(frame: Frame): Markup {
  const { periods } = frame.chart
  const slot = (WIDTH - PLOT.axis - PLOT.end) / periods.length
  const every = Math.ceil(58 / slot)
  return fragment(
    periods.map((period, at) => {
      if (at % every !== 0) return fragment()
      const x = across(frame, PLOT.axis + slot * (at + 0.5), 0)
      return text(frame.words, isolate(period), {
        x: tenth(x),
        y: PLOT.top + PLOT.height + 20,
        side: 'middle',
        faint: true,
      })
    }),
  )
}

function legend(frame: Frame): Markup {
  const column = (WIDTH - PLOT.axis - PLOT.end) / LEGEND_COLUMNS
  return fragment(
    frame.chart.series.map((series, at) => {
      const from = PLOT.axis + column * (at % LEGEND_COLUMNS)
      const y = PLOT.top + PLOT.height + 34 + LEGEND_ROW * Math.floor(at / LEGEND_COLUMNS)
      const swatch = {
        x: tenth(across(frame, from, 11)),
        y,
        width: 11,
        height: 11,
        fill: COLOURS[series.class] ?? FAINT,
      }
      const place = { x: tenth(across(frame, from + 18, 0)), y: y + 10, side: frame.rtl ? 'right' : 'left' } as const
      return [element('rect', swatch), text(frame.words, series.label, place)]
    }),
  )
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
