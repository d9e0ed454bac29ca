import { useTranslation } from 'react-i18next'
import type { ScreenResult } from '../answer.ts'
import { Figure } from './figure.tsx'

/** How much of the address touches a category, in which direction, over how many hops, and why that is said. */
export function ExposureCard({ result }: { result: ScreenResult }) {
  const { t, i18n } = useTranslation()
  const rows = result.exposure
  return (
    <section className="card">
      <h2>{t('address.exposure')}</h2>
      {rows.length === 0 && <p className="quiet">{t('address.noExposure')}</p>}
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
        <section className="scroll" aria-label={t('address.exposure')} tabIndex={0}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t('address.category')}</th>
                <th scope="col">{t('address.relation')}</th>
                <th scope="col">{t('address.direction')}</th>
                <th scope="col">{t('address.hops')}</th>
                <th scope="col">{t('address.share')}</th>
                <th scope="col">{t('address.amount')}</th>
                <th scope="col">{t('address.because')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, i) => (
                <tr key={`${row.category}-${row.relation}-${row.direction}-${i}`}>
                  <td>{row.category}</td>
                  <td>{row.relation}</td>
                  <td>{row.direction === 'in' ? t('address.in') : row.direction === 'out' ? t('address.out') : '—'}</td>
                  <td>{row.hops ?? '—'}</td>
                  <td>{row.share === null ? '—' : `${(row.share * 100).toFixed(1)}%`}</td>
                  <td>{row.amount !== null && <Figure amount={row.amount} />}</td>
                  <td dir="auto">{row.because.map(reason => inLanguage(reason, i18n.language)).join(' ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  )
}

/** Reasons come as a sentence, or as one for each language. */
function inLanguage(reason: unknown, language: string): string {
  if (typeof reason === 'string') return reason
  const sentences = reason as Record<string, string>
  return sentences[language] ?? sentences['en'] ?? ''
}
