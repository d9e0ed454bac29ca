import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { AlertList } from '../../../src/app/monitor/alert.ts'
import { call } from '../call.ts'
import { useDeed } from '../part/deed.ts'
import { Reading, TroubleNote } from '../part/trouble.tsx'
import { SLIP, UndoBar } from '../part/undo.tsx'
import { useWords } from '../word/words.ts'
import { askedOf } from './asked.ts'
import type { Feed } from './feed.ts'
import { Filters } from './filter.tsx'
import { type Acts, AlertRow } from './row.tsx'
import { KEYS, type Verdict } from './verdict.tsx'

/** Alerts that are shown at once. */
const PAGE = 25
/** Where the stream of alerts does not stand, the list is asked for now and then all the same. */
const ASK_MILLISECONDS = 15_000

type Closed = { readonly id: number; readonly verdict: Verdict }

/** The alerts: chosen by filters, walked through by keys, opened one at a time, closed with a reason, taken back. */
export function Desk({ feed }: { feed: Feed }) {
  const { t, term } = useWords()
  const asked = useSearch({ from: '/alerts' })
  const [limit, setLimit] = useState(PAGE)
  const [open, setOpen] = useState<number | null>(null)
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [closed, setClosed] = useState<Closed | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const answer = useQuery({
    queryKey: ['alert list', asked, limit],
    queryFn: ({ signal }) => call<AlertList>('alert list', { ...askedOf(asked), limit }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: feed.live ? false : ASK_MILLISECONDS,
  })
  const alerts = answer.data?.alerts ?? []
  const acts: Acts = {
    open(id) {
      setOpen(id)
      setVerdict(null)
    },
    closed({ id }, verdict) {
      const at = alerts.findIndex(one => one.id === id)
      const next = alerts[at + 1] ?? alerts[at - 1]
      // Whoever closes one goes on with the next: its row is there already.
      list.current?.querySelector<HTMLElement>(`[data-alert="${next?.id}"] > button`)?.focus()
      setClosed({ id, verdict })
      setOpen(null)
      setVerdict(null)
    },
  }
  const steer = useKeys(list, (id, verdict) => {
    setOpen(id)
    setVerdict(verdict)
  })
  return (
    <section className="card" aria-label={t('alert.list')}>
      <Filters />
      <Undo closed={closed} done={() => setClosed(null)} word={one => term('verdict', one)} />
      {answer.error !== null && answer.data === undefined && <TroubleNote error={answer.error} />}
      {answer.isPending && <Reading />}
      {answer.data?.alerts.length === 0 && (
        <p className="quiet">{t(isPlain(asked) ? 'alert.none' : 'alert.noneFit')}</p>
      )}
      <ol className="alerts" ref={list} onKeyDown={steer} aria-label={t('alert.list')}>
        {alerts.map(alert => (
          <AlertRow
            key={alert.id}
            alert={alert}
            open={alert.id === open}
            fresh={feed.fresh.has(alert.id)}
            verdict={alert.id === open ? verdict : null}
            acts={acts}
          />
        ))}
      </ol>
      {answer.data !== undefined && <More answer={answer.data} more={() => setLimit(limit => 2 * limit)} />}
    </section>
  )
}

function isPlain(asked: object): boolean {
  return Object.keys(asked).length === 0
}

function More({ answer: { shown, of }, more }: { answer: AlertList; more: () => void }) {
  const { t } = useWords()
  if (shown >= of) return null
  return (
    <div className="row">
      <span className="quiet">{t('alert.shown', { shown, all: of })}</span>
      <Button variant="default" size="compact-md" onClick={more}>
        {t('address.more')}
      </Button>
    </div>
  )
}

/** What was said last, with the way back: the record keeps both. */
function Undo({ closed, done, word }: { closed: Closed | null; done: () => void; word: (one: Verdict) => string }) {
  const { t } = useWords()
  const [undone, setUndone] = useState<number | null>(null)
  const reopen = useDeed('alert reopen', 'alert list')
  const undo = ({ id }: Closed) =>
    reopen.mutate(
      { alert: id, reason: SLIP },
      {
        onSuccess() {
          setUndone(id)
          done()
        },
      },
    )
  const back = undone === null ? null : t('alert.undone', { n: undone })
  return (
    <UndoBar
      said={closed === null ? back : t('alert.closedAs', { n: closed.id, verdict: word(closed.verdict) })}
      undo={closed === null ? null : () => undo(closed)}
      pending={reopen.isPending}
      error={reopen.error}
    />
  )
}

const STEPS: Readonly<Record<string, 1 | -1>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

/**
 * j and k (or arrows) go from alert to alert, t, f and u open the form with that verdict, Escape goes back to the row.
 * The keys work while the list has the focus, never while something is written (WCAG 2.1.4).
 */
function useKeys(list: React.RefObject<HTMLOListElement | null>, judge: (id: number, verdict: Verdict) => void) {
  return (event: KeyboardEvent<HTMLOListElement>) => {
    const at = event.target as HTMLElement
    const row = at.closest<HTMLElement>('[data-alert]')
    const own = row?.querySelector<HTMLElement>(':scope > button')
    if (row == null || own == null || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') return own.focus()
    if (at.closest('input, textarea, select') !== null) return
    const step = STEPS[event.key]
    const verdict = row.dataset['status'] === 'open' ? KEYS[event.key] : undefined
    if (step !== undefined) {
      event.preventDefault()
      const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-alert] > button') ?? [])]
      rows[rows.indexOf(own) + step]?.focus()
    } else if (verdict !== undefined) {
      event.preventDefault()
      judge(Number(row.dataset['alert']), verdict)
    }
  }
}
