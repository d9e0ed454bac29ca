import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { RelatedAnswer } from '../../../src/app/case/related.ts'
import { call } from '../call.ts'
import { useWords } from '../word/words.ts'
import type { CaseAnswer } from './case-answer.ts'
import { toCsv, toJson } from './case-take-along.ts'
import { AddressLink, Name, Short } from './code.tsx'
import { download } from './download.ts'
import { Field } from './field.tsx'
import { Time } from './figure.tsx'
import { TroubleNote } from './trouble.tsx'

/** What is to be done in a case, and who leads it. */
export function Work({ answer, closed }: { answer: CaseAnswer; closed: boolean }) {
  const { t } = useWords()
  const { name, tasks, assignee } = answer
  const queries = useQueryClient()
  const ask = useMutation({
    mutationFn: ({ operation, input }: { operation: string; input: object }) => call(operation, { name, ...input }),
    onSuccess: () => queries.invalidateQueries(),
  })
  return (
    <section className="card" aria-label={t('case.tasks')}>
      <h2>{t('case.tasks')}</h2>
      {tasks.length === 0 && <p className="quiet">{t('case.noTasks')}</p>}
      <ul className="tasks">
        {tasks.map(task => (
          <li key={task.sequence}>
            <input
              type="checkbox"
              aria-label={t('case.taskDone', { text: task.text })}
              checked={task.done !== null}
              disabled={closed || task.done !== null || ask.isPending}
              onChange={() => ask.mutate({ operation: 'case task', input: { done: task.sequence } })}
            />
            <span className={task.done === null ? '' : 'done'}>
              <Name>{task.text}</Name>
            </span>
            <span className="quiet small">
              {task.assignee !== null && <Name>{task.assignee}</Name>}{' '}
              {task.done !== null && <Time at={task.done.at} />}
            </span>
          </li>
        ))}
      </ul>
      {!closed && <Add add={input => ask.mutateAsync({ operation: 'case task', input })} />}
      <Lead
        key={assignee}
        assignee={assignee}
        closed={closed}
        set={to => ask.mutate({ operation: 'case assign', input: to })}
      />
      {ask.error !== null && <TroubleNote error={ask.error} />}
    </section>
  )
}

function Add({ add }: { add: (input: object) => Promise<unknown> }) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const [who, setWho] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    const input = { text: text.trim(), ...(who.trim() === '' ? {} : { assignee: who.trim() }) }
    void add(input).then(() => setText(''))
  }
  return (
    <form className="row" onSubmit={submit}>
      <Field label={t('case.task')} value={text} set={setText} />
      <Field label={t('case.who')} value={who} set={setWho} />
      <Button type="submit" variant="default">
        {t('case.addTask')}
      </Button>
    </form>
  )
}

function Lead(given: { assignee: string | null; closed: boolean; set: (input: object) => void }) {
  const { t } = useWords()
  const { assignee, closed, set } = given
  const [who, setWho] = useState(assignee ?? '')
  if (closed) return <p>{assignee !== null && <Name>{assignee}</Name>}</p>
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (who.trim() !== (assignee ?? '')) set(who.trim() === '' ? {} : { to: who.trim() })
  }
  return (
    <form className="row" onSubmit={submit}>
      <Field label={t('case.lead')} value={who} set={setWho} />
      <Button type="submit" variant="default">
        {t('case.setLead')}
      </Button>
    </form>
  )
}

/** Other cases that speak of the same things. */
export function Related({ name }: { name: string }) {
  const { t, term, count } = useWords()
  const asked = useQuery({
    queryKey: ['case related', name],
    queryFn: ({ signal }) => call<RelatedAnswer>('case related', { name }, signal),
  })
  if (asked.error !== null) return <TroubleNote error={asked.error} />
  if (asked.data === undefined) return null
  return (
    <section className="card" aria-label={t('case.related')}>
      <h2>{t('case.related')}</h2>
      {asked.data.related.length === 0 && <p className="quiet">{t('case.noRelated')}</p>}
      {asked.data.related.map(one => (
        <article key={one.name}>
          <Link to="/cases/$name" params={{ name: one.name }}>
            <Name>{one.title}</Name>
          </Link>{' '}
          <span className="chip">{term('status', one.status)}</span>
          <ul className="lines small">
            {one.shared.map(({ what, value, network }) => (
              <li key={`${what} ${value}`}>
                {term('kind', what)}:{' '}
                {what === 'address' ? (
                  <AddressLink network={network ?? 'any'} address={value} />
                ) : (
                  <Short>{value}</Short>
                )}
              </li>
            ))}
            {one.left > 0 && <li className="quiet">{count('more', one.left)}</li>}
          </ul>
        </article>
      ))}
    </section>
  )
}

/** The case taken along as a file: what the file leaves out, and why, stands in it and here. */
export function TakeAlong({ answer }: { answer: CaseAnswer }) {
  const { t } = useWords()
  const name = `case-${answer.name.replace(/[^\w-]+/g, '-')}`
  return (
    <section className="card" aria-label={t('case.takeAlong')}>
      <h2>{t('case.takeAlong')}</h2>
      <p className="small quiet">{t('case.takeAlongLeaves')}</p>
      <div className="row">
        <Button variant="default" onClick={() => download(`${name}.csv`, 'text/csv', toCsv(answer))}>
          CSV
        </Button>
        <Button variant="default" onClick={() => download(`${name}.json`, 'application/json', toJson(answer))}>
          JSON
        </Button>
      </div>
    </section>
  )
}
