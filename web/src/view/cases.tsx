import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { call } from '../call.ts'
import { OpenCase } from '../part/case-form.tsx'
import { Name } from '../part/code.tsx'
import { Time } from '../part/figure.tsx'
import { Sheet } from '../part/sheet.tsx'
import { Reading, TroubleNote } from '../part/trouble.tsx'
import { useTitle } from '../word/title.ts'
import { useWords } from '../word/words.ts'

export type Report = { sha256: string; language: string; format: string; writtenAt: string }
type Case = { name: string; title: string; status: string; openedAt: string; reports: Report[] }

/** The cases with how many reports were written on each. */
export function Cases() {
  const { t } = useWords()
  useTitle(t('case.title'))
  const cases = useQuery({ queryKey: ['case list'], queryFn: () => call<{ cases: Case[] }>('case list', {}) })
  return (
    <>
      <h1>{t('case.title')}</h1>
      {cases.error !== null && cases.data === undefined && <TroubleNote error={cases.error} />}
      {cases.data === undefined && cases.error === null && <Reading />}
      {cases.data !== undefined && <List cases={cases.data.cases} />}
      <OpenCase />
    </>
  )
}

function List({ cases }: { cases: readonly Case[] }) {
  const { t, term } = useWords()
  if (cases.length === 0) return <p className="card">{`${t('case.none')} ${t('case.begin')}`}</p>
  return (
    <Sheet
      label={t('nav.cases')}
      heads={[t('case.one'), t('case.status'), t('case.opened'), t('report.title')]}
      untitled
    >
      {cases.map(one => (
        <tr key={one.name}>
          <td>
            <Link to="/cases/$name" params={{ name: one.name }}>
              <Name>{one.title}</Name>
            </Link>
          </td>
          <td>
            <span className="chip">{term('status', one.status)}</span>
          </td>
          <td>
            <Time at={one.openedAt} zone />
          </td>
          <td>{one.reports.length}</td>
        </tr>
      ))}
    </Sheet>
  )
}
