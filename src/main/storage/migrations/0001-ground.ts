/**
 * The first schema. Money is INTEGER pico-dollars. `call.conversation_id` has no foreign key on purpose: deleting a
 * conversation deletes content, never spend.
 */
export const ground = `
CREATE TABLE connection (
  id TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  label TEXT NOT NULL,
  base_url TEXT NOT NULL,
  key_id TEXT,
  created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE conversation (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  connection_id TEXT REFERENCES connection(id),
  model TEXT,
  head_id TEXT,
  created_ms INTEGER NOT NULL,
  updated_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX conversation_by_time ON conversation(updated_ms DESC);

CREATE TABLE turn (
  id TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'stopped', 'failed', 'cut_off', 'interrupted')),
  created_ms INTEGER NOT NULL,
  settled_ms INTEGER
) STRICT;
CREATE INDEX turn_by_conversation ON turn(conversation_id);
-- The last line of defence against two answers at once in one conversation.
CREATE UNIQUE INDEX turn_running ON turn(conversation_id) WHERE state = 'running';

CREATE TABLE message (
  id TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  parent_id TEXT REFERENCES message(id) ON DELETE CASCADE,
  turn_id TEXT NOT NULL REFERENCES turn(id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
  parts TEXT NOT NULL CHECK (json_valid(parts)),
  state TEXT NOT NULL CHECK (state IN ('complete', 'streaming', 'stopped', 'failed', 'cut_off', 'interrupted')),
  created_ms INTEGER NOT NULL,
  provider TEXT,
  connection_id TEXT,
  model TEXT,
  failure TEXT CHECK (failure IS NULL OR json_valid(failure)),
  stop_reason TEXT
) STRICT;
CREATE INDEX message_by_conversation ON message(conversation_id);
CREATE INDEX message_by_turn ON message(turn_id);
CREATE INDEX message_by_parent ON message(parent_id);

CREATE TABLE call (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  attempt_of TEXT,
  turn_id TEXT,
  message_id TEXT,
  conversation_id TEXT,
  connection_id TEXT NOT NULL,
  connection_label TEXT NOT NULL,
  key_id TEXT,
  provider TEXT NOT NULL,
  model_requested TEXT NOT NULL,
  model_answered TEXT,
  purpose TEXT NOT NULL CHECK (purpose IN ('answer')),
  state TEXT NOT NULL CHECK (state IN ('in_flight', 'done', 'stopped', 'failed', 'cut_off', 'interrupted')),
  started_ms INTEGER NOT NULL,
  first_byte_ms INTEGER,
  ended_ms INTEGER,
  utc_day TEXT NOT NULL,
  local_day TEXT NOT NULL,
  utc_offset_minutes INTEGER NOT NULL,
  prompt_tokens_about INTEGER NOT NULL,
  prompt_tokens_most INTEGER NOT NULL,
  max_output_tokens INTEGER NOT NULL,
  response_id TEXT,
  -- What the provider reported so far, raw JSON included; kept for ever.
  usage TEXT CHECK (usage IS NULL OR json_valid(usage)),
  failure TEXT CHECK (failure IS NULL OR json_valid(failure))
) STRICT;
CREATE INDEX call_by_turn ON call(turn_id);
CREATE INDEX call_by_message ON call(message_id);
CREATE INDEX call_by_conversation ON call(conversation_id);
CREATE INDEX call_by_local_day ON call(local_day);
CREATE INDEX call_in_flight ON call(id) WHERE state = 'in_flight';

CREATE TRIGGER call_settles_once BEFORE UPDATE ON call WHEN OLD.state <> 'in_flight'
BEGIN SELECT RAISE(ABORT, 'a settled call does not change'); END;
CREATE TRIGGER call_stays BEFORE DELETE ON call
BEGIN SELECT RAISE(ABORT, 'calls are never deleted'); END;

CREATE TABLE ledger_line (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  call_id TEXT NOT NULL REFERENCES call(id),
  role TEXT NOT NULL,
  model TEXT NOT NULL,
  bucket TEXT NOT NULL,
  units INTEGER NOT NULL CHECK (units >= 0),
  unit_price TEXT,
  multiplier TEXT NOT NULL,
  price_id TEXT,
  -- Null is unknown, which is not zero.
  pico INTEGER,
  pico_upper INTEGER,
  cost_class TEXT NOT NULL CHECK (
    cost_class IN ('provider_reported', 'computed', 'partial', 'uncertain', 'unpriced', 'adjustment')
  ),
  utc_day TEXT NOT NULL,
  local_day TEXT NOT NULL,
  booked_ms INTEGER NOT NULL,
  CHECK ((pico IS NULL) = (cost_class = 'unpriced')),
  -- $10,000. A line of more is a mistake, and a few of them would overflow every sum they are in.
  CHECK (abs(pico) <= 10000000000000000 AND abs(pico_upper) <= 10000000000000000)
) STRICT;
CREATE INDEX ledger_line_by_call ON ledger_line(call_id);
CREATE INDEX ledger_line_by_local_day ON ledger_line(local_day);

CREATE TRIGGER ledger_line_stays_as_it_is BEFORE UPDATE ON ledger_line
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_line_stays BEFORE DELETE ON ledger_line
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TABLE egress_log (
  id TEXT PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  origin TEXT NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  purpose TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  call_id TEXT,
  bytes_up INTEGER NOT NULL,
  ended_ms INTEGER,
  status INTEGER,
  bytes_down INTEGER,
  outcome TEXT
) STRICT;
CREATE INDEX egress_log_by_time ON egress_log(at_ms);
`
