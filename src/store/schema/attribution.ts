/**
 * Tables of the attribution folder: lists in versions, claims, judgements. All of it is ground, so triggers refuse
 * UPDATE and DELETE.
 *
 * A list version is stored as what changed against the import before it (`list_change`), not as a copy: 18,000 names a
 * day would otherwise be six million rows a year. Order of import is `list_version.id`; order of validity is
 * `published_at`; `known_at` is when it reached us.
 */
export const attribution = `
CREATE TABLE list (
  id INTEGER PRIMARY KEY,
  authority TEXT NOT NULL,
  name TEXT NOT NULL,
  -- 1: its addresses are designations · 0: they are labels
  designates INTEGER NOT NULL CHECK (designates IN (0, 1)),
  UNIQUE (authority, name)
) STRICT;

CREATE TABLE list_version (
  id INTEGER PRIMARY KEY,
  list INTEGER NOT NULL REFERENCES list (id),
  format TEXT NOT NULL,
  title TEXT,
  version TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  -- who says so: the file, the user (--published), or nobody, so that the day of import stands in
  published_by TEXT NOT NULL CHECK (published_by IN ('file', 'user', 'import')),
  sha256 TEXT NOT NULL,
  -- SHA-256 over the digests of all files of the version; sha256 itself where there is one
  identity TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  file TEXT NOT NULL,
  known_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  counts TEXT NOT NULL,
  UNIQUE (list, format, identity, published_at)
) STRICT;

CREATE TABLE list_entry (
  id INTEGER PRIMARY KEY,
  list INTEGER NOT NULL REFERENCES list (id),
  kind TEXT NOT NULL,
  -- the same for the same listing in every version, whatever else about it changes
  key TEXT NOT NULL,
  -- plain canonical form, or as listed where no codec accepts it
  address TEXT,
  -- ids of networks, joined by commas; empty where the address is invalid or its network is not one of ours
  networks TEXT NOT NULL,
  content TEXT NOT NULL,
  -- first 16 bytes of SHA-256 over all of it
  digest BLOB NOT NULL,
  UNIQUE (list, digest)
) STRICT;
CREATE INDEX list_entry_address ON list_entry (address) WHERE address IS NOT NULL;
CREATE INDEX list_entry_key ON list_entry (list, kind, key);

CREATE TABLE list_change (
  entry INTEGER NOT NULL REFERENCES list_entry (id),
  version INTEGER NOT NULL REFERENCES list_version (id) DEFERRABLE INITIALLY DEFERRED,
  -- against the import before it: 1 appeared · 0 gone
  present INTEGER NOT NULL CHECK (present IN (0, 1)),
  PRIMARY KEY (entry, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
  number INTEGER PRIMARY KEY,
  -- SHA-256 over the canonical content: the same claim made twice is one
  id TEXT NOT NULL UNIQUE,
  network TEXT,
  address TEXT,
  content TEXT NOT NULL,
  known_at INTEGER NOT NULL,
  added_by TEXT NOT NULL
) STRICT;
CREATE INDEX claim_address ON claim (address) WHERE address IS NOT NULL;

CREATE TABLE judgement (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  -- the id of a claim or of a label
  target TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('yes', 'no', 'unsure')),
  reason TEXT NOT NULL,
  judged_by TEXT NOT NULL,
  known_at INTEGER NOT NULL,
  -- Ed25519 over the canonical content, and the key's fingerprint
  signature BLOB,
  signer TEXT
) STRICT;
CREATE INDEX judgement_target ON judgement (target);

${['list', 'list_version', 'list_entry', 'list_change', 'claim', 'judgement'].map(guards).join('\n')}
`

function guards(table: string): string {
  return ['UPDATE', 'DELETE']
    .map(
      verb => `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
    )
    .join('\n')
}
