import { Button } from '@mantine/core'
import type { AddressAnswer } from '../answer.ts'
import { useWords } from '../word/words.ts'
import { AddressLink, Short } from './code.tsx'
import { Figure, Figures, Time, Whole } from './figure.tsx'
import { Sheet } from './sheet.tsx'

/** Totals and transfers of the address in what was read; says so where nothing was. */
export function MovementCard({ answer, more }: { answer: AddressAnswer; more: () => void }) {
  const { t } = useWords()
  const ledger = answer.ledger
  return (
    <section className="card">
      <h2>{t('address.ledger')}</h2>
      {ledger === null && <p>{t('address.unread')}</p>}
      {ledger !== null && <Totals ledger={ledger} />}
      {ledger !== null && ledger.movements.length > 0 && (
        <>
          <h3>{t('address.transfers')}</h3>
          <Movements network={answer.network} movements={ledger.movements} />
        </>
      )}
      {ledger !== null && ledger.movements.length < ledger.transactions && (
        <Button variant="default" size="compact-md" mt="sm" onClick={more}>
          {t('address.more')}
        </Button>
      )}
    </section>
  )
}

type Ledger = NonNullable<AddressAnswer['ledger']>

function Totals({ ledger }: { ledger: Ledger }) {
  const { t } = useWords()
  return (
    <div className="tiles">
      <Tile word={t('address.received')}>
        <Figures amounts={ledger.received} />
      </Tile>
      <Tile word={t('address.sent')}>
        <Figures amounts={ledger.sent} />
      </Tile>
      <Tile word={t('address.balance')}>
        <Figures amounts={ledger.balance} />
      </Tile>
      <Tile word={t('address.transactions')}>
        <Whole value={ledger.transactions} />
      </Tile>
      <Tile word={t('address.first')}>{ledger.first === null ? t('none') : <Time at={ledger.first} zone />}</Tile>
      <Tile word={t('address.last')}>{ledger.last === null ? t('none') : <Time at={ledger.last} zone />}</Tile>
    </div>
  )
}

export function Tile({ word, children }: { word: string; children: React.ReactNode }) {
  return (
    <div className="tile">
      <div className="quiet small">{word}</div>
      <div>{children}</div>
    </div>
  )
}

/** Other sides of one transaction that are shown; a payout can have thousands. */
const SIDES_MAX = 3

function Movements({ network, movements }: { network: string; movements: Ledger['movements'] }) {
  const { t } = useWords()
  return (
    <Sheet
      label={t('address.transfers')}
      heads={[t('address.time'), t('address.transaction'), { end: t('address.amount') }, t('address.counterparties')]}
      bare
    >
      {movements.map((movement, i) => (
        <tr key={`${movement.txid}-${i}`}>
          <td>
            <Time at={movement.time} />
          </td>
          <td>
            <Short>{movement.txid}</Short>
          </td>
          <td className="end">
            <Moved movement={movement} />
          </td>
          <td>
            <Sides network={network} sides={movement.counterparties} paid={movement.sent !== null} />
          </td>
        </tr>
      ))}
    </Sheet>
  )
}

function Moved({ movement }: { movement: Ledger['movements'][number] }) {
  const { t, term } = useWords()
  return (
    <>
      {movement.received !== null && (
        <div>
          <span className="in">{term('direction', 'in')}</span> <Figure amount={movement.received} />
        </div>
      )}
      {movement.sent !== null && (
        <div>
          <span className="out">{term('direction', 'out')}</span> <Figure amount={movement.sent} />
        </div>
      )}
      {movement.unread && (
        <div>
          <span className="out">{term('direction', 'out')}</span>{' '}
          <span className="quiet">{t('address.unknownSender')}</span>
        </div>
      )}
    </>
  )
}

function Sides({ network, sides, paid }: { network: string; sides: readonly (string | null)[]; paid: boolean }) {
  const { t, count } = useWords()
  const left = sides.length - SIDES_MAX
  return (
    <>
      {sides.slice(0, SIDES_MAX).map((side, i) => (
        <div key={side ?? i}>
          {side === null ? (
            <span className="quiet">{paid ? t('address.noAddress') : t('address.unknownSender')}</span>
          ) : (
            <AddressLink network={network} address={side} />
          )}
        </div>
      ))}
      {left > 0 && (
        <span className="quiet" title={sides.slice(SIDES_MAX).join('\n')}>
          {count('more', left)}
        </span>
      )}
    </>
  )
}
