import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { AlertList } from '../../../src/app/monitor/alert.ts'
import { call } from '../call.ts'
import { Field } from '../part/field.tsx'
import { idsOf, rulesAsked } from '../rule/asked.ts'
import { watchesAsked } from '../watch/asked.ts'
import { grouped, useWords } from '../word/words.ts'
import { type AlertsAsked, parse } from './asked.ts'

/** How many alerts there are, state by state: asked for by every part that says so. */
export const countsAsked = {
  queryKey: ['alert list', 'counts'],
  queryFn: ({ signal }: { signal: AbortSignal }) => call<AlertList>('alert list', { limit: 1 }, signal),
}

function counted(word: string, count: number | undefined): string {
  return count === undefined ? word : `${word} (${grouped(count)})`
}

/** Which alerts are shown: by state, rule, watch, amount and time. The choice stands in the link. */
export function Filters() {
  const { t, term } = useWords()
  const asked = useSearch({ from: '/alerts' })
  const navigate = useNavigate()
  const rules = useQuery(rulesAsked)
  const watches = useQuery(watchesAsked)
  const counts = useQuery(countsAsked).data?.counts
  const set = (change: Partial<Record<keyof AlertsAsked, string | number | undefined>>) =>
    void navigate({ to: '/alerts', search: parse({ ...asked, ...change }), replace: true })
  const options = (first: string, values: readonly (readonly [string, string])[]) => [
    { value: '', label: first },
    ...values.map(([value, label]) => ({ value, label })),
  ]
  return (
    <search className="filters" aria-label={t('alert.filters')}>
      <NativeSelect
        label={t('alert.state')}
        value={asked.state ?? ''}
        onChange={event => set({ state: event.currentTarget.value })}
        data={options(counted(term('alert', 'open'), counts?.open), [
          ['overdue', counted(t('alert.overdue'), counts?.overdue)],
          ['changed', counted(t('alert.changedReason'), counts?.changed)],
          ['closed', counted(term('alert', 'closed'), counts?.closed)],
          ['withdrawn', counted(t('alert.withdrawn'), counts?.withdrawn)],
          ['all', t('alert.all')],
        ])}
      />
      <NativeSelect
        label={t('alert.rule')}
        value={asked.rule ?? ''}
        onChange={event => set({ rule: event.currentTarget.value })}
        data={options(
          t('alert.anyRule'),
          idsOf(rules.data).map(id => [id, term('rule', id)] as const),
        )}
      />
      <NativeSelect
        label={t('alert.watch')}
        value={asked.watch ?? ''}
        onChange={event => set({ watch: event.currentTarget.value })}
        data={options(
          t('alert.anyWatch'),
          (watches.data?.watches ?? []).map(({ name }) => [name, name] as const),
        )}
      />
      <TextInput
        label={t('alert.leastUsd')}
        inputMode="numeric"
        defaultValue={asked.usd ?? ''}
        onChange={event => set({ usd: Number(event.currentTarget.value.replace(/\D/g, '')) })}
      />
      <Field label={t('alert.since')} value={asked.since ?? ''} set={text => set({ since: text })} kind="date" />
      <NativeSelect
        label={t('alert.order')}
        value={asked.order ?? ''}
        onChange={event => set({ order: event.currentTarget.value })}
        data={options(t('alert.newest'), [['deadline', t('alert.soonest')]])}
      />
      {Object.keys(asked).length > 0 && (
        <Button variant="subtle" onClick={() => void navigate({ to: '/alerts', search: {}, replace: true })}>
          {t('alert.clear')}
        </Button>
      )}
    </search>
  )
}
