import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../call.ts'
import { AddressLink, Short } from './code.tsx'
import { Whole } from './figure.tsx'
import { TroubleNote } from './trouble.tsx'

type ClusterAnswer = {
  network?: string
  size: number
  addresses: string[]
  heuristics: { name: string; version: string }[]
  refused: { txid: string; reason: string }[]
}

type WhyAnswer = { linked: boolean; witness: { txid: string; heuristic: string; addresses: string[] }[]; cut: string[] }

const SHOWN_MAX = 20

/** Which addresses are held to be the same holder's, and the one question that matters: why? */
export function ClusterCard({ address }: { address: string }) {
  const { t } = useTranslation()
  const cluster = useQuery({
    queryKey: ['cluster show', address],
    queryFn: ({ signal }) => call<ClusterAnswer>('cluster show', { address }, signal),
  })
  const network = 'any'
  if (cluster.error !== null) return <TroubleNote error={cluster.error} />
  if (cluster.data === undefined) return null
  const { size, addresses, refused } = cluster.data
  return (
    <section className="card">
      <h2>
        {t('address.cluster')} (<Whole value={size} />)
      </h2>
      <p className="quiet">{t('address.clusterText')}</p>
      {size <= 1 && <p>{t('address.alone')}</p>}
      <ul>
        {size > 1 &&
          addresses.slice(0, SHOWN_MAX).map(one => (
            <li key={one}>
              <AddressLink network={network} address={one} />
            </li>
          ))}
      </ul>
      {refused.length > 0 && (
        <details>
          <summary>
            {t('address.refused')} ({refused.length})
          </summary>
          {refused.map(one => (
            <div key={one.txid}>
              <Short>{one.txid}</Short> <span className="quiet">{one.reason}</span>
            </div>
          ))}
        </details>
      )}
      <Why address={address} />
    </section>
  )
}

function Why({ address }: { address: string }) {
  const { t } = useTranslation()
  const [other, setOther] = useState('')
  const why = useMutation({
    mutationFn: (other: string) => call<WhyAnswer>('cluster why', { a: address, b: other }),
  })
  const ask = (event: FormEvent) => {
    event.preventDefault()
    if (other.trim() !== '') why.mutate(other.trim())
  }
  return (
    <form onSubmit={ask}>
      <TextInput
        label={t('address.whyWith')}
        value={other}
        onChange={event => setOther(event.currentTarget.value)}
        dir="ltr"
      />
      <Button type="submit" variant="default" size="compact-md" mt="xs" loading={why.isPending}>
        {t('address.why')}
      </Button>
      {why.error !== null && <TroubleNote error={why.error} />}
      {why.data !== undefined && (
        <div aria-live="polite">
          <p>{why.data.linked ? t('address.linked', { count: why.data.witness.length }) : t('address.notLinked')}</p>
          {why.data.witness.map(step => (
            <div key={step.txid}>
              <Short>{step.txid}</Short> <span className="quiet">{step.heuristic}</span>
            </div>
          ))}
        </div>
      )}
    </form>
  )
}
