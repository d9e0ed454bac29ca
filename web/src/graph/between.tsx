import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { BetweenAnswer } from '../../../src/app/follow/between.ts'
import { call } from '../call.ts'
import { AddressLink, Short } from '../part/code.tsx'
import { Figure, Time } from '../part/figure.tsx'
import { LongTable } from '../part/long-table.tsx'
import { Notes } from '../part/notes.tsx'
import { Reading, TroubleNote } from '../part/trouble.tsx'
import { useWords } from '../word/words.ts'

/** Two ends of an edge whose transactions are asked for. */
export type Ends = {
  readonly network: string
  readonly from: string
  readonly to: string
  readonly by: 'address' | 'cluster'
}

/** The transactions behind one edge: what its sum is made of. */
export function Between({ ends, close }: { ends: Ends; close: () => void }) {
  const { t, count } = useWords()
  const { network, from, to, by } = ends
  const asked = useQuery({
    queryKey: ['between', network, from, to, by],
    queryFn: ({ signal }) => call<BetweenAnswer>('between', { addresses: [from, to], network, by }, signal),
  })
  const { data, error } = asked
  return (
    <section className="card" aria-label={t('graph.between')}>
      <div className="row">
        <h2>{t('graph.between')}</h2>
        <Button variant="default" size="compact-sm" onClick={close}>
          {t('drop.close')}
        </Button>
      </div>
      <p className="small">
        {t('graph.payer')} <AddressLink network={network} address={from} /> {t('graph.payee')}{' '}
        <AddressLink network={network} address={to} />
        {by === 'cluster' && ` · ${t('graph.viewEntity')}`}
      </p>
      {asked.isPending && <Reading />}
      {error !== null && <TroubleNote error={error} />}
      {data !== undefined && (
        <>
          <p role="status">
            {count('transactions', data.total)} {data.left > 0 && <strong>{count('more', data.left)}</strong>}
          </p>
          <Notes notes={data.notes} />
          {data.transactions.length > 0 && <Table transactions={data.transactions} />}
        </>
      )}
    </section>
  )
}

function Table({ transactions }: { transactions: BetweenAnswer['transactions'] }) {
  const { t } = useWords()
  return (
    <LongTable
      label={t('graph.between')}
      height={320}
      heads={[
        { key: 'time', title: t('address.time'), width: '10.5rem' },
        { key: 'transaction', title: t('address.transaction'), width: '1.2fr' },
        { key: 'amount', title: t('graph.amount'), width: '1.6fr', end: true },
      ]}
      count={transactions.length}
      cells={i => {
        const { txid, time, amounts } = transactions[i]!
        return [
          <Time key="time" at={time} />,
          <Short key="transaction">{txid}</Short>,
          <span key="amount">
            {amounts.map((one, at) => (
              <span key={`${one.most.asset}-${at}`}>
                {one.least.amount !== one.most.amount && (
                  <>
                    <Figure amount={one.least} /> –{' '}
                  </>
                )}
                <Figure amount={one.most} />{' '}
              </span>
            ))}
          </span>,
        ]
      }}
    />
  )
}
