import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** An address, txid or hash: isolated, left-to-right, in a typeface that tells 0 from O. */
export function Code({ children }: { children: string }) {
  return (
    <bdi className="code" dir="ltr">
      {children}
    </bdi>
  )
}

/** The middle left out, for tables; the whole stands in the title. */
export function Short({ children }: { children: string }) {
  const short = children.length > 22 ? `${children.slice(0, 10)}…${children.slice(-8)}` : children
  return (
    <bdi className="code" dir="ltr" title={children}>
      {short}
    </bdi>
  )
}

export function AddressLink({ network, address }: { network: string; address: string }) {
  return (
    <Link to="/address/$network/$address" params={{ network, address }}>
      <Code>{address}</Code>
    </Link>
  )
}

/** Copies pure ASCII: no isolates, no invisible characters. */
export function Copy({ text }: { text: string }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text.replace(/[^\x20-\x7e]/g, ''))
    setCopied(true)
  }
  return (
    <Button size="compact-sm" variant="default" onClick={copy} aria-live="polite">
      {copied ? t('address.copied') : t('address.copy')}
    </Button>
  )
}
