import type { Database } from 'better-sqlite3'
import type { Answer, Ending } from '../../core/answer'
import type { Failure, FailureCode } from '../../core/failure'
import type { BudgetId, CallId, ConnectionId, ConversationId, KeyId, MessageId, TurnId } from '../../core/ids'
import type { Pico } from '../../core/money'
import type { ProviderId } from '../../core/provider'
import { daysOf, utcDay } from '../../core/period'
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
  /** The prompt by the local tokenizer; null when only its length was looked at. */
  readonly promptTokensCounted: number | null
  /** What the host of the connection does to the price, by the name a price row uses; null for nothing. */
  readonly hostModifier: string | null
  /** What budgets hold while it runs: what it may cost at most; null when its price is not known. */
  readonly reserved: Pico | null
  /** The budget that left room for no longer answer. */
  readonly shortenedBy: BudgetId | null
  /** A repetition nobody asked for by hand. */
  readonly automatic: boolean
  /** For how long the provider was asked to cache the prompt. */
  readonly cacheTtl: '5m' | '30m' | '1h' | null
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
  /** Of a private conversation: nothing that was said in it is in the row. */
  readonly isPrivate: boolean
  /** What is doubtful about its figures; empty until it is settled. */
  readonly flags: readonly UsageFlag[]
  /** What prompt caching has saved, net; null until it is settled, and when nobody can say. */
  readonly cacheSaved: Pico | null
}

/** What estimates learn from: an answered call's prompt as it was counted and as it was billed, and its answer. */
export interface CallSample {
  readonly counted: number
  readonly usage: UsageReport
}

/** How and when a call ended. Its failure is without the provider's own words. */
export interface CallEnd {
  /** Null while it runs. */
  readonly endedMs: number | null
  readonly failure: Failure | null
}

interface ProgressRow extends Omit<CallProgress, 'usage'> {
  readonly usage: string | null
}

/** A call whose lines were taken back has saved what the one that carries them has, or what nobody can say any more. */
const SAVED = `CASE WHEN EXISTS (SELECT 1 FROM ledger_line AS taken WHERE taken.call_id = call.id
  AND taken.reason IN ('generation', 'duplicate')) THEN NULL ELSE cache_saved_pico END`

const COLUMNS = `id, attempt_of AS attemptOf, turn_id AS turnId, message_id AS messageId,
  conversation_id AS conversationId, connection_id AS connectionId, connection_label AS connectionLabel,
  key_id AS keyId, provider, model_requested AS modelRequested, purpose, state, started_ms AS startedMs,
  utc_day AS utcDay, local_day AS localDay, utc_offset_minutes AS utcOffsetMinutes,
  prompt_tokens_about AS promptTokensAbout, prompt_tokens_most AS promptTokensMost, max_output_tokens AS maxOutputTokens,
  prompt_tokens_counted AS promptTokensCounted, host_modifier AS hostModifier, shortened_by AS shortenedBy, automatic,
  cache_ttl AS cacheTtl, CAST(reserved_pico AS TEXT) AS reserved, CAST(${SAVED} AS TEXT) AS cacheSaved, flags,
  private AS isPrivate`

const PROGRESS = `model_answered = @modelAnswered, response_id = @responseId, first_byte_ms = @firstByteMs, usage = @usage`

const TWO_DAYS_MS = 172_800_000

type Flags = readonly UsageFlag[]

/** As SQLite has it: lists are text, and so is money on its way to a BigInt. */
type StoredCall = Omit<CallRow, 'flags' | 'automatic' | 'isPrivate' | 'reserved' | 'cacheSaved'> & {
  readonly isPrivate: number
  readonly flags: string
  readonly automatic: number
  readonly reserved: string | null
  readonly cacheSaved: string | null
}

/** Calls: added before they leave, settled once, never deleted. */
export function callRepository(database: Database) {
  const insert = database.prepare<[Omit<Call, 'automatic'> & { readonly automatic: number }]>(
    `INSERT INTO call (id, attempt_of, turn_id, message_id, conversation_id, connection_id, connection_label, key_id,
       provider, model_requested, purpose, state, started_ms, utc_day, local_day, utc_offset_minutes,
       prompt_tokens_about, prompt_tokens_most, max_output_tokens, prompt_tokens_counted, host_modifier, reserved_pico,
       shortened_by, automatic, cache_ttl, private)
     VALUES (@id, @attemptOf, @turnId, @messageId, @conversationId, @connectionId, @connectionLabel, @keyId,
       @provider, @modelRequested, @purpose, 'in_flight', @startedMs, @utcDay, @localDay, @utcOffsetMinutes,
       @promptTokensAbout, @promptTokensMost, @maxOutputTokens, @promptTokensCounted, @hostModifier, @reserved,
       @shortenedBy, @automatic, @cacheTtl,
       EXISTS (SELECT 1 FROM private.conversation WHERE id = @conversationId))`,
  )
  const one = database.prepare<[CallId], StoredCall>(`SELECT ${COLUMNS} FROM call WHERE id = ?`)
  const count = database.prepare<[], number>(`SELECT COUNT(*) FROM call`).pluck()
  const latest = database
    .prepare<[number], { readonly id: CallId; readonly startedMs: bigint; readonly reserved: bigint | null }>(
      `SELECT id, started_ms AS startedMs, reserved_pico AS reserved FROM call ORDER BY seq DESC LIMIT ?`,
    )
    .safeIntegers()
  const booked = database
    .prepare<[CallId], { readonly running: bigint; readonly pico: bigint | null }>(
      `SELECT state = 'in_flight' AS running, (SELECT SUM(pico) FROM ledger_line WHERE call_id = call.id) AS pico
       FROM call WHERE id = ?`,
    )
    .safeIntegers()
  const providers = database.prepare<[], ProviderId>(`SELECT DISTINCT provider FROM call ORDER BY provider`).pluck()
  const inFlight = database.prepare<[], StoredCall>(
    `SELECT ${COLUMNS} FROM call WHERE state = 'in_flight' ORDER BY seq`,
  )
  const ofTurn = database.prepare<[TurnId], StoredCall>(`SELECT ${COLUMNS} FROM call WHERE turn_id = ? ORDER BY seq`)
  const ofConversation = database.prepare<[ConversationId], StoredCall>(
    `SELECT ${COLUMNS} FROM call WHERE conversation_id = ? ORDER BY seq`,
  )
  const inMonth = database.prepare<[string, string, number], StoredCall>(
    `SELECT ${COLUMNS} FROM call WHERE local_day BETWEEN ? AND ? ORDER BY seq DESC LIMIT ?`,
  )
  const flagsOfMessage = database
    .prepare<[MessageId], string>(`SELECT flags FROM call WHERE message_id = ? AND flags <> '[]' ORDER BY seq`)
    .pluck()
  const failureCodeOf = database
    .prepare<[CallId], FailureCode | null>(`SELECT failure ->> '$.code' FROM call WHERE id = ?`)
    .pluck()
  const endOf = database.prepare<[CallId], { endedMs: number | null; failure: string | null }>(
    `SELECT ended_ms AS endedMs, failure FROM call WHERE id = ?`,
  )
  const ofMessage = database.prepare<[MessageId], StoredCall>(
    `SELECT ${COLUMNS} FROM call WHERE message_id = ? ORDER BY seq`,
  )
  const progress = database.prepare<[CallId], ProgressRow>(
    `SELECT model_answered AS modelAnswered, response_id AS responseId, first_byte_ms AS firstByteMs, usage
     FROM call WHERE id = ?`,
  )
  const samples = database.prepare<[string, string, number], { counted: number; usage: string }>(
    `SELECT prompt_tokens_counted AS counted, usage FROM call
     WHERE provider = ? AND model_requested = ? AND prompt_tokens_counted IS NOT NULL AND state = 'done'
       AND purpose = 'answer' AND usage IS NOT NULL ORDER BY seq DESC LIMIT ?`,
  )
  const ofResponse = database.prepare<[ConnectionId, string], StoredCall>(
    `SELECT ${COLUMNS} FROM call WHERE connection_id = ? AND response_id = ? AND state <> 'in_flight'
     ORDER BY ended_ms, seq`,
  )
  const answeredSince = database
    .prepare<[ProviderId, string, number], CallId>(
      `SELECT id FROM call WHERE provider = ? AND local_day >= ? AND ended_ms >= ? AND response_id IS NOT NULL
         AND state <> 'in_flight' ORDER BY seq`,
    )
    .pluck()
  const saveProgress = database.prepare<[ProgressRow & { readonly id: CallId }]>(
    `UPDATE call SET ${PROGRESS} WHERE id = @id AND state = 'in_flight'`,
  )
  const settle = database.prepare<
    [
      ProgressRow & {
        readonly id: CallId
        readonly state: Ending
        readonly endedMs: number
        readonly failure: string | null
        readonly bareFailure: string | null
        readonly flags: string
        readonly cacheSaved: Pico | null
      },
    ]
  >(
    `UPDATE call SET state = @state, ended_ms = @endedMs, failure = CASE private WHEN 1 THEN @bareFailure ELSE @failure END, flags = @flags,
       cache_saved_pico = @cacheSaved, ${PROGRESS}
     WHERE id = @id AND state = 'in_flight'`,
  )
  return {
    add: (call: Call): void => void insert.run({ ...call, automatic: Number(call.automatic) }),
    get(id: CallId): CallRow | undefined {
      const row = one.get(id)
      return row && fromStored(row)
    },
    /** Answered calls of a model that were counted before they left, newest first. */
    samples: (provider: ProviderId, model: string, limit: number): CallSample[] =>
      samples.all(provider, model, limit).map(({ counted, usage }) => ({ counted, usage: reportFrom(usage) })),
    inFlight: (): CallRow[] => inFlight.all().map(fromStored),
    /** The settled calls of a connection that carry one response, in the order in which they ended. */
    ofResponse: (connection: ConnectionId, responseId: string): CallRow[] =>
      ofResponse.all(connection, responseId).map(fromStored),
    /** The calls of a provider that ended at `sinceMs` or later and have a response id, oldest first. */
    answeredSince: (provider: ProviderId, sinceMs: number): CallId[] =>
      // The index is by day; no call takes two of them.
      answeredSince.all(provider, utcDay(sinceMs - TWO_DAYS_MS), sinceMs),
    count: (): number => count.get() ?? 0,
    /** The newest, newest first: when each began, and what was held for it. */
    latest: (limit: number): { readonly id: CallId; readonly startedMs: number; readonly reserved: Pico | null }[] =>
      latest.all(limit).map((row) => ({ ...row, startedMs: Number(row.startedMs) })),
    /** What is booked of a call, as far as it has a price, or `running`; null when it was never written down. */
    booked(id: CallId): Pico | 'running' | null {
      const row = booked.get(id)
      if (row === undefined) return null
      return row.running === 1n ? 'running' : (row.pico ?? 0n)
    },
    /** Who has ever been asked. */
    providers: (): ProviderId[] => providers.all(),
    ofTurn: (id: TurnId): CallRow[] => ofTurn.all(id).map(fromStored),
    ofConversation: (id: ConversationId): CallRow[] => ofConversation.all(id).map(fromStored),
    /** Every attempt at an answer, oldest first. */
    ofMessage: (id: MessageId): CallRow[] => ofMessage.all(id).map(fromStored),
    /** Why it did not end well; null where it did. */
    failureCodeOf: (id: CallId): FailureCode | null => failureCodeOf.get(id) ?? null,
    endOf(id: CallId): CallEnd {
      const row = endOf.get(id)
      const failed = row?.failure ?? null
      return { endedMs: row?.endedMs ?? null, failure: failed === null ? null : (JSON.parse(failed) as Failure) }
    },
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
      saved: Pico | null,
    ): void {
      // The provider's own words may quote what it was sent; they are the message's, and go with it.
      const failure = failed && JSON.stringify({ ...failed, detail: null })
      const bareFailure = failed && JSON.stringify({ ...failed, detail: null, providerCode: null, requestId: null })
      const row = {
        id,
        state,
        endedMs,
        failure,
        bareFailure,
        flags: JSON.stringify(flags),
        cacheSaved: saved,
        ...toRow(known),
      }
      if (settle.run(row).changes !== 1) throw new Error('this call is settled already')
    },
  }
}

function toRow({ modelAnswered, responseId, firstByteMs, usage }: CallProgress): ProgressRow {
  return { modelAnswered, responseId, firstByteMs, usage: usage === null ? null : JSON.stringify(usage) }
}

function fromStored(row: StoredCall): CallRow {
  return {
    ...row,
    flags: JSON.parse(row.flags) as Flags,
    automatic: row.automatic === 1,
    isPrivate: row.isPrivate === 1,
    reserved: row.reserved === null ? null : BigInt(row.reserved),
    cacheSaved: row.cacheSaved === null ? null : BigInt(row.cacheSaved),
  }
}

/** Reports kept by the first schema lack two fields and know one flag by another name. */
function reportFrom(text: string): UsageReport {
  const kept = JSON.parse(text) as UsageReport
  const flags = kept.flags.map((flag) => ((flag as string) === 'cache_ttl_assumed' ? 'split_estimated' : flag))
  return { ...kept, stated: kept.stated ?? [], severalSteps: kept.severalSteps ?? false, flags }
}
