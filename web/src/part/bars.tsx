import { inDigits } from '../word/digit.ts'
import { useWords } from '../word/words.ts'

type Row = { readonly name: string; readonly value: string | null; readonly missing: string }

const HEIGHT = 150
const STEP = 64
const ROOM = 22

/** To three places that count: the exact figure is in the table. */
function rounded(value: number): string {
  return inDigits(
    value.toLocaleString('en-US', value < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 }),
  )
}

/**
 * Bars with their values written above, and the same as a table. Lengths alone are computed here; the figures are those
 * of the answer. Time runs as the language is read, as in the report.
 */
export function Bars(given: { title: string; unit: string; head: string; rows: readonly Row[] }) {
  const { t, language } = useWords()
  const { title, unit, head, rows } = given
  const most = Math.max(0, ...rows.map(row => Number(row.value ?? 0))) || 1
  if (rows.length === 0) return null
  return (
    <figure className="bars">
      <figcaption>{title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="scroll" aria-label={title} tabIndex={0} dir="ltr">
        <svg
          width={rows.length * STEP}
          height={HEIGHT + 2 * ROOM}
          viewBox={`0 0 ${rows.length * STEP} ${HEIGHT + 2 * ROOM}`}
          role="img"
          aria-label={title}
        >
          {rows.map((row, i) => {
            const height = (Number(row.value ?? 0) / most) * HEIGHT
            const x = (language === 'ar' ? rows.length - 1 - i : i) * STEP + STEP / 2
            return (
              <g key={row.name}>
                <rect className="bar" x={x - 20} y={ROOM + HEIGHT - height} width={40} height={height} rx={2} />
                <text x={x} y={ROOM + HEIGHT - height - 6} textAnchor="middle">
                  {row.value === null ? '?' : rounded(Number(row.value))}
                </text>
                <text x={x} y={HEIGHT + 2 * ROOM - 6} textAnchor="middle" className="axis">
                  {row.name}
                </text>
              </g>
            )
          })}
          <line x1="0" x2={rows.length * STEP} y1={ROOM + HEIGHT} y2={ROOM + HEIGHT} className="ground" />
        </svg>
      </section>
      <details>
        <summary>{t('campaign.table')}</summary>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{head}</th>
              <th scope="col" className="end">
                {unit}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.name}>
                <th scope="row">
                  <bdi dir="ltr">{row.name}</bdi>
                </th>
                <td className="end">{row.value === null ? row.missing : <bdi className="number">{row.value}</bdi>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
