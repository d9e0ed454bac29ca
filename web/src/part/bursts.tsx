import { useQuery } from '@tanstack/react-query'
import type { BurstsAnswer } from '../../../src/app/campaign/bursts.ts'
import { call } from '../call.ts'
import { useWords } from '../word/words.ts'
import { Day } from './figure.tsx'
import { LongTable } from './long-table.tsx'
import { Notes } from './notes.tsx'
import { TroubleNote } from './trouble.tsx'

/** When more came in than before: payments by day with the bursts marked, each in one sentence, and as a table. */
export function BurstsCard({ name }: { name: string }) {
  const { t, language } = useWords()
  const asked = useQuery({
    queryKey: ['campaign bursts', name],
    queryFn: ({ signal }) => call<BurstsAnswer>('campaign bursts', { name }, signal),
  })
  if (asked.error !== null) return <TroubleNote error={asked.error} />
  if (asked.data === undefined || asked.data.daily.length === 0) return null
  const own = asked.data.series.filter(one => one.subject === 'campaign')
  const changes = own.flatMap(one => one.changes).filter(one => one.burst)
  return (
    <section className="card" aria-label={t('campaign.bursts')}>
      <h2>{t('campaign.bursts')}</h2>
      <Chart daily={asked.data.daily} changes={own.find(one => one.measure === 'count')?.changes ?? []} />
      {changes.length === 0 && <p className="quiet">{t('campaign.noBursts')}</p>}
      <ul className="lines">
        {changes.map(change => (
          <li key={`${change.start} ${change.en}`}>{language === 'ar' ? change.ar : change.en}</li>
        ))}
      </ul>
      <Notes notes={asked.data.notes} />
      <details>
        <summary>{t('campaign.table')}</summary>
        <LongTable
          label={t('campaign.bursts')}
          height={300}
          heads={[
            { key: 'day', title: t('address.day'), width: '16rem' },
            { key: 'count', title: t('campaign.payments'), width: '1fr', end: true },
            { key: 'senders', title: t('campaign.senders'), width: '1fr', end: true },
          ]}
          count={asked.data.daily.length}
          cells={i => {
            const { day, count, senders } = asked.data.daily[i]!
            return [<Day key="day" at={`${day}T00:00:00Z`} />, count, senders]
          }}
        />
      </details>
    </section>
  )
}

type Daily = BurstsAnswer['daily']
type Change = BurstsAnswer['series'][number]['changes'][number]

const HEIGHT = 130
const DAY = 86_400_000
const WIDTH = 1000

/** A bar a day; bursts stand on a band with a mark above, so that the shade alone does not say it. */
function Chart({ daily, changes }: { daily: Daily; changes: readonly Change[] }) {
  const { t, language } = useWords()
  const first = Date.parse(daily[0]!.day)
  const days = Math.round((Date.parse(daily.at(-1)!.day) - first) / DAY) + 1
  const most = Math.max(1, ...daily.map(one => one.count))
  const wide = Math.max(1, WIDTH / days)
  const turned = language === 'ar'
  const x = (day: string, width: number) => {
    const at = (Math.round((Date.parse(day) - first) / DAY) * WIDTH) / days
    return turned ? WIDTH - at - width : at
  }
  const bursts = changes.filter(one => one.burst)
  return (
    <figure className="bars">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="scroll" aria-label={t('campaign.perDay')} tabIndex={0} dir="ltr">
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT + 34}`}
          width={WIDTH}
          height={HEIGHT + 34}
          role="img"
          aria-label={t('campaign.perDay')}
        >
          {bursts.map(({ start, end }) => {
            const width = ((Date.parse(end) - Date.parse(start)) / DAY + 1) * wide
            const left = x(start, width)
            return (
              <g key={start}>
                <rect className="band-burst" x={left} y={14} width={width} height={HEIGHT} />
                <text x={left + width / 2} y={11} textAnchor="middle">
                  ▲
                </text>
              </g>
            )
          })}
          {daily.map(({ day, count }) => {
            const height = (count / most) * (HEIGHT - 8)
            return (
              <rect
                key={day}
                className="bar"
                x={x(day, wide)}
                y={14 + HEIGHT - height}
                width={Math.max(0.8, wide * 0.8)}
                height={height}
              />
            )
          })}
          <line x1="0" x2={WIDTH} y1={14 + HEIGHT} y2={14 + HEIGHT} className="ground" />
          <text x={turned ? WIDTH : 0} y={HEIGHT + 30} textAnchor={turned ? 'end' : 'start'} className="axis">
            {daily[0]!.day}
          </text>
          <text x={turned ? 0 : WIDTH} y={HEIGHT + 30} textAnchor={turned ? 'start' : 'end'} className="axis">
            {daily.at(-1)!.day}
          </text>
        </svg>
      </section>
      <figcaption>{t('campaign.perDay')}</figcaption>
    </figure>
  )
}
