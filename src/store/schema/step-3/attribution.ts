/**
 * Step 3, attribution: entities as statements, relations, disputes, users' keys. Ground, all of it: triggers refuse
 * UPDATE and DELETE.
 */
export const attribution = `
-- what somebody says of an entity: FollowTheMoney schema, property, value, source, window
CREATE TABLE entity_statement (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  entity TEXT NOT NULL,
  content TEXT NOT NULL,
  known_at INTEGER NOT NULL,
  added_by TEXT NOT NULL
) STRICT;
CREATE INDEX entity_statement_entity ON entity_statement (entity);

-- a graded relation between two entities, or of an entity to an address
CREATE TABLE entity_link (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,
  object TEXT NOT NULL,
  content TEXT NOT NULL,
  known_at INTEGER NOT NULL,
  added_by TEXT NOT NULL
) STRICT;
CREATE INDEX entity_link_subject ON entity_link (subject);
CREATE INDEX entity_link_object ON entity_link (object);

-- the word of a named person against a claim or label: it stands beside it
CREATE TABLE dispute (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  target TEXT NOT NULL,
  content TEXT NOT NULL,
  known_at INTEGER NOT NULL,
  added_by TEXT NOT NULL
) STRICT;
CREATE INDEX dispute_target ON dispute (target);

-- users' Ed25519 public keys: a key counts from its 'add' to its 'remove'
CREATE TABLE user_key (
  number INTEGER PRIMARY KEY,
  user TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  public_key BLOB NOT NULL CHECK (length(public_key) = 32),
  action TEXT NOT NULL CHECK (action IN ('add', 'remove')),
  known_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  UNIQUE (fingerprint, action)
) STRICT;

${['entity_statement', 'entity_link', 'dispute', 'user_key'].map(guards).join('\n')}
`

function guards(table: string): string {
  return ['UPDATE', 'DELETE']
    .map(
      verb => `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
    )
    .join('\n')
}
