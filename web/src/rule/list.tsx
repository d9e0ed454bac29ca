import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { RuleList, RuleListed } from '../../../src/app/monitor/rule.ts'
import { isolate } from '../../../src/std/isolate.ts'
import { Trouble } from '../call.ts'
import { useDeed } from '../part/deed.ts'
import { shareRange, Time } from '../part/figure.tsx'
import { Fold } from '../part/fold.tsx'
import { TroubleNote } from '../part/trouble.tsx'
import { said } from '../word/note.ts'
import { useWords } from '../word/words.ts'
import { rulesAsked } from './asked.ts'
import { RuleForm } from './form.tsx'
import { Thresholds } from './threshold.tsx'
import { TrialPanel, useTrial } from './trial.tsx'

/** The rules: their state, thresholds and source, how often each fires where nothing is expected; and new ones. */
export function Rules() {
  const { t } = useWords()
  const asked = useQuery(rulesAsked)
  const [saved, setSaved] = useState<string | null>(null)
  const told = useRef<HTMLParagraphElement>(null)
  // The form goes once it is saved: the focus goes to what is said of it.
  useEffect(() => {
    if (saved !== null) told.current?.focus()
  }, [saved])
  return (
    <section className="card" aria-label={t('alert.ruleList')} id="rules">
      <h2>{t('alert.ruleList')}</h2>
      <p className="quiet">{t('rule.text')}</p>
      {asked.error !== null && <TroubleNote error={asked.error} />}
      <p role="status" className="said" tabIndex={-1} ref={told}>
        {saved !== null && t('rule.saved', { rule: isolate(saved) })}
      </p>
      <ul className="lines rules">
        {asked.data?.rules.map(rule => (
          <RuleItem key={`${rule.id}@${rule.version}`} rule={rule} list={asked.data} saved={setSaved} />
        ))}
      </ul>
      {asked.data !== undefined && (
        <Fold word={t('rule.fresh')}>
          <RuleForm list={asked.data} saved={setSaved} />
        </Fold>
      )}
    </section>
  )
}

type ItemGiven = { rule: RuleListed; list: RuleList; saved: (name: string) => void }

/** One version of a rule: its test, its switch, and a form for other thresholds. */
function RuleItem({ rule, list, saved }: ItemGiven) {
  const { t, term } = useWords()
  const version = `${rule.id}@${rule.version}`
  const trial = useTrial(version)
  const state = useDeed('rule activate', 'rule list')
  const [again, setAgain] = useState(0)
  const [edits, setEdits] = useState(false)
  const busy = trial.running || state.isPending
  const active = rule.state === 'active'
  const name = term('rule', rule.id)
  const turn = () => {
    setAgain(again + 1)
    state.mutate({ rule: version, as: active ? 'draft' : 'active' })
  }
  const test = () => {
    state.reset()
    trial.run()
  }
  const small = { variant: 'default', size: 'compact-sm' } as const
  return (
    <li data-rule={rule.id} data-version={rule.version}>
      <div className="rule">
        <Told rule={rule} />
        <div className="row">
          <Button {...small} disabled={busy} aria-label={t('alert.testThis', { rule: name })} onClick={test}>
            {t('alert.test')}
          </Button>
          {Object.keys(rule.thresholds).length > 0 && (
            <Button
              {...small}
              aria-expanded={edits}
              aria-label={t('rule.editThis', { rule: name })}
              onClick={() => setEdits(!edits)}
            >
              {t('rule.edit')}
            </Button>
          )}
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
      {state.error !== null && <Refused key={again} error={state.error} />}
      <TrialPanel trial={trial} />
      {edits && (
        <RuleForm
          list={list}
          before={rule}
          saved={name => {
            setEdits(false)
            saved(name)
          }}
        />
      )}
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
      <bdi className="quiet small" dir="ltr">
        {id}@{version}
      </bdi>{' '}
      <span className={state === 'active' ? 'chip calm' : 'chip'}>{term('ruleState', state)}</span>
      <div className="small">
        <Thresholds thresholds={thresholds} /> · {said(language, source)}
      </div>
      <Tested rule={rule} />
      <Outcome rule={rule} />
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
          {t('alert.interval', { range: shareRange(interval.low, interval.high) })}
        </span>
      )}
      {' · '}
      {t('alert.firesWatched', { fired: watchedFired, watched })} · <Time at={at} />
    </div>
  )
}

/** What became of its alerts. */
function Outcome({ rule: { alerts } }: { rule: RuleListed }) {
  const { t } = useWords()
  const judged = alerts.true + alerts.false
  if (judged === 0 && alerts.open === 0) return null
  return (
    <div className="small">
      {alerts.open > 0 && t('rule.open', { n: alerts.open })}{' '}
      {judged > 0 && t('rule.outcome', { right: alerts.true, wrong: alerts.false })}
    </div>
  )
}
