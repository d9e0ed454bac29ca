import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { AddressAnswer, ScreenAnswer } from '../answer.ts'
import { call } from '../call.ts'
import { ActivityCard } from '../part/activity.tsx'
import { ClusterCard } from '../part/cluster.tsx'
import { Code, Copy } from '../part/code.tsx'
import { CoverageCard } from '../part/coverage.tsx'
import { ExposureCard } from '../part/exposure.tsx'
import { DesignationCard, LabelCard } from '../part/label.tsx'
import { MessageCard } from '../part/message.tsx'
import { MovementCard } from '../part/movement.tsx'
import { NeighboursCard } from '../part/neighbours.tsx'
import { PageTrouble, Reading, TroubleNote } from '../part/trouble.tsx'
import { Verdict } from '../part/verdict.tsx'
import { WatchThis } from '../watch/this.tsx'
import { useTitle } from '../word/title.ts'
import { useWords } from '../word/words.ts'

const PAGE = 25

/** All that is known of one address, and what was checked to know it. */
export function AddressView() {
  const { network, address } = useParams({ from: '/address/$network/$address' })
  return <Asked key={`${network} ${address}`} network={network} address={address} />
}

function Asked({ network, address }: { network: string; address: string }) {
  const { t } = useWords()
  useTitle(`${t('address.title')} ${address}`)
  const [limit, setLimit] = useState(PAGE)
  const input = { address, ...(network === 'any' ? {} : { network }) }
  const shown = useQuery({
    queryKey: ['address show', input, limit],
    queryFn: ({ signal }) => call<AddressAnswer>('address show', { ...input, limit }, signal),
    placeholderData: keepPreviousData,
  })
  if (shown.data !== undefined) return <Known answer={shown.data} more={() => setLimit(limit * 2)} />
  return shown.error === null ? <Reading /> : <PageTrouble title={t('address.title')} error={shown.error} />
}

function Known({ answer, more }: { answer: AddressAnswer; more: () => void }) {
  const { t, term } = useWords()
  const screen = useQuery({
    queryKey: ['screen', answer.caip10],
    queryFn: ({ signal }) => call<ScreenAnswer>('screen', { address: [answer.caip10] }, signal),
  })
  const result = screen.data?.results[0]
  return (
    <>
      <div className="head">
        <h1 className="address">
          <Code>{answer.address}</Code>
        </h1>
        <Copy text={answer.address} />
        <Link to="/trace" search={{ origin: answer.address }}>
          {t('address.traceIt')}
        </Link>
        <Link to="/graph" search={{ at: answer.address, network: answer.network }}>
          {t('graph.open')}
        </Link>
        <WatchThis kind="address" target={answer.address} network={answer.network} />
      </div>
      <p>
        <span className="chip">{term('network', answer.network)}</span>{' '}
        <bdi className="chip" dir="ltr">
          {answer.type}
        </bdi>{' '}
        <span className="quiet small">
          <Code>{answer.caip10}</Code>
        </span>
      </p>
      {result !== undefined && <Verdict status={result.status} coverage={answer.coverage} />}
      {result === undefined && (screen.error === null ? <Reading /> : <TroubleNote error={screen.error} />)}
      <div className="grid">
        <div>
          <MovementCard answer={answer} more={more} />
          <MessageCard answer={answer} />
          {answer.ledger !== null && <ActivityCard answer={answer} />}
          {answer.ledger !== null && <NeighboursCard address={answer.address} network={answer.network} />}
          {result !== undefined && <ExposureCard result={result} address={answer.caip10} />}
          <ClusterCard address={answer.caip10} />
        </div>
        <div>
          <DesignationCard answer={answer} />
          <LabelCard labels={answer.labels} />
          <CoverageCard coverage={answer.coverage} />
        </div>
      </div>
    </>
  )
}
