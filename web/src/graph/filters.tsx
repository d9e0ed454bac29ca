import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Field } from '../part/field.tsx'
import { useWords } from '../word/words.ts'
import { lookOfTone, tones } from './look.ts'
import { cornersOf } from './picture.ts'
import type { Graph } from './use-graph.ts'

/** What is hidden of the graph, and a way to hide nothing. */
export function Filters({ graph }: { graph: Graph }) {
  const { t, term } = useWords()
  const { filter } = graph.scene
  const set = (part: Partial<typeof filter>) => graph.act({ kind: 'filter', filter: part })
  const toggle = (category: string) => {
    const { without } = filter
    set({ without: without.includes(category) ? without.filter(one => one !== category) : [...without, category] })
  }
  return (
    <section className="card" aria-label={t('graph.filters')}>
      <h2>{t('graph.filters')}</h2>
      <div className="graph-filters">
        <Field label={t('graph.from')} size="xs" value={filter.from} set={text => set({ from: text })} kind="date" />
        <Field label={t('graph.to')} size="xs" value={filter.to} set={text => set({ to: text })} kind="date" />
        <TextInput
          label={t('graph.least')}
          size="xs"
          inputMode="decimal"
          dir="ltr"
          value={filter.least}
          onChange={event => set({ least: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('graph.asset')}
          size="xs"
          value={filter.asset}
          onChange={event => set({ asset: event.currentTarget.value })}
          data={[{ value: '', label: t('graph.allAssets') }, ...graph.drawn.assets]}
        />
        <TextInput
          label={t('graph.hops')}
          size="xs"
          inputMode="numeric"
          dir="ltr"
          value={filter.hops === null ? '' : String(filter.hops)}
          onChange={event =>
            set({ hops: /^\d{1,3}$/.test(event.currentTarget.value) ? +event.currentTarget.value : null })
          }
        />
        {graph.drawn.categories.length > 0 && (
          <fieldset>
            <legend className="quiet small">{t('graph.hideCategories')}</legend>
            {graph.drawn.categories.map(category => (
              <label key={category} className="check">
                <input type="checkbox" checked={filter.without.includes(category)} onChange={() => toggle(category)} />
                {term('category', category)}
              </label>
            ))}
          </fieldset>
        )}
      </div>
      <Button variant="default" size="compact-sm" mt="xs" onClick={() => graph.act({ kind: 'unfilter' })}>
        {t('graph.clear')}
      </Button>
    </section>
  )
}

/** Shapes and signs in words: colour never speaks alone. */
export function Legend() {
  const { t } = useWords()
  return (
    <details className="card" open>
      <summary>{t('graph.legend')}</summary>
      <ul className="graph-legend small">
        {tones.map(tone => {
          const { shape, sign } = lookOfTone(tone)
          const corners = cornersOf(shape, 9)
          return (
            <li key={tone}>
              <svg width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true">
                {corners === null ? (
                  <circle r="8" className={`tone-${tone}`} />
                ) : (
                  <polygon points={corners.map(one => one.join(',')).join(' ')} className={`tone-${tone}`} />
                )}
                <text y="4" textAnchor="middle">
                  {sign}
                </text>
              </svg>
              {t(`graph.tones.${tone}`)}
            </li>
          )
        })}
        <li>
          <svg width="22" height="22" viewBox="-11 -11 22 22" aria-hidden="true">
            <line x1="-10" x2="10" className="fragile" />
          </svg>
          {t('graph.fragileLine')}
        </li>
      </ul>
    </details>
  )
}
