import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { WatchRun } from '../../../src/app/monitor/watch.ts'
import '../alert/alert.css'
import { Desk } from '../alert/desk.tsx'
import { useFeed } from '../alert/feed.ts'
import { countsAsked } from '../alert/filter.tsx'
import { Networks } from '../alert/network.tsx'
import { call } from '../call.ts'
import { StillCard } from '../part/still.tsx'
import { TroubleNote } from '../part/trouble.tsx'
import { Receivers } from '../receiver/list.tsx'
import { Rules } from '../rule/list.tsx'
import { watchesAsked } from '../watch/asked.ts'
import { Watches } from '../watch/list.tsx'
import { useTitle } from '../word/title.ts'
import { grouped, useWords } from '../word/words.ts'

/** Campaigns whose value that can still be stopped stands beside the alerts. */
const STILL_MAX = 3

/** The desk of whoever is on duty: alerts as they come, what can still be stopped, what is followed, and the rules. */
export function Alerts() {
  const { t, count } = useWords()
  const feed = useFeed()
  const number = useQuery(countsAsked).data?.counts.open ?? 0
  useTitle(number === 0 ? t('alert.title') : `(${grouped(number)}) ${t('alert.title')}`)
  return (
    <>
      <div className="head">
        <h1>{t('alert.title')}</h1>
        <span className={feed.live ? 'chip calm' : 'chip warn'} data-live={feed.live}>
          {t(feed.live ? 'alert.live' : 'alert.notLive')}
        </span>
        <Look />
      </div>
      <p className="quiet">{t('alert.text')}</p>
      <Parts />
      <p role="status" className="small" data-testid="came">
        {feed.came > 0 && count('newAlerts', feed.came)}
      </p>
      <div className="grid">
        <Desk feed={feed} />
        <div>
          <Keys />
          <Still />
          <Networks />
        </div>
      </div>
      <Watches />
      <Rules />
      <Receivers />
    </>
  )
}

/** The page is long: where its parts are. */
function Parts() {
  const { t } = useWords()
  const parts = [
    ['watches', t('alert.watches')],
    ['rules', t('alert.ruleList')],
    ['receivers', t('receiver.title')],
  ] as const
  return (
    <nav className="chips small" aria-label={t('alert.parts')}>
      {parts.map(([hash, word]) => (
        <Link key={hash} to="/alerts" search={true} hash={hash} className="chip">
          {word}
        </Link>
      ))}
    </nav>
  )
}

/** What of the watched campaigns can still be stopped. */
function Still() {
  const { data } = useQuery(watchesAsked)
  const names = [...new Set((data?.watches ?? []).filter(one => one.kind === 'campaign').map(one => one.target))]
  return names.slice(0, STILL_MAX).map(name => <StillCard key={name} name={name} head />)
}

function Keys() {
  const { t } = useWords()
  const keys = [
    ['j', 'k', t('alert.keyStep')],
    ['Enter', '', t('alert.keyOpen')],
    ['t', 'f', 'u', t('alert.keyJudge')],
    ['Esc', '', t('alert.keyBack')],
  ] as const
  return (
    <details className="card">
      <summary>{t('alert.keys')}</summary>
      <ul className="lines small">
        {keys.map(row => (
          <li key={row[0]}>
            {row.slice(0, -1).map(key => key !== '' && <kbd key={key}>{key}</kbd>)} {row.at(-1)}
          </li>
        ))}
      </ul>
    </details>
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
    <>
      <Button size="compact-md" loading={look.isPending} onClick={() => look.mutate()}>
        {t('alert.look')}
      </Button>
      <span role="status" className="small">
        {data !== undefined &&
          t('alert.looked', {
            ...{ raised: data.raised.length, withdrawn: data.withdrawn.length, addresses: data.addresses },
          })}
      </span>
      {look.error !== null && <TroubleNote error={look.error} />}
    </>
  )
}
