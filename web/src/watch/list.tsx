import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Listed } from '../../../src/app/monitor/watch.ts'
import { isolate } from '../../../src/std/isolate.ts'
import { AddressLink, Name } from '../part/code.tsx'
import { useDeed } from '../part/deed.ts'
import { Field } from '../part/field.tsx'
import { Whole } from '../part/figure.tsx'
import { LongTable } from '../part/long-table.tsx'
import { TroubleNote } from '../part/trouble.tsx'
import { SLIP, UndoBar } from '../part/undo.tsx'
import { useWords } from '../word/words.ts'
import { watchesAsked } from './asked.ts'
import { AddWatch } from './form.tsx'

/** What was done to a watch last, and whether it was taken back. */
type Done = { readonly name: string; readonly how: 'added' | 'ended' | 'back' }

/** What is watched, with a way to add, to end, and to take either back. */
export function Watches() {
  const { t } = useWords()
  const asked = useQuery(watchesAsked)
  const [done, setDone] = useState<Done | null>(null)
  const remove = useDeed('watch remove')
  const restore = useDeed('watch restore')
  const section = useRef<HTMLElement>(null)
  const ended = (name: string) => {
    setDone({ name, how: 'ended' })
    section.current?.focus()
  }
  const undo = ({ name, how }: Done) => {
    const after = { onSuccess: () => setDone({ name, how: how === 'added' ? 'ended' : 'back' }) }
    if (how === 'added') remove.mutate({ name, reason: SLIP }, after)
    else restore.mutate({ name }, after)
  }
  return (
    <section className="card" aria-label={t('alert.watches')} id="watches" ref={section} tabIndex={-1}>
      <h2>{t('alert.watches')}</h2>
      {asked.error !== null && <TroubleNote error={asked.error} />}
      {asked.data?.watches.length === 0 && <p className="quiet">{t('alert.noWatches')}</p>}
      {asked.data !== undefined && asked.data.watches.length > 0 && (
        <Table watches={asked.data.watches} ended={ended} />
      )}
      <UndoBar
        word={t('alert.takeBack')}
        said={done === null ? null : t(`alert.${done.how}`, { name: isolate(done.name) })}
        undo={done === null || done.how === 'back' ? null : () => undo(done)}
        pending={remove.isPending || restore.isPending}
        error={remove.error ?? restore.error}
      />
      <AddWatch added={name => setDone({ name, how: 'added' })} />
    </section>
  )
}

function Table({ watches, ended }: { watches: readonly Listed[]; ended: (name: string) => void }) {
  const words = useWords()
  const { t } = words
  const [reason, setReason] = useState('')
  const remove = useDeed('watch remove')
  return (
    <>
      <LongTable
        label={t('alert.watches')}
        least={62}
        height={320}
        heads={[
          { key: 'name', title: t('alert.name'), width: '1.2fr' },
          { key: 'kind', title: t('alert.kind'), width: '8rem' },
          { key: 'target', title: t('alert.target'), width: '1.4fr' },
          { key: 'rules', title: t('alert.rules'), width: '1.2fr' },
          { key: 'reference', title: t('alert.reference'), width: '7rem' },
          { key: 'hours', title: t('alert.hoursShort'), width: '6rem', end: true },
          { key: 'addresses', title: t('alert.addresses'), width: '6rem', end: true },
          { key: 'end', title: t('alert.remove'), width: '5rem' },
        ]}
        count={watches.length}
        cells={i => [
          ...cellsOf(watches[i]!, words),
          <Button
            key="end"
            variant="default"
            size="compact-xs"
            aria-label={t('alert.removeThis', { name: isolate(watches[i]!.name) })}
            disabled={reason.trim() === ''}
            loading={remove.isPending}
            onClick={() => {
              const { name } = watches[i]!
              remove.mutate({ name, reason: reason.trim() }, { onSuccess: () => ended(name) })
            }}
          >
            {t('alert.remove')}
          </Button>,
        ]}
      />
      <Field mt="xs" label={t('alert.removeWhy')} value={reason} set={setReason} />
      {remove.error !== null && <TroubleNote error={remove.error} />}
    </>
  )
}

/** One watch in words. */
function cellsOf({ name, kind, target, network, ...watch }: Listed, { t, term }: ReturnType<typeof useWords>) {
  const { rules, reference, deadlineHours } = watch
  return [
    <Name key="name">{name}</Name>,
    term('watch', kind),
    network === null ? <Name key="target">{target}</Name> : <AddressLink key="t" network={network} address={target} />,
    rules.length === 0 ? t('alert.allRules') : rules.map(one => term('rule', one)).join(t('comma')),
    reference === null ? t('none') : <Name key="reference">{reference}</Name>,
    deadlineHours === null ? t('none') : <Whole key="hours" value={deadlineHours} />,
    <Stands key="addresses" watch={watch} />,
  ]
}

/** For how many addresses it stands; one that stands for none can tell of nothing, and says so. */
function Stands({ watch: { addresses, idle } }: { watch: Pick<Listed, 'addresses' | 'idle'> }) {
  const { t } = useWords()
  if (idle === null) return <Whole value={addresses} />
  return (
    <span className="chip warn" title={t('alert.idle')}>
      <Whole value={addresses} />
      <span className="unseen"> {t('alert.idle')}</span>
    </span>
  )
}
