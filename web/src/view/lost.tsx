import { Button } from '@mantine/core'
import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { useTitle } from '../word/title.ts'
import { useWords } from '../word/words.ts'

/** A link that leads nowhere. */
export function Lost() {
  const { t } = useWords()
  useTitle(t('trouble.lost'))
  return (
    <section className="card">
      <h1>{t('trouble.lost')}</h1>
      <p>{t('trouble.lostText')}</p>
      <Link to="/">{t('trouble.home')}</Link>
    </section>
  )
}

/** A view that threw. The bar above it goes on. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const { t } = useWords()
  useTitle(t('trouble.broken'))
  return (
    <section className="card" role="alert">
      <h1>{t('trouble.broken')}</h1>
      <p>{t('trouble.brokenText')}</p>
      <p className="quiet" dir="ltr">
        {error instanceof Error ? error.message : String(error)}
      </p>
      <Button variant="default" onClick={reset}>
        {t('trouble.again')}
      </Button>
    </section>
  )
}
