import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { ReceiverListed, ReceiverTested } from '../../../src/app/monitor/receiver.ts'
import { isolate } from '../../../src/std/isolate.ts'
import { Code, Name } from '../part/code.tsx'
import { useDeed } from '../part/deed.ts'
import { Fact } from '../part/fact.tsx'
import { Time, Whole } from '../part/figure.tsx'
import { TroubleNote } from '../part/trouble.tsx'
import { useWords } from '../word/words.ts'

type State = 'well' | 'fresh' | 'due' | 'failing' | 'paused'

const CHIPS: Readonly<Record<State, string>> = {
  ...{ well: 'chip calm', fresh: 'chip', due: 'chip warn', failing: 'chip late', paused: 'chip dashed' },
}

function stateOf({ pausedAt, failing, waiting, deliveredAt }: ReceiverListed): State {
  if (pausedAt !== null) return 'paused'
  if (failing !== null) return 'failing'
  if (waiting > 0) return 'due'
  return deliveredAt === null ? 'fresh' : 'well'
}

const SMALL = { variant: 'default', size: 'compact-sm' } as const

/** One receiver: how it is told, how that goes, and what can be done with it. */
export function ReceiverItem({ receiver, removed }: { receiver: ReceiverListed; removed: () => void }) {
  const { t, term } = useWords()
  const { name, kind, pausedAt } = receiver
  const [leaving, setLeaving] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const test = useDeed<ReceiverTested>('receiver test', 'receiver list')
  const turn = useDeed(pausedAt === null ? 'receiver pause' : 'receiver resume', 'receiver list')
  const state = stateOf(receiver)
  const own = { name: isolate(name) }
  const way = pausedAt === null ? 'pause' : 'resume'
  const keep = () => {
    setLeaving(false)
    button.current?.focus()
  }
  return (
    <li data-receiver={name} data-state={state}>
      <div className="rule">
        <div>
          <strong>
            <Name>{name}</Name>
          </strong>{' '}
          <span className="chip">{term('receiver', kind)}</span>{' '}
          <span className={CHIPS[state]}>{t(`receiver.${state}`)}</span>
        </div>
        <div className="row">
          <Button
            {...SMALL}
            loading={test.isPending}
            aria-label={t('receiver.testThis', own)}
            onClick={() => test.mutate({ name })}
          >
            {t('receiver.test')}
          </Button>
          <Button
            {...SMALL}
            loading={turn.isPending}
            aria-label={t(`receiver.${way}This`, own)}
            onClick={() => turn.mutate({ name })}
          >
            {t(`receiver.${way}`)}
          </Button>
          <Button
            {...SMALL}
            ref={button}
            aria-expanded={leaving}
            aria-label={t('receiver.removeThis', own)}
            onClick={() => setLeaving(true)}
          >
            {t('receiver.remove')}
          </Button>
        </div>
      </div>
      <Facts receiver={receiver} />
      {leaving && <Sure receiver={receiver} keep={keep} removed={removed} />}
      <Tested answer={test.data} name={own.name} />
      {test.error !== null && <TroubleNote error={test.error} />}
      {turn.error !== null && <TroubleNote error={turn.error} />}
    </li>
  )
}

function Facts({ receiver }: { receiver: ReceiverListed }) {
  const { t } = useWords()
  const { kind, target, server, secret, waiting, deliveredAt, failing, pausedAt } = receiver
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t(`receiver.${kind}`), <Code key="t">{kind === 'webhook' ? withoutKeys(target) : target}</Code>],
    ...(server === null ? [] : [[t('receiver.server'), <Code key="s">{server}</Code>] as const]),
    ...(kind === 'webhook' || secret !== null
      ? [[t('receiver.secret'), secret === null ? t('receiver.unsigned') : <Code key="k">{secret}</Code>] as const]
      : []),
    [t('receiver.delivered'), deliveredAt === null ? t('receiver.never') : <Time key="d" at={deliveredAt} zone />],
    [t('receiver.waiting'), <Whole key="w" value={waiting} />],
    ...(pausedAt === null ? [] : [[t('receiver.pausedAt'), <Time key="p" at={pausedAt} zone />] as const]),
  ]
  return (
    <dl className="facts small">
      {facts.map(([word, value]) => (
        <Fact key={word} word={word}>
          {value}
        </Fact>
      ))}
      {failing !== null && (
        <Fact word={t('receiver.since')}>
          <Time at={failing.since} zone />{' '}
          <span className="chip late">
            <bdi lang="en">{failing.why}</bdi>
          </span>
        </Fact>
      )}
      {failing !== null && pausedAt === null && (
        <Fact word={t('receiver.next')}>
          <Time at={failing.nextAt} zone />
        </Fact>
      )}
    </dl>
  )
}

/** Addresses of webhooks often hold their key: what stands before the host, long parts of the path, the query. */
function withoutKeys(address: string): string {
  const url = URL.parse(address)
  if (url === null) return '…'
  const path = url.pathname.replace(/(?<=\/)[\w-]{20,}/g, '…')
  return `${url.protocol}//${url.username === '' ? '' : '…@'}${url.host}${path}${url.search === '' ? '' : '?…'}`
}

/** Whether the test was taken; why not in the words of the other side. */
function Tested({ answer, name }: { answer: ReceiverTested | undefined; name: string }) {
  const { t } = useWords()
  return (
    <>
      <p role="status" className="said">
        {answer?.why === null && t('receiver.tested', { name })}
      </p>
      {answer?.why != null && (
        <p className="verdict warn" role="alert">
          <span>
            {t('receiver.testFailed', { name })} <bdi lang="en">{answer.why}</bdi>
          </span>
        </p>
      )}
    </>
  )
}

type SureGiven = { receiver: ReceiverListed; keep: () => void; removed: () => void }

/** Asks once more: what waits is lost with it. Escape keeps it. */
function Sure({ receiver: { name, waiting }, keep, removed }: SureGiven) {
  const { t } = useWords()
  const safe = useRef<HTMLButtonElement>(null)
  const remove = useDeed('receiver remove', 'receiver list')
  useEffect(() => safe.current?.focus(), [])
  const word = t('receiver.sure', { name: isolate(name), waiting })
  return (
    <fieldset className="sure row" aria-label={word} onKeyDown={event => event.key === 'Escape' && keep()}>
      <span>{word}</span>
      <Button {...SMALL} ref={safe} onClick={keep}>
        {t('receiver.no')}
      </Button>
      <Button {...SMALL} loading={remove.isPending} onClick={() => remove.mutate({ name }, { onSuccess: removed })}>
        {t('receiver.yes')}
      </Button>
      {remove.error !== null && <TroubleNote error={remove.error} />}
    </fieldset>
  )
}
