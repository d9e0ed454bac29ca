import { useQuery } from '@tanstack/react-query'
import type { StatusAnswer } from '../answer.ts'
import { call, jobs } from '../call.ts'
import { Time, Whole } from '../part/figure.tsx'
import { useWords } from '../word/words.ts'
import { useLasting, useNow } from './until.tsx'

type Network = StatusAnswer['networks'][number]
type Follow = StatusAnswer['following'][number]

const ASK_MILLISECONDS = 15_000
/** A source that was not asked for so long is not followed any more. Ours: ten of the slowest blocks there are. */
const SILENT_SECONDS = 6000
/** Blocks behind at which an alert may come late. Ours. */
const BEHIND = 3

/** The networks that are held, how far each is read, how far behind that is, and when its source last told. */
export function Networks() {
  const { t } = useWords()
  const asked = useQuery({
    queryKey: ['ledger status'],
    queryFn: ({ signal }) => call<StatusAnswer>('ledger status', {}, signal),
    refetchInterval: ASK_MILLISECONDS,
  })
  const running = useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => jobs(signal),
    refetchInterval: ASK_MILLISECONDS,
  })
  const works = (running.data ?? []).filter(job => job.status === 'running' && FOLLOWING.has(job.operation))
  return (
    <section className="card" aria-label={t('follow.title')}>
      <h2>{t('follow.title')}</h2>
      {asked.data?.networks.length === 0 && <p className="quiet">{t('follow.none')}</p>}
      <ul className="lines followed">
        {asked.data?.networks.map(one => (
          <Followed
            key={one.network}
            network={one}
            follow={asked.data.following.find(follow => follow.network === one.network)}
          />
        ))}
      </ul>
      {works.map(job => (
        <p key={job.job} className="small">
          <span className="chip">{t('follow.running')}</span> <bdi lang="en">{job.progress?.note ?? job.operation}</bdi>
        </p>
      ))}
    </section>
  )
}

const FOLLOWING: ReadonlySet<string> = new Set(['ledger sync', 'watch run', 'pool watch'])

/** `follow`: how whoever follows it says that it goes; without one, by when a source last told of its tip. */
function Followed({ network: held, follow }: { network: Network; follow: Follow | undefined }) {
  const { t, term } = useWords()
  const { network, coverage, committedAt, tip } = held
  const now = useNow()
  const lasting = useLasting()
  const at = follow?.lookedAt ?? tip?.seenAt ?? committedAt
  const lag = follow?.lag ?? tip?.lag ?? null
  const provider = follow?.provider ?? tip?.provider ?? null
  const age = Math.max(0, now - Math.floor(Date.parse(at) / 1000))
  const health = healthOf(follow, tip, age)
  return (
    <li data-network={network} data-health={health}>
      <strong>{term('network', network)}</strong> <span className={CHIPS[health]}>{t(`follow.${health}`)}</span>
      <div className="small quiet">
        {coverage.toHeight !== null && (
          <>
            {t('follow.read')} <Whole value={coverage.toHeight} />
            {' · '}
          </>
        )}
        {lag !== null && (
          <>
            {t('follow.lag')} <Whole value={lag} />
            {' · '}
          </>
        )}
        {provider !== null && (
          <>
            <bdi dir="ltr">{provider}</bdi>
            {' · '}
          </>
        )}
        {t('follow.lastLook')} <Time at={at} /> {t('follow.ago', { time: lasting(age) })}
      </div>
      {[follow?.error, follow?.poolError].map(
        error =>
          error != null && (
            <div key={error} className="small" lang="en" dir="auto">
              {error}
            </div>
          ),
      )}
    </li>
  )
}

type Health = Follow['state'] | 'byHand' | 'well' | 'behind' | 'silent'

const CHIPS: Readonly<Record<Health, string>> = {
  ...{ byHand: 'chip', starting: 'chip', stopped: 'chip', following: 'chip calm', well: 'chip calm' },
  ...{ behind: 'chip warn', silent: 'chip warn', waiting: 'chip late', killed: 'chip late' },
}

function healthOf(follow: Follow | undefined, tip: Network['tip'], age: number): Health {
  if (follow !== undefined && follow.state !== 'following') return follow.state
  const lag = follow?.lag ?? tip?.lag
  if (lag == null) return 'byHand'
  if (age > SILENT_SECONDS) return 'silent'
  return lag > BEHIND ? 'behind' : 'well'
}
