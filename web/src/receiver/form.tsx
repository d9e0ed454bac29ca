import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { Receiver } from '../../../src/monitor/monitor.ts'
import { submitting, useDeed } from '../part/deed.ts'
import { Field } from '../part/field.tsx'
import { TroubleNote } from '../part/trouble.tsx'
import { useWords } from '../word/words.ts'

type Kind = Receiver['kind']

const KINDS: readonly Kind[] = ['webhook', 'mail', 'file']

const PLACEHOLDERS: Readonly<Record<Kind, string>> = {
  ...{ webhook: 'https://desk.example/athar', mail: 'desk@example.org', file: '/srv/alerts.jsonl' },
}

const BLANK = { name: '', target: '', secret: '', server: '' }

/** Names somebody who is told. Secrets stay in files: only their paths are given. */
export function AddReceiver({ added }: { added: (name: string) => void }) {
  const { t, term } = useWords()
  const [kind, setKind] = useState<Kind>('webhook')
  const [texts, setTexts] = useState(BLANK)
  const add = useDeed<Receiver>('receiver add', 'receiver list')
  const set = (change: Partial<typeof BLANK>) => setTexts({ ...texts, ...change })
  const submit = submitting(() => {
    const { name, target, secret, server } = texts
    const given = {
      ...{ name: name.trim(), kind, target: target.trim() },
      ...(kind === 'file' || secret.trim() === '' ? {} : { secret: secret.trim() }),
      ...(kind === 'mail' && server.trim() !== '' ? { server: server.trim() } : {}),
    }
    add.mutate(given, {
      onSuccess() {
        setTexts(BLANK)
        added(given.name)
      },
    })
  })
  return (
    <form className="row form" onSubmit={submit} aria-label={t('receiver.add')}>
      <NativeSelect
        label={t('receiver.kind')}
        value={kind}
        onChange={event => setKind(event.currentTarget.value as Kind)}
        data={KINDS.map(one => ({ value: one, label: term('receiver', one) }))}
      />
      <Field label={t('receiver.name')} value={texts.name} set={name => set({ name })} kind="name" required />
      <Field
        label={t(`receiver.${kind}`)}
        {...(kind === 'file' ? { description: t('receiver.fileSays') } : {})}
        placeholder={PLACEHOLDERS[kind]}
        value={texts.target}
        set={target => set({ target })}
        kind="code"
        required
      />
      {kind === 'mail' && (
        <Field
          label={t('receiver.server')}
          placeholder="smtps://mail.example:465"
          value={texts.server}
          set={server => set({ server })}
          kind="code"
          required
        />
      )}
      {kind !== 'file' && (
        <Field
          label={t(kind === 'mail' ? 'receiver.login' : 'receiver.key')}
          description={t('receiver.secretSays')}
          value={texts.secret}
          set={secret => set({ secret })}
          kind="code"
        />
      )}
      <Button type="submit" loading={add.isPending}>
        {t('receiver.addIt')}
      </Button>
      {add.error !== null && <TroubleNote error={add.error} />}
    </form>
  )
}
