import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Listed } from '../../../src/app/monitor/watch.ts'
import { isolate } from '../../../src/std/isolate.ts'
import { call } from '../call.ts'
import { useWords } from '../word/words.ts'
import { AddressLink, Name } from './code.tsx'
import { useDeed } from './deed.ts'
import { Field } from './field.tsx'
import { Whole } from './figure.tsx'
import { LongTable } from './long-table.tsx'
import { rulesAsked } from './rule-list.tsx'
import { TroubleNote } from './trouble.tsx'

const KINDS = ['address', 'cluster', 'campaign', 'entity', 'folder'] as const

/** How the watches are asked for, by every part that shows them. */
export const watchesAsked = {
  queryKey: ['watch list'],
  queryFn: ({ signal }: { signal: AbortSignal }) => call<{ watches: Listed[] }>('watch list', {}, signal),
}

/** What is watched, with a way to add and to end. */
export function Watches() {
  const { t } = useWords()
  const asked = useQuery(watchesAsked)
  return (
    <section className="card" aria-label={t('alert.watches')}>
      <h2>{t('alert.watches')}</h2>
      {asked.error !== null && <TroubleNote error={asked.error} />}
      {asked.data?.watches.length === 0 && <p className="quiet">{t('alert.noWatches')}</p>}
      {asked.data !== undefined && asked.data.watches.length > 0 && <Table watches={asked.data.watches} />}
      <Add />
    </section>
  )
}

function Table({ watches }: { watches: readonly Listed[] }) {
  const { t, term } = useWords()
  const [reason, setReason] = useState('')
  const remove = useDeed('watch remove')
  return (
    <>
      <LongTable
        label={t('alert.watches')}
        least={62}
        height={320}
        heads={[
          { key: 'name', title: t('alert.name'), width: '1.2fr' },
          { key: 'kind', title: t('alert.kind'), width: '8rem' },
          { key: 'target', title: t('alert.target'), width: '1.4fr' },
          { key: 'rules', title: t('alert.rules'), width: '1.2fr' },
          { key: 'reference', title: t('alert.reference'), width: '7rem' },
          { key: 'hours', title: t('alert.hoursShort'), width: '6rem', end: true },
          { key: 'addresses', title: t('alert.addresses'), width: '6rem', end: true },
          { key: 'end', title: t('alert.remove'), width: '5rem' },
        ]}
        count={watches.length}
        cells={i => {
          const { name, kind, target, network, rules, reference, deadlineHours, addresses } = watches[i]!
          return [
            <Name key="name">{name}</Name>,
            term('watch', kind),
            network === null ? (
              <Name key="target">{target}</Name>
            ) : (
              <AddressLink key="target" network={network} address={target} />
            ),
            rules.length === 0 ? t('alert.allRules') : rules.map(one => term('rule', one)).join(t('comma')),
            reference === null ? t('none') : <Name key="reference">{reference}</Name>,
            deadlineHours === null ? t('none') : <Whole key="hours" value={deadlineHours} />,
            <Whole key="addresses" value={addresses} />,
            <Button
              key="end"
              variant="default"
              size="compact-xs"
              aria-label={t('alert.removeThis', { name: isolate(name) })}
              disabled={reason.trim() === ''}
              loading={remove.isPending}
              onClick={() => remove.mutate({ name, reason: reason.trim() })}
            >
              {t('alert.remove')}
            </Button>,
          ]
        }}
      />
      <Field mt="xs" label={t('alert.removeWhy')} value={reason} set={setReason} />
      {remove.error !== null && <TroubleNote error={remove.error} />}
    </>
  )
}

function Add() {
  const { t, term } = useWords()
  const [kind, setKind] = useState<string>('address')
  const [target, setTarget] = useState('')
  const [name, setName] = useState('')
  const [reference, setReference] = useState('')
  const [hours, setHours] = useState('')
  const [rule, setRule] = useState('')
  const rules = useQuery(rulesAsked)
  const add = useDeed('watch add')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (target.trim() === '') return
    const given = {
      ...{ target: target.trim(), kind },
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      ...(reference.trim() === '' ? {} : { reference: reference.trim() }),
      ...(/^\d{1,5}$/.test(hours) ? { deadline: Number(hours) } : {}),
      ...(rule === '' ? {} : { rules: [rule] }),
    }
    add.mutate(given, { onSuccess: () => setTarget('') })
  }
  const fields = [
    [t('alert.target'), target, setTarget],
    [t('alert.name'), name, setName],
    [t('alert.reference'), reference, setReference],
    [t('alert.hours'), hours, setHours],
  ] as const
  return (
    <form className="row" onSubmit={submit}>
      <NativeSelect
        label={t('alert.kind')}
        value={kind}
        onChange={event => setKind(event.currentTarget.value)}
        data={KINDS.map(one => ({ value: one, label: term('watch', one) }))}
      />
      {fields.map(([label, value, set]) => (
        <Field key={label} label={label} value={value} set={set} kind="name" />
      ))}
      <NativeSelect
        label={t('alert.rules')}
        value={rule}
        onChange={event => setRule(event.currentTarget.value)}
        data={[
          { value: '', label: t('alert.allRules') },
          ...(rules.data?.rules ?? []).map(({ id }) => ({ value: id, label: term('rule', id) })),
        ]}
      />
      <Button type="submit" loading={add.isPending}>
        {t('alert.add')}
      </Button>
      {add.error !== null && <TroubleNote error={add.error} />}
    </form>
  )
}

type Receiver = { readonly name: string; readonly kind: string }

/** Who hears of alerts outside this page. */
export function Receivers() {
  const { t, term } = useWords()
  const asked = useQuery({
    queryKey: ['receiver list'],
    queryFn: ({ signal }) => call<{ receivers: Receiver[] }>('receiver list', {}, signal),
  })
  return (
    <section className="card" aria-label={t('alert.receivers')}>
      <h2>{t('alert.receivers')}</h2>
      {asked.error !== null && <TroubleNote error={asked.error} />}
      {asked.data?.receivers.length === 0 && <p className="quiet">{t('alert.noReceivers')}</p>}
      <ul className="lines">
        {asked.data?.receivers.map(one => (
          <li key={one.name}>
            <Name>{one.name}</Name> <span className="chip">{term('receiver', one.kind)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
