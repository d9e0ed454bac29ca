import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useWords } from '../word/words.ts'
import { onCite } from './citation.ts'
import { submitting, useDeed } from './deed.ts'
import { Field } from './field.tsx'
import { NoteText } from './note.tsx'
import { TroubleNote } from './trouble.tsx'

/** Opens a case and goes there. */
export function OpenCase() {
  const { t } = useWords()
  const [name, setName] = useState('')
  const [title, setTitle] = useState('')
  const navigate = useNavigate()
  const open = useDeed('case open', 'case list')
  const submit = submitting(() => {
    if (name.trim() === '') return
    const given = { name: name.trim(), ...(title.trim() === '' ? {} : { title: title.trim() }) }
    open.mutate(given, { onSuccess: () => void navigate({ to: '/cases/$name', params: { name: given.name } }) })
  })
  return (
    <form className="card row" onSubmit={submit}>
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
  const save = useDeed('case note', 'case show')
  const submit = submitting(() => {
    if (text.trim() !== '') save.mutate({ name, text: text.trim() }, { onSuccess: () => setText('') })
  })
  return (
    <form className="card" onSubmit={submit}>
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
  const set = useDeed('case note')
  return (
    <>
      <NativeSelect
        aria-label={t('case.status')}
        value={status}
        onChange={event => set.mutate({ name, status: event.currentTarget.value })}
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
  const add = useDeed('case add', 'case show')
  const submit = submitting(() => {
    if (value.trim() === '') return
    const given = { name, [what]: value.trim(), ...(reason.trim() === '' ? {} : { reason: reason.trim() }) }
    add.mutate(given, { onSuccess: () => setValue('') })
  })
  return (
    <form className="card" onSubmit={submit}>
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
