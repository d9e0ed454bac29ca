import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { DragEvent, ReactNode } from 'react'
import { OWN_NAMES } from '../word/language.ts'
import { useWords } from '../word/words.ts'
import type { CaseAnswer } from './case-answer.ts'
import { type Cited, cite, format } from './citation.ts'
import { AddressLink, Name, Short } from './code.tsx'
import { Time } from './figure.tsx'
import { NoteText } from './note.tsx'

type Happened = { readonly at: string; readonly what: string; readonly body: ReactNode; readonly by: string }

/** What happened in a case, in order of time: nothing is ever taken out. */
export function Timeline({ answer }: { answer: CaseAnswer }) {
  const { t, count } = useWords()
  const events = useEvents(answer)
  return (
    <section className="card" aria-label={t('case.timeline')}>
      <h2>{t('case.timeline')}</h2>
      <ol className="timeline">
        {events.map((event, i) => (
          <li key={`${event.at}-${i}`}>
            <div className="small quiet">
              <Time at={event.at} zone /> · <bdi>{event.by}</bdi>
            </div>
            <div>
              <strong>{event.what}</strong> {event.body}
            </div>
          </li>
        ))}
      </ol>
      {answer.outcome !== null && (
        <p>
          {t('case.outcome')}: <Name>{answer.outcome}</Name>
        </p>
      )}
      <p className="small quiet">
        {t('case.record', { entries: count('entries', answer.record.events) })} <Short>{answer.record.digest}</Short>
      </p>
    </section>
  )
}

function useEvents(answer: CaseAnswer): Happened[] {
  const { t, term } = useWords()
  const { evidence, runs, notes, reports, statuses, tasks, openedAt, openedBy } = answer
  return [
    { at: openedAt, what: t('case.opened'), body: null, by: openedBy },
    ...evidence.map(one => ({
      ...{ at: one.at, by: one.user, what: t('case.added', { what: term('kind', one.what) }) },
      body: <Evidence what={one.what} value={one.value} network={one.network} />,
    })),
    ...runs.map(run => ({
      ...{ at: run.declaredAt, by: openedBy, what: t('case.declared', { what: term('operation', run.operation) }) },
      body: <Run reason={run.reason} sha256={run.sha256} />,
    })),
    ...statuses.map(({ status, at, user }) => ({
      ...{ at, by: user, what: t('case.status') },
      body: <span className="chip">{term('status', status)}</span>,
    })),
    ...tasks.flatMap(task => [
      { at: task.at, by: task.user, what: t('case.task'), body: <Name>{task.text}</Name> },
      ...(task.done === null
        ? []
        : [{ at: task.done.at, by: task.done.user, what: t('case.done'), body: <Name>{task.text}</Name> }]),
    ]),
    ...notes.map(note => ({ at: note.at, by: note.user, what: t('case.noted'), body: <NoteText text={note.text} /> })),
    ...reports.map(report => ({
      ...{ at: report.writtenAt, by: report.writtenBy, what: t('case.wrote') },
      body: (
        <>
          <bdi>{OWN_NAMES[report.language] ?? report.language}</bdi> · <bdi>{report.format.toUpperCase()}</bdi> ·{' '}
          <Short>{report.sha256}</Short>
        </>
      ),
    })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

function Run({ reason, sha256 }: { reason: string; sha256: string | null }) {
  const { t } = useWords()
  return (
    <>
      <span className="quiet">
        {t('case.because')}: <Name>{reason}</Name>
      </span>{' '}
      {sha256 !== null && (
        <Citable cited={{ what: 'run', value: sha256 }}>
          <Short>{sha256}</Short>
        </Citable>
      )}
    </>
  )
}

function Evidence({ what, value, network }: { what: string; value: string; network: string | null }) {
  if (what === 'address') {
    return (
      <Citable cited={{ what, value, network: network ?? 'any' }}>
        <AddressLink network={network ?? 'any'} address={value} />
      </Citable>
    )
  }
  return what === 'campaign' ? (
    <Citable cited={{ what, value }}>
      <Link to="/campaigns/$name" params={{ name: value }}>
        <Name>{value}</Name>
      </Link>
    </Citable>
  ) : (
    <Citable cited={{ what: 'capture', value }}>
      <Link to="/captures/$sha256" params={{ sha256: value }}>
        <Short>{value}</Short>
      </Link>
    </Citable>
  )
}

/** Something that a note can cite: dragged into it, or put there by its button. */
function Citable({ cited, children }: { cited: Cited; children: ReactNode }) {
  const { t } = useWords()
  const carry = (event: DragEvent<HTMLSpanElement>) => {
    event.dataTransfer.setData('text/plain', format(cited))
    event.dataTransfer.effectAllowed = 'copy'
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging has a button beside it that does the same
    <span draggable="true" onDragStart={carry}>
      {children}{' '}
      <Button
        variant="subtle"
        size="compact-xs"
        aria-label={t('case.citeThis', { what: cited.value })}
        onClick={() => cite(cited)}
      >
        {t('case.cite')}
      </Button>
    </span>
  )
}
