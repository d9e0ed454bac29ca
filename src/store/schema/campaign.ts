/** Tables of the campaign folder. Ground tables are append-only: triggers refuse UPDATE and DELETE. */
export const campaign = `
CREATE TABLE campaign_event (
  id INTEGER PRIMARY KEY,
  campaign TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX campaign_event_campaign ON campaign_event (campaign, id);
CREATE TRIGGER campaign_event_kept BEFORE DELETE ON campaign_event
  BEGIN SELECT RAISE(ABORT, 'campaign_event is append-only'); END;
CREATE TRIGGER campaign_event_fixed BEFORE UPDATE ON campaign_event
  BEGIN SELECT RAISE(ABORT, 'campaign_event is append-only'); END;
`
