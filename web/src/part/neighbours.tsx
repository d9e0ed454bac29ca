import { Button, NativeSelect } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { NeighbourAnswer, NeighboursAnswer } from '../../../src/app/follow/neighbours.ts'
import { call } from '../call.ts'
import { useWords } from '../word/words.ts'
import { AddressLink, Name } from './code.tsx'
import { CoverageLine } from './coverage.tsx'
import { FigureRange, Time, Whole } from './figure.tsx'
import { Sheet } from './sheet.tsx'
import { Reading, TroubleNote } from './trouble.tsx'

const PAGE = 10

/** Whom the address paid and was paid by, summed; page by page, with what is not shown counted. */
export function NeighboursCard({ address, network }: { address: string; network: string }) {
  const { t } = useWords()
  const [direction, setDirection] = useState('both')
  const asked = { address, network, direction, limit: PAGE }
  const pages = useInfiniteQuery({
    queryKey: ['neighbours', asked],
    queryFn: ({ pageParam, signal }) =>
      call<NeighboursAnswer>('neighbours', { ...asked, ...(pageParam === '' ? {} : { cursor: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: page => page.cursor ?? undefined,
  })
  const rows = pages.data?.pages.flatMap(page => page.neighbours) ?? []
  const last = pages.data?.pages.at(-1)
  return (
    <section className="card" aria-label={t('address.counterparties')}>
      <div className="head">
        <h2>{t('address.counterparties')}</h2>
        <NativeSelect
          aria-label={t('address.direction')}
          size="xs"
          value={direction}
          onChange={event => setDirection(event.currentTarget.value)}
          data={[
            { value: 'both', label: t('screen.all') },
            { value: 'in', label: t('graph.expandIn') },
            { value: 'out', label: t('graph.expandOut') },
          ]}
        />
        <Link to="/graph" search={{ at: address, network }}>
          {t('graph.open')}
        </Link>
      </div>
      {pages.error !== null && <TroubleNote error={pages.error} />}
      {pages.isPending && <Reading />}
      {last !== undefined && rows.length === 0 && <p className="quiet">{t('graph.nothing')}</p>}
      {rows.length > 0 && <Rows rows={rows} network={network} />}
      {last !== undefined && last.left > 0 && (
        <p>
          <Button
            variant="default"
            size="compact-md"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('address.more')}
          </Button>{' '}
          {t('graph.left', { n: last.left })}
        </p>
      )}
      {rows.some(isRange) && <p className="small quiet">{t('address.rangeWhy')}</p>}
      {last !== undefined && <CoverageLine coverage={last.coverage} />}
    </section>
  )
}

function isRange({ amounts }: NeighbourAnswer): boolean {
  return amounts.some(({ least, most }) => least.amount !== most.amount)
}

function Rows({ rows, network }: { rows: readonly NeighbourAnswer[]; network: string }) {
  const { t, term } = useWords()
  return (
    <Sheet
      label={`${t('address.counterparties')}: ${t('address.transactions')}`}
      heads={[
        t('address.title'),
        { end: t('address.amount') },
        { end: t('address.transactions') },
        t('address.first'),
        t('address.last'),
      ]}
      bare
    >
      {rows.map((row, i) => (
        <tr key={`${row.address}-${row.direction}-${i}`}>
          <td>
            <span className={row.direction}>{term('direction', row.direction)}</span>{' '}
            {row.address === null ? t(`graph.nobody.${row.nobody ?? 'unread'}`) : null}
            {row.address !== null && <AddressLink network={network} address={row.address} />}
            {row.label !== null && (
              <div className="small">
                <Name>{row.label.name}</Name> <span className="chip">{term('category', row.label.category)}</span>
              </div>
            )}
          </td>
          <td className="end">
            {row.amounts.map(({ least, most }, at) => (
              <div key={`${most.asset}-${at}`}>
                <FigureRange least={least} most={most} />
              </div>
            ))}
          </td>
          <td className="end">
            <Whole value={row.transactions} />
          </td>
          <td>
            <Time at={row.first} day />
          </td>
          <td>
            <Time at={row.last} day />
          </td>
        </tr>
      ))}
    </Sheet>
  )
}
