import type { Store } from '../store/store.ts'
import type { Content, Event } from './event.ts'

/** Adds an event at the end of a campaign's. */
export function addEvent({ database }: Store, campaign: string, { at, by, ...content }: Event): void {
  database
    .prepare('INSERT INTO campaign_event (campaign, at, by, body) VALUES (?, ?, ?, ?)')
    .run(campaign, at, by, JSON.stringify(content))
}

/** The events of a campaign, oldest first; with `knownAt` those that were recorded by then. */
export function listEvents({ database }: Store, campaign: string, knownAt?: number): Event[] {
  const rows = database
    .prepare('SELECT at, by, body FROM campaign_event WHERE campaign = ? AND at <= ? ORDER BY id')
    .all(campaign, knownAt ?? Number.MAX_SAFE_INTEGER) as { at: number; by: string; body: string }[]
  return rows.map(({ at, by, body }) => ({ at, by, ...(JSON.parse(body) as Content) }))
}

/** The names of all campaigns, in the order in which they were added. */
export function listNames({ database }: Store): string[] {
  const rows = database.prepare('SELECT campaign FROM campaign_event GROUP BY campaign ORDER BY min(id)').all()
  return (rows as { campaign: string }[]).map(row => row.campaign)
}
