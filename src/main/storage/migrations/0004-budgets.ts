/**
 * Budgets, and what a call holds of them while it runs: the reservation is a column of the call and not a table of its
 * own, so that it begins with the call, ends with it, and outlives no crash. Beside it what estimates learn from, and
 * what is known of prompt caches.
 */
export const budgets = `
-- What the call may cost at most; counts only while it is in flight. Null when its price was not known.
ALTER TABLE call ADD COLUMN reserved_pico INTEGER CHECK (reserved_pico >= 0);
-- 1 for a repetition nobody asked for by hand.
ALTER TABLE call ADD COLUMN automatic INTEGER NOT NULL DEFAULT 0 CHECK (automatic IN (0, 1));
-- Tokens of the prompt by the local tokenizer; null when only its length was looked at.
ALTER TABLE call ADD COLUMN prompt_tokens_counted INTEGER CHECK (prompt_tokens_counted >= 0);
-- A budget that left room for no longer answer.
ALTER TABLE call ADD COLUMN shortened_by TEXT;
-- What the provider was asked to cache for: 5m, 30m or 1h.
ALTER TABLE call ADD COLUMN cache_ttl TEXT;
-- Net of what writing cost; below zero where that was more. Null when nobody can say.
ALTER TABLE call ADD COLUMN cache_saved_pico INTEGER;

CREATE INDEX call_by_response ON call(connection_id, response_id) WHERE response_id IS NOT NULL;
CREATE INDEX call_counted ON call(provider, model_requested, seq) WHERE prompt_tokens_counted IS NOT NULL;
CREATE INDEX call_automatic ON call(local_day) WHERE automatic = 1;
CREATE INDEX call_cached ON call(local_day, cache_saved_pico) WHERE cache_saved_pico IS NOT NULL;

ALTER TABLE conversation ADD COLUMN caching TEXT NOT NULL DEFAULT '5m' CHECK (caching IN ('off', '5m', '1h'));
-- Null while the title is the local one, which a written one may replace.
ALTER TABLE conversation ADD COLUMN titled_by TEXT CHECK (titled_by IN ('user', 'model'));

CREATE TABLE budget (
  id TEXT PRIMARY KEY,
  scope TEXT NOT NULL CHECK (scope IN ('all', 'provider', 'connection', 'conversation')),
  -- Empty where there is nothing to name: everything, or each conversation.
  subject TEXT NOT NULL,
  period TEXT NOT NULL CHECK (period IN ('request', 'day', 'month', 'total')),
  limit_pico INTEGER NOT NULL CHECK (limit_pico > 0),
  steps TEXT NOT NULL CHECK (json_valid(steps)),
  created_ms INTEGER NOT NULL,
  UNIQUE (scope, subject, period)
) STRICT;
`
