import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { AddressAnswer, ScreenAnswer } from '../answer.ts'
import { call } from '../call.ts'
import { ClusterCard } from '../part/cluster.tsx'
import { Code, Copy } from '../part/code.tsx'
import { CoverageCard } from '../part/coverage.tsx'
import { ExposureCard } from '../part/exposure.tsx'
import { DesignationCard, LabelCard } from '../part/label.tsx'
import { MovementCard } from '../part/movement.tsx'
import { Reading, TroubleNote } from '../part/trouble.tsx'
import { Verdict } from '../part/verdict.tsx'

const PAGE = 25

/** All that is known of one address, and what was checked to know it. */
export function AddressView() {
  const { network, address } = useParams({ from: '/address/$network/$address' })
  const [limit, setLimit] = useState(PAGE)
  const input = { address, ...(network === 'any' ? {} : { network }) }
  const shown = useQuery({
    queryKey: ['address show', input, limit],
    queryFn: ({ signal }) => call<AddressAnswer>('address show', { ...input, limit }, signal),
    placeholderData: keepPreviousData,
  })
  if (shown.error !== null) return <TroubleNote error={shown.error} />
  if (shown.data === undefined) return <Reading />
  return <Known answer={shown.data} more={() => setLimit(limit + PAGE)} />
}

function Known({ answer, more }: { answer: AddressAnswer; more: () => void }) {
  const screen = useQuery({
    queryKey: ['screen', answer.caip10],
    queryFn: ({ signal }) => call<ScreenAnswer>('screen', { address: [answer.caip10] }, signal),
  })
  const result = screen.data?.results[0]
  return (
    <>
      <h1 className="quiet">
        <Code>{answer.address}</Code> <Copy text={answer.address} />
      </h1>
      <p>
        <span className="chip">{answer.network}</span> <span className="chip">{answer.type}</span>{' '}
        <span className="quiet">
          <Code>{answer.caip10}</Code>
        </span>
      </p>
      {screen.error !== null && <TroubleNote error={screen.error} />}
      {result === undefined ? <Reading /> : <Verdict status={result.status} />}
      <div className="grid">
        <div>
          <MovementCard answer={answer} more={more} />
          {result !== undefined && <ExposureCard result={result} />}
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
