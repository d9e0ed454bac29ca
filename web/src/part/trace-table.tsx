import { useWords } from '../word/words.ts'
import { AddressLink, Name, Short } from './code.tsx'
import { Figure, Figures } from './figure.tsx'
import { Tile } from './movement.tsx'
import { Sheet } from './sheet.tsx'
import { byAmount, type Outcome, type Range, type Reached } from './trace-answer.ts'

const SHOWN_MAX = 200

/** How far the methods agree: least and greatest amount per address. */
export function Envelope({ network, rows }: { network: string; rows: readonly Range[] }) {
  const { t, term } = useWords()
  const sorted = rows.toSorted((a, b) => byAmount({ amount: a.max }, { amount: b.max }))
  return (
    <Sheet
      label={t('trace.envelope')}
      heads={[t('address.title'), { end: t('trace.least') }, { end: t('trace.most') }, t('trace.conclusion')]}
      below={<Cut shown={SHOWN_MAX} all={rows.length} />}
    >
      {sorted.slice(0, SHOWN_MAX).map((row, i) => (
        <tr key={`${row.address}-${i}`}>
          <td>{row.address === null ? t('unknown') : <AddressLink network={network} address={row.address} />}</td>
          <td className="end">
            <Figure amount={row.min} />
          </td>
          <td className="end">
            <Figure amount={row.max} />
          </td>
          <td>
            <span className={row.robust ? 'chip' : 'chip warn'}>{term('conclusion', row.conclusion)}</span>
          </td>
        </tr>
      ))}
    </Sheet>
  )
}

/** Where the value lies by one method, and why it stopped there. */
export function ReachedTable({ network, outcome, title }: { network: string; outcome: Outcome; title?: string }) {
  const { t } = useWords()
  const name = title ?? t('trace.reached')
  const rows = outcome.reached.toSorted(byAmount)
  return (
    <Sheet
      label={name}
      heads={[
        t('address.title'),
        { end: t('address.amount') },
        t('trace.hopsShort'),
        t('trace.stopped'),
        t('trace.label'),
      ]}
      above={
        <div className="tiles">
          <Tile word={t('trace.total')}>
            <Figures amounts={outcome.total} />
          </Tile>
          <Tile word={t('trace.fees')}>
            <Figures amounts={outcome.fees} />
          </Tile>
        </div>
      }
      below={<Cut shown={SHOWN_MAX} all={rows.length} />}
    >
      {rows.slice(0, SHOWN_MAX).map((row, i) => (
        <ReachedRow key={`${row.outpoint ?? row.address}-${i}`} network={network} row={row} />
      ))}
    </Sheet>
  )
}

function ReachedRow({ network, row }: { network: string; row: Reached }) {
  const { t, term, language } = useWords()
  return (
    <tr title={language === 'ar' ? row.because.ar : row.because.en}>
      <td>
        {row.address !== null && <AddressLink network={network} address={row.address} />}
        {row.address === null && (row.outpoint === null ? t('unknown') : <Short>{row.outpoint}</Short>)}
      </td>
      <td className="end">
        <Figure amount={row.amount} />
      </td>
      <td>{row.hops}</td>
      <td>{term('stop', row.stoppedBecause)}</td>
      <td>
        {row.label !== null && (
          <>
            <Name>{row.label.name}</Name> <span className="chip">{term('category', row.label.category)}</span>
          </>
        )}
      </td>
    </tr>
  )
}

function Cut({ shown, all }: { shown: number; all: number }) {
  const { t } = useWords()
  return all > shown ? <p className="quiet">{t('trace.shown', { shown, all })}</p> : null
}
