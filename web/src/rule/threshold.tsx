import type { AlertAnswer } from '../answer.ts'
import { inDigits } from '../word/digit.ts'
import { useWords } from '../word/words.ts'

/** Each threshold by its name in words. */
export function Thresholds({ thresholds }: { thresholds: AlertAnswer['thresholds'] }) {
  const { t, term } = useWords()
  const entries = Object.entries(thresholds)
  if (entries.length === 0) return t('alert.noThreshold')
  return entries.map(([name, value], i) => (
    <span key={name}>
      {i > 0 && ' · '}
      {term('threshold', name)}:{' '}
      <bdi className="number">
        {typeof value === 'number'
          ? inDigits(value.toLocaleString('en-US'))
          : value.map(one => term(name === 'purposes' ? 'purpose' : 'category', one)).join(t('comma'))}
      </bdi>
    </span>
  ))
}
