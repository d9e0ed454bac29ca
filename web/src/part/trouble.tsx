import { useTranslation } from 'react-i18next'
import { Trouble } from '../call.ts'

/** A failure in words, with what to do about it. */
export function TroubleNote({ error }: { error: Error }) {
  const { t } = useTranslation()
  const known = error instanceof Trouble
  return (
    <div className="verdict warn" role="alert">
      <div>
        <strong>{t('trouble.title')}</strong>
        <p dir="auto">{known ? error.message : t('trouble.gone')}</p>
        {known && error.hint !== null && (
          <p dir="auto">
            {t('trouble.hint')}: {error.hint}
          </p>
        )}
      </div>
    </div>
  )
}

export function Reading() {
  const { t } = useTranslation()
  return (
    <p className="quiet" role="status">
      {t('loading')}
    </p>
  )
}
