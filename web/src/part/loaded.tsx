import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { StatusAnswer } from '../answer.ts'
import { call } from '../call.ts'
import { useWords } from '../word/words.ts'
import { Code, Name } from './code.tsx'

type ListStatus = {
  lists: { authority: string; list: string; version: string; stale: boolean; ageDays: number | null }[]
}
type CaseList = { cases: { name: string; title: string; status: string }[] }

/** What the program can know here: its lists and ledgers. Where there is none, how to begin. */
export function Loaded() {
  const { t, term, count } = useWords()
  const ledger = useQuery({ queryKey: ['ledger status'], queryFn: () => call<StatusAnswer>('ledger status', {}) })
  const list = useQuery({ queryKey: ['list status'], queryFn: () => call<ListStatus>('list status', {}) })
  const cases = useQuery({ queryKey: ['case list'], queryFn: () => call<CaseList>('case list', {}) })
  if (ledger.data === undefined || list.data === undefined) return null
  const { networks } = ledger.data
  const { lists } = list.data
  const nothing = networks.length === 0 && lists.length === 0
  return (
    <div className="grid">
      <section className="card">
        <h2>{nothing ? t('start.empty') : t('start.status')}</h2>
        {nothing && <Teach />}
        <dl className="facts">
          <dt>{t('start.lists')}</dt>
          <dd>
            {lists.length === 0 && t('start.none')}
            {lists.slice(0, 12).map((one, i) => (
              <div key={`${one.authority}-${i}`}>
                <Name>{one.authority}</Name> <bdi className="quiet number">{one.version}</bdi>{' '}
                {one.stale && (
                  <span className="chip warn">
                    {t('start.stale')}
                    {one.ageDays !== null && `: ${count('days', one.ageDays)}`}
                  </span>
                )}
              </div>
            ))}
            {lists.length > 12 && <div className="quiet">{count('more', lists.length - 12)}</div>}
          </dd>
          <dt>{t('start.ledgers')}</dt>
          <dd>
            {networks.length === 0 && t('start.none')}
            {networks.map(one => (
              <div key={one.network}>
                {term('network', one.network)}{' '}
                <span className="quiet">{count('transactionsRead', one.transactions)}</span>
              </div>
            ))}
          </dd>
        </dl>
      </section>
      <Recent cases={cases.data?.cases ?? []} />
    </div>
  )
}

function Teach() {
  const { t } = useWords()
  return (
    <>
      <p>{t('start.teach')}</p>
      <p>
        {t('start.sample')} <Code>athar demo --serve</Code>
      </p>
    </>
  )
}

function Recent({ cases }: { cases: CaseList['cases'] }) {
  const { t, term } = useWords()
  return (
    <section className="card">
      <h2>{t('start.recent')}</h2>
      {cases.length === 0 && <p className="quiet">{t('case.none')}</p>}
      <ul className="lines">
        {cases.slice(0, 8).map(one => (
          <li key={one.name}>
            <Link to="/cases/$name" params={{ name: one.name }}>
              <Name>{one.title}</Name>
            </Link>{' '}
            <span className="chip">{term('status', one.status)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
