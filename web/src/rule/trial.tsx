import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { RuleTest } from '../../../src/app/monitor/rule.ts'
import { type Progress, work } from '../call.ts'
import { AddressLink } from '../part/code.tsx'
import { Field } from '../part/field.tsx'
import { Share, shareRange, Whole } from '../part/figure.tsx'
import { Sheet } from '../part/sheet.tsx'
import { TroubleNote } from '../part/trouble.tsx'
import { useWords } from '../word/words.ts'

/** One test of a rule: as it runs, and what it found. */
export type Trial = {
  readonly running: boolean
  readonly progress: Progress | null
  readonly found: RuleTest | null
  readonly error: Error | null
  run(controls?: number): void
  stop(): void
}

/** Controls where nobody says another number: as the program has it. */
const CONTROLS = 200
/** Below so many the interval is wide whatever was found. Ours. */
const FEW = 30
const SHOWN_MAX = 10

const STILL = { running: false, progress: null, found: null, error: null } as const

/** Runs a rule over the stored ledger; leaving the page stops it. */
export function useTrial(rule: string): Trial {
  const queries = useQueryClient()
  const [state, setState] = useState<Omit<Trial, 'run' | 'stop'>>(STILL)
  const abort = useRef<AbortController | null>(null)
  useEffect(() => () => abort.current?.abort(), [])
  const run = async (controls: number) => {
    const own = new AbortController()
    abort.current = own
    setState({ ...STILL, running: true })
    const tell = (progress: Progress) => setState(before => ({ ...before, progress }))
    try {
      const found = await work<RuleTest>('rule test', { rule, controls }, tell, own.signal)
      setState({ ...STILL, found })
      void queries.invalidateQueries({ queryKey: ['rule list'] })
    } catch (cause) {
      setState({ ...STILL, error: own.signal.aborted ? null : (cause as Error) })
    }
  }
  return { ...state, run: (controls = CONTROLS) => void run(controls), stop: () => abort.current?.abort() }
}

/** How far a test has come, with a way to stop it; then what it found, with a way to look at more. */
export function TrialPanel({ trial }: { trial: Trial }) {
  const { t } = useWords()
  const { running, progress, found, error } = trial
  return (
    <>
      {running && (
        <div className="row" role="status">
          <span>{t('rule.running')}</span>
          <progress aria-label={t('rule.running')} {...barOf(progress)} />
          <Button variant="default" size="compact-sm" onClick={trial.stop}>
            {t('rule.stop')}
          </Button>
        </div>
      )}
      {error !== null && <TroubleNote error={error} />}
      {found !== null && <Found found={found} run={trial.run} />}
    </>
  )
}

function barOf(progress: Progress | null): object {
  return progress?.total == null ? {} : { value: progress.done, max: progress.total }
}

function Found({ found, run }: { found: RuleTest; run: Trial['run'] }) {
  const { t } = useWords()
  const [controls, setControls] = useState(String(CONTROLS))
  const isOfPosts = found.of === 'posts'
  const rows = [
    [t(isOfPosts ? 'rule.campaignPosts' : 'rule.watched'), found.watched],
    [t(isOfPosts ? 'rule.otherPosts' : 'rule.control'), found.controls],
  ] as const
  return (
    <div className="answer" data-testid="trial">
      <Sheet
        label={t('rule.result')}
        bare
        heads={[
          t('rule.whom'),
          ...(['many', 'fired', 'share', 'interval'] as const).map(key => ({ end: t(`rule.${key}`) })),
        ]}
      >
        {rows.map(([word, { addresses, fired, interval }]) => (
          <tr key={word}>
            <th scope="row">{word}</th>
            <td className="end">
              <Whole value={addresses} />
            </td>
            <td className="end">
              <Whole value={fired} />
            </td>
            <td className="end">{addresses === 0 ? t('none') : <Share value={fired / addresses} />}</td>
            <td className="end">
              {interval === null ? t('none') : <bdi className="number">{shareRange(interval.low, interval.high)}</bdi>}
            </td>
          </tr>
        ))}
      </Sheet>
      {found.watched.addresses === 0 && !isOfPosts && <p className="small">{t('rule.nobody')}</p>}
      {found.controls.addresses < FEW && <p className="small">{t('rule.few')}</p>}
      <Where found={found} />
      {!isOfPosts && (
        <div className="row">
          <Field label={t('rule.controls')} value={controls} set={setControls} kind="number" />
          <Button variant="default" onClick={() => run(Number(controls))}>
            {t('rule.run')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** The addresses on which it fired most. */
function Where({ found: { fired } }: { found: RuleTest }) {
  const { t } = useWords()
  const shown = fired.filter(one => one.address !== '').slice(0, SHOWN_MAX)
  if (shown.length === 0) return <p className="small quiet">{t('rule.nowhere')}</p>
  return (
    <details>
      <summary className="small">{t('rule.where')}</summary>
      <ul className="lines small">
        {shown.map(({ network, address, hits }) => (
          <li key={`${network} ${address}`}>
            <AddressLink network={network} address={address} /> · {t('rule.hits')}: <Whole value={hits} />
          </li>
        ))}
      </ul>
    </details>
  )
}
