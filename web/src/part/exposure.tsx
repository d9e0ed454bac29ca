import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ScreenAnswer, ScreenResult } from '../answer.ts'
import { call } from '../call.ts'
import { grouped, useWords } from '../word/words.ts'
import { Figure, percent, Share, shareOf } from './figure.tsx'
import { Reading, TroubleNote } from './trouble.tsx'

type Row = ScreenResult['exposure'][number]

/** Hops that may be chosen here; a longer walk is a trace. */
const HOPS = ['1', '2', '3', '4']

/** How much of the address touches a category, in which direction, over how many hops, and why that is said. */
export function ExposureCard({ result, address }: { result: ScreenResult; address: string }) {
  const { t } = useWords()
  const [hops, setHops] = useState(HOPS[0]!)
  const further = useQuery({
    queryKey: ['screen', address, hops],
    // What is looked at here is for the eye: the answer that was told is the one above.
    queryFn: ({ signal }) =>
      call<ScreenAnswer>('screen', { address: [address], hops: Number(hops), record: false }, signal),
    enabled: hops !== HOPS[0],
  })
  const shown = hops === HOPS[0] ? result : further.data?.results[0]
  return (
    <section className="card" aria-label={t('address.exposure')}>
      <div className="head">
        <h2>{t('address.exposure')}</h2>
        <NativeSelect
          className="push"
          size="xs"
          aria-label={t('address.further')}
          value={hops}
          onChange={event => setHops(event.currentTarget.value)}
          data={HOPS.map(one => ({ value: one, label: `${t('trace.hopsShort')}: ${grouped(Number(one))}` }))}
        />
      </div>
      {further.error !== null && <TroubleNote error={further.error} />}
      {shown === undefined && further.error === null && <Reading />}
      {shown?.exposure.length === 0 && <p className="quiet">{t('address.noExposure')}</p>}
      <div className="stack">
        {shown?.exposure.map((row, i) => (
          <ExposureRow key={`${row.category}-${row.relation}-${row.direction}-${i}`} row={row} />
        ))}
      </div>
    </section>
  )
}

function ExposureRow({ row }: { row: Row }) {
  const { t, term, count, language } = useWords()
  const [least, most] = row.range ?? [0, 0]
  return (
    <article className="exposure">
      <header>
        <strong>{term('category', row.category)}</strong>
        <span className="chip">{term('relation', row.relation)}</span>
        <span className="chip">{term('direction', row.direction)}</span>
        {row.fragile && (
          <span className="chip warn" title={t('address.fragileSays')}>
            {t('address.fragile')}
          </span>
        )}
        {row.hops > 0 && <span className="quiet">{count('hops', row.hops)}</span>}
        <span className="push">
          {row.amount !== null && <Figure amount={row.amount} />}
          {row.share !== null && row.relation !== 'ownership' && (
            <>
              {' '}
              <span className="quiet">
                ({t('address.share')} <Share value={row.share} />
                {least !== most && `, ${t('address.range', { from: percent(least), to: percent(most) })}`})
              </span>
            </>
          )}
        </span>
      </header>
      {row.least !== null && (
        <p className="small" title={t('address.firmSays')}>
          {row.least === 0 ? t('address.firmNothing') : t('address.firm', { share: shareOf(row.least) })}
        </p>
      )}
      <ul className="reasons">
        {row.because.map(reason => (
          <li key={reason.en}>{language === 'ar' ? reason.ar : reason.en}</li>
        ))}
      </ul>
    </article>
  )
}
