import type { Coverage } from '../../../src/model/coverage.ts'
import type { ScreenResult } from '../answer.ts'
import { useWords } from '../word/words.ts'
import { CoverageLine } from './coverage.tsx'

/** The status in one line with what was checked. "No finding" is grey, never green: it is not a clean bill. */
export function Verdict({ status, coverage }: { status: ScreenResult['status']; coverage?: Coverage | null }) {
  const { t } = useWords()
  return (
    <div className={`verdict ${toneOf(status)}`} data-testid="verdict">
      <strong>{t(`statuses.${status}`)}</strong>
      <div>
        {t(`says.${status}`)}
        {coverage != null && <CoverageLine coverage={coverage} />}
      </div>
    </div>
  )
}

function toneOf(status: ScreenResult['status']): 'alarm' | 'warn' | 'calm' {
  if (status === 'listed' || status === 'direct') return 'alarm'
  return status === 'no-finding' || status === 'not-checked' ? 'calm' : 'warn'
}
