/**
 * Tables of the exposure folder, in a database of their own beside the data (`answers.db`): what was answered to whom.
 * An answer is kept by whoever may read, also while an import holds the writer lock, and a server's snapshot of the
 * data stands although an answer was kept. Append-only.
 */
export const exposure = `
-- which lists in which versions, and which policy, answers rest on: once for many of them
CREATE TABLE IF NOT EXISTS basis (
  number INTEGER PRIMARY KEY,
  content TEXT NOT NULL UNIQUE
) STRICT;

-- a question: who asked, when, and for whom; as_of and known_at are null where none was asked for
CREATE TABLE IF NOT EXISTS screening (
  number INTEGER PRIMARY KEY,
  answered_at INTEGER NOT NULL,
  asked_by TEXT NOT NULL,
  customer TEXT,
  as_of INTEGER,
  known_at INTEGER,
  hops INTEGER NOT NULL,
  basis INTEGER NOT NULL REFERENCES basis (number)
) STRICT;

CREATE TABLE IF NOT EXISTS answer (
  number INTEGER PRIMARY KEY,
  screening INTEGER NOT NULL REFERENCES screening (number),
  network TEXT NOT NULL,
  address TEXT NOT NULL,
  listing TEXT NOT NULL,
  exposure TEXT NOT NULL,
  status TEXT NOT NULL
) STRICT;

-- lines of a screening in bulk, nine bytes each, column by column (little endian): the lower and the upper half of the
-- fingerprint of the address (no text of it), and the status
CREATE TABLE IF NOT EXISTS batch (
  number INTEGER PRIMARY KEY,
  screening INTEGER NOT NULL REFERENCES screening (number),
  first INTEGER NOT NULL,
  answers BLOB NOT NULL
) STRICT;

-- who was told that an answer has changed
CREATE TABLE IF NOT EXISTS told (
  number INTEGER PRIMARY KEY,
  screening INTEGER NOT NULL REFERENCES screening (number),
  network TEXT NOT NULL,
  address TEXT NOT NULL,
  status TEXT NOT NULL,
  told_at INTEGER NOT NULL,
  told_by TEXT NOT NULL
) STRICT;

${['basis', 'screening', 'answer', 'batch', 'told'].map(guards).join('\n')}
`

function guards(table: string): string {
  return ['UPDATE', 'DELETE']
    .map(
      verb => `CREATE TRIGGER IF NOT EXISTS ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
    )
    .join('\n')
}
