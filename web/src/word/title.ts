import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** Names the view in the window's title: `Address bc1q… · Athar`. */
export function useTitle(title: string): void {
  const { t } = useTranslation()
  const name = t('name')
  useEffect(() => {
    document.title = title === '' ? name : `${title} · ${name}`
  }, [title, name])
}
