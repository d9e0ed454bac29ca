import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { call } from '../call.ts'
import { CoverageCard } from '../part/coverage.tsx'
import { Crossings } from '../part/crossing.tsx'
import { Field } from '../part/field.tsx'
import { Flow } from '../part/flow.tsx'
import { Notes } from '../part/notes.tsx'
import { assetKey, type Outcome, type TraceAnswer } from '../part/trace-answer.ts'
import { Envelope, ReachedTable } from '../part/trace-table.tsx'
import { Reading, TroubleNote } from '../part/trouble.tsx'
import type { TraceAsked } from '../router.tsx'
import { useTitle } from '../word/title.ts'
import { useWords } from '../word/words.ts'

/** A trace by all methods side by side. The link says what was asked, so it can be sent and asked again. */
export function TraceView() {
  const { t } = useWords()
  const asked = useSearch({ from: '/trace' })
  useTitle(`${t('trace.title')} ${asked.origin}`.trim())
  return (
    <>
      <h1>{t('trace.title')}</h1>
      <p className="quiet">{t('trace.text')}</p>
      <Ask key={JSON.stringify(asked)} asked={asked} />
      {asked.origin === '' && <p className="quiet">{t('trace.begin')}</p>}
      {asked.origin !== '' && (
        <p>
          <Link
            to="/graph"
            search={{
              trace: asked.origin,
              ...(asked.direction === undefined ? {} : { direction: asked.direction }),
              ...(asked.hops === undefined ? {} : { hops: asked.hops }),
            }}
          >
            {t('graph.open')}
          </Link>
        </p>
      )}
      {asked.origin !== '' && <Answered asked={asked} />}
    </>
  )
}

function Ask({ asked }: { asked: TraceAsked }) {
  const { t } = useWords()
  const [origin, setOrigin] = useState(asked.origin)
  const [direction, setDirection] = useState<string>(asked.direction ?? 'forward')
  const [hops, setHops] = useState(asked.hops === undefined ? '' : String(asked.hops))
  const [why, setWhy] = useState(asked.why ?? '')
  const navigate = useNavigate()
  const run = (event: FormEvent) => {
    event.preventDefault()
    if (origin.trim() === '') return
    void navigate({
      to: '/trace',
      search: {
        origin: origin.trim(),
        ...(direction === 'backward' ? { direction } : {}),
        ...(/^\d+$/.test(hops.trim()) ? { hops: Number(hops) } : {}),
        ...(why.trim() === '' ? {} : { why: why.trim() }),
      },
    })
  }
  return (
    <form className="card row trace" onSubmit={run}>
      <Field label={t('trace.origin')} value={origin} set={setOrigin} kind="code" />
      <NativeSelect
        label={t('trace.direction')}
        value={direction}
        onChange={event => setDirection(event.currentTarget.value)}
        data={[
          { value: 'forward', label: t('trace.forward') },
          { value: 'backward', label: t('trace.backward') },
        ]}
      />
      <Field label={t('trace.hops')} value={hops} set={setHops} kind="number" />
      <Field label={t('trace.reason')} value={why} set={setWhy} />
      <Button type="submit">{t('trace.run')}</Button>
    </form>
  )
}

/** Asked once: each asking is a run that is kept. */
function Answered({ asked }: { asked: TraceAsked }) {
  const { origin, direction, hops, why } = asked
  const input = {
    origin: origin.split(/[\s,]+/),
    ...(direction === undefined ? {} : { direction }),
    ...(hops === undefined ? {} : { hops }),
    ...(why === undefined ? {} : { reason: why }),
  }
  const trace = useQuery({
    queryKey: ['trace', input],
    queryFn: ({ signal }) => call<TraceAnswer>('trace', input, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 600_000,
  })
  if (trace.data !== undefined) return <Shown answer={trace.data} />
  return trace.error === null ? <Reading /> : <TroubleNote error={trace.error} />
}

function Shown({ answer }: { answer: TraceAnswer }) {
  const { t, term } = useWords()
  const names = Object.keys(answer.methods)
  const [method, setMethod] = useState(names.includes('haircut') ? 'haircut' : (names[0] ?? ''))
  const outcome = answer.methods[method]
  return (
    <>
      <Notes notes={answer.notes} grave />
      {outcome !== undefined && (
        <>
          <fieldset className="methods">
            <legend className="quiet small">{t('trace.method')}</legend>
            {names.map(name => (
              <Button
                key={name}
                size="compact-md"
                variant={name === method ? 'filled' : 'default'}
                aria-pressed={name === method}
                onClick={() => setMethod(name)}
              >
                {term('method', name)}
              </Button>
            ))}
          </fieldset>
          <Picture outcome={outcome} />
          <ReachedTable network={answer.network} outcome={outcome} />
          <Crossings answer={answer} method={method} />
          <Envelope network={answer.network} rows={answer.envelope} />
        </>
      )}
      <p className="quiet">
        {answer.conserved ? t('trace.conserved') : t('trace.notConserved')} {t('trace.declared', { run: answer.run })}
      </p>
      <CoverageCard coverage={answer.coverage} />
    </>
  )
}

function Picture({ outcome }: { outcome: Outcome }) {
  const { t } = useWords()
  const assets = outcome.total.filter(one => one.amount !== '0')
  const [chosen, setChosen] = useState('')
  const total = assets.find(one => assetKey(one) === chosen) ?? assets[0]
  if (total === undefined) return <p className="card">{t('trace.none')}</p>
  const rows = outcome.reached.filter(row => assetKey(row.amount) === assetKey(total))
  const fees = outcome.fees.filter(one => assetKey(one) === assetKey(total))
  return (
    <section className="card">
      {assets.length > 1 && (
        <NativeSelect
          label={t('trace.asset')}
          value={assetKey(total)}
          onChange={event => setChosen(event.currentTarget.value)}
          data={assets.map(one => ({ value: assetKey(one), label: one.asset }))}
          maw={200}
        />
      )}
      <Flow
        rows={rows}
        fees={fees.reduce((sum, one) => sum + BigInt(one.amount), 0n)}
        total={`${total.value} ${total.asset}`}
      />
    </section>
  )
}
