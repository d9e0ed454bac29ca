import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { call } from '../call.ts'
import { type CaptureRow, nameOf } from '../part/capture.tsx'
import { Name, Short } from '../part/code.tsx'
import { Time } from '../part/figure.tsx'
import { Sheet } from '../part/sheet.tsx'
import { Reading, TroubleNote } from '../part/trouble.tsx'
import { useTitle } from '../word/title.ts'
import { useWords } from '../word/words.ts'

/** What is sealed, the newest first. */
export function Captures() {
  const { t } = useWords()
  useTitle(t('capture.title'))
  const list = useQuery({
    queryKey: ['capture list'],
    queryFn: ({ signal }) => call<{ captures: CaptureRow[] }>('capture list', {}, signal),
  })
  return (
    <>
      <h1>{t('capture.title')}</h1>
      {list.error !== null && list.data === undefined && <TroubleNote error={list.error} />}
      {list.data === undefined && list.error === null && <Reading />}
      {list.data?.captures.length === 0 && <p className="card">{t('capture.none')}</p>}
      {list.data !== undefined && list.data.captures.length > 0 && <Table captures={list.data.captures.toReversed()} />}
    </>
  )
}

const SHOWN_MAX = 500

function Table({ captures }: { captures: readonly CaptureRow[] }) {
  const { t, count } = useWords()
  return (
    <Sheet
      label={t('capture.title')}
      heads={[t('capture.one'), t('capture.source'), t('capture.posted'), t('capture.campaign'), t('capture.size')]}
      untitled
      below={captures.length > SHOWN_MAX && <p className="quiet">{count('more', captures.length - SHOWN_MAX)}</p>}
    >
      {captures.slice(0, SHOWN_MAX).map(one => (
        <tr key={one.sha256}>
          <td>
            <Link to="/captures/$sha256" params={{ sha256: one.sha256 }}>
              <Name>{nameOf(one)}</Name>
            </Link>
            <div className="small quiet">
              <Short>{one.sha256}</Short>
            </div>
          </td>
          <td>{one.origins[0]?.sourceUrl == null ? t('unknown') : <Name>{one.origins[0].sourceUrl}</Name>}</td>
          <td>{one.origins[0]?.postedAt == null ? t('unknown') : <Time at={one.origins[0].postedAt} zone />}</td>
          <td>{one.origins[0]?.campaign == null ? t('none') : <Name>{one.origins[0].campaign}</Name>}</td>
          <td>{count('bytes', one.bytes)}</td>
        </tr>
      ))}
    </Sheet>
  )
}
