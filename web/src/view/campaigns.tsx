import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { call } from '../call.ts'
import { AddCampaign } from '../part/campaign-form.tsx'
import { Name } from '../part/code.tsx'
import { Reading, TroubleNote } from '../part/trouble.tsx'
import { useTitle } from '../word/title.ts'
import { useWords } from '../word/words.ts'

type Row = { name: string; claimedActor: string | null; addresses: number }

/** The campaigns that are recorded. */
export function Campaigns() {
  const { t, count } = useWords()
  useTitle(t('campaign.title'))
  const list = useQuery({
    queryKey: ['campaign list'],
    queryFn: ({ signal }) => call<{ campaigns: Row[] }>('campaign list', {}, signal),
  })
  return (
    <>
      <h1>{t('campaign.title')}</h1>
      {list.error !== null && list.data === undefined && <TroubleNote error={list.error} />}
      {list.data === undefined && list.error === null && <Reading />}
      {list.data?.campaigns.length === 0 && <p className="card">{t('campaign.none')}</p>}
      {list.data?.campaigns.map(one => (
        <article className="card" key={one.name}>
          <h2>
            <Link to="/campaigns/$name" params={{ name: one.name }}>
              <Name>{one.name}</Name>
            </Link>
          </h2>
          <p>
            {t('campaign.actor')}: {one.claimedActor === null ? t('unknown') : <Name>{one.claimedActor}</Name>} ·{' '}
            {count('addresses', one.addresses)}
          </p>
        </article>
      ))}
      <AddCampaign />
    </>
  )
}
