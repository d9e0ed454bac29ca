import { Button, NativeSelect } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../call.ts'
import type { CaseAnswer } from '../part/case-answer.ts'
import { AddEvidence, AddNote, SetStatus } from '../part/case-form.tsx'
import { Timeline } from '../part/case-timeline.tsx'
import { Related, TakeAlong, Work } from '../part/case-work.tsx'
import { Name } from '../part/code.tsx'
import { Time } from '../part/figure.tsx'
import { PageTrouble, Reading, TroubleNote } from '../part/trouble.tsx'
import { OWN_NAMES } from '../word/language.ts'
import { useTitle } from '../word/title.ts'
import { visible } from '../word/visible.ts'
import { useWords } from '../word/words.ts'

/** One case: its report in a frame that can run nothing, its timeline, and what can be added. */
export function CaseView() {
  const { name } = useParams({ from: '/cases/$name' })
  const shown = useQuery({
    queryKey: ['case show', name],
    queryFn: ({ signal }) => call<CaseAnswer>('case show', { name }, signal),
  })
  const { t } = useWords()
  useTitle(`${t('case.one')} ${visible(shown.data?.title ?? name)}`)
  if (shown.data !== undefined) return <Shown key={name} answer={shown.data} />
  return shown.error === null ? <Reading /> : <PageTrouble title={t('case.one')} error={shown.error} />
}

function Shown({ answer }: { answer: CaseAnswer }) {
  const { term } = useWords()
  const closed = answer.status === 'closed'
  return (
    <>
      <div className="head">
        <h1>
          <Name>{answer.title}</Name>
        </h1>
        {closed && <span className="chip">{term('status', answer.status)}</span>}
        {!closed && <SetStatus name={answer.name} status={answer.status} />}
      </div>
      <Reports answer={answer} />
      <div className="grid">
        <Timeline answer={answer} />
        <div>
          <Work answer={answer} closed={closed} />
          {!closed && <AddNote name={answer.name} />}
          {!closed && <AddEvidence name={answer.name} />}
          <Related name={answer.name} />
          <TakeAlong answer={answer} />
        </div>
      </div>
    </>
  )
}

function Reports({ answer }: { answer: CaseAnswer }) {
  const { t, language } = useWords()
  const [shown, setShown] = useState<string | null>(null)
  const html = answer.reports.filter(report => report.format === 'html')
  const newest = html.toReversed()
  const mine = newest.find(report => report.language === language) ?? newest[0]
  const current = html.find(report => report.sha256 === shown) ?? mine ?? null
  return (
    <section className="card" aria-label={t('report.title')}>
      <h2>{t('report.title')}</h2>
      {html.length === 0 && <p className="quiet">{t('report.none')}</p>}
      <div className="row">
        {html.map((report, i) => (
          <Button
            key={`${report.sha256}-${i}`}
            variant={report === current ? 'filled' : 'default'}
            size="compact-md"
            aria-pressed={report === current}
            onClick={() => setShown(report.sha256)}
          >
            <span lang={report.language}>{OWN_NAMES[report.language] ?? report.language}</span>
            {' · '}
            <Time at={report.writtenAt} />
          </Button>
        ))}
        <Write name={answer.name} />
      </div>
      {current !== null && (
        <>
          <iframe
            className="report"
            title={t('report.frame', { title: visible(answer.title) })}
            sandbox=""
            src={`/api/v1/files/report/${current.sha256}`}
          />
          <a href={`/api/v1/files/report/${current.sha256}`} target="_blank" rel="noreferrer">
            {t('report.print')}
          </a>
        </>
      )}
    </section>
  )
}

function Write({ name }: { name: string }) {
  const { t, language: own } = useWords()
  const queries = useQueryClient()
  const [language, setLanguage] = useState<string>(own)
  const write = useMutation({
    mutationFn: () => call('report write', { case: name, format: 'html', language }),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['case list'] }),
        queries.invalidateQueries({ queryKey: ['case show', name] }),
      ]),
  })
  return (
    <div className="row push">
      <NativeSelect
        aria-label={t('report.language')}
        value={language}
        onChange={event => setLanguage(event.currentTarget.value)}
        data={Object.entries(OWN_NAMES).map(([value, label]) => ({ value, label }))}
      />
      <Button variant="default" loading={write.isPending} onClick={() => write.mutate()}>
        {t('report.write')}
      </Button>
      {write.error !== null && <TroubleNote error={write.error} />}
    </div>
  )
}
