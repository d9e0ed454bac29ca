/**
 * Step 4, ledger: what contracts of bridges told in their events, one row for each side of a crossing. Ground: the
 * block by whose hash it was told says whether it still stands (`ledger_withdrawn`).
 */
export const ledger = `
CREATE TABLE ledger_message (
  id INTEGER PRIMARY KEY,
  network TEXT NOT NULL,
  block_hash TEXT NOT NULL,
  height INTEGER NOT NULL,
  time INTEGER NOT NULL,
  txid TEXT NOT NULL,
  log_index INTEGER NOT NULL,
  protocol TEXT NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('sent', 'received')),
  message TEXT NOT NULL,
  contract TEXT NOT NULL,
  party TEXT,
  token TEXT,
  units TEXT NOT NULL,
  far_chain TEXT NOT NULL,
  far_party TEXT,
  far_units TEXT,
  provider TEXT NOT NULL,
  read_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX ledger_message_event ON ledger_message (network, txid, log_index, block_hash);
CREATE INDEX ledger_message_pair ON ledger_message (protocol, message, side);
CREATE TRIGGER ledger_message_kept BEFORE DELETE ON ledger_message
  BEGIN SELECT RAISE(ABORT, 'ledger_message is append-only'); END;
CREATE TRIGGER ledger_message_fixed BEFORE UPDATE ON ledger_message
  BEGIN SELECT RAISE(ABORT, 'ledger_message is append-only'); END;
`
