import { Button, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { TriageAnswer } from '../answer.ts'
import { call } from '../call.ts'
import { Name } from '../part/code.tsx'
import { chooseFiles } from '../part/load.ts'
import { Loaded } from '../part/loaded.tsx'
import { TriageCard } from '../part/triage.tsx'
import { TroubleNote } from '../part/trouble.tsx'
import { useTitle } from '../word/title.ts'
import { useWords } from '../word/words.ts'

/** The first screen: one field for whatever the analyst was handed, and what is loaded. */
export function Start() {
  const { t } = useWords()
  useTitle('')
  const [text, setText] = useState('')
  const navigate = useNavigate()
  const triage = useMutation({
    mutationFn: (text: string) => call<TriageAnswer>('triage', { text: [text] }),
    onSuccess: (answer, text) => {
      const [first] = answer.addresses
      if (first?.network == null || answer.addresses.length > 1 || first.address !== text.trim()) return
      void navigate({ to: '/address/$network/$address', params: { network: first.network, address: first.address } })
    },
  })
  const look = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') triage.mutate(text)
  }
  return (
    <>
      <section className="card">
        <h1>{t('start.title')}</h1>
        <p className="quiet">{t('start.text')}</p>
        <form onSubmit={look}>
          <Textarea
            aria-label={t('start.field')}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
            rows={4}
            dir="auto"
            spellCheck={false}
          />
          <div className="row">
            <Button type="submit" mt="sm" loading={triage.isPending}>
              {t('start.look')}
            </Button>
            <Button variant="default" mt="sm" onClick={chooseFiles}>
              {t('drop.choose')}
            </Button>
          </div>
        </form>
      </section>
      {triage.error !== null && <TroubleNote error={triage.error} />}
      {triage.data !== undefined && <Found answer={triage.data} />}
      <Loaded />
    </>
  )
}

function Found({ answer }: { answer: TriageAnswer }) {
  const { t, term } = useWords()
  const others = answer.posts.flatMap(post => post.others)
  return (
    <section aria-live="polite" aria-label={t('mentions.title')}>
      <h2>{t('mentions.title')}</h2>
      {answer.addresses.length === 0 && <p className="card">{t('mentions.none')}</p>}
      {answer.addresses.map(one => (
        <TriageCard key={one.caip10 ?? one.address} triage={one} />
      ))}
      {others.length > 0 && (
        <p className="chips">
          {others.map((other, i) => (
            <span key={`${other.raw}-${i}`} className="chip">
              {term('kind', other.kind)}: <Name>{other.raw}</Name>
            </span>
          ))}
        </p>
      )}
      <details className="card">
        <summary>{t('triage.notChecked')}</summary>
        <ul>
          <li>{t('triage.outside')}</li>
          <li>{t('triage.disguised')}</li>
        </ul>
      </details>
    </section>
  )
}
