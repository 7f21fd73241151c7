/**
 * How long each conversation is kept, by a clock of our own that leaps with the system's only when it has been seen to be
 * right; calls of private conversations, whose content is in no file; and the words of providers taken off the rows of
 * calls, which outlive the conversation.
 */
export const forgetting = `
-- JSON of core's Retention; null for as long as everything.
ALTER TABLE conversation ADD COLUMN keep TEXT CHECK (keep IS NULL OR json_valid(keep));
-- When it was last written to, by the believed clock.
ALTER TABLE conversation ADD COLUMN active_ms INTEGER NOT NULL DEFAULT 0;
UPDATE conversation SET active_ms = updated_ms;

-- One row once the clock has been looked at.
CREATE TABLE believed_clock (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  now_ms INTEGER NOT NULL,
  seen_ms INTEGER NOT NULL,
  -- A leap that is not believed yet: where it led when it was first seen, and how far it went.
  doubt_ms INTEGER,
  doubt_gap_ms INTEGER,
  CHECK ((doubt_ms IS NULL) = (doubt_gap_ms IS NULL))
) STRICT;

-- Whatever the system's clock says: what is written now is not old.
CREATE TRIGGER conversation_begins AFTER INSERT ON conversation
BEGIN
  UPDATE conversation SET active_ms = MAX(NEW.updated_ms, COALESCE((SELECT now_ms FROM believed_clock), 0))
  WHERE id = NEW.id;
END;
CREATE TRIGGER conversation_goes_on AFTER UPDATE OF head_id ON conversation
BEGIN
  UPDATE conversation SET active_ms = MAX(NEW.updated_ms, COALESCE((SELECT now_ms FROM believed_clock), 0))
  WHERE id = NEW.id;
END;

-- 1: of a private conversation. Nothing that was said in it may stand in the row.
ALTER TABLE call ADD COLUMN private INTEGER NOT NULL DEFAULT 0 CHECK (private IN (0, 1));

-- A provider may quote what it was sent. The conversation has its words, and takes them along.
DROP TRIGGER call_settles_once;
UPDATE call SET failure = json_set(failure, '$.detail', NULL) WHERE failure IS NOT NULL;
CREATE TRIGGER call_settles_once BEFORE UPDATE ON call WHEN OLD.state <> 'in_flight'
BEGIN SELECT RAISE(ABORT, 'a settled call does not change'); END;
`
