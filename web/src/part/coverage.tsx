import { type Coverage, hasGaps } from '../../../src/model/coverage.ts'
import { grouped, useWords } from '../word/words.ts'

/** What the answer was able to see. Always in sight: a figure without it means nothing. */
export function CoverageCard({ coverage }: { coverage: Coverage }) {
  const { t, term, count } = useWords()
  const { fromHeight, toHeight, transactionsRead, finality, truncated, labels, lists } = coverage
  return (
    <section className="card" aria-label={`${t('address.coverage')}: ${term('network', coverage.network)}`}>
      <h2>{t('address.coverage')}</h2>
      <ul className="lines">
        <li>{term('network', coverage.network)}</li>
        {transactionsRead === null ? (
          <li>{t('address.unread')}</li>
        ) : (
          <li>{count('transactionsRead', transactionsRead)}</li>
        )}
        {fromHeight !== null && toHeight !== null && (
          <li>
            {t('address.heights', { from: grouped(fromHeight), to: grouped(toHeight) })}{' '}
            {hasGaps(coverage) && t('address.gaps')}
          </li>
        )}
        {finality !== null && (
          <li>
            {t('address.finality')}: {term('finality', finality)}
          </li>
        )}
        {truncated === true && <li>{t('address.truncated')}</li>}
        <li>{count('labels', labels)}</li>
        <li>
          {t('address.listVersions')}: {lists.length === 0 && t('start.none')}
          {lists.map(list => (
            <span key={`${list.authority} ${list.version}`} className="chip">
              <bdi dir="auto">{list.authority}</bdi> <bdi dir="ltr">{list.version}</bdi>
            </span>
          ))}
        </li>
      </ul>
    </section>
  )
}

/** The same in one line, beside a verdict. */
export function CoverageLine({ coverage }: { coverage: Coverage }) {
  const { t, count } = useWords()
  const read =
    coverage.transactionsRead === null ? t('address.unread') : count('transactionsRead', coverage.transactionsRead)
  const listed = coverage.lists.map(list => list.authority)
  return (
    <div className="small">
      {t('address.coverage')}: {read}
      {' · '}
      {count('labels', coverage.labels)}
      {' · '}
      {t('address.listVersions')}:{' '}
      {listed.length === 0 ? t('none') : <bdi dir="auto">{listed.slice(0, 4).join(', ')}</bdi>}
      {listed.length > 4 && ` ${count('more', listed.length - 4)}`}
    </div>
  )
}
