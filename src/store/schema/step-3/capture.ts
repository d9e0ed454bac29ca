/**
 * Step 3, capture: how the bytes are kept (enciphered, filed by a random id), what was erased or is held by law, how a
 * capture was come by, and marks of likeness. Ground tables are append-only; marks are derived.
 */
export const capture = `
CREATE TABLE capture_seal (
  sha256 TEXT PRIMARY KEY REFERENCES capture (sha256),
  file TEXT NOT NULL UNIQUE,
  -- SHA-256 over the salt and the digest of the bytes; the salt lies with the key
  commitment TEXT NOT NULL
) STRICT;

CREATE TABLE capture_tombstone (
  sha256 TEXT PRIMARY KEY REFERENCES capture (sha256),
  commitment TEXT NOT NULL,
  authority TEXT NOT NULL,
  reason TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- the capture that was named, where this one went with it
  because TEXT NOT NULL
) STRICT;

CREATE TABLE capture_hold (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL REFERENCES capture (sha256),
  action TEXT NOT NULL CHECK (action IN ('hold', 'release')),
  authority TEXT NOT NULL,
  reason TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX capture_hold_sha256 ON capture_hold (sha256);

CREATE TABLE capture_link (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL REFERENCES capture (sha256),
  parent_sha256 TEXT NOT NULL REFERENCES capture (sha256),
  -- how one came from the other: click, redirect, advert, reply, attachment, …
  relation TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (sha256, parent_sha256, relation)
) STRICT;
CREATE INDEX capture_link_parent ON capture_link (parent_sha256);

-- what was seen of a page's fetching, as JSON: redirect chain, headers, certificate
CREATE TABLE capture_fetch (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL REFERENCES capture (sha256),
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX capture_fetch_sha256 ON capture_fetch (sha256);

-- derived: one row for each text or picture that a capture shows
CREATE TABLE capture_mark (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL REFERENCES capture (sha256),
  kind TEXT NOT NULL CHECK (kind IN ('image', 'text')),
  member TEXT NOT NULL,
  mark BLOB NOT NULL
) STRICT;
CREATE INDEX capture_mark_sha256 ON capture_mark (sha256);

-- derived: pieces of marks; two that share one are compared
CREATE TABLE capture_band (
  mark INTEGER NOT NULL REFERENCES capture_mark (id),
  band INTEGER NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (band, value, mark)
) STRICT, WITHOUT ROWID;
CREATE INDEX capture_band_mark ON capture_band (mark);

${['capture_seal', 'capture_tombstone', 'capture_hold', 'capture_link'].map(guards).join('\n')}
CREATE TRIGGER capture_fetch_no_update BEFORE UPDATE ON capture_fetch
BEGIN SELECT RAISE(ABORT, 'capture_fetch is append-only'); END;
`

function guards(table: string): string {
  return ['UPDATE', 'DELETE']
    .map(
      verb => `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
    )
    .join('\n')
}
