import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { RuleEntry } from '../../../src/monitor/monitor.ts'
import { call } from '../call.ts'
import { useWords } from '../word/words.ts'
import { Thresholds, useDeed } from './alert.tsx'
import { Name } from './code.tsx'
import { TroubleNote } from './trouble.tsx'

/** The rules: their state, thresholds and source, and how often each fired where nothing was expected. */
export function Rules() {
  const { t } = useWords()
  const asked = useQuery({
    queryKey: ['rule list'],
    queryFn: ({ signal }) => call<{ rules: RuleEntry[] }>('rule list', {}, signal),
  })
  const test = useDeed('rule test')
  const state = useDeed('rule activate')
  const error = asked.error ?? test.error ?? state.error
  const busy = test.isPending || state.isPending
  return (
    <section className="card" aria-label={t('alert.ruleList')}>
      <h2>{t('alert.ruleList')}</h2>
      <p className="quiet">{t('alert.ruleText')}</p>
      {error !== null && <TroubleNote error={error} />}
      <ul className="lines rules">
        {asked.data?.rules.map(rule => (
          <li key={rule.id} data-rule={rule.id}>
            <Told rule={rule} />
            <div className="row">
              <Button
                variant="default"
                size="compact-xs"
                disabled={busy}
                aria-label={t('alert.testThis', { rule: rule.id })}
                onClick={() => test.mutate({ rule: rule.id })}
              >
                {t('alert.test')}
              </Button>
              <Turn rule={rule} busy={busy} set={as => state.mutate({ rule: rule.id, as })} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Turn({ rule, busy, set }: { rule: RuleEntry; busy: boolean; set: (as: string) => void }) {
  const { t } = useWords()
  const active = rule.state === 'active'
  const values = { rule: rule.id }
  return (
    <Button
      variant="default"
      size="compact-xs"
      disabled={busy}
      aria-label={active ? t('alert.retireThis', values) : t('alert.activateThis', values)}
      onClick={() => set(active ? 'draft' : 'active')}
    >
      {active ? t('alert.retire') : t('alert.activate')}
    </Button>
  )
}

function Told({ rule }: { rule: RuleEntry }) {
  const { t, term } = useWords()
  const { id, version, indicator, state, tested, source, thresholds } = rule
  return (
    <div>
      <strong>{term('indicator', indicator)}</strong>{' '}
      <bdi className="quiet small">
        {id}@{version}
      </bdi>{' '}
      <span className="chip">{term('ruleState', state)}</span>
      <div className="small">
        <Thresholds thresholds={thresholds} /> · <Name>{source}</Name>
      </div>
      <div className="small">
        {tested === null
          ? t('alert.untested')
          : t('alert.fires', { fired: tested.controlsFired, controls: tested.controls })}
      </div>
    </div>
  )
}
