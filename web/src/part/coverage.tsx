import { useTranslation } from 'react-i18next'
import type { Coverage } from '../../../src/model/coverage.ts'

/** What the answer was able to see. Always in sight: a figure without it means nothing. */
export function CoverageCard({ coverage }: { coverage: Coverage }) {
  const { t } = useTranslation()
  const unread = coverage.transactionsRead === null
  return (
    <section className="card" aria-label={t('address.coverage')}>
      <h2>{t('address.coverage')}</h2>
      {unread && <p>{t('address.unread')}</p>}
      <ul>
        {coverage.fromHeight !== null && coverage.toHeight !== null && (
          <li>{t('address.heights', { from: coverage.fromHeight, to: coverage.toHeight })}</li>
        )}
        {coverage.transactionsRead !== null && <li>{t('address.read', { count: coverage.transactionsRead })}</li>}
        {coverage.finality !== null && (
          <li>
            {t('address.finality')}: <bdi>{coverage.finality}</bdi>
          </li>
        )}
        {coverage.truncated === true && <li>{t('address.truncated')}</li>}
        <li>{t('address.labelCount', { count: coverage.labels })}</li>
        <li>
          {t('address.listVersions')}:{' '}
          {coverage.lists.length === 0
            ? t('start.none')
            : coverage.lists.map(list => (
                <bdi key={list.authority} className="chip">
                  {list.authority} {list.version}
                </bdi>
              ))}
        </li>
      </ul>
    </section>
  )
}
