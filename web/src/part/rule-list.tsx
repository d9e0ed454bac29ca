import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RuleListed } from '../../../src/app/monitor/rule.ts'
import { Thresholds } from '../alert/detail.tsx'
import { call, Trouble } from '../call.ts'
import { said } from '../word/note.ts'
import { useWords } from '../word/words.ts'
import { useDeed } from './deed.ts'
import { shareOf, Time } from './figure.tsx'
import { TroubleNote } from './trouble.tsx'

/** How the rules are asked for, by every part that shows them. */
export const rulesAsked = {
  queryKey: ['rule list'],
  queryFn: ({ signal }: { signal: AbortSignal }) => call<{ rules: RuleListed[] }>('rule list', {}, signal),
}

/** The rules: their state, thresholds and source, and how often each fired where nothing was expected. */
export function Rules() {
  const { t } = useWords()
  const asked = useQuery(rulesAsked)
  return (
    <section className="card" aria-label={t('alert.ruleList')}>
      <h2>{t('alert.ruleList')}</h2>
      <p className="quiet">{t('alert.ruleText')}</p>
      {asked.error !== null && <TroubleNote error={asked.error} />}
      <ul className="lines rules">
        {asked.data?.rules.map(rule => (
          <RuleItem key={rule.id} rule={rule} />
        ))}
      </ul>
    </section>
  )
}

/** One rule with its test and its switch; what the program refuses is said where it was asked. */
function RuleItem({ rule }: { rule: RuleListed }) {
  const { t, term } = useWords()
  const test = useDeed('rule test', 'rule list')
  const state = useDeed('rule activate', 'rule list')
  const [again, setAgain] = useState(0)
  const busy = test.isPending || state.isPending
  const active = rule.state === 'active'
  const name = term('rule', rule.id)
  const turn = () => {
    setAgain(again + 1)
    state.mutate({ rule: rule.id, as: active ? 'draft' : 'active' })
  }
  return (
    <li data-rule={rule.id}>
      <div className="rule">
        <Told rule={rule} />
        <div className="row">
          <Button
            variant="default"
            size="compact-sm"
            disabled={busy}
            aria-label={t('alert.testThis', { rule: name })}
            onClick={() => {
              state.reset()
              test.mutate({ rule: rule.id })
            }}
          >
            {t('alert.test')}
          </Button>
          <button
            type="button"
            role="switch"
            className="switch"
            aria-checked={active}
            aria-label={t('alert.inForceThis', { rule: name })}
            disabled={busy}
            onClick={turn}
          >
            {active ? t('alert.inForce') : t('alert.notInForce')}
          </button>
        </div>
      </div>
      {test.error !== null && <TroubleNote error={test.error} />}
      {state.error !== null && <Refused key={again} error={state.error} />}
    </li>
  )
}

/** A proposal that was not measured here is not put in force: why, and what to do. */
function Refused({ error }: { error: Error }) {
  const { t } = useWords()
  if (!(error instanceof Trouble) || error.failure !== 'Rule.Untested') return <TroubleNote error={error} />
  return (
    <p className="verdict warn" role="alert">
      {t('alert.mustTest')}
    </p>
  )
}

function Told({ rule }: { rule: RuleListed }) {
  const { term, language } = useWords()
  const { id, version, state, source, thresholds } = rule
  return (
    <div>
      <strong>{term('rule', id)}</strong>{' '}
      <bdi className="quiet small">
        {id}@{version}
      </bdi>{' '}
      <span className={state === 'active' ? 'chip calm' : 'chip'}>{term('ruleState', state)}</span>
      <div className="small">
        <Thresholds thresholds={thresholds} /> · {said(language, source)}
      </div>
      <Tested rule={rule} />
    </div>
  )
}

/** How often it fires on addresses that nobody watches, and how little that may say. */
function Tested({ rule: { tested } }: { rule: RuleListed }) {
  const { t } = useWords()
  if (tested === null) return <div className="small quiet">{t('alert.untested')}</div>
  const { controls, controlsFired, watched, watchedFired, interval, at } = tested
  return (
    <div className="small">
      {t('alert.fires', { fired: controlsFired, controls })}
      {interval !== null && (
        <span title={t('alert.intervalSays')}>
          {' '}
          {t('alert.interval', { low: shareOf(interval.low), high: shareOf(interval.high) })}
        </span>
      )}
      {' · '}
      {t('alert.firesWatched', { fired: watchedFired, watched })} · <Time at={at} />
    </div>
  )
}
