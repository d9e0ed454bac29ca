/**
 * Step 4, ledger: what contracts of bridges told in their events, one row for each side of a crossing; and what was
 * told of who may act for an account. Ground: the block by whose hash it was told says whether it still stands
 * (`ledger_withdrawn`).
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

CREATE TABLE ledger_control (
  id INTEGER PRIMARY KEY,
  network TEXT NOT NULL,
  block_hash TEXT NOT NULL,
  height INTEGER NOT NULL,
  time INTEGER NOT NULL,
  txid TEXT NOT NULL,
  log_index INTEGER NOT NULL,
  kind TEXT NOT NULL,
  account TEXT NOT NULL,
  party TEXT NOT NULL,
  number TEXT NOT NULL,
  provider TEXT NOT NULL,
  read_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX ledger_control_event ON ledger_control
  (network, txid, log_index, kind, account, party, number, block_hash);
CREATE INDEX ledger_control_account ON ledger_control (network, account);
CREATE INDEX ledger_control_party ON ledger_control (network, party);
CREATE TRIGGER ledger_control_kept BEFORE DELETE ON ledger_control
  BEGIN SELECT RAISE(ABORT, 'ledger_control is append-only'); END;
CREATE TRIGGER ledger_control_fixed BEFORE UPDATE ON ledger_control
  BEGIN SELECT RAISE(ABORT, 'ledger_control is append-only'); END;
`
