const CORRECTIONS = `SELECT 1 FROM ledger_line WHERE seq > OLD.entries AND corrects IS NOT NULL`

/**
 * What each call comes to, in one narrow row beside the others of its day: a report by conversation, by outcome or by how
 * sure a figure is would else read every line. Kept by triggers: in the statement that changes a call, and in
 * the one that moves the end of the ledger past its lines.
 */
export const spendCall = `
CREATE TABLE spend_call (
  local_day TEXT NOT NULL,
  -- Of the call.
  seq INTEGER NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  -- Empty for none, as is the conversation.
  key_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  private INTEGER NOT NULL,
  -- What it was for, and \`retry\` where it was made again by itself.
  purpose TEXT NOT NULL,
  state TEXT NOT NULL,
  started_ms INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  -- The class of its most doubtful line, from 1 for an adjustment to 6 for one without a price; 0 while there is no line.
  doubt INTEGER NOT NULL,
  ranged INTEGER NOT NULL,
  pico INTEGER NOT NULL,
  pico_most INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  -- Null where nobody can say.
  cache_saved INTEGER,
  PRIMARY KEY (local_day, seq)
) STRICT, WITHOUT ROWID;

-- What they found is found here as well.
DROP INDEX call_automatic;
DROP INDEX call_cached;

INSERT INTO spend_call
SELECT call.local_day, call.seq, provider, model_requested, connection_id, COALESCE(key_id, ''),
  COALESCE(conversation_id, ''), private, ${purposeOf('call')}, state, started_ms,
  COUNT(line.seq), COALESCE(MAX(${doubtOf('line')}), 0), COUNT(line.pico_upper),
  COALESCE(SUM(line.pico), 0), COALESCE(SUM(COALESCE(line.pico_upper, line.pico)), 0),
  COALESCE(SUM(line.input_tokens), 0), COALESCE(SUM(line.output_tokens), 0), ${savedOf('call')}
FROM call LEFT JOIN ledger_effective AS line ON line.call_id = call.id GROUP BY call.seq;

CREATE TRIGGER call_has_spend AFTER INSERT ON call
BEGIN
  INSERT INTO spend_call VALUES (NEW.local_day, NEW.seq, NEW.provider, NEW.model_requested, NEW.connection_id,
    COALESCE(NEW.key_id, ''), COALESCE(NEW.conversation_id, ''), NEW.private, ${purposeOf('NEW')}, NEW.state,
    NEW.started_ms, 0, 0, 0, 0, 0, 0, 0, NEW.cache_saved_pico);
END;
CREATE TRIGGER call_spend_ends AFTER UPDATE OF state, cache_saved_pico ON call
BEGIN
  UPDATE spend_call SET state = NEW.state, cache_saved = ${savedOf('NEW')}
  WHERE local_day = NEW.local_day AND seq = NEW.seq;
END;

-- Once for all lines of a booking, which are of one call.
CREATE TRIGGER ledger_adds_to_call AFTER UPDATE OF entries ON ledger_head
WHEN NOT EXISTS (${CORRECTIONS})
BEGIN
  UPDATE spend_call SET lines = lines + its_lines, doubt = MAX(doubt, its_doubt), ranged = ranged + its_ranged,
    pico = pico + its_pico, pico_most = pico_most + its_most, input_tokens = input_tokens + its_input,
    output_tokens = output_tokens + its_output
  FROM (
    SELECT MAX(call_id) AS its_id, COUNT(*) AS its_lines, MAX(${doubtOf('line')}) AS its_doubt,
      COUNT(pico_upper) AS its_ranged, COALESCE(SUM(pico), 0) AS its_pico,
      COALESCE(SUM(COALESCE(pico_upper, pico)), 0) AS its_most,
      SUM(CASE WHEN substr(bucket, 1, 3) = 'in_' THEN units ELSE 0 END) AS its_input,
      SUM(CASE WHEN bucket = 'out' OR substr(bucket, 1, 4) = 'out_' THEN units ELSE 0 END) AS its_output
    FROM ledger_line AS line WHERE line.seq > OLD.entries
  ) JOIN (SELECT id AS call_of, local_day AS its_day, seq AS its_seq FROM call) ON call_of = its_id
  WHERE local_day = its_day AND seq = its_seq;
END;
-- A correction takes another line out of its class: all of that call is added up anew.
CREATE TRIGGER ledger_settles_call AFTER UPDATE OF entries ON ledger_head
WHEN EXISTS (${CORRECTIONS})
BEGIN
  UPDATE spend_call SET
    (lines, doubt, ranged, pico, pico_most, input_tokens, output_tokens) = (
      SELECT COUNT(*), MAX(${doubtOf('line')}), COUNT(pico_upper), COALESCE(SUM(pico), 0),
        COALESCE(SUM(COALESCE(pico_upper, pico)), 0), COALESCE(SUM(input_tokens), 0), COALESCE(SUM(output_tokens), 0)
      FROM ledger_effective AS line WHERE line.call_id = its_id),
    cache_saved = CASE WHEN EXISTS (${CORRECTIONS} AND reason IN ('generation', 'duplicate')) THEN NULL
      ELSE cache_saved END
  FROM (SELECT id AS its_id, local_day AS its_day, seq AS its_seq FROM call
    WHERE id = (SELECT call_id FROM ledger_line WHERE seq = NEW.entries))
  WHERE local_day = its_day AND seq = its_seq;
END;
`

function purposeOf(call: string): string {
  return `CASE ${call}.automatic WHEN 1 THEN 'retry' ELSE ${call}.purpose END`
}

function doubtOf(line: string): string {
  return `CASE ${line}.cost_class WHEN 'unpriced' THEN 6 WHEN 'uncertain' THEN 5 WHEN 'partial' THEN 4
    WHEN 'computed' THEN 3 WHEN 'provider_reported' THEN 2 WHEN 'adjustment' THEN 1 END`
}

/** A call whose lines were taken back has saved what the one that carries them has, or what nobody can say any more. */
function savedOf(call: string): string {
  return `CASE WHEN EXISTS (SELECT 1 FROM ledger_line AS taken WHERE taken.call_id = ${call}.id
    AND taken.reason IN ('generation', 'duplicate')) THEN NULL ELSE ${call}.cache_saved_pico END`
}
