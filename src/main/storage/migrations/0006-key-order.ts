/**
 * Several keys of one connection: `connection.key_id` is the one it uses, at position 0; the others wait in their order.
 * `failover`: whether they are asked in that order when one is refused. `session`: kept in memory only when it was
 * entered, so that the next start does not wait for it.
 */
export const keyOrder = `
ALTER TABLE connection ADD COLUMN failover INTEGER NOT NULL DEFAULT 0 CHECK (failover IN (0, 1));
ALTER TABLE connection_key ADD COLUMN session INTEGER NOT NULL DEFAULT 0 CHECK (session IN (0, 1));
-- What its provider last said against it, and when; null since it was last answered with.
ALTER TABLE connection_key ADD COLUMN refused_code TEXT;
ALTER TABLE connection_key ADD COLUMN refused_ms INTEGER;
`
