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
type Side = NonNullable<Crossing['paid']>
type Crossed = Pick<TraceAnswer, 'crossings' | 'onward'>

/** Where traced value left for another network or came from one, how that is known, and its way there. In no sum. */
export function Crossings({ answer, method }: { answer: Crossed; method: string }) {
  const { t, term } = useWords()
  const { crossings = [], onward = [] } = answer
  if (crossings.length === 0) return null
  const isBack = crossings.some(one => one.source !== undefined)
  const title = t(isBack ? 'trace.crossingsBack' : 'trace.crossings')
  return (
    <>
      <section className="card crossings" aria-label={title}>
        <h2>{title}</h2>
        <p className="quiet">{t('trace.crossingsSay')}</p>
        <div className="stack">
          {crossings.map(one => (
            <CrossingItem key={`${one.paid?.txid} ${one.id} ${one.released?.txid}`} crossing={one} method={method} />
          ))}
        </div>
      </section>
      {onward.map(part => {
        const outcome = part.methods[method] as Outcome | undefined
        const network = term('network', part.network)
        return (
          outcome !== undefined && (
            <ReachedTable
              key={part.crossings.map(one => one.id).join(' ')}
              network={part.network}
              outcome={outcome}
              title={t(isBack ? 'trace.onwardBack' : 'trace.onward', { network })}
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
  const { name, grade, id, paid, released, seconds, destination, source, why, carried } = crossing
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
        <Fact word={t('trace.paidIn')}>{paid === null ? <Far far={source} /> : <Paid side={paid} />}</Fact>
        <Fact word={t('trace.paidOut')}>
          {released === null ? <Far far={destination} /> : <Paid side={released} />}
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

/** A side of which nothing was read, as the other side tells it: network and address. */
function Far({ far }: { far: Crossing['source'] }) {
  const { term } = useWords()
  if (far == null) return null
  return (
    <>
      {far.network === null ? inDigits(far.chain) : term('network', far.network)}{' '}
      {far.address !== null && <Code>{far.address}</Code>}
    </>
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
