import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AlertList } from '../../../src/app/monitor/alert.ts'
import type { WatchRun } from '../../../src/app/monitor/watch.ts'
import { call } from '../call.ts'
import { AlertCard } from '../part/alert.tsx'
import { Rules } from '../part/rule-list.tsx'
import { Reading, TroubleNote } from '../part/trouble.tsx'
import { Receivers, Watches } from '../part/watch-list.tsx'
import { useTitle } from '../word/title.ts'
import { useWords } from '../word/words.ts'

/** How often the page asks whether there is something new while it is looked at. */
const ASK_MILLISECONDS = 5000

/** Alerts that are shown at once. */
const PAGE = 10

/** What rules found on what is watched: open alerts first, then what is watched, the rules, and who is told. */
export function Alerts() {
  const { t } = useWords()
  useTitle(t('alert.title'))
  return (
    <>
      <h1>{t('alert.title')}</h1>
      <p className="quiet">{t('alert.text')}</p>
      <Look />
      <Listed status="open" title={t('alert.open')} none={t('alert.none')} />
      <Watches />
      <Rules />
      <Listed status="closed" title={t('alert.earlier')} none={t('alert.noneEarlier')} />
      <Receivers />
    </>
  )
}

/** Holds what is stored against every watch now; otherwise `athar watch run --follow` does it all the time. */
function Look() {
  const { t } = useWords()
  const queries = useQueryClient()
  const look = useMutation({
    mutationFn: () => call<WatchRun>('watch run', {}),
    onSuccess: () => queries.invalidateQueries(),
  })
  const { data } = look
  return (
    <div className="row look">
      <Button loading={look.isPending} onClick={() => look.mutate()}>
        {t('alert.look')}
      </Button>
      <span role="status">
        {data !== undefined &&
          t('alert.looked', {
            ...{ raised: data.raised.length, withdrawn: data.withdrawn.length, addresses: data.addresses },
          })}
      </span>
      {look.error !== null && <TroubleNote error={look.error} />}
    </div>
  )
}

function Listed({ status, title, none }: { status: 'open' | 'closed'; title: string; none: string }) {
  const { t } = useWords()
  const [limit, setLimit] = useState(PAGE)
  const asked = useQuery({
    queryKey: ['alert list', status, limit],
    queryFn: ({ signal }) => call<AlertList>('alert list', { status, limit }, signal),
    placeholderData: before => before,
    refetchInterval: ASK_MILLISECONDS,
  })
  const { data, error } = asked
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      {error !== null && data === undefined && <TroubleNote error={error} />}
      {asked.isPending && <Reading />}
      {data?.alerts.length === 0 && <p className="quiet">{none}</p>}
      {data?.alerts.map(alert => (
        <AlertCard key={alert.id} alert={alert} />
      ))}
      {data !== undefined && data.shown < data.of && (
        <div className="row">
          <span className="quiet">{t('alert.shown', { shown: data.shown, all: data.of })}</span>
          <Button variant="default" size="compact-md" onClick={() => setLimit(limit => limit + PAGE)}>
            {t('address.more')}
          </Button>
        </div>
      )}
    </section>
  )
}
