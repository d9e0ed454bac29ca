/**
 * Step 3, ledger: how far a network had got when a source was last asked; which blocks of an account chain were read
 * from a node, and into which file; files that a reorganisation of the chain withdrew. Ground: what a source said.
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

CREATE TABLE ledger_account_block (
  id INTEGER PRIMARY KEY,
  network TEXT NOT NULL,
  height INTEGER NOT NULL,
  hash TEXT NOT NULL,
  time INTEGER NOT NULL,
  transactions INTEGER NOT NULL,
  internal INTEGER NOT NULL,
  ground INTEGER,
  read_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ledger_account_block_height ON ledger_account_block (network, height, id);
CREATE TRIGGER ledger_account_block_kept BEFORE DELETE ON ledger_account_block
  BEGIN SELECT RAISE(ABORT, 'ledger_account_block is append-only'); END;
CREATE TRIGGER ledger_account_block_fixed BEFORE UPDATE ON ledger_account_block
  BEGIN SELECT RAISE(ABORT, 'ledger_account_block is append-only'); END;

CREATE TABLE ledger_cursor (
  id INTEGER PRIMARY KEY,
  network TEXT NOT NULL,
  address TEXT NOT NULL,
  provider TEXT NOT NULL,
  cursor TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('reading', 'complete', 'partial')),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX ledger_cursor_address ON ledger_cursor (network, address, provider, id);
CREATE TRIGGER ledger_cursor_kept BEFORE DELETE ON ledger_cursor
  BEGIN SELECT RAISE(ABORT, 'ledger_cursor is append-only'); END;
CREATE TRIGGER ledger_cursor_fixed BEFORE UPDATE ON ledger_cursor
  BEGIN SELECT RAISE(ABORT, 'ledger_cursor is append-only'); END;

CREATE TABLE ledger_withdrawn (
  id INTEGER PRIMARY KEY,
  network TEXT NOT NULL,
  block INTEGER NOT NULL UNIQUE REFERENCES ledger_account_block (id),
  ground INTEGER,
  withdrawn_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ledger_withdrawn_ground ON ledger_withdrawn (ground);
CREATE TRIGGER ledger_withdrawn_kept BEFORE DELETE ON ledger_withdrawn
  BEGIN SELECT RAISE(ABORT, 'ledger_withdrawn is append-only'); END;
CREATE TRIGGER ledger_withdrawn_fixed BEFORE UPDATE ON ledger_withdrawn
  BEGIN SELECT RAISE(ABORT, 'ledger_withdrawn is append-only'); END;
`
