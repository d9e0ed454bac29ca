import type { AddressTriage } from '../answer.ts'
import { useWords } from '../word/words.ts'
import { AddressLink, Code, Name } from './code.tsx'
import { Figure, Figures, Time } from './figure.tsx'
import { Tile } from './movement.tsx'
import { Verdict } from './verdict.tsx'

/** The first ten minutes with one address, on one card. */
export function TriageCard({ triage }: { triage: AddressTriage }) {
  const { t, term, count, language } = useWords()
  const { network, address, balance, lastOutflow, nearestDeposit } = triage
  return (
    <article className="card">
      <h3>{network === null ? <Code>{address}</Code> : <AddressLink network={network} address={address} whole />}</h3>
      {network !== null && <p className="quiet small">{term('network', network)}</p>}
      <Verdict status={triage.status} coverage={triage.coverage} />
      <div className="tiles">
        <Tile word={t('triage.seen')}>{count('captures', triage.seenBefore.length)}</Tile>
        <Tile word={t('triage.frozen')}>
          <span dir="auto">{triage.frozen.because[language === 'ar' ? 'ar' : 'en']}</span>
        </Tile>
        <Tile word={t('address.balance')}>
          <Figures amounts={balance} />
        </Tile>
        <Tile word={t('triage.lastOutflow')}>
          {lastOutflow === null && t('unknown')}
          {lastOutflow !== null && (
            <>
              {lastOutflow.amount !== null && (
                <div>
                  <Figure amount={lastOutflow.amount} />
                </div>
              )}
              <Time at={lastOutflow.time} zone />
            </>
          )}
        </Tile>
        <Tile word={t('triage.deposit')}>
          {nearestDeposit === null && t('unknown')}
          {nearestDeposit !== null && (
            <>
              <Name>{nearestDeposit.service}</Name>
              <div className="small quiet">
                <Figure amount={nearestDeposit.amount} /> · {count('hops', nearestDeposit.hops)}
              </div>
            </>
          )}
        </Tile>
      </div>
      <p className="next">
        <span className="quiet">{t('triage.next')}:</span>{' '}
        <strong dir="auto">{language === 'ar' ? triage.next.ar : triage.next.en}</strong>
      </p>
    </article>
  )
}
