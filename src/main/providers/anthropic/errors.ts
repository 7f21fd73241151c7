import { APIError } from '@anthropic-ai/sdk'
import { failure, type Failure, type FailureCode } from '../../../core/failure'
import { lookup } from '../../../core/lookup'
import type { CallAccess } from '../provider-adapter'
import {
  BY_STATUS,
  LOOKED_AT,
  mayHaveWorked,
  retryAt,
  saidDetail,
  saidName,
  transportFailure,
  unexpectedFailure,
} from '../provider-failure'

/** Error codes that mean "out of money" although the status says "too many requests": asking again never helps. */
const SPEND_LIMIT_CODES = new Set(['enforced_spend_limit_reached', 'contract_spend_limit_reached'])

const BY_TYPE: Readonly<Record<string, FailureCode>> = {
  authentication_error: 'key_invalid',
  billing_error: 'no_credit',
  permission_error: 'key_no_scope',
  not_found_error: 'model_not_found',
  request_too_large: 'context_too_long',
  rate_limit_error: 'rate_limited',
  overloaded_error: 'overloaded',
  timeout_error: 'timeout',
  api_error: 'server',
  invalid_request_error: 'bad_request',
}

/**
 * What went wrong, as a value. Status, type, error code and, because Anthropic puts an empty balance into a plain 400,
 * the message decide together. An error event inside a 200 stream has a type and no status.
 * `answerBegun`: the provider had already reported the start of an answer.
 */
export function failureFrom(error: unknown, access: Pick<CallAccess, 'redact' | 'now'>, answerBegun = false): Failure {
  const transport = transportFailure(error)
  if (transport !== undefined) return transport
  if (!(error instanceof APIError)) return unexpectedFailure(error)
  const { status, type, headers } = error
  const worked = status === undefined ? type === 'api_error' || type === 'timeout_error' : mayHaveWorked(status)
  return failure(codeOf(error), {
    status: status ?? null,
    providerCode: saidName(error.errorCode ?? type, access),
    detail: saidDetail(error.apiMessage, access),
    requestId: saidName(error.requestID, access),
    retryAtMs: retryAt(status, headers?.get('retry-after'), access.now()),
    maybeBilled: answerBegun || worked,
  })
}

function codeOf(error: APIError): FailureCode {
  const text = typeof error.apiMessage === 'string' ? error.apiMessage.slice(0, LOOKED_AT) : ''
  if (error.errorCode !== null && SPEND_LIMIT_CODES.has(error.errorCode)) return 'spend_limit'
  const code = lookup(BY_TYPE, error.type ?? '') ?? BY_STATUS[error.status ?? 0]
  if (code === 'bad_request') {
    if (/credit balance is too low/i.test(text)) return 'no_credit'
    if (/spend limit|usage limit/i.test(text)) return 'spend_limit'
    if (/prompt is too long|exceeds? (?:the )?context/i.test(text)) return 'context_too_long'
  }
  return code ?? 'server'
}
