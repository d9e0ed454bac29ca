import { Button } from '@mantine/core'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { AlertAnswer } from '../answer.ts'
import { useDeed } from '../part/deed.ts'
import { Field } from '../part/field.tsx'
import { TroubleNote } from '../part/trouble.tsx'
import { useWords } from '../word/words.ts'

export const VERDICTS = ['true', 'false', 'unclear'] as const

/** What an alert can turn out to be. */
export type Verdict = (typeof VERDICTS)[number]

/** The key that says it while the list is at hand. */
export const KEYS: Readonly<Record<string, Verdict>> = { t: 'true', f: 'false', u: 'unclear' }

type CloseGiven = { id: number; asked: Verdict | null; done: (alert: AlertAnswer, verdict: Verdict) => void }

/** Says what an alert turned out to be, with the reason. `asked`: chosen by a key already, the reason is wanted. */
export function Close({ id, asked, done }: CloseGiven) {
  const { t } = useWords()
  const [verdict, setVerdict] = useState<Verdict>(asked ?? 'false')
  const [reason, setReason] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const close = useDeed<AlertAnswer>('alert close', 'alert list')
  useEffect(() => {
    if (asked === null) return
    setVerdict(asked)
    field.current?.focus()
  }, [asked])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() === '') return
    close.mutate({ alert: id, as: verdict, reason: reason.trim() }, { onSuccess: alert => done(alert, verdict) })
  }
  return (
    <form className="row" onSubmit={submit} aria-label={t('alert.closeThis', { n: id })}>
      <Choice verdict={verdict} choose={setVerdict} />
      <Reason field={field} value={reason} set={setReason} />
      <Button type="submit" loading={close.isPending}>
        {t('alert.close')}
      </Button>
      {close.error !== null && <TroubleNote error={close.error} />}
    </form>
  )
}

function Choice({ verdict, choose }: { verdict: Verdict; choose: (one: Verdict) => void }) {
  const { t, term } = useWords()
  const name = useId()
  return (
    <fieldset className="verdicts">
      <legend className="small">{t('alert.verdict')}</legend>
      {VERDICTS.map(one => (
        <label key={one}>
          <input type="radio" name={name} value={one} checked={one === verdict} onChange={() => choose(one)} />{' '}
          {term('verdict', one)} <kbd>{Object.entries(KEYS).find(([, value]) => value === one)?.[0]}</kbd>
        </label>
      ))}
    </fieldset>
  )
}

/** By somebody else than who closed it: the program refuses the same person. */
export function Review({ id }: { id: number }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const review = useDeed('alert review', 'alert list')
  const say = (verdict: 'agree' | 'disagree') => {
    if (reason.trim() !== '') review.mutate({ alert: id, verdict, reason: reason.trim() })
  }
  return (
    <form className="row" onSubmit={event => event.preventDefault()} aria-label={t('alert.reviewThis', { n: id })}>
      <Reason value={reason} set={setReason} />
      <Button variant="default" loading={review.isPending} onClick={() => say('agree')}>
        {t('alert.agree')}
      </Button>
      <Button variant="default" loading={review.isPending} onClick={() => say('disagree')}>
        {t('alert.disagree')}
      </Button>
      {review.error !== null && <TroubleNote error={review.error} />}
    </form>
  )
}

type ReasonGiven = { value: string; set: (text: string) => void; field?: React.RefObject<HTMLInputElement | null> }

function Reason({ value, set, field }: ReasonGiven) {
  const { t } = useWords()
  return (
    <Field
      {...(field === undefined ? {} : { ref: field })}
      label={t('alert.reason')}
      placeholder={t('alert.reasonWhy')}
      required
      value={value}
      set={set}
    />
  )
}
