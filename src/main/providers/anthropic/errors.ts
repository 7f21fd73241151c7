import { APIError } from '@anthropic-ai/sdk'
import { failure, type Failure, type FailureCode } from '../../../core/failure'
import { lookup } from '../../../core/lookup'
import { TransportError } from '../../ports'
import type { CallAccess } from '../provider-adapter'

const DETAIL_LENGTH = 300

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

const BY_STATUS: Readonly<Record<number, FailureCode>> = {
  400: 'bad_request',
  401: 'key_invalid',
  402: 'no_credit',
  403: 'key_no_scope',
  404: 'model_not_found',
  408: 'timeout',
  413: 'context_too_long',
  429: 'rate_limited',
  503: 'overloaded',
  504: 'timeout',
  529: 'overloaded',
}

/**
 * What went wrong, as a value. Status, type, error code and, because Anthropic puts an empty balance into a plain 400,
 * the message decide together. An error event inside a 200 stream has a type and no status.
 * `answerBegun`: the provider had already reported the start of an answer.
 */
export function failureFrom(error: unknown, access: Pick<CallAccess, 'redact'>, answerBegun = false): Failure {
  const transport = transportIn(error)
  if (transport !== undefined) {
    const code = transport.code === 'refused' ? 'internal' : transport.code
    return failure(code, { maybeBilled: transport.maybeSent })
  }
  if (!(error instanceof APIError)) {
    // A body that is not the documented stream makes the SDK throw a plain SyntaxError.
    return failure(error instanceof SyntaxError ? 'protocol' : 'internal', { maybeBilled: true })
  }
  const text = access.redact(error.apiMessage ?? '')
  return failure(codeOf(error, text), {
    status: error.status ?? null,
    providerCode: error.errorCode ?? error.type,
    detail: text === '' ? null : text.slice(0, DETAIL_LENGTH),
    requestId: error.requestID ?? null,
    retryAtMs: null,
    // A refusal, by status or as the first event of a stream, costs nothing; once an answer has begun, work was done.
    maybeBilled: answerBegun,
  })
}

function codeOf(error: APIError, text: string): FailureCode {
  if (error.errorCode !== null && SPEND_LIMIT_CODES.has(error.errorCode)) return 'spend_limit'
  const code = lookup(BY_TYPE, error.type ?? '') ?? BY_STATUS[error.status ?? 0]
  if (code === 'bad_request') {
    if (/credit balance is too low/i.test(text)) return 'no_credit'
    if (/spend limit|usage limit/i.test(text)) return 'spend_limit'
    if (/prompt is too long|exceeds? (?:the )?context/i.test(text)) return 'context_too_long'
  }
  return code ?? 'server'
}

/** SDKs wrap what our fetch throws, sometimes twice. */
function transportIn(error: unknown): TransportError | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if (cause instanceof TransportError) return cause
  }
  return undefined
}
