import { Button, NativeSelect } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '../call.ts'
import { AddressLink, Name, Short } from '../part/code.tsx'
import { Field } from '../part/field.tsx'
import { Day } from '../part/figure.tsx'
import { LongTable } from '../part/long-table.tsx'
import { Reading, TroubleNote } from '../part/trouble.tsx'
import { useTitle } from '../word/title.ts'
import { grouped, useWords } from '../word/words.ts'

type Listed = {
  readonly list: string
  readonly authority: string
  readonly kind: string
  readonly publishedAt: string
  readonly version: string
  readonly sha256: string
  readonly addresses: number
  readonly ageDays: number
  readonly stale: boolean
}
type Changed = { address: string; network: string; entity: string; program: string[] }
type Diff = {
  readonly authority: string
  readonly from: string
  readonly to: string
  readonly added: readonly Changed[]
  readonly removed: readonly Changed[]
  readonly changed: readonly Changed[]
}

/** The lists that are loaded, how old they are, and what one changed between two days. */
export function Lists() {
  const { t } = useWords()
  useTitle(t('start.lists'))
  const status = useQuery({
    queryKey: ['list status'],
    queryFn: ({ signal }) => call<{ lists: Listed[]; warnings: string[] }>('list status', {}, signal),
  })
  return (
    <>
      <h1>{t('start.lists')}</h1>
      {status.error !== null && <TroubleNote error={status.error} />}
      {status.isPending && <Reading />}
      {status.data?.lists.length === 0 && <p className="card">{t('lists.none')}</p>}
      {status.data !== undefined && status.data.lists.length > 0 && (
        <>
          <Loaded lists={status.data.lists} />
          <Difference authorities={[...new Set(status.data.lists.map(one => one.authority))]} />
        </>
      )}
    </>
  )
}

function Loaded({ lists }: { lists: readonly Listed[] }) {
  const { t, count } = useWords()
  return (
    <section className="card" aria-label={t('start.status')}>
      <h2>{t('start.status')}</h2>
      <LongTable
        label={t('start.status')}
        height={360}
        least={68}
        heads={[
          { key: 'authority', title: t('drop.authority'), width: '1.4fr' },
          { key: 'list', title: t('lists.name'), width: '1.4fr' },
          { key: 'version', title: t('lists.version'), width: '7rem' },
          { key: 'published', title: t('campaign.published'), width: '15rem' },
          { key: 'addresses', title: t('campaign.addresses'), width: '6rem', end: true },
          { key: 'age', title: t('lists.age'), width: '9rem' },
          { key: 'digest', title: t('capture.digest'), width: '9.5rem' },
        ]}
        count={lists.length}
        cells={i => {
          const one = lists[i]!
          return [
            <Name key="authority">{one.authority}</Name>,
            <Name key="list">{one.list}</Name>,
            <Name key="version">{one.version}</Name>,
            <Day key="published" at={one.publishedAt} />,
            grouped(one.addresses),
            <span key="age" className={one.stale ? 'chip warn' : ''}>
              {one.stale && `${t('start.stale')}: `}
              {count('days', one.ageDays)}
            </span>,
            <Short key="digest">{one.sha256}</Short>,
          ]
        }}
      />
    </section>
  )
}

function Difference({ authorities }: { authorities: readonly string[] }) {
  const { t } = useWords()
  const [authority, setAuthority] = useState(authorities[0]!)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const diff = useMutation({ mutationFn: () => call<Diff>('list diff', { authority, from, to }) })
  const ask = (event: FormEvent) => {
    event.preventDefault()
    if (from !== '' && to !== '') diff.mutate()
  }
  return (
    <section className="card" aria-label={t('lists.diff')}>
      <h2>{t('lists.diff')}</h2>
      <form className="row" onSubmit={ask}>
        <NativeSelect
          label={t('drop.authority')}
          value={authority}
          onChange={event => setAuthority(event.currentTarget.value)}
          data={[...authorities]}
        />
        <Field label={t('graph.from')} value={from} set={setFrom} kind="date" />
        <Field label={t('graph.to')} value={to} set={setTo} kind="date" />
        <Button type="submit" loading={diff.isPending}>
          {t('lists.compare')}
        </Button>
      </form>
      {diff.error !== null && <TroubleNote error={diff.error} />}
      {diff.data !== undefined && <Changes diff={diff.data} />}
    </section>
  )
}

function Changes({ diff }: { diff: Diff }) {
  const { t } = useWords()
  const rows = (['added', 'removed', 'changed'] as const).flatMap(how => diff[how].map(row => ({ how, ...row })))
  if (rows.length === 0) return <p role="status">{t('lists.same')}</p>
  return (
    <>
      <p role="status">
        {(['added', 'removed', 'changed'] as const)
          .map(how => `${t(`lists.${how}`)}: ${grouped(diff[how].length)}`)
          .join(' · ')}
      </p>
      <LongTable
        label={t('lists.diff')}
        heads={[
          { key: 'how', title: t('lists.how'), width: '7rem' },
          { key: 'address', title: t('address.title'), width: '1.4fr' },
          { key: 'entity', title: t('lists.entity'), width: '1.6fr' },
          { key: 'program', title: t('lists.program'), width: '1fr' },
        ]}
        count={rows.length}
        cells={i => {
          const { how, address, network, entity, program } = rows[i]!
          return [
            t(`lists.${how}`),
            <AddressLink key="address" network={network} address={address} />,
            <Name key="entity">{entity}</Name>,
            <Name key="program">{program.join(', ')}</Name>,
          ]
        }}
      />
    </>
  )
}
