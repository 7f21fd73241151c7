import type { Database } from 'better-sqlite3'
import { entryHash, GENESIS, type LedgerEntry } from '../entry-hash'

/**
 * Purposes beside answers, what a host does to a price, prices of the user's own; and a ledger that corrects itself by
 * adding: every line carries the hash of all before it, a correction names the line it corrects, and a sum per day is kept
 * by the database itself. SQLite cannot change a CHECK, so both tables are made anew and their rows carried over.
 */
export function ledger(database: Database): void {
  database.exec(TABLES)
  carryOver(database)
  database.exec(RULES)
}

const TABLES = `
CREATE TABLE new_call (
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
  purpose TEXT NOT NULL CHECK (purpose IN ('answer', 'title', 'summary', 'key_check', 'estimate')),
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
  -- What the host of the connection did to the price when the call left; null for nothing.
  host_modifier TEXT,
  response_id TEXT,
  -- What the provider reported so far, raw JSON included; kept for ever.
  usage TEXT CHECK (usage IS NULL OR json_valid(usage)),
  -- What is doubtful about the figures.
  flags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(flags)),
  failure TEXT CHECK (failure IS NULL OR json_valid(failure))
) STRICT;

CREATE TABLE new_ledger_line (
  seq INTEGER PRIMARY KEY,
  call_id TEXT NOT NULL REFERENCES new_call(id),
  role TEXT NOT NULL,
  model TEXT NOT NULL,
  bucket TEXT NOT NULL,
  units INTEGER NOT NULL CHECK (units >= 0),
  unit_price TEXT,
  multiplier TEXT NOT NULL,
  price_id TEXT,
  -- Null is unknown, which is not zero; or the money is in the line of an amount the provider stated.
  pico INTEGER,
  pico_upper INTEGER,
  cost_class TEXT NOT NULL CHECK (
    cost_class IN ('provider_reported', 'computed', 'partial', 'uncertain', 'unpriced', 'adjustment')
  ),
  -- The line this one corrects. A line is corrected once; a second correction corrects the first.
  corrects INTEGER REFERENCES new_ledger_line(seq),
  reason TEXT,
  utc_day TEXT NOT NULL,
  local_day TEXT NOT NULL,
  booked_ms INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  CHECK (pico IS NOT NULL OR cost_class IN ('unpriced', 'provider_reported')),
  CHECK (pico IS NULL OR cost_class <> 'unpriced'),
  CHECK ((corrects IS NULL) = (cost_class <> 'adjustment')),
  -- $10,000. A line of more is a mistake, and a few of them would overflow every sum they are in.
  CHECK (abs(pico) <= 10000000000000000 AND abs(pico_upper) <= 10000000000000000)
) STRICT;

-- Where the chain ends, so that lines missing at its end are missed.
CREATE TABLE ledger_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  entries INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE spend_day (
  local_day TEXT NOT NULL,
  utc_day TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  -- Empty for none.
  key_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  cost_class TEXT NOT NULL,
  lines INTEGER NOT NULL,
  ranged INTEGER NOT NULL,
  pico INTEGER NOT NULL,
  pico_most INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  -- In the order a month is taken apart.
  PRIMARY KEY (local_day, provider, model, cost_class, utc_day, connection_id, key_id, purpose)
) STRICT, WITHOUT ROWID;

CREATE TABLE call_day (
  local_day TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  utc_day TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  calls INTEGER NOT NULL,
  PRIMARY KEY (local_day, provider, model, utc_day, connection_id, key_id, purpose)
) STRICT, WITHOUT ROWID;

CREATE TABLE price_override (
  id TEXT PRIMARY KEY,
  connection_id TEXT NOT NULL REFERENCES connection(id) ON DELETE CASCADE,
  price TEXT NOT NULL CHECK (json_valid(price)),
  created_ms INTEGER NOT NULL,
  removed_ms INTEGER
) STRICT;
CREATE INDEX price_override_by_connection ON price_override(connection_id);
`

type OldLine = Omit<LedgerEntry, 'corrects' | 'reason'>

function carryOver(database: Database): void {
  const columns = `seq, id, attempt_of, turn_id, message_id, conversation_id, connection_id, connection_label, key_id,
    provider, model_requested, model_answered, purpose, state, started_ms, first_byte_ms, ended_ms, utc_day, local_day,
    utc_offset_minutes, prompt_tokens_about, prompt_tokens_most, max_output_tokens, response_id, usage, failure`
  database.exec(`INSERT INTO new_call (${columns}) SELECT ${columns} FROM call`)
  // Numbered without gaps: the chain counts.
  const lines = database
    .prepare<[], OldLine>(
      `SELECT ROW_NUMBER() OVER (ORDER BY seq) AS seq, call_id AS callId, role, model, bucket, units,
         unit_price AS unitPrice, multiplier, price_id AS priceId, pico, pico_upper AS picoUpper,
         cost_class AS costClass, utc_day AS utcDay, local_day AS localDay, booked_ms AS bookedMs
       FROM ledger_line ORDER BY seq`,
    )
    .safeIntegers()
  const insert = database.prepare<[LedgerEntry & { readonly hash: Buffer }]>(
    `INSERT INTO new_ledger_line (seq, call_id, role, model, bucket, units, unit_price, multiplier, price_id, pico,
       pico_upper, cost_class, corrects, reason, utc_day, local_day, booked_ms, hash)
     VALUES (@seq, @callId, @role, @model, @bucket, @units, @unitPrice, @multiplier, @priceId, @pico,
       @picoUpper, @costClass, @corrects, @reason, @utcDay, @localDay, @bookedMs, @hash)`,
  )
  let hash: Buffer = GENESIS
  let entries = 0
  for (const line of lines.all()) {
    const entry: LedgerEntry = { ...line, corrects: null, reason: null }
    hash = entryHash(hash, entry)
    insert.run({ ...entry, hash })
    entries += 1
  }
  database.prepare(`INSERT INTO ledger_head (id, entries, hash) VALUES (1, ?, ?)`).run(entries, hash)
}

/** A line as it counts: what was corrected is settled, whatever it was booked as. */
const VIEW = `
CREATE VIEW ledger_effective AS
SELECT line.seq, line.call_id, line.bucket, line.units, line.pico,
  CASE WHEN correction.seq IS NULL THEN line.pico_upper END AS pico_upper,
  CASE WHEN correction.seq IS NULL THEN line.cost_class ELSE 'adjustment' END AS cost_class,
  -- A correction repeats the units of what it corrects.
  CASE WHEN line.corrects IS NULL AND line.bucket LIKE 'in\\_%' ESCAPE '\\' THEN line.units END AS input_tokens,
  CASE WHEN line.corrects IS NULL AND (line.bucket = 'out' OR line.bucket LIKE 'out\\_%' ESCAPE '\\')
    THEN line.units END AS output_tokens,
  line.utc_day, line.local_day, line.cost_class AS booked_class, line.pico_upper AS booked_upper
FROM ledger_line AS line LEFT JOIN ledger_line AS correction ON correction.corrects = line.seq;

CREATE VIEW spend_part AS
SELECT line.seq, line.local_day, line.utc_day, call.provider, call.model_requested AS model, call.connection_id,
  COALESCE(call.key_id, '') AS key_id, call.purpose, line.cost_class, line.pico_upper IS NOT NULL AS ranged,
  COALESCE(line.pico, 0) AS pico, COALESCE(line.pico_upper, line.pico, 0) AS pico_most,
  COALESCE(line.input_tokens, 0) AS input_tokens, COALESCE(line.output_tokens, 0) AS output_tokens,
  line.booked_class, line.booked_upper IS NOT NULL AS booked_ranged,
  COALESCE(line.booked_upper, line.pico, 0) AS booked_most
FROM ledger_effective AS line JOIN call ON call.id = line.call_id;
`

const CALL_KEY = `local_day, provider, model, utc_day, connection_id, key_id, purpose`
const KEY = `${CALL_KEY}, cost_class`
const SUMS = `lines, ranged, pico, pico_most, input_tokens, output_tokens`

/** Adds a row of sums to the day it belongs to. */
const ADD = (row: string) => `
  INSERT INTO spend_day (${KEY}, ${SUMS}) ${row}
  ON CONFLICT DO UPDATE SET lines = spend_day.lines + 1, ranged = spend_day.ranged + excluded.ranged,
    pico = spend_day.pico + excluded.pico, pico_most = spend_day.pico_most + excluded.pico_most,
    input_tokens = spend_day.input_tokens + excluded.input_tokens,
    output_tokens = spend_day.output_tokens + excluded.output_tokens;`

/** What a new line adds; spend_part says the same of a line that is there, and takes longer. */
const NEW_LINE = `SELECT NEW.local_day, provider, model_requested, NEW.utc_day, connection_id, COALESCE(key_id, ''), purpose,
    NEW.cost_class, 1, NEW.pico_upper IS NOT NULL, COALESCE(NEW.pico, 0), COALESCE(NEW.pico_upper, NEW.pico, 0),
    CASE WHEN NEW.corrects IS NULL AND NEW.bucket LIKE 'in\\_%' ESCAPE '\\' THEN NEW.units ELSE 0 END,
    CASE WHEN NEW.corrects IS NULL AND (NEW.bucket = 'out' OR NEW.bucket LIKE 'out\\_%' ESCAPE '\\')
      THEN NEW.units ELSE 0 END
  FROM call WHERE id = NEW.call_id`
const CORRECTED_LINE = `SELECT ${KEY}, 1, ranged, pico, pico_most, input_tokens, output_tokens
  FROM spend_part WHERE seq = NEW.corrects`

const RULES = `
DROP TABLE ledger_line;
DROP TABLE call;
ALTER TABLE new_call RENAME TO call;
ALTER TABLE new_ledger_line RENAME TO ledger_line;

CREATE INDEX call_by_turn ON call(turn_id);
CREATE INDEX call_by_message ON call(message_id);
CREATE INDEX call_by_conversation ON call(conversation_id);
CREATE INDEX call_by_connection ON call(connection_id);
CREATE INDEX call_by_local_day ON call(local_day, provider, model_requested);
CREATE INDEX call_in_flight ON call(id) WHERE state = 'in_flight';
CREATE INDEX ledger_line_by_call ON ledger_line(call_id);
CREATE UNIQUE INDEX ledger_line_corrected ON ledger_line(corrects) WHERE corrects IS NOT NULL;
CREATE INDEX ledger_line_unpriced ON ledger_line(call_id) WHERE cost_class = 'unpriced';
${VIEW}
INSERT INTO spend_day (${KEY}, ${SUMS})
  SELECT ${KEY}, COUNT(*), SUM(ranged), SUM(pico), SUM(pico_most), SUM(input_tokens), SUM(output_tokens)
  FROM spend_part GROUP BY ${KEY};
INSERT INTO call_day (${CALL_KEY}, calls)
  SELECT local_day, provider, model_requested, utc_day, connection_id, COALESCE(key_id, ''), purpose, COUNT(*)
  FROM call GROUP BY 1, 2, 3, 4, 5, 6, 7;

CREATE TRIGGER call_counts AFTER INSERT ON call
BEGIN
  INSERT INTO call_day (${CALL_KEY}, calls)
  VALUES (NEW.local_day, NEW.provider, NEW.model_requested, NEW.utc_day, NEW.connection_id, COALESCE(NEW.key_id, ''),
    NEW.purpose, 1)
  ON CONFLICT DO UPDATE SET calls = call_day.calls + 1;
END;
CREATE TRIGGER call_settles_once BEFORE UPDATE ON call WHEN OLD.state <> 'in_flight'
BEGIN SELECT RAISE(ABORT, 'a settled call does not change'); END;
CREATE TRIGGER call_stays BEFORE DELETE ON call
BEGIN SELECT RAISE(ABORT, 'calls are never deleted'); END;
CREATE TRIGGER ledger_line_stays_as_it_is BEFORE UPDATE ON ledger_line
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_line_stays BEFORE DELETE ON ledger_line
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- INSERT OR REPLACE takes a row away without asking the triggers above.
CREATE TRIGGER call_is_not_replaced BEFORE INSERT ON call
WHEN EXISTS (SELECT 1 FROM call WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'a call is added once'); END;
CREATE TRIGGER ledger_line_is_not_replaced BEFORE INSERT ON ledger_line
WHEN EXISTS (SELECT 1 FROM ledger_line WHERE seq = NEW.seq)
  OR (NEW.corrects IS NOT NULL AND EXISTS (SELECT 1 FROM ledger_line WHERE corrects = NEW.corrects))
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER ledger_line_counts AFTER INSERT ON ledger_line
BEGIN ${ADD(NEW_LINE)}
END;
-- What is corrected leaves the class it was booked in.
CREATE TRIGGER ledger_line_settles AFTER INSERT ON ledger_line WHEN NEW.corrects IS NOT NULL
BEGIN
  UPDATE spend_day SET lines = spend_day.lines - 1, ranged = spend_day.ranged - was.booked_ranged,
    pico = spend_day.pico - was.pico, pico_most = spend_day.pico_most - was.booked_most, input_tokens = spend_day.input_tokens - was.input_tokens,
    output_tokens = spend_day.output_tokens - was.output_tokens
  FROM (SELECT * FROM spend_part WHERE seq = NEW.corrects) AS was
  WHERE spend_day.local_day = was.local_day AND spend_day.utc_day = was.utc_day
    AND spend_day.provider = was.provider AND spend_day.model = was.model
    AND spend_day.connection_id = was.connection_id AND spend_day.key_id = was.key_id
    AND spend_day.purpose = was.purpose AND spend_day.cost_class = was.booked_class;
  DELETE FROM spend_day WHERE local_day = NEW.local_day AND lines = 0;
  ${ADD(CORRECTED_LINE)}
END;
`
