import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { Watch } from '../../../src/monitor/monitor.ts'
import { call } from '../call.ts'
import { submitting, useDeed } from '../part/deed.ts'
import { Field } from '../part/field.tsx'
import { TroubleNote } from '../part/trouble.tsx'
import { idsOf, rulesAsked } from '../rule/asked.ts'
import { terms } from '../word/term.ts'
import { useWords } from '../word/words.ts'

const KINDS = ['address', 'cluster', 'campaign', 'entity', 'folder'] as const
type Kind = (typeof KINDS)[number]

const BLANK = { target: '', name: '', network: '', reference: '', hours: '' }

/** Adds a watch on an address, its cluster, a campaign, an entity or a folder of posts. */
export function AddWatch({ added }: { added: (name: string) => void }) {
  const { t, term } = useWords()
  const [kind, setKind] = useState<Kind>('address')
  const [texts, setTexts] = useState(BLANK)
  const [rules, setRules] = useState<readonly string[]>([])
  const add = useDeed<Watch>('watch add')
  const list = useId()
  const names = useNames(kind)
  const set = (change: Partial<typeof BLANK>) => setTexts({ ...texts, ...change })
  const submit = submitting(() => {
    if (texts.target.trim() === '') return
    add.mutate(inputOf(kind, texts, rules), {
      onSuccess({ name }) {
        setTexts(BLANK)
        added(name)
      },
    })
  })
  const isOfNetwork = kind === 'address' || kind === 'cluster'
  return (
    <form className="row form" onSubmit={submit}>
      <NativeSelect
        label={t('alert.kind')}
        value={kind}
        onChange={event => setKind(event.currentTarget.value as Kind)}
        data={KINDS.map(one => ({ value: one, label: term('watch', one) }))}
      />
      <Field
        label={t('alert.target')}
        description={t(`alert.targets.${kind}`)}
        value={texts.target}
        set={target => set({ target })}
        kind={isOfNetwork || kind === 'folder' ? 'code' : 'name'}
        list={list}
      />
      <datalist id={list}>
        {names.map(name => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {isOfNetwork && (
        <NativeSelect
          label={t('alert.network')}
          value={texts.network}
          onChange={event => set({ network: event.currentTarget.value })}
          data={[
            { value: '', label: t('alert.anyNetwork') },
            ...Object.keys(terms.network).map(one => ({ value: one, label: term('network', one) })),
          ]}
        />
      )}
      <Field label={t('alert.name')} value={texts.name} set={name => set({ name })} kind="name" />
      <Field label={t('alert.reference')} value={texts.reference} set={text => set({ reference: text })} kind="name" />
      <Field label={t('alert.hours')} value={texts.hours} set={hours => set({ hours })} kind="number" />
      <Only rules={rules} set={setRules} />
      <Button type="submit" loading={add.isPending}>
        {t('alert.add')}
      </Button>
      {add.error !== null && <TroubleNote error={add.error} />}
    </form>
  )
}

function inputOf(kind: Kind, { target, name, network, reference, hours }: typeof BLANK, rules: readonly string[]) {
  return {
    ...{ target: target.trim(), kind },
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(network === '' || (kind !== 'address' && kind !== 'cluster') ? {} : { network }),
    ...(reference.trim() === '' ? {} : { reference: reference.trim() }),
    ...(hours.trim() === '' ? {} : { deadline: Number(hours) }),
    ...(rules.length === 0 ? {} : { rules }),
  }
}

/** Which rules look at it: all in force, or those that are chosen. */
function Only({ rules, set }: { rules: readonly string[]; set: (rules: readonly string[]) => void }) {
  const { t, term } = useWords()
  const all = idsOf(useQuery(rulesAsked).data)
  return (
    <details className="only">
      <summary>
        {t('alert.rules')}:{' '}
        {rules.length === 0 ? t('alert.allRules') : rules.map(id => term('rule', id)).join(t('comma'))}
      </summary>
      <fieldset className="ticks">
        <legend className="unseen">{t('alert.chosenRules')}</legend>
        {all.map(id => (
          <label key={id}>
            <input
              type="checkbox"
              checked={rules.includes(id)}
              onChange={event => set(event.currentTarget.checked ? [...rules, id] : rules.filter(one => one !== id))}
            />{' '}
            {term('rule', id)}
          </label>
        ))}
      </fieldset>
    </details>
  )
}

/** Names that are known here, to choose from. */
function useNames(kind: Kind): readonly string[] {
  const campaigns = useQuery({
    queryKey: ['campaign list'],
    queryFn: ({ signal }) => call<{ campaigns: { name: string }[] }>('campaign list', {}, signal),
    enabled: kind === 'campaign',
  })
  const entities = useQuery({
    queryKey: ['entity list'],
    queryFn: ({ signal }) => call<{ entities: { caption: string }[] }>('entity list', {}, signal),
    enabled: kind === 'entity',
  })
  if (kind === 'campaign') return (campaigns.data?.campaigns ?? []).map(one => one.name)
  if (kind === 'entity') return (entities.data?.entities ?? []).slice(0, NAMES_MAX).map(one => one.caption)
  return []
}

/** Names that a browser is given to choose from. */
const NAMES_MAX = 500
