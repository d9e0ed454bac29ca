/**
 * Tables of the ledger folder. Ground tables are append-only: triggers refuse UPDATE and DELETE.
 *
 * `ledger_ground` is what was read; chunks are columns derived from it, kept in segment files; the newest manifest of
 * a network is its ledger, and older ones stay for `known at`. `ledger_price` keeps each version of a day's price.
 */
export const ledger = `
CREATE TABLE ledger_ground (
  id INTEGER PRIMARY KEY,
  network TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('blocks', 'undo', 'transfers', 'prices')),
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  path TEXT,
  height INTEGER,
  stated_height INTEGER,
  undo TEXT,
  read_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ledger_ground_sha256 ON ledger_ground (network, sha256);

CREATE TABLE ledger_chunk (
  network TEXT NOT NULL,
  generation INTEGER NOT NULL,
  number INTEGER NOT NULL,
  segment INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (network, generation, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_manifest (
  id INTEGER PRIMARY KEY,
  network TEXT NOT NULL,
  generation INTEGER NOT NULL,
  chunks INTEGER NOT NULL,
  blocks INTEGER NOT NULL,
  transactions INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  committed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ledger_manifest_network ON ledger_manifest (network, id);

CREATE TABLE ledger_price (
  asset TEXT NOT NULL,
  day TEXT NOT NULL,
  usd TEXT NOT NULL,
  ground INTEGER NOT NULL REFERENCES ledger_ground (id),
  known_at INTEGER NOT NULL,
  PRIMARY KEY (asset, day, ground)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER ledger_ground_kept BEFORE DELETE ON ledger_ground
  BEGIN SELECT RAISE(ABORT, 'ledger_ground is append-only'); END;
CREATE TRIGGER ledger_ground_fixed BEFORE UPDATE ON ledger_ground
  BEGIN SELECT RAISE(ABORT, 'ledger_ground is append-only'); END;
CREATE TRIGGER ledger_chunk_kept BEFORE DELETE ON ledger_chunk
  BEGIN SELECT RAISE(ABORT, 'ledger_chunk is append-only'); END;
CREATE TRIGGER ledger_chunk_fixed BEFORE UPDATE ON ledger_chunk
  BEGIN SELECT RAISE(ABORT, 'ledger_chunk is append-only'); END;
CREATE TRIGGER ledger_manifest_kept BEFORE DELETE ON ledger_manifest
  BEGIN SELECT RAISE(ABORT, 'ledger_manifest is append-only'); END;
CREATE TRIGGER ledger_manifest_fixed BEFORE UPDATE ON ledger_manifest
  BEGIN SELECT RAISE(ABORT, 'ledger_manifest is append-only'); END;
CREATE TRIGGER ledger_price_kept BEFORE DELETE ON ledger_price
  BEGIN SELECT RAISE(ABORT, 'ledger_price is append-only'); END;
CREATE TRIGGER ledger_price_fixed BEFORE UPDATE ON ledger_price
  BEGIN SELECT RAISE(ABORT, 'ledger_price is append-only'); END;
`
