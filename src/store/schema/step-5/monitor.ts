/**
 * Step 5, monitor: files of watched folders that were read whole, so that an unchanged one is not read again by the
 * next process. No ground: what was read is sealed; this only says that it need not be looked at again.
 */
export const monitor = `
CREATE TABLE folder_file (
  watch TEXT NOT NULL,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  mark TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  read_at INTEGER NOT NULL,
  PRIMARY KEY (watch, path)
) STRICT, WITHOUT ROWID;
`
