/**
 * Step 3, ledger: how far a network had got when a source was last asked. Ground: what a source said, and when.
 */
export const ledger = `
CREATE TABLE ledger_tip (
  id INTEGER PRIMARY KEY,
  network TEXT NOT NULL,
  height INTEGER NOT NULL,
  hash TEXT NOT NULL,
  provider TEXT NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ledger_tip_network ON ledger_tip (network, id);
CREATE TRIGGER ledger_tip_kept BEFORE DELETE ON ledger_tip
  BEGIN SELECT RAISE(ABORT, 'ledger_tip is append-only'); END;
CREATE TRIGGER ledger_tip_fixed BEFORE UPDATE ON ledger_tip
  BEGIN SELECT RAISE(ABORT, 'ledger_tip is append-only'); END;
`
