import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { StatusAnswer } from '../answer.ts'
import { call } from '../call.ts'

type ListStatus = { lists: { authority: string; list?: string; version: string; stale?: boolean }[] }

/** What the program can know here: its lists and ledgers. Where there is none, how to begin. */
export function Loaded() {
  const { t } = useTranslation()
  const ledger = useQuery({ queryKey: ['ledger status'], queryFn: () => call<StatusAnswer>('ledger status', {}) })
  const list = useQuery({ queryKey: ['list status'], queryFn: () => call<ListStatus>('list status', {}) })
  if (ledger.data === undefined || list.data === undefined) return null
  const { networks } = ledger.data
  const { lists } = list.data
  const nothing = networks.length === 0 && lists.length === 0
  return (
    <section className="card">
      <h2>{nothing ? t('start.empty') : t('start.status')}</h2>
      {nothing && <p>{t('start.teach')}</p>}
      <dl className="facts">
        <dt>{t('start.lists')}</dt>
        <dd>
          {lists.length === 0 && t('start.none')}
          {lists.map((one, i) => (
            <div key={`${one.authority}-${i}`}>
              <bdi dir="auto">{one.authority}</bdi> <span className="quiet">{one.version}</span>
            </div>
          ))}
        </dd>
        <dt>{t('start.ledgers')}</dt>
        <dd>
          {networks.length === 0 && t('start.none')}
          {networks.map(one => (
            <div key={one.network}>
              <bdi>{one.network}</bdi> <span className="quiet">{t('address.read', { count: one.transactions })}</span>
            </div>
          ))}
        </dd>
      </dl>
    </section>
  )
}
