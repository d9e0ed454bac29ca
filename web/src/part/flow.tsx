import { visible } from '../word/visible.ts'
import { useWords } from '../word/words.ts'
import { decimal, type Place, placesOf, type Reached } from './trace-answer.ts'

const WIDTH = 1080
const ROW = 46
const ORIGIN = 150
const NODE = 12
const PLACES_MAX = 10

type Node = {
  readonly key: string
  readonly title: string
  readonly says: string
  readonly units: bigint
  readonly tone: string
}

/**
 * Value from the origin to where it lies, widths to scale; places stand further out the more hops they took. The
 * figures are in the tables: this is their picture. In Arabic it runs from right to left.
 */
export function Flow({ rows, fees, total }: { rows: readonly Reached[]; fees: bigint; total: string }) {
  const { t, language } = useWords()
  const places = placesOf(rows)
  const nodes = useNodes(places, fees, rows[0]?.amount.decimals ?? 0, rows[0]?.amount.asset ?? '')
  if (nodes.length === 0) return null
  const height = nodes.length * ROW + 12
  const sum = nodes.reduce((all, node) => all + node.node.units, 0n)
  const turned = language === 'ar'
  const at = (x: number) => (turned ? WIDTH - x : x)
  const anchor = turned ? 'end' : 'start'
  const widest = nodes.reduce((most, { node }) => (node.units > most ? node.units : most), 0n)
  const full = Math.min(height - 40, (ROW - 10) * ratio(sum, widest))
  const scale = (units: bigint) => ratio(units, sum) * full
  const most = Math.max(1, ...nodes.map(node => node.hops))
  let from = 20
  return (
    <figure className="flow">
      <figcaption>{t('trace.flow')}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="scroll" aria-label={t('trace.flow')} tabIndex={0}>
        <svg viewBox={`0 0 ${WIDTH} ${height}`} width={WIDTH} height={height} role="img" aria-label={t('trace.flow')}>
          {nodes.map(({ node, hops }, i) => {
            const thick = scale(node.units)
            const y = 6 + i * ROW + ROW / 2
            const x = ORIGIN + NODE + 120 + ((WIDTH - 640) * hops) / most
            const start = from + thick / 2
            from += thick
            return (
              <g key={node.key}>
                <path
                  className={`band ${node.tone}`}
                  d={band(at(ORIGIN + NODE), start, at(x), y)}
                  strokeWidth={Math.max(1, thick)}
                />
                <rect
                  className={`node ${node.tone}`}
                  x={turned ? at(x) - NODE : at(x)}
                  y={y - 14}
                  width={NODE}
                  height={28}
                />
                <text x={at(x + NODE + 8)} y={y - 2} textAnchor={anchor} direction="ltr">
                  {node.title}
                </text>
                <text
                  x={at(x + NODE + 8)}
                  y={y + 14}
                  textAnchor="start"
                  className="axis"
                  direction={turned ? 'rtl' : 'ltr'}
                >
                  {node.says}
                </text>
              </g>
            )
          })}
          <rect className="node" x={turned ? at(ORIGIN) - NODE : ORIGIN} y={16} width={NODE} height={full + 8} />
          <text x={at(ORIGIN - 8)} y={30} textAnchor={turned ? 'start' : 'end'} direction="ltr">
            {total}
          </text>
        </svg>
      </section>
      <p className="small quiet">{t('trace.flowText')}</p>
    </figure>
  )
}

/** To four digits: it becomes a length. */
function ratio(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 1_000_000n) / whole) / 1_000_000
}

function band(x1: number, y1: number, x2: number, y2: number): string {
  const middle = (x1 + x2) / 2
  return `M ${x1} ${y1} C ${middle} ${y1}, ${middle} ${y2}, ${x2} ${y2}`
}

function useNodes(places: readonly Place[], fees: bigint, decimals: number, asset: string) {
  const { t, term, count } = useWords()
  const says = (units: bigint) => `\u2066${decimal(units, decimals)} ${asset}\u2069`
  const shown = places.slice(0, PLACES_MAX)
  const others = places.slice(PLACES_MAX).reduce((sum, place) => sum + place.units, 0n)
  const nodes: { node: Node; hops: number }[] = shown.map(({ key, units, hops, row }) => ({
    hops,
    node: {
      ...{ key, units, tone: toneOf(row) },
      title: row.label === null ? shorten(row.address ?? row.outpoint ?? '?') : visible(row.label.name).slice(0, 42),
      says: `${says(units)} · ${term('stop', row.stoppedBecause)} · ${count('hops', hops)}`,
    },
  }))
  const last = Math.max(1, ...shown.map(place => place.hops))
  const extra = (key: string, units: bigint) => ({
    hops: last,
    node: { key, units, title: t(`trace.${key}`), says: says(units), tone: 'calm' },
  })
  if (others > 0n) nodes.push(extra('others', others))
  if (fees > 0n) nodes.push(extra('fees', fees))
  // The farthest on top: so no band runs over what is written beside a nearer place.
  return nodes.sort((a, b) => b.hops - a.hops || Number(b.node.units - a.node.units > 0n) * 2 - 1)
}

function toneOf({ stoppedBecause }: Reached): string {
  if (stoppedBecause === 'mixer') return 'alarm'
  return stoppedBecause === 'service' ? 'accent' : 'calm'
}

function shorten(text: string): string {
  return text.length > 22 ? `${text.slice(0, 10)}…${text.slice(-6)}` : text
}
