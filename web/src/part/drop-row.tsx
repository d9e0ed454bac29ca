import { useWords } from '../word/words.ts'
import { Name } from './code.tsx'
import { Whole } from './figure.tsx'
import type { State } from './load.ts'
import { TroubleNote } from './trouble.tsx'

/** One file as it is sent and worked on. */
export function FileRow({ state }: { state: State }) {
  const { t, count } = useWords()
  const { file, stage, sent, progress, error, answer } = state
  const refused = countOf(answer)
  return (
    <li>
      <Name>{file.name}</Name> <span className="quiet small">{count('bytes', file.size)}</span>{' '}
      {stage !== 'waiting' && <strong data-stage={stage}>{t(`drop.${stage}`)}</strong>}
      {stage === 'sending' && <progress aria-label={t('drop.sending')} value={sent} max={Math.max(1, file.size)} />}
      {stage === 'working' && <progress aria-label={t('drop.working')} />}
      {stage === 'working' && progress !== null && (
        <span className="quiet small">
          {' '}
          <Whole value={progress.done} />{' '}
          {progress.total !== null && (
            <>
              / <Whole value={progress.total} />
            </>
          )}
        </span>
      )}
      {refused > 0 && <span className="chip warn">{t('drop.refused', { count: refused })}</span>}
      {error !== null && <TroubleNote error={error} />}
    </li>
  )
}

/** How many parts an import did not take. */
function countOf(answer: unknown): number {
  const { failed, rejected, rejectedCount } = (answer ?? {}) as Record<string, unknown>
  if (typeof rejectedCount === 'number') return rejectedCount
  return (Array.isArray(failed) ? failed.length : 0) + (Array.isArray(rejected) ? rejected.length : 0)
}
