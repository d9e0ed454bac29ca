import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ActivityAnswer } from '../../../src/app/follow/activity.ts'
import type { AddressAnswer } from '../answer.ts'
import { call } from '../call.ts'
import { useWords } from '../word/words.ts'
import { Bars } from './bars.tsx'
import { assetName, type Cell, monthsOf, weeksOf } from './calendar-day.ts'
import { Day, Whole } from './figure.tsx'
import { LongTable } from './long-table.tsx'
import { decimal } from './trace-answer.ts'
import { TroubleNote } from './trouble.tsx'

/** When the address was active: a calendar by day, what came in by month with events, and both as tables. */
export function ActivityCard({ answer }: { answer: AddressAnswer }) {
  const { t } = useWords()
  const { address, network } = answer
  const asked = useQuery({
    queryKey: ['activity', network, address],
    queryFn: ({ signal }) => call<ActivityAnswer>('activity', { address, network }, signal),
  })
  if (asked.error !== null) return <TroubleNote error={asked.error} />
  if (asked.data === undefined || asked.data.days.length === 0) return null
  return (
    <section className="card" aria-label={t('address.activity')}>
      <h2>{t('address.activity')}</h2>
      <Calendar days={asked.data.days} />
      <Inflow days={asked.data.days} answer={answer} />
    </section>
  )
}

type Days = ActivityAnswer['days']

const SIDE = 14
const STEP = 17

function Calendar({ days }: { days: Days }) {
  const { t, count, language } = useWords()
  const { weeks, cut } = weeksOf(days)
  const turned = language === 'ar'
  const width = weeks.length * STEP
  return (
    <figure className="calendar">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="scroll" aria-label={t('address.calendar')} tabIndex={0}>
        <svg width={width} height={7 * STEP + 18} role="img" aria-label={t('address.calendar')}>
          {weeks.map((week, i) => (
            <g key={week[0]!.day} transform={`translate(${(turned ? weeks.length - 1 - i : i) * STEP} 16)`}>
              {startsMonth(weeks, i) && (
                <text y={-4} className="axis">
                  {week[0]!.day.slice(2, 7)}
                </text>
              )}
              {week.map((cell, row) => (
                <DayCell key={cell.day} cell={cell} row={row} />
              ))}
            </g>
          ))}
        </svg>
      </section>
      {cut > 0 && <p className="small quiet">{t('address.calendarCut', { n: cut })}</p>}
      <details>
        <summary>{t('campaign.table')}</summary>
        <LongTable
          label={t('address.calendar')}
          height={300}
          heads={[
            { key: 'day', title: t('address.day'), width: '10rem' },
            { key: 'count', title: t('address.transactions'), width: '6rem', end: true },
            { key: 'in', title: t('address.received'), width: '1fr', end: true },
            { key: 'out', title: t('address.sent'), width: '1fr', end: true },
          ]}
          count={days.length}
          cells={i => {
            const { day, transactions, received, sent, unread } = days[i]!
            const said = (amounts: Days[number]['sent']) => (
              <bdi key={String(i)} dir="ltr" className="number">
                {amounts.map(one => `${one.value} ${one.asset}`).join(', ')}
              </bdi>
            )
            return [
              <Day key="day" at={`${day}T00:00:00Z`} />,
              <Whole key="count" value={transactions} />,
              said(received),
              <span key="out">
                {said(sent)} {unread > 0 && t('address.unknownSender')}
              </span>,
            ]
          }}
        />
      </details>
      <p className="small quiet">{count('daysActive', days.length)}</p>
    </figure>
  )
}

function DayCell({ cell, row }: { cell: Cell; row: number }) {
  const { count } = useWords()
  return (
    <rect className={`heat heat-${cell.level}`} y={row * STEP} width={SIDE} height={SIDE} rx={2}>
      <title>{`${cell.day} · ${count('transactions', cell.transactions)}`}</title>
    </rect>
  )
}

function startsMonth(weeks: readonly (readonly Cell[])[], i: number): boolean {
  const monthAt = (at: number) => weeks[at]?.[0]?.day.slice(0, 7)
  // The name of a month takes three weeks: one that begins late is left to the next.
  if (i === 0) return weeks.length < 3 || (monthAt(1) === monthAt(0) && monthAt(2) === monthAt(0))
  return monthAt(i) !== monthAt(i - 1) && weeks.length - i > 2
}

/** What came in by month; the days on which something was said of the address stand with it. */
function Inflow({ days, answer }: { days: Days; answer: AddressAnswer }) {
  const { t } = useWords()
  const assets = [...new Set(days.flatMap(day => day.received.map(assetName)))]
  const [chosen, setChosen] = useState('')
  const asset = assets.includes(chosen) ? chosen : assets[0]
  if (asset === undefined) return null
  const symbol = asset.split(' ')[0]!
  const rows = monthsOf(days, asset).map(({ month, units, decimals }) => ({
    ...{ name: month, value: decimal(units, decimals), missing: '' },
  }))
  const events = eventsOf(answer)
  return (
    <>
      {assets.length > 1 && (
        <NativeSelect
          label={t('trace.asset')}
          size="xs"
          maw={260}
          value={asset}
          onChange={event => setChosen(event.currentTarget.value)}
          data={assets.map(one => ({ value: one, label: one.split(' ')[0]! }))}
        />
      )}
      <Bars title={t('address.inflow', { asset: symbol })} unit={symbol} head={t('campaign.month')} rows={rows} />
      {events.length > 0 && (
        <ol className="dates" aria-label={t('address.events')}>
          {events.map(({ word, at, by }) => (
            <li key={`${word} ${at} ${by}`}>
              <span className="quiet">{t(`address.${word}`)}</span> <bdi>{by}</bdi> <Day at={at} />
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

function eventsOf({ designations }: AddressAnswer) {
  return designations
    .flatMap(({ authority, listedAt, removedAt, expiresAt }) => [
      { word: 'listed' as const, at: listedAt, by: authority },
      { word: 'removed' as const, at: removedAt, by: authority },
      { word: 'expires' as const, at: expiresAt, by: authority },
    ])
    .flatMap(({ word, at, by }) => (at === null ? [] : [{ word, at, by }]))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
}
