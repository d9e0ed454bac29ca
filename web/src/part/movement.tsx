import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AddressAnswer } from '../answer.ts'
import { AddressLink, Short } from './code.tsx'
import { Figure, Time, Whole } from './figure.tsx'

/** Totals and transfers of the address in what was read; says so where nothing was. */
export function MovementCard({ answer, more }: { answer: AddressAnswer; more: () => void }) {
  const { t } = useTranslation()
  const ledger = answer.ledger
  if (ledger === null) {
    return (
      <section className="card">
        <h2>{t('address.ledger')}</h2>
        <p>{t('address.unread')}</p>
      </section>
    )
  }
  return (
    <section className="card">
      <h2>{t('address.ledger')}</h2>
      <Totals ledger={ledger} />
      <h3>{t('address.transfers')}</h3>
      <Movements answer={answer} movements={ledger.movements} />
      {ledger.movements.length < ledger.transactions && (
        <Button variant="default" size="compact-md" mt="sm" onClick={more}>
          {t('address.more')}
        </Button>
      )}
    </section>
  )
}

type Ledger = NonNullable<AddressAnswer['ledger']>

function Totals({ ledger }: { ledger: Ledger }) {
  const { t } = useTranslation()
  return (
    <dl className="facts">
      <dt>{t('address.received')}</dt>
      <dd>
        {ledger.received.map(amount => (
          <div key={amount.asset}>
            <Figure amount={amount} />
          </div>
        ))}
      </dd>
      <dt>{t('address.sent')}</dt>
      <dd>
        {ledger.sent.map(amount => (
          <div key={amount.asset}>
            <Figure amount={amount} />
          </div>
        ))}
      </dd>
      <dt>{t('address.balance')}</dt>
      <dd>
        {ledger.balance === null ? t('unknown') : ledger.balance.map(one => <Figure key={one.asset} amount={one} />)}
      </dd>
      <dt>{t('address.transactions')}</dt>
      <dd>
        <Whole value={ledger.transactions} />
      </dd>
      <dt>{t('address.first')}</dt>
      <dd>{ledger.first === null ? '—' : <Time at={ledger.first} />}</dd>
      <dt>{t('address.last')}</dt>
      <dd>{ledger.last === null ? '—' : <Time at={ledger.last} />}</dd>
    </dl>
  )
}

function Movements({ answer, movements }: { answer: AddressAnswer; movements: Ledger['movements'] }) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="scroll" aria-label={t('address.transfers')} tabIndex={0}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('address.time')}</th>
            <th scope="col">{t('address.transaction')}</th>
            <th scope="col">{t('address.in')}</th>
            <th scope="col">{t('address.out')}</th>
            <th scope="col">{t('address.counterparties')}</th>
          </tr>
        </thead>
        <tbody>
          {movements.map((movement, i) => (
            <tr key={`${movement.txid}-${i}`}>
              <td>
                <Time at={movement.time} />
              </td>
              <td>
                <Short>{movement.txid}</Short>
              </td>
              <td>{movement.received !== null && <Figure amount={movement.received} />}</td>
              <td>
                {movement.sent !== null && <Figure amount={movement.sent} />}
                {movement.unread && <span className="quiet">{t('address.unknownSender')}</span>}
              </td>
              <td>
                {movement.counterparties.map((other, j) => (
                  <div key={other ?? j}>
                    {other === null ? (
                      <span className="quiet">{t('address.unknownSender')}</span>
                    ) : (
                      <AddressLink network={answer.network} address={other} />
                    )}
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
