import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { isolate } from '../../../src/std/isolate.ts'
import { call } from '../call.ts'
import { WatchThis } from '../watch/this.tsx'
import { alarmWhy, linkWhy } from '../word/reason.ts'
import { useWords } from '../word/words.ts'
import { AddressLink, Name, Short } from './code.tsx'
import { Field } from './field.tsx'
import { Whole } from './figure.tsx'
import { TroubleNote } from './trouble.tsx'

type ClusterAnswer = {
  network: string
  address: string
  size: number
  addresses: string[]
  heuristics: { name: string; version: string }[]
  refused: { txid: string; reason: string }[]
  alarms: { kind: string; txid: string; because: string; threshold: number | null; counts: number[] }[]
  links: { kind: string; address: string; grade: string; because: string; txids: string[] }[]
}

type WhyAnswer = { linked: boolean; witness: { txid: string; heuristic: string; addresses: string[] }[]; cut: string[] }

const SHOWN_MAX = 20

/** Which addresses are held to be the same holder's, and the one question that matters: why? */
export function ClusterCard({ address }: { address: string }) {
  const { t, term, count } = useWords()
  const cluster = useQuery({
    queryKey: ['cluster show', address],
    queryFn: ({ signal }) => call<ClusterAnswer>('cluster show', { address }, signal),
  })
  const why = useMutation({
    mutationFn: (other: string) => call<WhyAnswer>('cluster why', { addresses: [address, other] }),
  })
  if (cluster.error !== null) return <TroubleNote error={cluster.error} />
  if (cluster.data === undefined) return null
  const { network, size, addresses, refused, heuristics } = cluster.data
  const others = addresses.filter(one => one !== cluster.data.address)
  return (
    <section className="card" aria-label={t('address.cluster')}>
      <h2>
        {t('address.cluster')} · <Whole value={size} />
      </h2>
      <p className="quiet">
        {t('address.clusterText')}
        {heuristics.length > 0 && ` (${heuristics.map(one => heuristicWords(term, one.name)).join(', ')})`}
      </p>
      {size <= 1 && <p>{t('address.alone')}</p>}
      {size > 1 && (
        <div className="chips">
          <Link to="/graph" search={{ at: cluster.data.address, network, view: 'entity' }}>
            {t('graph.open')}
          </Link>
          <WatchThis
            kind="cluster"
            target={cluster.data.address}
            network={network}
            name={`${cluster.data.address} +`}
          />
        </div>
      )}
      <ul className="lines">
        {others.slice(0, SHOWN_MAX).map(one => (
          <li key={one}>
            <AddressLink network={network} address={one} />{' '}
            <Button
              variant="default"
              size="compact-xs"
              aria-label={t('address.whyThis', { address: isolate(one) })}
              onClick={() => why.mutate(one)}
            >
              {t('address.why')}
            </Button>
          </li>
        ))}
        {others.length > SHOWN_MAX && <li className="quiet">{count('more', others.length - SHOWN_MAX)}</li>}
      </ul>
      {why.error !== null && <TroubleNote error={why.error} />}
      {why.data !== undefined && <Why answer={why.data} other={why.variables} />}
      {cluster.data.links.length > 0 && <Links network={network} links={cluster.data.links} />}
      {cluster.data.alarms.length > 0 && <Alarms alarms={cluster.data.alarms} />}
      {refused.length > 0 && <Refused refused={refused} />}
      <Ask ask={other => why.mutate(other)} busy={why.isPending} />
    </section>
  )
}

function Why({ answer, other }: { answer: WhyAnswer; other: string }) {
  const { t, term, count } = useWords()
  return (
    <div className="answer" aria-live="polite">
      <p>
        <Short>{other}</Short>:{' '}
        <strong>{answer.linked ? count('linked', answer.witness.length) : t('address.notLinked')}</strong>
      </p>
      <ul className="lines">
        {answer.witness.map(step => (
          <li key={step.txid}>
            <Short>{step.txid}</Short> <span className="quiet">{heuristicWords(term, step.heuristic)}</span>
          </li>
        ))}
      </ul>
      {answer.linked && answer.cut.length > 0 && (
        <p className="small">
          {t('address.cut')}:{' '}
          {answer.cut.map(txid => (
            <span key={txid}>
              <Short>{txid}</Short>{' '}
            </span>
          ))}
        </p>
      )}
    </div>
  )
}

/** `change:fresh+type` in words. */
function heuristicWords(term: ReturnType<typeof useWords>['term'], name: string): string {
  if (!name.startsWith('change:')) return term('heuristic', name)
  const parts = name.slice('change:'.length).split('+')
  return `${term('heuristic', 'change')}: ${parts.map(part => term('change', part)).join(' + ')}`
}

function Links({ network, links }: { network: string; links: ClusterAnswer['links'] }) {
  const { t, term, count, language } = useWords()
  return (
    <>
      <h3>{t('address.links')}</h3>
      <ul className="lines">
        {links.slice(0, SHOWN_MAX).map((link, i) => (
          <li key={`${link.kind} ${link.address} ${i}`}>
            {term('link', link.kind)} <AddressLink network={network} address={link.address} />{' '}
            <span className="chip">{term('certainty', link.grade)}</span>
            <div className="small quiet">
              <Name>{linkWhy(language, link)}</Name>
            </div>
          </li>
        ))}
        {links.length > SHOWN_MAX && <li className="quiet">{count('more', links.length - SHOWN_MAX)}</li>}
      </ul>
    </>
  )
}

function Alarms({ alarms }: { alarms: ClusterAnswer['alarms'] }) {
  const { t, term, count, language } = useWords()
  return (
    <>
      <h3>{t('address.alarms')}</h3>
      <ul className="lines">
        {alarms.slice(0, SHOWN_MAX).map((alarm, i) => (
          <li key={`${alarm.kind} ${alarm.txid} ${i}`}>
            <span className="chip warn">{term('alarm', alarm.kind)}</span> <Short>{alarm.txid}</Short>
            <div className="small quiet">
              <Name>{alarmWhy(language, alarm)}</Name>
            </div>
          </li>
        ))}
        {alarms.length > SHOWN_MAX && <li className="quiet">{count('more', alarms.length - SHOWN_MAX)}</li>}
      </ul>
    </>
  )
}

function Refused({ refused }: { refused: ClusterAnswer['refused'] }) {
  const { t, term } = useWords()
  return (
    <details>
      <summary>
        {t('address.refused')} ({refused.length})
      </summary>
      {refused.slice(0, SHOWN_MAX).map(one => (
        <div key={one.txid}>
          <Short>{one.txid}</Short> <bdi className="quiet">{term('refusal', one.reason)}</bdi>
        </div>
      ))}
    </details>
  )
}

function Ask({ ask, busy }: { ask: (other: string) => void; busy: boolean }) {
  const { t } = useWords()
  const [other, setOther] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (other.trim() !== '') ask(other.trim())
  }
  return (
    <form onSubmit={submit} className="row">
      <Field label={t('address.whyWith')} value={other} set={setOther} kind="code" />
      <Button type="submit" variant="default" loading={busy}>
        {t('address.why')}
      </Button>
    </form>
  )
}
