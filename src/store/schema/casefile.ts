/**
 * Tables of the casefile folder. A case is nothing but its events, each of which carries the digest of the one before
 * it. Ground: triggers refuse UPDATE and DELETE.
 */
export const casefile = `
CREATE TABLE case_event (
  case_name TEXT NOT NULL,
  -- from 1, without gaps
  sequence INTEGER NOT NULL,
  kind TEXT NOT NULL,
  -- canonical JSON
  body TEXT NOT NULL,
  user TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- digest of the event before; 64 zeros before the first
  previous TEXT NOT NULL,
  digest TEXT NOT NULL UNIQUE,
  -- Ed25519 over the digest, and the key's fingerprint
  signature BLOB,
  signer TEXT,
  PRIMARY KEY (case_name, sequence)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER case_event_no_update BEFORE UPDATE ON case_event
BEGIN SELECT RAISE(ABORT, 'case_event is append-only'); END;
CREATE TRIGGER case_event_no_delete BEFORE DELETE ON case_event
BEGIN SELECT RAISE(ABORT, 'case_event is append-only'); END;
`
