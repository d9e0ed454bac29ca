import { useNavigate, useSearch as useQueryString } from '@tanstack/react-router'
import { useEffect } from 'react'
import { placeOf, ResultLink, ResultRow } from '../part/result.tsx'
import { useSearch } from '../part/search.tsx'
import { Reading, TroubleNote } from '../part/trouble.tsx'
import { useTitle } from '../word/title.ts'
import { visible } from '../word/visible.ts'
import { useWords } from '../word/words.ts'

/** `/search?q=…`: everything that was found; a question that names one thing exactly goes straight there. */
export function SearchView() {
  const { t, count } = useWords()
  const { q } = useQueryString({ from: '/search' })
  useTitle(q === '' ? t('search.title') : `${t('search.title')} ${visible(q)}`)
  const navigate = useNavigate()
  const found = useSearch(q)
  const answer = found.data?.query === q.trim() ? found.data : undefined
  useEffect(() => {
    const place = answer?.exact === true ? placeOf(answer.results[0]!) : null
    if (place !== null) void navigate({ to: place, replace: true })
  }, [answer, navigate])
  return (
    <>
      <h1>{t('search.title')}</h1>
      {q.trim().length < 2 && <p className="card">{t('search.start')}</p>}
      {found.error !== null && <TroubleNote error={found.error} />}
      {found.isFetching && answer === undefined && <Reading />}
      {answer !== undefined && (
        <section className="card" aria-label={t('search.title')}>
          <p role="status" className="quiet">
            {answer.results.length === 0 ? t('search.none') : count('results', answer.results.length)}
            {answer.truncated && ` ${t('search.truncated')}`}
          </p>
          {answer.results.length === 0 && <p>{t('search.next')}</p>}
          <ul className="lines results">
            {answer.results.map((result, i) => (
              <li key={`${result.kind}-${result.title}-${i}`}>
                <ResultLink result={result}>
                  <ResultRow result={result} />
                </ResultLink>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
