/**
 * Tables of the trace folder, in a database of their own beside the data (`runs.db`): a run is declared before it
 * starts, by whoever may read, also while an import holds the writer lock. Append-only.
 */
export const trace = `
CREATE TABLE IF NOT EXISTS trace_run (
  id INTEGER PRIMARY KEY,
  declared_at INTEGER NOT NULL,
  user TEXT NOT NULL,
  network TEXT NOT NULL,
  origin TEXT NOT NULL,
  declared TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS trace_result (
  run INTEGER PRIMARY KEY REFERENCES trace_run (id),
  finished_at INTEGER NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS trace_run_keep BEFORE UPDATE ON trace_run
BEGIN SELECT RAISE(ABORT, 'runs are append-only'); END;
CREATE TRIGGER IF NOT EXISTS trace_run_stay BEFORE DELETE ON trace_run
BEGIN SELECT RAISE(ABORT, 'runs are append-only'); END;
CREATE TRIGGER IF NOT EXISTS trace_result_keep BEFORE UPDATE ON trace_result
BEGIN SELECT RAISE(ABORT, 'results are append-only'); END;
CREATE TRIGGER IF NOT EXISTS trace_result_stay BEFORE DELETE ON trace_result
BEGIN SELECT RAISE(ABORT, 'results are append-only'); END;
`
