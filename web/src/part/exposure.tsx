import type { ScreenResult } from '../answer.ts'
import { useWords } from '../word/words.ts'
import { Figure, percent, Share } from './figure.tsx'

type Row = ScreenResult['exposure'][number]

/** How much of the address touches a category, in which direction, over how many hops, and why that is said. */
export function ExposureCard({ result }: { result: ScreenResult }) {
  const { t } = useWords()
  const rows = result.exposure
  return (
    <section className="card" aria-label={t('address.exposure')}>
      <h2>{t('address.exposure')}</h2>
      {rows.length === 0 && <p className="quiet">{t('address.noExposure')}</p>}
      <div className="stack">
        {rows.map((row, i) => (
          <ExposureRow key={`${row.category}-${row.relation}-${row.direction}-${i}`} row={row} />
        ))}
      </div>
    </section>
  )
}

function ExposureRow({ row }: { row: Row }) {
  const { t, term, count, language } = useWords()
  const [least, most] = row.range ?? [0, 0]
  return (
    <article className="exposure">
      <header>
        <strong>{term('category', row.category)}</strong>
        <span className="chip">{term('relation', row.relation)}</span>
        <span className="chip">{term('direction', row.direction)}</span>
        {row.hops > 0 && <span className="quiet">{count('hops', row.hops)}</span>}
        <span className="push">
          {row.amount !== null && <Figure amount={row.amount} />}
          {row.share !== null && row.relation !== 'ownership' && (
            <>
              {' '}
              <span className="quiet">
                ({t('address.share')} <Share value={row.share} />
                {least !== most && `, ${t('address.range', { from: percent(least), to: percent(most) })}`})
              </span>
            </>
          )}
        </span>
      </header>
      <ul className="reasons">
        {row.because.map(reason => (
          <li key={reason.en} dir="auto">
            {language === 'ar' ? reason.ar : reason.en}
          </li>
        ))}
      </ul>
    </article>
  )
}
