import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { ReceiverListed } from '../../../src/app/monitor/receiver.ts'
import { isolate } from '../../../src/std/isolate.ts'
import { call } from '../call.ts'
import { Code } from '../part/code.tsx'
import { useDeed } from '../part/deed.ts'
import { Fold } from '../part/fold.tsx'
import { TroubleNote } from '../part/trouble.tsx'
import { useWords } from '../word/words.ts'
import { AddReceiver } from './form.tsx'
import { ReceiverItem } from './item.tsx'

/** How it goes with them changes without anybody's doing. */
const ASK_MILLISECONDS = 15_000

/** Programs read alerts here as they come. */
const STREAM = '/api/v1/alerts/events'

type Run = { readonly receivers: readonly { readonly delivered: number; readonly failed: number }[] }

/** Who hears of alerts outside this page, how it goes with each, and a way to name others. */
export function Receivers() {
  const { t } = useWords()
  const asked = useQuery({
    queryKey: ['receiver list'],
    queryFn: ({ signal }) => call<{ receivers: ReceiverListed[] }>('receiver list', {}, signal),
    refetchInterval: ASK_MILLISECONDS,
  })
  const [said, setSaid] = useState<string | null>(null)
  const section = useRef<HTMLElement>(null)
  const list = asked.data?.receivers
  return (
    <section className="card" aria-label={t('receiver.title')} id="receivers" ref={section} tabIndex={-1}>
      <h2>{t('receiver.title')}</h2>
      <p className="quiet">{t('receiver.text')}</p>
      {asked.error !== null && <TroubleNote error={asked.error} />}
      {list?.length === 0 && <p>{t('receiver.none')}</p>}
      <p role="status" className="said">
        {said}
      </p>
      <ul className="lines receivers">
        {list?.map(one => (
          <ReceiverItem
            key={one.name}
            receiver={one}
            removed={() => {
              setSaid(t('receiver.removed', { name: isolate(one.name) }))
              section.current?.focus()
            }}
          />
        ))}
      </ul>
      {list?.some(one => one.waiting > 0) === true && <Now />}
      {list !== undefined && (
        <Fold word={t('receiver.add')} open={list.length === 0}>
          <AddReceiver added={name => setSaid(t('receiver.added', { name: isolate(name) }))} />
        </Fold>
      )}
      <Stream />
    </section>
  )
}

/** Hands on what waits, without waiting for the next look at the watches. */
function Now() {
  const { t } = useWords()
  const run = useDeed<Run>('receiver run', 'receiver list')
  const sum = (of: 'delivered' | 'failed') => (run.data?.receivers ?? []).reduce((all, one) => all + one[of], 0)
  return (
    <div className="row">
      <Button variant="default" size="compact-md" loading={run.isPending} onClick={() => run.mutate({})}>
        {t('receiver.now')}
      </Button>
      <span role="status" className="small">
        {run.data !== undefined && t('receiver.handed', { delivered: sum('delivered'), failed: sum('failed') })}
      </span>
      {run.error !== null && <TroubleNote error={run.error} />}
    </div>
  )
}

function Stream() {
  const { t } = useWords()
  const [before, after] = t('receiver.stream', { address: '\n' }).split('\n')
  return (
    <p className="small quiet">
      {before}
      <Code>{STREAM}</Code>
      {after}
    </p>
  )
}
