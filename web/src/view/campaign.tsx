import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReceiptsAnswer } from '../answer.ts'
import { call } from '../call.ts'
import { BurstsCard } from '../part/bursts.tsx'
import { LinkAddress } from '../part/campaign-form.tsx'
import { AddressLink, Name, Short } from '../part/code.tsx'
import { CoverageCard } from '../part/coverage.tsx'
import { Time } from '../part/figure.tsx'
import { ReceiptsCard } from '../part/receipts.tsx'
import { Sheet } from '../part/sheet.tsx'
import { StillCard } from '../part/still.tsx'
import { PageTrouble, Reading, TroubleNote } from '../part/trouble.tsx'
import { WatchThis } from '../watch/this.tsx'
import { useTitle } from '../word/title.ts'
import { visible } from '../word/visible.ts'
import { useWords } from '../word/words.ts'

type Linked = {
  address: string
  network: string
  role: string | null
  hostedAt: string | null
  publishedAt: string | null
  frozenAt: string | null
  standing: string
}
type CampaignAnswer = {
  name: string
  claimedActor: string | null
  purpose: string[]
  addresses: Linked[]
  captures: { sha256: string; sources: (string | null)[] }[]
}

/** A campaign: who is said to run it, its addresses, what it took in by classes with bounds, and its evidence. */
export function CampaignView() {
  const { name } = useParams({ from: '/campaigns/$name' })
  const { t } = useWords()
  useTitle(visible(name))
  const shown = useQuery({
    queryKey: ['campaign show', name],
    queryFn: ({ signal }) => call<CampaignAnswer>('campaign show', { name }, signal),
  })
  const receipts = useQuery({
    queryKey: ['campaign receipts', name],
    queryFn: ({ signal }) => call<ReceiptsAnswer>('campaign receipts', { name }, signal),
    // A campaign without addresses has no receipts to ask for.
    enabled: (shown.data?.addresses.length ?? 0) > 0,
  })
  if (shown.data === undefined)
    return shown.error === null ? <Reading /> : <PageTrouble title={visible(name)} error={shown.error} />
  const { claimedActor, purpose, addresses, captures } = shown.data
  return (
    <>
      <div className="head">
        <h1>
          <Name>{name}</Name>
        </h1>
        {addresses.length > 0 && <WatchThis kind="campaign" target={name} />}
      </div>
      <p>
        {t('campaign.actor')}: {claimedActor === null ? t('unknown') : <Name>{claimedActor}</Name>}
        {purpose.length > 0 && (
          <>
            {' · '}
            {t('campaign.purpose')}: <Name>{purpose.join(', ')}</Name>
          </>
        )}
      </p>
      {receipts.error !== null && <TroubleNote error={receipts.error} />}
      {receipts.isLoading && <Reading />}
      {receipts.data !== undefined && <ReceiptsCard answer={receipts.data} />}
      {addresses.length > 0 && <StillCard name={name} />}
      {addresses.length > 0 && <BurstsCard name={name} />}
      <Addresses addresses={addresses} />
      <LinkAddress name={name} />
      <div className="grid">
        <Evidence captures={captures} />
        <div>
          {receipts.data?.coverage.map(one => (
            <CoverageCard key={one.network} coverage={one} />
          ))}
        </div>
      </div>
    </>
  )
}

function Addresses({ addresses }: { addresses: readonly Linked[] }) {
  const { t, term } = useWords()
  return (
    <Sheet
      label={t('campaign.addresses')}
      heads={[
        t('address.title'),
        t('address.network'),
        t('campaign.role'),
        t('campaign.published'),
        t('campaign.frozen'),
        t('campaign.standing'),
      ]}
    >
      {addresses.map(one => (
        <tr key={`${one.network} ${one.address}`}>
          <td>
            <AddressLink network={one.network} address={one.address} />
            {one.hostedAt !== null && (
              <div className="small quiet">
                <Name>{one.hostedAt}</Name>
              </div>
            )}
          </td>
          <td>{term('network', one.network)}</td>
          <td>{one.role === null ? t('unknown') : term('role', one.role)}</td>
          <td>{one.publishedAt === null ? t('unknown') : <Time at={one.publishedAt} />}</td>
          <td>{one.frozenAt === null ? t('none') : <Time at={one.frozenAt} />}</td>
          <td>{term('standing', one.standing)}</td>
        </tr>
      ))}
    </Sheet>
  )
}

function Evidence({ captures }: { captures: CampaignAnswer['captures'] }) {
  const { t } = useWords()
  return (
    <section className="card">
      <h2>{t('campaign.captures')}</h2>
      {captures.length === 0 && <p className="quiet">{t('capture.none')}</p>}
      <ul className="lines">
        {captures.map(one => (
          <li key={one.sha256}>
            <Link to="/captures/$sha256" params={{ sha256: one.sha256 }}>
              {one.sources[0] == null ? <Short>{one.sha256}</Short> : <Name>{one.sources[0]}</Name>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
