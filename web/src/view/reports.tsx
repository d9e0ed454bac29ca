import { Button, Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../call.ts'
import { Time } from '../part/figure.tsx'
import { Reading, TroubleNote } from '../part/trouble.tsx'

type Report = { sha256: string; language: string; format: string; writtenAt: string }
type Case = { name: string; title: string; status: string; openedAt: string; reports: Report[] }

/** The cases with what was written on them; a report is read in a frame that can run nothing. */
export function Reports() {
  const { t, i18n } = useTranslation()
  const [shown, setShown] = useState<string | null>(null)
  const cases = useQuery({ queryKey: ['case list'], queryFn: () => call<{ cases: Case[] }>('case list', {}) })
  if (cases.error !== null) return <TroubleNote error={cases.error} />
  if (cases.data === undefined) return <Reading />
  const html = cases.data.cases.flatMap(one => one.reports.filter(report => report.format === 'html'))
  const current = shown ?? html.find(report => report.language === i18n.language)?.sha256 ?? html[0]?.sha256 ?? null
  return (
    <>
      <h1>{t('report.title')}</h1>
      {cases.data.cases.length === 0 && <p className="card">{t('report.none')}</p>}
      {cases.data.cases.map(one => (
        <section className="card" key={one.name}>
          <h2>
            <bdi dir="auto">{one.title}</bdi> <span className="chip">{one.status}</span>
          </h2>
          {one.reports.length === 0 && <p className="quiet">{t('report.none')}</p>}
          {one.reports.map(report => (
            <Button
              key={report.sha256}
              variant={report.sha256 === current ? 'filled' : 'default'}
              size="compact-md"
              me="xs"
              onClick={() => setShown(report.sha256)}
            >
              {report.language === 'ar' ? 'العربية' : 'English'} · <Time at={report.writtenAt} />
            </Button>
          ))}
          <Write name={one.name} />
        </section>
      ))}
      {current !== null && (
        <iframe className="report" title={t('report.title')} sandbox="" src={`/api/v1/files/report/${current}`} />
      )}
    </>
  )
}

function Write({ name }: { name: string }) {
  const { t, i18n } = useTranslation()
  const queries = useQueryClient()
  const [language, setLanguage] = useState(i18n.language === 'ar' ? 'ar' : 'en')
  const write = useMutation({
    mutationFn: () => call('report write', { case: name, format: 'html', language }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['case list'] }),
  })
  return (
    <div>
      <Select
        aria-label={t('nav.language')}
        data={[
          { value: 'ar', label: 'العربية' },
          { value: 'en', label: 'English' },
        ]}
        value={language}
        onChange={value => setLanguage(value ?? 'en')}
        mt="sm"
        w={160}
        allowDeselect={false}
      />
      <Button mt="xs" variant="default" size="compact-md" loading={write.isPending} onClick={() => write.mutate()}>
        {t('report.write')}
      </Button>
      {write.error !== null && <TroubleNote error={write.error} />}
    </div>
  )
}
