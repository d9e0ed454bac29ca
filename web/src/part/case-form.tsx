import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { call } from '../call.ts'
import { useWords } from '../word/words.ts'
import { onCite } from './citation.ts'
import { Field } from './field.tsx'
import { NoteText } from './note.tsx'
import { TroubleNote } from './trouble.tsx'

/** Opens a case and goes there. */
export function OpenCase() {
  const { t } = useWords()
  const [name, setName] = useState('')
  const [title, setTitle] = useState('')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const open = useMutation({
    mutationFn: () => call('case open', { name: name.trim(), ...(title.trim() === '' ? {} : { title: title.trim() }) }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['case list'] })
      void navigate({ to: '/cases/$name', params: { name: name.trim() } })
    },
  })
  return (
    <form className="card row" onSubmit={submitting(() => name.trim() !== '' && open.mutate())}>
      <Field label={t('case.name')} value={name} set={setName} />
      <Field label={t('case.caseTitle')} value={title} set={setTitle} />
      <Button type="submit" loading={open.isPending}>
        {t('case.open')}
      </Button>
      {open.error !== null && <TroubleNote error={open.error} />}
    </form>
  )
}

/** A note is dated and stays: it is part of the record. */
export function AddNote({ name }: { name: string }) {
  const { t } = useWords()
  const [text, setText] = useState('')
  useEffect(() => onCite(cited => setText(text => (text === '' ? cited : `${text} ${cited}`))), [])
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: () => call('case note', { name, text: text.trim() }),
    onSuccess: () => {
      setText('')
      return queries.invalidateQueries({ queryKey: ['case show', name] })
    },
  })
  return (
    <form className="card" onSubmit={submitting(() => text.trim() !== '' && save.mutate())}>
      <h2>{t('case.note')}</h2>
      <Textarea
        aria-label={t('case.noteField')}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        rows={4}
        dir="auto"
        description={t('case.markdown')}
      />
      {text.trim() !== '' && (
        <details>
          <summary>{t('case.preview')}</summary>
          <NoteText text={text} />
        </details>
      )}
      <Button type="submit" variant="default" mt="xs" loading={save.isPending}>
        {t('case.save')}
      </Button>
      {save.error !== null && <TroubleNote error={save.error} />}
    </form>
  )
}

const STATUSES = ['open', 'in-review', 'waiting'] as const

/** The status of a case: each change is a part of the record. */
export function SetStatus({ name, status }: { name: string; status: string }) {
  const { t, term } = useWords()
  const queries = useQueryClient()
  const set = useMutation({
    mutationFn: (status: string) => call('case note', { name, status }),
    onSuccess: () => queries.invalidateQueries(),
  })
  return (
    <>
      <NativeSelect
        aria-label={t('case.status')}
        value={status}
        onChange={event => set.mutate(event.currentTarget.value)}
        data={STATUSES.map(one => ({ value: one, label: term('status', one) }))}
      />
      {set.error !== null && <TroubleNote error={set.error} />}
    </>
  )
}

const WHAT = ['address', 'campaign', 'capture'] as const

/** Evidence, with the reason that is kept with what is run on it. */
export function AddEvidence({ name }: { name: string }) {
  const { t, term } = useWords()
  const [what, setWhat] = useState<string>('address')
  const [value, setValue] = useState('')
  const [reason, setReason] = useState('')
  const queries = useQueryClient()
  const add = useMutation({
    mutationFn: () =>
      call('case add', { name, [what]: value.trim(), ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }),
    onSuccess: () => {
      setValue('')
      return queries.invalidateQueries({ queryKey: ['case show', name] })
    },
  })
  return (
    <form className="card" onSubmit={submitting(() => value.trim() !== '' && add.mutate())}>
      <h2>{t('case.add')}</h2>
      <NativeSelect
        label={t('case.addWhat')}
        value={what}
        onChange={event => setWhat(event.currentTarget.value)}
        data={WHAT.map(one => ({ value: one, label: term('kind', one) }))}
      />
      <Field label={t('case.addValue')} value={value} set={setValue} kind="name" />
      <Field label={t('case.reason')} value={reason} set={setReason} />
      <Button type="submit" variant="default" mt="xs" loading={add.isPending}>
        {t('case.addIt')}
      </Button>
      {add.error !== null && <TroubleNote error={add.error} />}
    </form>
  )
}

function submitting(act: () => unknown): (event: FormEvent) => void {
  return event => {
    event.preventDefault()
    act()
  }
}
