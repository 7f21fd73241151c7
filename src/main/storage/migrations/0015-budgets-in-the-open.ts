/**
 * Budgets that can be paused, and what was decided about them: set, changed, paused, resumed, removed, and every request
 * that left past one because its user said so. Rows stay as they are, name conversations and calls by their ids alone,
 * and outlive both.
 */
export const budgetsInTheOpen = `
-- Both null while it is not paused; the end alone is null until it is resumed by hand.
ALTER TABLE budget ADD COLUMN pause_from_ms INTEGER;
ALTER TABLE budget ADD COLUMN pause_until_ms INTEGER CHECK (pause_until_ms IS NULL OR pause_from_ms IS NOT NULL);

CREATE TABLE budget_event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (
    kind IN ('set', 'changed', 'paused', 'resumed', 'removed', 'allowed', 'continued')
  ),
  -- 'app': it went with the connection or conversation it was about.
  decided_by TEXT NOT NULL CHECK (decided_by IN ('user', 'app')),
  -- The budget as it was then; null for a yes to go on after many requests.
  budget_id TEXT,
  scope TEXT,
  subject TEXT,
  period TEXT,
  limit_pico INTEGER,
  steps TEXT CHECK (steps IS NULL OR json_valid(steps)),
  -- Until when it is paused; null until it is resumed.
  until_ms INTEGER,
  -- Which request left, past which step, how much was left until it and what the request could cost at most.
  call_id TEXT,
  percent INTEGER,
  left_pico INTEGER,
  most_pico INTEGER,
  -- How many requests had left within how many minutes, and what that came to.
  pace_calls INTEGER,
  pace_pico INTEGER,
  pace_minutes INTEGER,
  CHECK ((budget_id IS NULL) = (kind = 'continued')),
  CHECK ((call_id IS NULL) = (kind NOT IN ('allowed', 'continued')))
) STRICT;
CREATE INDEX budget_event_of ON budget_event(budget_id, seq);
CREATE INDEX budget_event_continued ON budget_event(seq) WHERE kind = 'continued';

CREATE TRIGGER budget_event_stays_as_it_is BEFORE UPDATE ON budget_event
BEGIN SELECT RAISE(ABORT, 'what was decided is append-only'); END;
CREATE TRIGGER budget_event_stays BEFORE DELETE ON budget_event
BEGIN SELECT RAISE(ABORT, 'what was decided is append-only'); END;
CREATE TRIGGER budget_event_is_not_replaced BEFORE INSERT ON budget_event
WHEN EXISTS (SELECT 1 FROM budget_event WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'what was decided is append-only'); END;

-- Budgets there are begin their history with what they are.
INSERT INTO budget_event (at_ms, kind, decided_by, budget_id, scope, subject, period, limit_pico, steps)
  SELECT created_ms, 'set', 'user', id, scope, subject, period, limit_pico, steps FROM budget ORDER BY created_ms, id;
`
