import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { Watch } from '../../../src/monitor/monitor.ts'
import { isolate } from '../../../src/std/isolate.ts'
import { useDeed } from '../part/deed.ts'
import { SLIP, UndoBar } from '../part/undo.tsx'
import { useWords } from '../word/words.ts'
import { watchesAsked } from './asked.ts'

type Given = {
  kind: 'address' | 'cluster' | 'campaign' | 'entity'
  target: string
  network?: string
  /** What to call the watch, where its target alone is the name of another. */
  name?: string
}

/** Watches what the page is about, or says that it is watched and leads to its alerts. */
export function WatchThis({ kind, target, network, name }: Given) {
  const { t } = useWords()
  const watches = useQuery(watchesAsked).data?.watches ?? []
  const held = watches.find(
    one => one.kind === kind && one.target === target && (network === undefined || one.network === network),
  )
  const add = useDeed<Watch>('watch add')
  const remove = useDeed('watch remove')
  const [done, setDone] = useState<string | null>(null)
  const given = { kind, target, ...(network === undefined ? {} : { network }), ...(name === undefined ? {} : { name }) }
  // The button becomes a link, and the other way round: whoever pressed it stays there.
  const place = useRef<HTMLSpanElement>(null)
  const pressed = useRef(false)
  const isHeld = held !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows when the button has become the other
  useEffect(() => {
    if (pressed.current) place.current?.querySelector<HTMLElement>('a, button')?.focus()
    pressed.current = false
  }, [isHeld])
  const watch = () => {
    pressed.current = true
    add.mutate(given, { onSuccess: ({ name }) => setDone(name) })
  }
  const undo = (name: string) => {
    pressed.current = true
    remove.mutate({ name, reason: SLIP }, { onSuccess: () => setDone(null) })
  }
  return (
    <>
      <span ref={place}>
        {held === undefined ? (
          <Button variant="default" size="compact-sm" loading={add.isPending} onClick={watch}>
            {t(kind === 'cluster' ? 'alert.watchCluster' : 'alert.watchThis')}
          </Button>
        ) : (
          <Link to="/alerts" search={{ watch: held.name }} className="chip calm">
            {t('alert.watched')}
          </Link>
        )}
      </span>
      <UndoBar
        word={t('alert.takeBack')}
        said={done === null ? null : t('alert.added', { name: isolate(done) })}
        undo={done === null ? null : () => undo(done)}
        pending={remove.isPending}
        error={add.error ?? remove.error}
      />
    </>
  )
}
