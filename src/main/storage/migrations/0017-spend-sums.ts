/**
 * Sums of calls by day and by month, so that a year is not added up call by call. They are put together when they are
 * first asked for, and no longer counted once a call of their month changes: writing a call costs nothing for them.
 */
export const spendSums = `
CREATE TABLE spend_sum (
  -- \`day\` and \`month\`: of all conversations. \`conversation\`: of a month, apart by conversation.
  grain TEXT NOT NULL CHECK (grain IN ('day', 'month', 'conversation')),
  -- A local day, or a month of them.
  period TEXT NOT NULL,
  provider TEXT NOT NULL,
  purpose TEXT NOT NULL,
  state TEXT NOT NULL,
  doubt INTEGER NOT NULL,
  model TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  -- \`private\` for all that were, empty for calls of none; \`any\` where they are not told apart.
  conversation TEXT NOT NULL,
  calls INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  last_call INTEGER NOT NULL,
  ranged INTEGER NOT NULL,
  pico INTEGER NOT NULL,
  pico_most INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  saving INTEGER NOT NULL,
  saved INTEGER NOT NULL,
  -- In the order a report is put together.
  PRIMARY KEY (grain, period, provider, purpose, state, doubt, model, connection_id, key_id, conversation)
) STRICT, WITHOUT ROWID;

-- The months whose sums are those of their calls, once they are whole. Any other sums count for nothing.
CREATE TABLE spend_summed (
  month TEXT PRIMARY KEY,
  whole INTEGER NOT NULL CHECK (whole IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER spend_call_begins AFTER INSERT ON spend_call
BEGIN DELETE FROM spend_summed WHERE month = substr(NEW.local_day, 1, 7); END;
CREATE TRIGGER spend_call_changes AFTER UPDATE ON spend_call
BEGIN DELETE FROM spend_summed WHERE month IN (substr(OLD.local_day, 1, 7), substr(NEW.local_day, 1, 7)); END;
CREATE TRIGGER spend_call_goes AFTER DELETE ON spend_call
BEGIN DELETE FROM spend_summed WHERE month = substr(OLD.local_day, 1, 7); END;
`
