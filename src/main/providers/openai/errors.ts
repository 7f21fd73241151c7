import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai'
import { failure, type Failure, type FailureCode } from '../../../core/failure'
import { lookup } from '../../../core/lookup'
import type { CallAccess } from '../provider-adapter'
import {
  BY_STATUS,
  mayHaveWorked,
  retryAt,
  saidDetail,
  saidName,
  transportFailure,
  unexpectedFailure,
} from '../provider-failure'
import { isJson } from '../reading'

const BY_CODE: Readonly<Record<string, FailureCode>> = {
  invalid_api_key: 'key_invalid',
  missing_scope: 'key_no_scope',
  unsupported_country_region_territory: 'key_no_scope',
  insufficient_quota: 'no_credit',
  credit_balance_exhausted: 'no_credit',
  model_not_found: 'model_not_found',
  context_length_exceeded: 'context_too_long',
  string_above_max_length: 'context_too_long',
  rate_limit_exceeded: 'rate_limited',
  slow_down: 'rate_limited',
  server_is_overloaded: 'overloaded',
  server_error: 'server',
  content_filter: 'content_blocked',
  // What a prompt is called that the usage policies forbid.
  invalid_prompt: 'content_blocked',
}

const BY_TYPE: Readonly<Record<string, FailureCode>> = {
  insufficient_quota: 'no_credit',
  authentication_error: 'key_invalid',
  invalid_request_error: 'bad_request',
  rate_limit_error: 'rate_limited',
  server_error: 'server',
  service_unavailable_error: 'overloaded',
}

/**
 * What went wrong, as a value. The code decides before the type and the status: an empty balance and a reached limit are
 * a 429 like any other, and have the same type. An error event inside a 200 stream has no status.
 * `answerBegun`: something of an answer had already arrived.
 */
export function failureFrom(error: unknown, access: Pick<CallAccess, 'redact' | 'now'>, answerBegun = false): Failure {
  const transport = transportFailure(error)
  if (transport !== undefined) return transport
  if (error instanceof APIConnectionTimeoutError) return failure('timeout', { maybeBilled: true })
  if (error instanceof APIConnectionError) return failure('network', { maybeBilled: true })
  if (!(error instanceof APIError)) return unexpectedFailure(error)
  const { status } = error
  // Typed as any by the SDK.
  const headers: Headers | undefined = error.headers
  const said = failureSaid(error.error, access, answerBegun, status)
  return {
    ...said,
    requestId: saidName(error.requestID, access),
    retryAtMs: retryAt(status, waitOf(headers), access.now()),
  }
}

/** The failure behind an error object of OpenAI's, wherever it was found: a body, an `error` event, a failed response. */
export function failureSaid(
  error: unknown,
  access: Pick<CallAccess, 'redact'>,
  answerBegun: boolean,
  status?: number,
): Failure {
  const { code, type, message } = isJson(error) ? error : { code: null, type: null, message: error }
  const meaning = meaningOf(code, type, status)
  // Without a status the answer had been accepted, so a server that then gave up may have worked on it.
  const worked = status === undefined ? meaning === 'server' || meaning === 'timeout' : mayHaveWorked(status)
  return failure(meaning, {
    status: status ?? null,
    providerCode: saidName(code, access) ?? saidName(type, access),
    detail: saidDetail(message, access),
    maybeBilled: answerBegun || worked,
  })
}

function meaningOf(code: unknown, type: unknown, status: number | undefined): FailureCode {
  if (typeof code === 'string') {
    const known = lookup(BY_CODE, code)
    if (known !== undefined) return known
    if (/_(?:spend|usage)_limit_exceeded$/.test(code)) return 'spend_limit'
    if (/policy/.test(code)) return 'content_blocked'
  }
  const byType = typeof type === 'string' ? lookup(BY_TYPE, type) : undefined
  if (byType === 'no_credit') return byType
  return BY_STATUS[status ?? 0] ?? byType ?? 'server'
}

/** How long to wait, in seconds or as a date; the header in milliseconds is the more exact one. */
function waitOf(headers: Headers | undefined): string | null {
  const exact = headers?.get('retry-after-ms') ?? ''
  return /^\d{1,9}$/.test(exact) ? String(Number(exact) / 1000) : (headers?.get('retry-after') ?? null)
}
