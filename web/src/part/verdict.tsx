import { useTranslation } from 'react-i18next'
import type { ScreenResult } from '../answer.ts'

/** The status in one line. "No finding" is grey, never green: it is not a clean bill. */
export function Verdict({ status }: { status: ScreenResult['status'] }) {
  const { t } = useTranslation()
  return (
    <p className={`verdict ${toneOf(status)}`} data-testid="verdict">
      <strong>{t(`statuses.${status}`)}</strong>
      <span>{t('address.status')}</span>
    </p>
  )
}

function toneOf(status: ScreenResult['status']): 'alarm' | 'warn' | 'calm' {
  if (status === 'listed' || status === 'direct') return 'alarm'
  return status === 'no-finding' || status === 'not-checked' ? 'calm' : 'warn'
}
