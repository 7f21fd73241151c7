/** Model lists as providers gave them, settings, and conversations that were deleted but can come back. */
export const listsAndSettings = `
ALTER TABLE conversation ADD COLUMN deleted_ms INTEGER;

CREATE TABLE model_list (
  connection_id TEXT PRIMARY KEY REFERENCES connection(id) ON DELETE CASCADE,
  checked_ms INTEGER NOT NULL,
  models TEXT NOT NULL CHECK (json_valid(models))
) STRICT;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;
`
