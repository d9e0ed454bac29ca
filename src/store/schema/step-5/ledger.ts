/**
 * Step 5, ledger: words that transactions carry. Of a UTXO network the text is part of what the transaction id commits
 * to, so a note stands while its transaction does; of an account chain the block by whose hash it was told says so
 * (`ledger_withdrawn`). What was read before there were notes is named in `ledger_note_unread`.
 */
export const ledger = `
CREATE TABLE ledger_note (
  id INTEGER PRIMARY KEY,
  network TEXT NOT NULL,
  block_hash TEXT NOT NULL,
  height INTEGER,
  time INTEGER NOT NULL,
  txid TEXT NOT NULL,
  place INTEGER NOT NULL,
  writer TEXT,
  receiver TEXT,
  text TEXT NOT NULL,
  cut INTEGER NOT NULL CHECK (cut IN (0, 1)),
  provider TEXT NOT NULL,
  read_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX ledger_note_place ON ledger_note (network, txid, place, block_hash);
CREATE INDEX ledger_note_writer ON ledger_note (network, writer) WHERE writer IS NOT NULL;
CREATE INDEX ledger_note_receiver ON ledger_note (network, receiver) WHERE receiver IS NOT NULL;
CREATE TRIGGER ledger_note_kept BEFORE DELETE ON ledger_note
  BEGIN SELECT RAISE(ABORT, 'ledger_note is append-only'); END;
CREATE TRIGGER ledger_note_fixed BEFORE UPDATE ON ledger_note
  BEGIN SELECT RAISE(ABORT, 'ledger_note is append-only'); END;

CREATE TABLE ledger_note_unread (
  network TEXT PRIMARY KEY,
  generation INTEGER NOT NULL
) STRICT;
INSERT INTO ledger_note_unread SELECT network, max(generation) FROM ledger_manifest GROUP BY network;
CREATE TRIGGER ledger_note_unread_kept BEFORE DELETE ON ledger_note_unread
  BEGIN SELECT RAISE(ABORT, 'ledger_note_unread is append-only'); END;
CREATE TRIGGER ledger_note_unread_fixed BEFORE UPDATE ON ledger_note_unread
  BEGIN SELECT RAISE(ABORT, 'ledger_note_unread is append-only'); END;
`
