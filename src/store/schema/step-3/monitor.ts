/**
 * Step 3, monitor: watches, rules, what was raised, what became of it, and what was handed on to whom. Append-only: an
 * alert is never changed, things happen to it.
 */
export const monitor = `
CREATE TABLE watch_event (
  id INTEGER PRIMARY KEY,
  watch TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('added', 'removed')),
  content TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE INDEX watch_event_watch ON watch_event (watch, id);

CREATE TABLE rule_event (
  id INTEGER PRIMARY KEY,
  rule TEXT NOT NULL,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('added', 'tested', 'activated', 'drafted', 'retired')),
  content TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE INDEX rule_event_rule ON rule_event (rule, id);

CREATE TABLE alert (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  watch TEXT NOT NULL,
  rule TEXT NOT NULL,
  network TEXT NOT NULL,
  address TEXT NOT NULL,
  txid TEXT NOT NULL,
  height INTEGER,
  happened_at INTEGER NOT NULL,
  content TEXT NOT NULL,
  raised_at INTEGER NOT NULL
) STRICT;
CREATE INDEX alert_txid ON alert (network, txid);
CREATE INDEX alert_address ON alert (network, address);

CREATE TABLE alert_event (
  id INTEGER PRIMARY KEY,
  alert INTEGER NOT NULL REFERENCES alert (id),
  kind TEXT NOT NULL CHECK (kind IN ('closed', 'reviewed', 'reopened', 'withdrawn', 'restored', 'mined', 'changed')),
  content TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE INDEX alert_event_alert ON alert_event (alert, id);

CREATE TABLE receiver_event (
  id INTEGER PRIMARY KEY,
  receiver TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('added', 'removed')),
  content TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE TABLE delivery (
  id INTEGER PRIMARY KEY,
  receiver TEXT NOT NULL,
  alert INTEGER NOT NULL REFERENCES alert (id),
  event INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('failed', 'done')),
  note TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX delivery_receiver ON delivery (receiver, alert, event, id);

CREATE TRIGGER watch_event_kept BEFORE DELETE ON watch_event
  BEGIN SELECT RAISE(ABORT, 'watch_event is append-only'); END;
CREATE TRIGGER watch_event_fixed BEFORE UPDATE ON watch_event
  BEGIN SELECT RAISE(ABORT, 'watch_event is append-only'); END;
CREATE TRIGGER rule_event_kept BEFORE DELETE ON rule_event
  BEGIN SELECT RAISE(ABORT, 'rule_event is append-only'); END;
CREATE TRIGGER rule_event_fixed BEFORE UPDATE ON rule_event
  BEGIN SELECT RAISE(ABORT, 'rule_event is append-only'); END;
CREATE TRIGGER alert_kept BEFORE DELETE ON alert
  BEGIN SELECT RAISE(ABORT, 'alert is append-only'); END;
CREATE TRIGGER alert_fixed BEFORE UPDATE ON alert
  BEGIN SELECT RAISE(ABORT, 'alert is append-only'); END;
CREATE TRIGGER alert_event_kept BEFORE DELETE ON alert_event
  BEGIN SELECT RAISE(ABORT, 'alert_event is append-only'); END;
CREATE TRIGGER alert_event_fixed BEFORE UPDATE ON alert_event
  BEGIN SELECT RAISE(ABORT, 'alert_event is append-only'); END;
CREATE TRIGGER receiver_event_kept BEFORE DELETE ON receiver_event
  BEGIN SELECT RAISE(ABORT, 'receiver_event is append-only'); END;
CREATE TRIGGER receiver_event_fixed BEFORE UPDATE ON receiver_event
  BEGIN SELECT RAISE(ABORT, 'receiver_event is append-only'); END;
CREATE TRIGGER delivery_kept BEFORE DELETE ON delivery
  BEGIN SELECT RAISE(ABORT, 'delivery is append-only'); END;
CREATE TRIGGER delivery_fixed BEFORE UPDATE ON delivery
  BEGIN SELECT RAISE(ABORT, 'delivery is append-only'); END;
`
