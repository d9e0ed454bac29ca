import { Trouble } from '../call.ts'
import { useWords } from '../word/words.ts'

/** A failure in words, with what to do about it. What the program said stands in its own language. */
export function TroubleNote({ error }: { error: Error }) {
  const { t, term, language } = useWords()
  const known = error instanceof Trouble
  return (
    <div className="verdict warn" role="alert">
      <strong>{t('trouble.title')}</strong>
      <div>
        {!known && <p>{t('trouble.gone')}</p>}
        {known && language === 'ar' && <p>{term('failure', error.kind)}</p>}
        {known && (
          <p dir="auto" lang="en">
            {error.message}
          </p>
        )}
        {known && error.hint !== null && (
          <p>
            {t('trouble.hint')}:{' '}
            <bdi lang="en" dir="auto">
              {error.hint}
            </bdi>
          </p>
        )}
      </div>
    </div>
  )
}

/** A page that could not be asked for: it has a heading all the same. */
export function PageTrouble({ title, error }: { title: string; error: Error }) {
  return (
    <>
      <h1>{title}</h1>
      <TroubleNote error={error} />
    </>
  )
}

export function Reading() {
  const { t } = useWords()
  return (
    <p className="quiet" role="status">
      {t('loading')}
    </p>
  )
}
