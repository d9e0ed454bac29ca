import * as Attribution from '../attribution/attribution.ts'
import * as Instant from '../model/instant.ts'
import * as Network from '../model/network.ts'
import type { CampaignAddress, CampaignMaterial, CaptureMaterial, Material, ScreenedMaterial } from './material.ts'

/**
 * The addresses of a case, ready to be handed on: those that its campaigns published, what is claimed of them, and how
 * authorities list them. Addresses of payers, of screenings on the way and of where the money went stay in the case.
 */
export function packsOfCase(material: Material): Attribution.Pack[] {
  const campaigns = material.campaigns.flatMap(campaign => campaign.addresses.map(one => ({ campaign, one })))
  const own = new Set([...campaigns.map(({ one }) => one.address), ...material.claims.map(one => one.address)])
  const entries: Attribution.Entry[] = []
  const put = Attribution.Sheet.numbered(entry => entries.push(entry))
  for (const { campaign, one } of campaigns) keep(put, campaignSheet(material, campaign, one))
  for (const claim of material.claims) {
    keep(put, {
      ...{ kind: ['tag'], address: [claim.address], entity: [claim.object], confidence: ['unknown'] },
      ...{ source: [`${claim.speaker} (${claim.medium})`], lastmod: [day(material.writtenAt)], tag_type: ['mention'] },
      context: [contextOf({ grade: claim.grade, said: claim.saidAt, words: claim.words, capture: claim.capture })],
    })
  }
  const base = { list: material.case.name, version: day(material.writtenAt), leftOut: 0 }
  const publishedAt = Instant.parse(material.writtenAt)!
  const title = `Case ${material.case.name}: ${material.case.title}`
  const casePack = { ...base, authority: material.program.name, title, publishedAt, sha256: null, entries }
  return [casePack, ...listed(material.screened.filter(one => own.has(one.address)))].filter(
    pack => pack.entries.length > 0,
  )
}

type Put = (entry: Attribution.Entry) => void

function keep(put: Put, sheet: Attribution.Sheet.Sheet): void {
  const entry = Attribution.Sheet.fromSheet(sheet, 'the case')
  if (entry !== null) put(entry)
}

/** What a campaign published, as its posts say it: nobody's ownership is stated. */
function campaignSheet(material: Material, campaign: CampaignMaterial, one: CampaignAddress): Attribution.Sheet.Sheet {
  const shown = material.captures.filter(capture => capture.shows.some(place => place.address === one.address))
  const claimed = campaign.claimedActor === null ? '' : `, said to be of ${campaign.claimedActor}`
  const { role, custody, publishedAt } = one
  return {
    ...{ kind: ['tag'], address: [one.address], currency: [symbolOf(one.network)], tag_type: ['mention'] },
    entity: [`${campaign.name}: ${role} address as published${claimed}`],
    ...(role === 'donation' ? { concept: ['donation'] } : {}),
    ...{ confidence: ['web_crawl'], lastmod: [day(material.writtenAt)] },
    source: [shown[0]?.source ?? (shown[0] === undefined ? `case ${material.case.name}` : `sha256:${shown[0].sha256}`)],
    context: [
      contextOf({
        ...{ case: material.case.name, campaign: campaign.name, role, custody, published: publishedAt },
        evidence: shown.map(capture => evidenceOf(capture, one.address)),
      }),
    ],
  }
}

function evidenceOf({ sha256, shows }: CaptureMaterial, address: string): object {
  const place = shows.find(one => one.address === address)!
  return { sha256, ...(place.member === null ? {} : { member: place.member }), start: place.start, end: place.end }
}

/** How each authority lists them, a pack for each list that was asked. */
function listed(screened: readonly ScreenedMaterial[]): Attribution.Pack[] {
  const rows = screened.flatMap(({ address, network, designations }) =>
    designations.map(one => ({ address, network, ...one })),
  )
  return [...Map.groupBy(rows, row => `${row.authority}\n${row.version}`).values()].map(group => {
    const { authority, version, sha256 } = group[0]!
    const entries: Attribution.Entry[] = []
    const put = Attribution.Sheet.numbered(entry => entries.push(entry))
    for (const { address, network, entity, entry, listedAt } of group) {
      keep(put, {
        ...{ kind: ['address'], address: [address], network: [symbolOf(network)], entity: [entity], entry: [entry] },
        ...(listedAt === null ? {} : { listed: [listedAt] }),
      })
    }
    const publishedAt = Instant.parse(version) ?? 0
    const list = 'as screened in the case'
    return { authority, list, title: `${authority}, ${list}`, version, publishedAt, sha256, entries, leftOut: 0 }
  })
}

function symbolOf(network: string): string {
  return Network.parse(network)?.coin.symbol ?? network
}

function contextOf(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)))
}

function day(time: string): string {
  return time.slice(0, 10)
}
