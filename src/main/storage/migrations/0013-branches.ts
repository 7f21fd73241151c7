/**
 * Ends of branches that were shown and left for another, so that going back shows what was shown. A conversation goes on
 * with what is written in it; which of its branches is looked at says nothing of that.
 */
export const branches = `
-- The row that was written last is the branch that was left last.
CREATE TABLE left_branch (
  message_id TEXT PRIMARY KEY REFERENCES message(id) ON DELETE CASCADE,
  conversation_id TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE
) STRICT;
CREATE INDEX left_branch_by_conversation ON left_branch(conversation_id);

DROP TRIGGER conversation_goes_on;
CREATE TRIGGER conversation_goes_on AFTER UPDATE OF updated_ms ON conversation
BEGIN
  UPDATE conversation SET active_ms = MAX(NEW.updated_ms, COALESCE((SELECT now_ms FROM believed_clock), 0))
  WHERE id = NEW.id;
END;
`
