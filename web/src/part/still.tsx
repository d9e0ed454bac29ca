import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { StillAnswer } from '../../../src/campaign/campaign.ts'
import { Until, useLasting } from '../alert/until.tsx'
import { call } from '../call.ts'
import { useWords } from '../word/words.ts'
import { Name } from './code.tsx'
import { Fact } from './fact.tsx'
import { Figure, Time } from './figure.tsx'
import { Notes } from './notes.tsx'
import { Reading, TroubleNote } from './trouble.tsx'

type Holding = StillAnswer['stoppable'][number]

/** What of a campaign's value can still be stopped: by whom, until when, and what nobody can stop any more. */
export function StillCard({ name, head = false }: { name: string; head?: boolean }) {
  const { t } = useWords()
  const asked = useQuery({
    queryKey: ['campaign still', name],
    queryFn: ({ signal }) => call<StillAnswer>('campaign still', { name }, signal),
  })
  const { data, error } = asked
  return (
    <section className="card still" aria-label={t('still.title')}>
      <h2>{t('still.title')}</h2>
      {head && (
        <p>
          <Link to="/campaigns/$name" params={{ name }}>
            <Name>{name}</Name>
          </Link>
        </p>
      )}
      {error !== null && <TroubleNote error={error} />}
      {asked.isPending && <Reading />}
      {data !== undefined && <Held answer={data} />}
      {data !== undefined && <Notes notes={data.notes} />}
    </section>
  )
}

function Held({ answer }: { answer: StillAnswer }) {
  const { t } = useWords()
  const lasting = useLasting()
  const { stoppable, outOfReach, frozen, habits, resting } = answer
  const oldest = resting.flatMap(one => one.lots.flatMap(lot => lot.ageSeconds ?? []))
  return (
    <>
      {stoppable.length === 0 && <p className="quiet">{t('still.nothing')}</p>}
      <div className="stack">
        {stoppable.map(one => (
          <Holder key={`${one.control.who} ${one.resting.asset} ${one.resting.network}`} holding={one} />
        ))}
      </div>
      <dl className="facts small">
        {outOfReach.length > 0 && (
          <Fact word={t('still.outOfReach')}>
            {outOfReach.map(amount => (
              <div key={`${amount.asset} ${amount.network}`}>
                <Figure amount={amount} />
              </div>
            ))}
          </Fact>
        )}
        {frozen.length > 0 && (
          <Fact word={t('still.frozen')}>
            {frozen.map(amount => (
              <div key={`${amount.asset} ${amount.network}`}>
                <Figure amount={amount} />
              </div>
            ))}
          </Fact>
        )}
        {oldest.length > 0 && (
          <Fact word={t('still.age')}>
            {lasting(Math.min(...oldest))} – {lasting(Math.max(...oldest))}
          </Fact>
        )}
        {habits.length > 0 && (
          <Fact word={t('still.usual')}>
            {habits.map(habit => (
              <div key={`${habit.amount.asset} ${habit.amount.network}`}>
                <bdi dir="ltr">{habit.amount.asset}</bdi>: {lasting(habit.medianSeconds)}{' '}
                <span className="quiet">
                  ({t('still.middle')} {lasting(habit.quarterSeconds)} – {lasting(habit.threeQuarterSeconds)} ·{' '}
                  {t('still.moves', { n: habit.moves })})
                </span>
              </div>
            ))}
          </Fact>
        )}
      </dl>
    </>
  )
}

/** One who could hold it: how much, of what certainty, and when half of such value usually has left. */
function Holder({ holding }: { holding: Holding }) {
  const { t, term } = useWords()
  const { control, resting, arrived, addresses, quarterBy, halfBy } = holding
  return (
    <article className="exposure">
      <header>
        <strong>{control.who === null ? t('unknown') : <Name>{control.who}</Name>}</strong>
        <span className="chip">{term('control', control.kind)}</span>
        {control.grade === 'inferred' && <span className="chip warn">{t('still.inferred')}</span>}
        <span className="push quiet small">{t('still.addresses', { n: addresses })}</span>
      </header>
      {resting.amount !== '0' && (
        <div>
          {t('still.resting')}: <Figure amount={resting} />
        </div>
      )}
      {arrived.amount !== '0' && (
        <div>
          {t('still.arrived')}: <Figure amount={arrived} />
        </div>
      )}
      {halfBy !== null && (
        <div>
          {t('still.halfBy')} <Time at={halfBy} zone /> <Until at={halfBy} over="still.passed" />
        </div>
      )}
      {quarterBy !== null && quarterBy !== halfBy && (
        <div className="small quiet">
          {t('still.quarterBy')} <Time at={quarterBy} zone />
        </div>
      )}
    </article>
  )
}
