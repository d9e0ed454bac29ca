import type { ReceiptsAnswer } from '../answer.ts'
import { useWords } from '../word/words.ts'
import { Bars } from './bars.tsx'
import { Figure, Figures, Time, Whole } from './figure.tsx'
import { Tile } from './movement.tsx'
import { Notes } from './notes.tsx'

type Class = keyof ReceiptsAnswer['classes']

/** What came in, in classes that sum to the inflow, with bounds, by month. */
export function ReceiptsCard({ answer }: { answer: ReceiptsAnswer }) {
  const { t } = useWords()
  const some = (amounts: ReceiptsAnswer['lower']) => amounts.filter(one => one.amount !== '0')
  return (
    <section className="card" aria-label={t('campaign.receipts')}>
      <h2>{t('campaign.receipts')}</h2>
      <div className="tiles">
        <Tile word={t('campaign.lower')}>
          <Figures amounts={some(answer.lower)} />
        </Tile>
        <Tile word={t('campaign.upper')}>
          <Figures amounts={some(answer.upper)} />
        </Tile>
        <Tile word={t('address.transactions')}>
          <Whole value={answer.transactions} />
        </Tile>
        <Tile word={t('campaign.first')}>{answer.first === null ? t('none') : <Time at={answer.first} zone />}</Tile>
        <Tile word={t('campaign.last')}>{answer.last === null ? t('none') : <Time at={answer.last} zone />}</Tile>
      </div>
      <Bars
        title={t('campaign.chart')}
        unit={t('campaign.usd')}
        head={t('campaign.month')}
        rows={answer.periods.map(one => ({ name: one.period, value: one.usd, missing: t('campaign.noPrice') }))}
      />
      <p className="quiet">{t('campaign.receiptsText')}</p>
      <Classes answer={answer} />
      {answer.undecided.length > 0 && <Undecided answer={answer} />}
      <Notes notes={answer.notes} />
    </section>
  )
}

function Classes({ answer }: { answer: ReceiptsAnswer }) {
  const { t, term } = useWords()
  const { inflow, classes, transactionsByClass } = answer
  const shown = (Object.keys(classes) as Class[]).filter(name => classes[name].some(one => one.amount !== '0'))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="scroll" aria-label={t('campaign.class')} tabIndex={0}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('campaign.class')}</th>
            {inflow.map(one => (
              <th scope="col" className="end" key={`${one.network} ${one.asset}`}>
                <bdi>{one.asset}</bdi>
              </th>
            ))}
            <th scope="col" className="end">
              {t('address.transactions')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(name => (
            <tr key={name}>
              <th scope="row">{term('class', name)}</th>
              {classes[name].map(one => (
                <td className="end" key={`${one.network} ${one.asset}`}>
                  {one.amount === '0' ? <span className="quiet">0</span> : <Figure amount={one} />}
                </td>
              ))}
              <td className="end">
                <Whole value={transactionsByClass[name]} />
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('campaign.inflow')}</th>
            {inflow.map(one => (
              <td className="end" key={`${one.network} ${one.asset}`}>
                <strong>
                  <Figure amount={one} />
                </strong>
              </td>
            ))}
            <td />
          </tr>
        </tbody>
      </table>
    </section>
  )
}

function Undecided({ answer }: { answer: ReceiptsAnswer }) {
  const { term } = useWords()
  return (
    <>
      <h3>{term('class', 'undecided')}</h3>
      <ul className="lines">
        {answer.undecided.map(one => (
          <li key={one.reason}>
            {term('undecided', one.reason)}:{' '}
            {one.amount
              .filter(amount => amount.amount !== '0')
              .map(amount => (
                <span key={`${amount.network} ${amount.asset}`}>
                  <Figure amount={amount} />{' '}
                </span>
              ))}
          </li>
        ))}
      </ul>
    </>
  )
}
