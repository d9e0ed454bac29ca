import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import type { AlertAnswer } from '../answer.ts'
import { call } from '../call.ts'
import { inDigits } from '../word/digit.ts'
import { visible } from '../word/visible.ts'
import { isolated, useWords } from '../word/words.ts'
import { AddressLink, Name, Short } from './code.tsx'
import { Time } from './figure.tsx'
import { TroubleNote } from './trouble.tsx'

/** One alert: why it was raised, by which thresholds and whose, by when somebody must look, and what became of it. */
export function AlertCard({ alert }: { alert: AlertAnswer }) {
  const { t, term, language } = useWords()
  const { id, status, standing, because, unsure } = alert
  return (
    <article className="alert" data-alert={id}>
      <h3>
        <bdi className="number">{inDigits(String(id))}</bdi> <Name>{alert.watch}</Name>{' '}
        <span className="chip">{term('alert', status)}</span>{' '}
        {standing === 'unconfirmed' && <span className="chip warn">{t('alert.unconfirmed')}</span>}
      </h3>
      <p>{sentence(because[language])}</p>
      <Facts alert={alert} />
      {unsure !== null && (
        <p className="small">
          {t('alert.unsure')}: <bdi lang="en">{unsure}</bdi>
        </p>
      )}
      <Said alert={alert} />
      {status === 'open' && (
        <details>
          <summary>{t('alert.closeThis', { n: id })}</summary>
          <Close id={id} />
        </details>
      )}
      {status === 'closed' && alert.disposition?.reviewed == null && (
        <details>
          <summary>{t('alert.reviewThis', { n: id })}</summary>
          <Review id={id} />
        </details>
      )}
    </article>
  )
}

/** The program's own isolates stay; every other mark that turns text is made visible. */
function sentence(text: string): string {
  return text
    .split(/([\u2068\u2069])/)
    .map((part, i) => (i % 2 === 1 ? part : visible(part)))
    .join('')
}

function Facts({ alert }: { alert: AlertAnswer }) {
  const { t } = useWords()
  const { network, address, counterparty, txid, amount, deadline, reference, happenedAt, raisedAt } = alert
  const late = alert.status === 'open' && deadline !== null && Date.parse(deadline) < Date.now()
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('alert.address'), <AddressLink key="a" network={network} address={address} />],
    [t('alert.amount'), <Money key="m" amount={amount} />],
    [t('alert.counterparty'), counterparty === null ? t('unknown') : <Other key="o" {...{ network, counterparty }} />],
    [t('address.transaction'), <Short key="t">{txid}</Short>],
    [t('alert.happened'), <Time key="h" at={happenedAt} zone />],
    [t('alert.raised'), <Time key="r" at={raisedAt} zone />],
    [t('alert.rule'), <bdi key="u">{alert.rule}</bdi>],
    [t('alert.thresholds'), <Thresholds key="l" thresholds={alert.thresholds} />],
    [t('alert.source'), <Name key="s">{alert.source}</Name>],
    [
      t('alert.deadline'),
      <span key="d">
        {deadline === null ? t('alert.noDeadline') : <Time at={deadline} zone />}{' '}
        {late && <span className="chip warn">{t('alert.overdue')}</span>}
      </span>,
    ],
    [t('alert.reference'), reference === null ? t('none') : <Name key="n">{reference}</Name>],
  ]
  return (
    <dl className="facts small">
      {facts.map(([name, value]) => (
        <div key={name} className="fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Other({ network, counterparty }: { network: string; counterparty: string }) {
  return <AddressLink network={network} address={counterparty} />
}

function Money({ amount: { value, asset, usd } }: { amount: AlertAnswer['amount'] }) {
  return (
    <bdi className="number" dir="ltr">
      {inDigits(value)} {asset}
      {usd !== null && ` (${inDigits(usd.value)} USD)`}
    </bdi>
  )
}

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
        {typeof value === 'number' ? inDigits(value.toLocaleString('en-US')) : value.join(', ')}
      </bdi>
    </span>
  ))
}

/** What somebody said that it turned out to be, and whether a second person agrees. */
function Said({ alert: { disposition } }: { alert: AlertAnswer }) {
  const { t, term } = useWords()
  if (disposition === null) return null
  const { verdict, by, reason, at, reviewed } = disposition
  return (
    <div className="answer">
      <p>
        <strong>{t('alert.said', { verdict: term('verdict', verdict), who: isolated(by) })}</strong>
        {': '}
        <Name>{reason}</Name> <span className="quiet small">{<Time at={at} />}</span>
      </p>
      {reviewed !== null && (
        <p>
          {t(reviewed.agrees ? 'alert.agreed' : 'alert.disagreed', {
            ...{ who: isolated(reviewed.by), reason: isolated(reviewed.reason) },
          })}
        </p>
      )}
    </div>
  )
}

const VERDICTS = ['false', 'true', 'unclear'] as const

function Close({ id }: { id: number }) {
  const { t, term } = useWords()
  const [verdict, setVerdict] = useState<string>('false')
  const [reason, setReason] = useState('')
  const close = useDeed('alert close')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() !== '') close.mutate({ alert: id, as: verdict, reason: reason.trim() })
  }
  return (
    <form className="row" onSubmit={submit} aria-label={t('alert.closeThis', { n: id })}>
      <NativeSelect
        label={t('alert.verdict')}
        value={verdict}
        onChange={event => setVerdict(event.currentTarget.value)}
        data={VERDICTS.map(one => ({ value: one, label: term('verdict', one) }))}
      />
      <Reason value={reason} set={setReason} />
      <Button type="submit" variant="default" loading={close.isPending}>
        {t('alert.close')}
      </Button>
      {close.error !== null && <TroubleNote error={close.error} />}
    </form>
  )
}

/** By somebody else than who closed it: the program refuses the same person. */
function Review({ id }: { id: number }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const review = useDeed('alert review')
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

function Reason({ value, set }: { value: string; set: (text: string) => void }) {
  const { t } = useWords()
  return (
    <TextInput
      label={t('alert.reason')}
      placeholder={t('alert.reasonWhy')}
      required
      value={value}
      onChange={event => set(event.currentTarget.value)}
      dir="auto"
    />
  )
}

/** Writes, and then everything that is shown is asked again. */
export function useDeed(operation: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: object) => call(operation, input),
    onSuccess: () => queries.invalidateQueries(),
  })
}
