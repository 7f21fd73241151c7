/**
 * Where the calls of a turn went, and what its user keeps from where. A connection can be moved to another host, so its id
 * does not say it; the log of requests is cleared. `ranges` are places in the text of a message, never what stands there.
 */
export const whereKeysWent = `
-- Scheme, host and port; null of turns from before this was kept.
ALTER TABLE turn ADD COLUMN origin TEXT;

CREATE TABLE kept_back (
  message_id TEXT NOT NULL REFERENCES message(id) ON DELETE CASCADE,
  connection_id TEXT NOT NULL,
  origin TEXT NOT NULL,
  ranges TEXT NOT NULL,
  PRIMARY KEY (message_id, connection_id, origin)
) STRICT;
`
