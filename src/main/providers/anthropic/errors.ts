import { APIError } from '@anthropic-ai/sdk'
import { failure, type Failure, type FailureCode } from '../../../core/failure'
import { lookup } from '../../../core/lookup'
import { TransportError } from '../../ports'
import type { CallAccess } from '../provider-adapter'

const DETAIL_LENGTH = 300
const NAME_LENGTH = 100
/** An error text may be megabytes. */
const LOOKED_AT = 4000
const DAY_MS = 86_400_000

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
export function failureFrom(error: unknown, access: Pick<CallAccess, 'redact' | 'now'>, answerBegun = false): Failure {
  const transport = transportIn(error)
  if (transport !== undefined) {
    const code = transport.code === 'refused' ? 'internal' : transport.code
    return failure(code, { maybeBilled: transport.maybeSent })
  }
  if (!(error instanceof APIError)) {
    // A body that is not the documented stream makes the SDK, or our reading of its events, throw one of these.
    const protocol = error instanceof SyntaxError || error instanceof TypeError
    return failure(protocol ? 'protocol' : 'internal', { maybeBilled: true })
  }
  // Whatever a provider says may repeat the key, codes and ids included.
  const said = (text: string | null | undefined, length: number): string | null =>
    typeof text === 'string' && text !== '' ? access.redact(text.slice(0, LOOKED_AT)).slice(0, length) : null
  return failure(codeOf(error), {
    status: error.status ?? null,
    providerCode: said(error.errorCode ?? error.type, NAME_LENGTH),
    detail: said(error.apiMessage, DETAIL_LENGTH),
    requestId: said(error.requestID, NAME_LENGTH),
    retryAtMs: retryAt(error, access.now()),
    maybeBilled: answerBegun || mayHaveWorked(error),
  })
}

/**
 * A refusal costs nothing. But a server or a proxy before it that gave up may have done so after the work was done:
 * 5xx, except the two by which a provider says that it did not even begin.
 */
function mayHaveWorked({ status, type }: APIError): boolean {
  if (status === undefined) return type === 'api_error' || type === 'timeout_error'
  return status === 408 || status === 499 || (status >= 500 && status !== 503 && status !== 529)
}

/** `retry-after`, in seconds or as a date, of a refusal; a 200 may carry one too, which means nothing. */
function retryAt({ status, headers }: APIError, now: number): number | null {
  const text = status === undefined || status < 400 ? null : (headers?.get('retry-after') ?? null)
  if (text === null || text === '') return null
  const at = /^\d{1,6}$/.test(text) ? now + Number(text) * 1000 : Date.parse(text)
  return at > now && at < now + DAY_MS ? at : null
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

/** SDKs wrap what our fetch throws, sometimes twice. */
function transportIn(error: unknown): TransportError | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if (cause instanceof TransportError) return cause
  }
  return undefined
}
