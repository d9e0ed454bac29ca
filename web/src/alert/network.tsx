import { useQuery } from '@tanstack/react-query'
import type { StatusAnswer } from '../answer.ts'
import { call, jobs } from '../call.ts'
import { Time, Whole } from '../part/figure.tsx'
import { inDigits } from '../word/digit.ts'
import { useWords } from '../word/words.ts'
import { useLasting, useNow } from './until.tsx'

type Network = StatusAnswer['networks'][number]

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
          <Followed key={one.network} network={one} />
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

function Followed({ network: { network, coverage, committedAt, tip } }: { network: Network }) {
  const { t, term } = useWords()
  const now = useNow()
  const lasting = useLasting()
  const seen = Math.floor(Date.parse(tip?.seenAt ?? committedAt) / 1000)
  const silent = tip !== null && now - seen > SILENT_SECONDS
  const behind = tip !== null && tip.lag > BEHIND
  return (
    <li data-network={network}>
      <strong>{term('network', network)}</strong>{' '}
      {tip === null ? (
        <span className="chip">{t('follow.byHand')}</span>
      ) : (
        <span className={silent || behind ? 'chip warn' : 'chip calm'}>
          {silent ? t('follow.silent') : behind ? t('follow.behind') : t('follow.well')}
        </span>
      )}
      <div className="small quiet">
        {coverage.toHeight !== null && (
          <>
            {t('follow.read')} <Whole value={coverage.toHeight} />
            {' · '}
          </>
        )}
        {tip !== null && (
          <>
            {t('follow.lag')} <Whole value={tip.lag} />
            {' · '}
            <bdi dir="ltr">{inDigits(tip.provider)}</bdi>
            {' · '}
          </>
        )}
        {t('follow.lastLook')} <Time at={tip?.seenAt ?? committedAt} />{' '}
        {t('follow.ago', { time: lasting(Math.max(0, now - seen)) })}
      </div>
    </li>
  )
}
