import { type Row, row } from '../row.ts'

/** Campaigns: rows of the table of operations. */
export const rows: readonly Row[] = [
  row(
    'campaign add',
    'Record a campaign: a solicitation by a claimed actor',
    'write',
    async () => (await import('./campaign.ts')).campaignAdd,
  ),
  row(
    'campaign show',
    'Show a campaign: addresses with role and window, properties, captures, and what they published when',
    'read',
    async () => (await import('./campaign.ts')).campaignShow,
  ),
  row('campaign list', 'List the campaigns', 'read', async () => (await import('./campaign.ts')).campaignList),
  row(
    'campaign link',
    'Link addresses or a property (channel, site, page) to a campaign, with the evidence',
    'write',
    async () => (await import('./campaign.ts')).campaignLink,
  ),
  row(
    'campaign receipts',
    'Tell what a campaign or a set of addresses took in, in classes that sum to the inflow',
    'read',
    async () => (await import('./receipts.ts')).campaignReceipts,
  ),
  row(
    'campaign still',
    'Tell what of a campaign’s value can still be stopped, by whom, and how long that usually takes',
    'read',
    async () => (await import('./still.ts')).campaignStill,
  ),
  row(
    'campaign bursts',
    'Tell when more came in than before, and whether something else explains it',
    'read',
    async () => (await import('./bursts.ts')).campaignBursts,
  ),
  row(
    'campaign check',
    'Read published figures as claims, and hold them against each other and the ledger',
    'read',
    async () => (await import('./check.ts')).campaignCheck,
  ),
  row(
    'claim store',
    'Keep the figures that a text publishes as claims of those who said them',
    'write',
    async () => (await import('./claim-store.ts')).claimStore,
  ),
]
