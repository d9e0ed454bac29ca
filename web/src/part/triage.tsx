import { useTranslation } from 'react-i18next'
import type { AddressTriage } from '../answer.ts'
import { AddressLink, Code } from './code.tsx'
import { Figure, Time } from './figure.tsx'
import { Verdict } from './verdict.tsx'

/** The first ten minutes with one address, on one card. */
export function TriageCard({ triage }: { triage: AddressTriage }) {
  const { t, i18n } = useTranslation()
  const { network, address, balance, lastOutflow, nearestDeposit } = triage
  return (
    <article className="card">
      <h3>{network === null ? <Code>{address}</Code> : <AddressLink network={network} address={address} />}</h3>
      <Verdict status={triage.status} />
      <dl className="facts">
        <dt>{t('triage.seen')}</dt>
        <dd>
          {triage.seenBefore.length === 0 ? t('triage.no') : t('triage.captures', { count: triage.seenBefore.length })}
        </dd>
        <dt>{t('triage.frozen')}</dt>
        <dd>{t('statuses.not-checked')}</dd>
        <dt>{t('address.balance')}</dt>
        <dd>{balance === null ? t('unknown') : balance.map(one => <Figure key={one.asset} amount={one} />)}</dd>
        <dt>{t('triage.lastOutflow')}</dt>
        <dd>{lastOutflow === null ? t('unknown') : <Time at={lastOutflow.time} />}</dd>
        <dt>{t('triage.deposit')}</dt>
        <dd>{nearestDeposit === null ? t('unknown') : <bdi>{nearestDeposit.service}</bdi>}</dd>
        <dt>{t('triage.next')}</dt>
        <dd>
          <strong>{i18n.language === 'ar' ? triage.next.ar : triage.next.en}</strong>
        </dd>
      </dl>
    </article>
  )
}
