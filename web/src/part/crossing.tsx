import type { TraceAnswer } from '../../../src/app/follow/trace.ts'
import { useLasting } from '../alert/until.tsx'
import { inDigits } from '../word/digit.ts'
import { useWords } from '../word/words.ts'
import { AddressLink, Code, Name } from './code.tsx'
import { Fact } from './fact.tsx'
import { Figure } from './figure.tsx'
import type { Outcome } from './trace-answer.ts'
import { ReachedTable } from './trace-table.tsx'

type Crossing = NonNullable<TraceAnswer['crossings']>[number]
type Side = Crossing['paid']
type Crossed = Pick<TraceAnswer, 'crossings' | 'onward'>

/** Where traced value left for another network, how that is known, and where it lies there. In no sum of the trace. */
export function Crossings({ answer, method }: { answer: Crossed; method: string }) {
  const { t, term } = useWords()
  const { crossings = [], onward = [] } = answer
  if (crossings.length === 0) return null
  return (
    <>
      <section className="card crossings" aria-label={t('trace.crossings')}>
        <h2>{t('trace.crossings')}</h2>
        <p className="quiet">{t('trace.crossingsSay')}</p>
        <div className="stack">
          {crossings.map(one => (
            <CrossingItem key={`${one.paid.txid} ${one.id} ${one.released?.txid}`} crossing={one} method={method} />
          ))}
        </div>
      </section>
      {onward.map(part => {
        const outcome = part.methods[method] as Outcome | undefined
        return (
          outcome !== undefined && (
            <ReachedTable
              key={part.network}
              network={part.network}
              outcome={outcome}
              title={t('trace.onward', { network: term('network', part.network) })}
            />
          )
        )
      })}
    </>
  )
}

function CrossingItem({ crossing, method }: { crossing: Crossing; method: string }) {
  const { t, term } = useWords()
  const lasting = useLasting()
  const { name, grade, id, paid, released, seconds, destination, why, carried } = crossing
  const own = carried?.[method]
  return (
    <article className="exposure" data-grade={grade}>
      <header>
        <strong>
          <Name>{name}</Name>
        </strong>
        <span className={grade === 'proven' ? 'chip calm' : 'chip warn'}>{term('crossing', grade)}</span>
        {seconds !== null && <span className="quiet small">{t('trace.after', { time: lasting(seconds) })}</span>}
      </header>
      <dl className="facts small">
        <Fact word={t('trace.paidIn')}>
          <Paid side={paid} />
        </Fact>
        <Fact word={t('trace.paidOut')}>
          {released !== null && <Paid side={released} />}
          {released === null && destination !== null && (
            <>
              {destination.network === null ? inDigits(destination.chain) : term('network', destination.network)}{' '}
              {destination.address !== null && <Code>{destination.address}</Code>}
            </>
          )}
          {why !== undefined && <div className="quiet">{term('unpaired', why)}</div>}
        </Fact>
        {own !== undefined && (
          <Fact word={t('trace.carried')}>
            <Figure amount={own.from} /> → <Figure amount={own.to} />
          </Fact>
        )}
        {id !== null && (
          <Fact word={t('trace.crossingId')}>
            <Code>{id}</Code>
          </Fact>
        )}
      </dl>
    </article>
  )
}

/** One side: amount, network, who, and the whole id of its transaction. */
function Paid({ side: { network, txid, address, amount } }: { side: Side }) {
  const { t, term } = useWords()
  return (
    <>
      <Figure amount={amount} /> · {term('network', network)} ·{' '}
      {address === null ? t('unknown') : <AddressLink network={network} address={address} />}
      <div>
        <Code>{txid}</Code>
      </div>
    </>
  )
}
