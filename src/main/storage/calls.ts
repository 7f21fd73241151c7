import type { Database } from 'better-sqlite3'
import type { Answer, Ending } from '../../core/answer'
import type { Failure } from '../../core/failure'
import type { CallId, ConnectionId, ConversationId, KeyId, MessageId, TurnId } from '../../core/ids'
import type { ProviderId } from '../../core/provider'
import { daysOf } from '../../core/period'
import type { UsageFlag, UsageReport } from '../../core/usage'

/** What a call is for. Everything but an answer is hidden work, with a switch and a line of its own. */
export type CallPurpose = 'answer' | 'title' | 'summary' | 'key_check' | 'estimate'

/** One HTTP attempt that may be billed. Written before the request leaves, settled exactly once. */
export interface Call {
  readonly id: CallId
  readonly attemptOf: CallId | null
  /** Null where it is for no answer. */
  readonly turnId: TurnId | null
  readonly messageId: MessageId | null
  readonly conversationId: ConversationId | null
  readonly connectionId: ConnectionId
  readonly connectionLabel: string
  readonly keyId: KeyId | null
  readonly provider: ProviderId
  readonly modelRequested: string
  readonly purpose: CallPurpose
  readonly startedMs: number
  readonly utcDay: string
  readonly localDay: string
  readonly utcOffsetMinutes: number
  /** A local estimate of the prompt and its bound, for calls that end before the provider reports one. */
  readonly promptTokensAbout: number
  readonly promptTokensMost: number
  readonly maxOutputTokens: number
  /** What the host of the connection does to the price, by the name a price row uses; null for nothing. */
  readonly hostModifier: string | null
}

/** A call that is to answer somebody. */
export interface AnswerCall extends Call {
  readonly turnId: TurnId
  readonly messageId: MessageId
  readonly conversationId: ConversationId
}

/** What is learnt while a call runs. */
export type CallProgress = Pick<Answer, 'modelAnswered' | 'responseId' | 'firstByteMs' | 'usage'>

/** A call with how far it has come. */
export interface CallRow extends Call {
  readonly state: 'in_flight' | Ending
  /** What is doubtful about its figures; empty until it is settled. */
  readonly flags: readonly UsageFlag[]
}

interface ProgressRow extends Omit<CallProgress, 'usage'> {
  readonly usage: string | null
}

const COLUMNS = `id, attempt_of AS attemptOf, turn_id AS turnId, message_id AS messageId,
  conversation_id AS conversationId, connection_id AS connectionId, connection_label AS connectionLabel,
  key_id AS keyId, provider, model_requested AS modelRequested, purpose, state, started_ms AS startedMs,
  utc_day AS utcDay, local_day AS localDay, utc_offset_minutes AS utcOffsetMinutes,
  prompt_tokens_about AS promptTokensAbout, prompt_tokens_most AS promptTokensMost, max_output_tokens AS maxOutputTokens,
  host_modifier AS hostModifier, flags`

const PROGRESS = `model_answered = @modelAnswered, response_id = @responseId, first_byte_ms = @firstByteMs, usage = @usage`

type Flags = readonly UsageFlag[]

/** As SQLite has it: lists are text. */
type StoredCall = Omit<CallRow, 'flags'> & { readonly flags: string }

/** Calls: added before they leave, settled once, never deleted. */
export function callRepository(database: Database) {
  const insert = database.prepare<[Call]>(
    `INSERT INTO call (id, attempt_of, turn_id, message_id, conversation_id, connection_id, connection_label, key_id,
       provider, model_requested, purpose, state, started_ms, utc_day, local_day, utc_offset_minutes,
       prompt_tokens_about, prompt_tokens_most, max_output_tokens, host_modifier)
     VALUES (@id, @attemptOf, @turnId, @messageId, @conversationId, @connectionId, @connectionLabel, @keyId,
       @provider, @modelRequested, @purpose, 'in_flight', @startedMs, @utcDay, @localDay, @utcOffsetMinutes,
       @promptTokensAbout, @promptTokensMost, @maxOutputTokens, @hostModifier)`,
  )
  const one = database.prepare<[CallId], StoredCall>(`SELECT ${COLUMNS} FROM call WHERE id = ?`)
  const inFlight = database.prepare<[], StoredCall>(
    `SELECT ${COLUMNS} FROM call WHERE state = 'in_flight' ORDER BY seq`,
  )
  const ofTurn = database.prepare<[TurnId], StoredCall>(`SELECT ${COLUMNS} FROM call WHERE turn_id = ? ORDER BY seq`)
  const inMonth = database.prepare<[string, string, number], StoredCall>(
    `SELECT ${COLUMNS} FROM call WHERE local_day BETWEEN ? AND ? ORDER BY seq DESC LIMIT ?`,
  )
  const flagsOfMessage = database
    .prepare<[MessageId], string>(`SELECT flags FROM call WHERE message_id = ? AND flags <> '[]' ORDER BY seq`)
    .pluck()
  const progress = database.prepare<[CallId], ProgressRow>(
    `SELECT model_answered AS modelAnswered, response_id AS responseId, first_byte_ms AS firstByteMs, usage
     FROM call WHERE id = ?`,
  )
  const saveProgress = database.prepare<[ProgressRow & { readonly id: CallId }]>(
    `UPDATE call SET ${PROGRESS} WHERE id = @id AND state = 'in_flight'`,
  )
  const settle = database.prepare<
    [ProgressRow & { readonly id: CallId; state: Ending; endedMs: number; failure: string | null; flags: string }]
  >(
    `UPDATE call SET state = @state, ended_ms = @endedMs, failure = @failure, flags = @flags, ${PROGRESS}
     WHERE id = @id AND state = 'in_flight'`,
  )
  return {
    add: (call: Call): void => void insert.run(call),
    get(id: CallId): CallRow | undefined {
      const row = one.get(id)
      return row && fromStored(row)
    },
    inFlight: (): CallRow[] => inFlight.all().map(fromStored),
    ofTurn: (id: TurnId): CallRow[] => ofTurn.all(id).map(fromStored),
    /** What is doubtful about the figures of an answer, over all attempts at it. */
    flagsOfMessage: (id: MessageId): UsageFlag[] => [
      ...new Set(flagsOfMessage.all(id).flatMap((flags) => JSON.parse(flags) as Flags)),
    ],
    /** Newest first; `month` is a local calendar month, `2026-11`. */
    inMonth: (month: string, limit: number): CallRow[] => inMonth.all(...daysOf(month), limit).map(fromStored),
    progressOf(id: CallId): CallProgress | undefined {
      const row = progress.get(id)
      return row && { ...row, usage: row.usage === null ? null : reportFrom(row.usage) }
    },
    saveProgress: (id: CallId, known: CallProgress): void => void saveProgress.run({ id, ...toRow(known) }),
    /** Throws when the call was settled already: booking twice is a defect, never a race to be won. */
    settle(
      id: CallId,
      state: Ending,
      endedMs: number,
      known: CallProgress,
      failed: Failure | null,
      flags: Flags,
    ): void {
      const failure = failed && JSON.stringify(failed)
      const row = { id, state, endedMs, failure, flags: JSON.stringify(flags), ...toRow(known) }
      if (settle.run(row).changes !== 1) throw new Error('this call is settled already')
    },
  }
}

function toRow({ modelAnswered, responseId, firstByteMs, usage }: CallProgress): ProgressRow {
  return { modelAnswered, responseId, firstByteMs, usage: usage === null ? null : JSON.stringify(usage) }
}

function fromStored(row: StoredCall): CallRow {
  return { ...row, flags: JSON.parse(row.flags) as Flags }
}

/** Reports kept by the first schema lack two fields and know one flag by another name. */
function reportFrom(text: string): UsageReport {
  const kept = JSON.parse(text) as UsageReport
  const flags = kept.flags.map((flag) => ((flag as string) === 'cache_ttl_assumed' ? 'split_estimated' : flag))
  return { ...kept, stated: kept.stated ?? [], severalSteps: kept.severalSteps ?? false, flags }
}
