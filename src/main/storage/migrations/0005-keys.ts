/**
 * What is known of each key beside its id: never the key, which is in the vault with the time it was added. `position` is
 * the order of the keys of one connection; the first is the one it uses.
 */
export const keys = `
CREATE TABLE connection_key (
  key_id TEXT PRIMARY KEY,
  connection_id TEXT NOT NULL REFERENCES connection(id) ON DELETE CASCADE,
  -- The user's own name for it; null where the connection's says enough.
  label TEXT,
  position INTEGER NOT NULL CHECK (position >= 0),
  -- The first instant at which it is no longer valid, as the user or its provider says; null when nobody does.
  expires_ms INTEGER,
  last_used_ms INTEGER,
  -- Months after it was added at which to say so; null for never.
  remind_months INTEGER CHECK (remind_months > 0),
  UNIQUE (connection_id, position)
) STRICT;

INSERT INTO connection_key (key_id, connection_id, position, last_used_ms)
  SELECT key_id, id, 0, (SELECT MAX(started_ms) FROM call
    WHERE call.connection_id = connection.id AND call.key_id = connection.key_id)
  FROM connection WHERE key_id IS NOT NULL;
`
