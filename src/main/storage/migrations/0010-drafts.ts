/**
 * What is written and not sent yet. Only of conversations in this file: private ones are in no table it could refer to.
 */
export const drafts = `
CREATE TABLE draft (
  -- The id of its conversation, or 'new' for one that has not begun.
  place TEXT PRIMARY KEY,
  conversation_id TEXT REFERENCES conversation(id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  -- By the believed clock.
  saved_ms INTEGER NOT NULL,
  CHECK (place = COALESCE(conversation_id, 'new'))
) STRICT;
`
