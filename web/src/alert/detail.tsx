import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { isolate } from '../../../src/std/isolate.ts'
import type { AlertAnswer } from '../answer.ts'
import { AddressLink, Code, Name, Short } from '../part/code.tsx'
import { Fact } from '../part/fact.tsx'
import { Dollars, Figure, Time } from '../part/figure.tsx'
import { Thresholds } from '../rule/threshold.tsx'
import { said } from '../word/note.ts'
import { visible } from '../word/visible.ts'
import { useWords } from '../word/words.ts'
import { type Acts, RuleName } from './row.tsx'
import { Close, Review, type Verdict } from './verdict.tsx'

/** All of one alert: why it was raised, by which thresholds and whose, what is not certain, and what became of it. */
export function Detail({ alert, verdict, acts }: { alert: AlertAnswer; verdict: Verdict | null; acts: Acts }) {
  const { t, language } = useWords()
  const { id, status, because, reason, unsure, address, network, disposition } = alert
  return (
    <>
      <p className="because">{sentence(because[language])}</p>
      {reason !== null && (
        <p className="because" data-reason={reason.holds}>
          {sentence(reason[language])}
        </p>
      )}
      {unsure !== null && (
        <p className="small">
          {t('alert.unsure')}: {said(language, unsure)}
        </p>
      )}
      <Facts alert={alert} />
      <p className="chips small">
        <Link to="/address/$network/$address" params={{ network, address }}>
          {t('alert.openAddress')}
        </Link>
        <Link to="/trace" search={{ origin: address }}>
          {t('address.traceIt')}
        </Link>
        <Link to="/graph" search={{ at: address, network }}>
          {t('graph.open')}
        </Link>
      </p>
      <Record alert={alert} />
      {status === 'open' && <Close id={id} asked={verdict} done={acts.closed} />}
      {status === 'closed' && disposition !== null && disposition.reviewed === null && (
        <details>
          <summary>{t('alert.reviewThis', { n: id })}</summary>
          <Review id={id} />
        </details>
      )}
    </>
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
  const { t, language } = useWords()
  const { network, address, counterparty, txid, post, amount, deadline, reference, happenedAt, raisedAt } = alert
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('alert.address'), <AddressLink key="a" network={network} address={address} whole />],
    [
      t('alert.counterparty'),
      counterparty === null ? t('unknown') : <AddressLink key="o" network={network} address={counterparty} whole />,
    ],
    [t('alert.amount'), amount === null ? t('none') : <Money key="m" amount={amount} />],
    [t(txid === null ? 'alert.post' : 'address.transaction'), <Short key="t">{txid ?? post ?? ''}</Short>],
    [t('alert.happened'), <Time key="h" at={happenedAt} zone />],
    [t('alert.raised'), <Time key="r" at={raisedAt} zone />],
    [t('alert.deadline'), deadline === null ? t('alert.noDeadline') : <Time key="d" at={deadline} zone />],
    [t('alert.rule'), <RuleFact key="u" name={alert.rule} />],
    [t('alert.thresholds'), <Thresholds key="l" thresholds={alert.thresholds} />],
    [t('alert.source'), said(language, alert.source)],
    [t('alert.reference'), reference === null ? t('none') : <Name key="n">{reference}</Name>],
  ]
  return (
    <dl className="facts small">
      {facts.map(([name, value]) => (
        <Fact key={name} word={name}>
          {value}
        </Fact>
      ))}
    </dl>
  )
}

/** In words, and by the name under which the record has it. */
function RuleFact({ name }: { name: string }) {
  return (
    <>
      <RuleName name={name} /> <Code>{name}</Code>
    </>
  )
}

function Money({ amount }: { amount: NonNullable<AlertAnswer['amount']> }) {
  const { t } = useWords()
  return (
    <>
      <Figure amount={amount} />
      {amount.usd !== null && (
        <>
          {' · '}
          <Dollars value={amount.usd.value} />
          {amount.usd.basis === 'nominal' && <span className="quiet small"> ({t('alert.nominal')})</span>}
        </>
      )}
    </>
  )
}

type Event = AlertAnswer['events'][number]

/** What happened to it, in order: who said what, who looked again, and what the chain did. */
function Record({ alert: { events } }: { alert: AlertAnswer }) {
  const { t } = useWords()
  if (events.length === 0) return null
  return (
    <ol className="timeline small" aria-label={t('alert.record')}>
      {events.map(event => (
        <li key={event.id}>
          <Happened event={event} />
        </li>
      ))}
    </ol>
  )
}

function Happened({ event: { kind, content, at, by } }: { event: Event }) {
  const { t, term, language } = useWords()
  const { verdict, reason, agrees, why } = content as Partial<Record<'verdict' | 'reason' | 'why', string>> & {
    agrees?: boolean
  }
  const who = by === 'athar' ? t('name') : isolate(by)
  const word =
    kind === 'closed' && verdict !== undefined
      ? t('alert.said', { verdict: term('verdict', verdict), who })
      : kind === 'reviewed'
        ? t(agrees === true ? 'alert.agreed' : 'alert.disagreed', { who })
        : term('alertEvent', kind)
  const because = reason ?? why
  return (
    <>
      <Time at={at} /> <strong>{word}</strong>
      {because !== undefined && (
        <>
          {': '}
          {said(language, because)}
        </>
      )}
    </>
  )
}
