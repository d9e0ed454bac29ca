import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { visible } from '../word/visible.ts'

/** An address, txid or hash: isolated, left-to-right, in a typeface that tells 0 from O. */
export function Code({ children }: { children: string }) {
  return (
    <bdi className="code" dir="ltr">
      {children}
    </bdi>
  )
}

const HEAD = 10
const TAIL = 6

/** The middle is drawn as `…` and stays in the text: whoever copies it or listens to it gets the whole. */
export function Short({ children }: { children: string }) {
  if (children.length <= HEAD + TAIL + 6) return <Code>{children}</Code>
  return (
    <bdi className="code short" dir="ltr" title={children}>
      {children.slice(0, HEAD)}
      <span className="middle">{children.slice(HEAD, -TAIL)}</span>
      {children.slice(-TAIL)}
    </bdi>
  )
}

/** A name from outside: isolated, its direction its own, turning marks made visible. */
export function Name({ children }: { children: string }) {
  return <bdi dir="auto">{visible(children)}</bdi>
}

type Place = { network: string; address: string }

export function AddressLink({ network, address, whole = false }: Place & { whole?: boolean }) {
  return (
    <Link to="/address/$network/$address" params={{ network, address }}>
      {whole ? <Code>{address}</Code> : <Short>{address}</Short>}
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
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <Button size="compact-sm" variant="default" onClick={copy} aria-live="polite">
      {copied ? t('address.copied') : t('address.copy')}
    </Button>
  )
}
