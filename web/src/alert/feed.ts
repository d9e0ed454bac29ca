import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { AlertAnswer } from '../answer.ts'

/** What the stream of alerts has told since the page was opened. */
export type Feed = {
  /** Whether the stream stands now. */
  readonly live: boolean
  /** Alerts that came while the page stood: marked until somebody opens them. */
  readonly fresh: ReadonlySet<number>
  /** How many came with the last batch; 0: none has. */
  readonly came: number
}

const ADDRESS = '/api/v1/alerts/events'
/** Alerts come in bursts: what comes within this is asked for, drawn and said once. */
const GATHER_MILLISECONDS = 400
/** A stream that was refused is not taken up by the browser itself. */
const AGAIN_MILLISECONDS = 3000

/** Follows the alerts: what is listed is asked for anew as soon as one is raised or something becomes of one. */
export function useFeed(): Feed {
  const queries = useQueryClient()
  const [feed, setFeed] = useState<Feed>({ live: false, fresh: new Set(), came: 0 })
  useEffect(() => {
    let gathered: number[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      timer = undefined
      const ids = gathered
      gathered = []
      if (ids.length > 0) setFeed(({ live, fresh }) => ({ live, fresh: new Set([...fresh, ...ids]), came: ids.length }))
      void queries.invalidateQueries({ queryKey: ['alert list'] })
    }
    const later = () => {
      timer ??= setTimeout(flush, GATHER_MILLISECONDS)
    }
    const stop = listen({
      alert(id) {
        gathered.push(id)
        later()
      },
      change: later,
      // What happened while nobody listened is asked for: only new alerts are told afterwards.
      live(live) {
        setFeed(before => ({ ...before, live }))
        if (live) later()
      },
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [queries])
  return feed
}

type Hear = { alert(id: number): void; change(): void; live(stands: boolean): void }

function listen(hear: Hear): () => void {
  let source: EventSource
  let again: ReturnType<typeof setTimeout> | undefined
  const open = () => {
    source = new EventSource(ADDRESS)
    source.addEventListener('open', () => hear.live(true))
    source.addEventListener('alert', event => hear.alert((JSON.parse(event.data as string) as AlertAnswer).id))
    source.addEventListener('change', () => hear.change())
    source.addEventListener('error', () => {
      hear.live(false)
      if (source.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN_MILLISECONDS)
    })
  }
  open()
  return () => {
    clearTimeout(again)
    source.close()
  }
}
