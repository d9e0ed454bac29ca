import { Button, NativeSelect } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { RuleList, RuleListed } from '../../../src/app/monitor/rule.ts'
import type { RuleEntry, ThresholdForm } from '../../../src/monitor/monitor.ts'
import { call, upload } from '../call.ts'
import { submitting } from '../part/deed.ts'
import { Field } from '../part/field.tsx'
import { TroubleNote } from '../part/trouble.tsx'
import { terms } from '../word/term.ts'
import { useWords } from '../word/words.ts'
import { type Draft, isSame, partsOf, read, textsOf, type Wrong } from './draft.ts'

type Given = {
  list: RuleList
  /** The version that is changed; without one a new rule is written. */
  before?: RuleListed
  saved: (name: string) => void
}

/** Writes a rule as data, or a new version of one with other thresholds: a draft either way. */
export function RuleForm({ list, before, saved }: Given) {
  const { t } = useWords()
  const [id, setId] = useState(before?.id ?? '')
  const [indicator, setIndicator] = useState<string>(before?.indicator ?? list.indicators[0]!.indicator)
  const [source, setSource] = useState(before?.source ?? '')
  const [stated, setStated] = useState(before?.stated ?? false)
  const forms = list.indicators.find(one => one.indicator === indicator)?.thresholds ?? []
  const [draft, setDraft] = useState<Draft>(before === undefined ? {} : textsOf(forms, before.thresholds))
  const [asked, setAsked] = useState(false)
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: async (rule: object) => {
      const file = new File([JSON.stringify(rule)], 'rule.json', { type: 'application/json' })
      return call<RuleEntry>('rule add', { file: await upload(file, () => {}, new AbortController().signal) })
    },
    onSuccess: ({ id, version }) => {
      void queries.invalidateQueries({ queryKey: ['rule list'] })
      setAsked(false)
      saved(`${id}@${version}`)
    },
  })
  const { thresholds, wrong } = read(forms, draft)
  const isSaid = before !== undefined && isSame(thresholds, before.thresholds)
  const submit = submitting(() => {
    setAsked(true)
    if (Object.keys(wrong).length > 0 || isSaid) return
    save.mutate({ id: id.trim(), indicator, thresholds, source: source.trim(), stated })
  })
  return (
    <form className="answer" onSubmit={submit} aria-label={t(before === undefined ? 'rule.fresh' : 'rule.edit')}>
      {before === undefined && (
        <Which list={list} id={id} setId={setId} indicator={indicator} setIndicator={setIndicator} />
      )}
      <div className="row form">
        {forms.map(form => (
          <Threshold
            key={form.name}
            form={form}
            text={draft[form.name] ?? ''}
            set={text => setDraft({ ...draft, [form.name]: text })}
            wrong={asked ? wrong[form.name] : undefined}
          />
        ))}
      </div>
      <Field
        label={t('rule.source')}
        description={t('rule.sourceSays')}
        value={source}
        set={setSource}
        required
        maxLength={300}
      />
      <label className="tick">
        <input type="checkbox" checked={stated} onChange={event => setStated(event.currentTarget.checked)} />{' '}
        {t('rule.stated')} <span className="quiet small">{t('rule.statedSays')}</span>
      </label>
      {asked && isSaid && <p role="alert">{t('rule.same')}</p>}
      <Button type="submit" loading={save.isPending}>
        {t('rule.save')}
      </Button>
      {save.error !== null && <TroubleNote error={save.error} />}
    </form>
  )
}

type WhichGiven = {
  list: RuleList
  id: string
  setId: (id: string) => void
  indicator: string
  setIndicator: (indicator: string) => void
}

/** What a new rule is called, and what it looks for. */
function Which({ list, id, setId, indicator, setIndicator }: WhichGiven) {
  const { t, term } = useWords()
  return (
    <div className="row form">
      <Field
        label={t('rule.id')}
        description={t('rule.idSays')}
        value={id}
        set={setId}
        kind="code"
        required
        pattern="[a-z][a-z0-9\-]{1,60}"
      />
      <NativeSelect
        label={t('rule.indicator')}
        value={indicator}
        onChange={event => setIndicator(event.currentTarget.value)}
        data={list.indicators.map(one => ({ value: one.indicator, label: term('indicator', one.indicator) }))}
      />
    </div>
  )
}

/** A limit above which nobody comes by writing: it is not told. */
const PLAIN = 1000

type ThresholdGiven = { form: ThresholdForm; text: string; set: (text: string) => void; wrong: Wrong | undefined }

/** Lists whose entries are known: they are ticked, not written. */
const KNOWN = { categories: 'category', purposes: 'purpose' } as const

function Threshold({ form: { name, kind, most }, text, set, wrong }: ThresholdGiven) {
  const { t, term } = useWords()
  const error = wrong === undefined ? null : t(`rule.${wrong.word}`, { most: wrong.most })
  if (name === 'categories' || name === 'purposes') {
    return <Ticks family={KNOWN[name]} label={term('threshold', name)} text={text} set={set} error={error} />
  }
  const number = most === null || most > PLAIN ? t('rule.number') : t('rule.most', { most })
  const says = { number, days: t('rule.day'), words: t('rule.list') }[kind]
  return (
    <Field
      label={term('threshold', name)}
      description={says}
      error={error}
      value={text}
      set={set}
      kind={kind === 'number' ? 'decimal' : 'code'}
      required
    />
  )
}

type TicksGiven = {
  family: 'category' | 'purpose'
  label: string
  text: string
  set: (text: string) => void
  error: string | null
}

function Ticks({ family, label, text, set, error }: TicksGiven) {
  const { term } = useWords()
  const chosen = partsOf(text)
  const turn = (id: string, on: boolean) => set((on ? [...chosen, id] : chosen.filter(one => one !== id)).join(', '))
  return (
    <fieldset className="ticks">
      <legend>{label}</legend>
      {Object.keys(terms[family]).map(id => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={event => turn(id, event.currentTarget.checked)}
          />{' '}
          {term(family, id)}
        </label>
      ))}
      {error !== null && <p role="alert">{error}</p>}
    </fieldset>
  )
}
