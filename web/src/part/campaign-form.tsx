import { Button, NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { terms } from '../word/term.ts'
import { useWords } from '../word/words.ts'
import { submitting, useDeed } from './deed.ts'
import { Field } from './field.tsx'
import { TroubleNote } from './trouble.tsx'

/** Records a campaign, and goes there. Who runs it is a claim. */
export function AddCampaign() {
  const { t } = useWords()
  const [name, setName] = useState('')
  const [actor, setActor] = useState('')
  const navigate = useNavigate()
  const add = useDeed('campaign add', 'campaign list')
  const submit = submitting(() => {
    if (name.trim() === '') return
    const given = { name: name.trim(), ...(actor.trim() === '' ? {} : { actor: actor.trim() }) }
    add.mutate(given, { onSuccess: () => void navigate({ to: '/campaigns/$name', params: { name: given.name } }) })
  })
  return (
    <form className="card row" onSubmit={submit}>
      <Field label={t('case.name')} value={name} set={setName} />
      <Field label={t('campaign.actor')} value={actor} set={setActor} />
      <Button type="submit" loading={add.isPending}>
        {t('campaign.record')}
      </Button>
      {add.error !== null && <TroubleNote error={add.error} />}
    </form>
  )
}

/** Links an address to a campaign, with its role, its first publication, and the capture that shows it. */
export function LinkAddress({ name }: { name: string }) {
  const { t, term } = useWords()
  const [address, setAddress] = useState('')
  const [role, setRole] = useState('donation')
  const [published, setPublished] = useState('')
  const [capture, setCapture] = useState('')
  const link = useDeed('campaign link')
  const submit = submitting(() => {
    if (address.trim() === '') return
    const given = {
      ...{ name, addresses: address.trim().split(/[\s,]+/), role },
      ...(published === '' ? {} : { published }),
      ...(capture.trim() === '' ? {} : { capture: capture.trim() }),
    }
    link.mutate(given, { onSuccess: () => setAddress('') })
  })
  return (
    <form className="card" onSubmit={submit} aria-label={t('campaign.link')}>
      <h2>{t('campaign.link')}</h2>
      <div className="row">
        <Field label={t('address.title')} value={address} set={setAddress} kind="code" />
        <NativeSelect
          label={t('campaign.role')}
          value={role}
          onChange={event => setRole(event.currentTarget.value)}
          data={Object.keys(terms.role).map(one => ({ value: one, label: term('role', one) }))}
        />
        <Field label={t('campaign.published')} value={published} set={setPublished} kind="date" />
        <Field label={t('campaign.shownBy')} value={capture} set={setCapture} kind="code" />
        <Button type="submit" variant="default" loading={link.isPending}>
          {t('campaign.linkIt')}
        </Button>
      </div>
      {link.error !== null && <TroubleNote error={link.error} />}
    </form>
  )
}
