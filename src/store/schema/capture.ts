/**
 * Tables of the capture folder. Ground tables are append-only: triggers refuse UPDATE and DELETE.
 *
 * capture: bytes, once each. capture_origin: how, when and from where they came, once per coming. custody: what was
 * done with them, each entry holding the hash of the one before.
 */
export const capture = `
CREATE TABLE capture (
  sha256 TEXT PRIMARY KEY,
  media_type TEXT NOT NULL,
  encoding TEXT,
  bytes INTEGER NOT NULL,
  sealed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE capture_origin (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL REFERENCES capture (sha256),
  path TEXT NOT NULL,
  parent_sha256 TEXT REFERENCES capture (sha256),
  source_url TEXT,
  posted_at INTEGER,
  captured_at INTEGER NOT NULL,
  collector TEXT NOT NULL,
  tool TEXT NOT NULL,
  campaign TEXT
) STRICT;
CREATE INDEX capture_origin_sha256 ON capture_origin (sha256);
CREATE INDEX capture_origin_campaign ON capture_origin (campaign);

CREATE TABLE custody (
  seq INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL,
  action TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  tool TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX custody_sha256 ON custody (sha256);

CREATE TRIGGER capture_no_update BEFORE UPDATE ON capture
BEGIN SELECT RAISE(ABORT, 'captures are append-only'); END;
CREATE TRIGGER capture_no_delete BEFORE DELETE ON capture
BEGIN SELECT RAISE(ABORT, 'captures are append-only'); END;
CREATE TRIGGER capture_origin_no_update BEFORE UPDATE ON capture_origin
BEGIN SELECT RAISE(ABORT, 'origins are append-only'); END;
CREATE TRIGGER capture_origin_no_delete BEFORE DELETE ON capture_origin
BEGIN SELECT RAISE(ABORT, 'origins are append-only'); END;
CREATE TRIGGER custody_no_update BEFORE UPDATE ON custody
BEGIN SELECT RAISE(ABORT, 'custody is append-only'); END;
CREATE TRIGGER custody_no_delete BEFORE DELETE ON custody
BEGIN SELECT RAISE(ABORT, 'custody is append-only'); END;
`
