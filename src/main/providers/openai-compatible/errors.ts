import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai'
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
import { statedIn, type StatedError } from './error-body'

/** Codes and types that say more than the status does; the others, such as `invalid_request_error`, say less. */
const BY_NAME: Readonly<Record<string, FailureCode>> = {
  invalid_api_key: 'key_invalid',
  authentication_error: 'key_invalid',
  insufficient_permissions: 'key_no_scope',
  permission_error: 'key_no_scope',
  credit_balance_exhausted: 'no_credit',
  insufficient_quota: 'no_credit',
  insufficient_balance: 'no_credit',
  organization_spend_limit_exceeded: 'spend_limit',
  organization_usage_limit_exceeded: 'spend_limit',
  project_spend_limit_exceeded: 'spend_limit',
  billing_hard_limit_reached: 'spend_limit',
  // OpenRouter's 402 that passes by itself: other answers are still being paid for.
  in_flight_budget_exhausted: 'rate_limited',
  rate_limit_exceeded: 'rate_limited',
  slow_down: 'rate_limited',
  capacity_exceeded: 'overloaded',
  overloaded_error: 'overloaded',
  server_is_overloaded: 'overloaded',
  context_length_exceeded: 'context_too_long',
  exceed_context_size_error: 'context_too_long',
  max_tokens_exceeded: 'context_too_long',
  token_limit_exceeded: 'context_too_long',
  request_too_large: 'context_too_long',
  invalid_model: 'model_not_found',
  model_not_found: 'model_not_found',
  content_filter: 'content_blocked',
  content_policy_violation: 'content_blocked',
}

/** Groq's and the proxies' own: failed dependency, capacity, a gateway's patience. */
const STATUSES: Readonly<Record<number, FailureCode>> = {
  ...BY_STATUS,
  424: 'bad_request',
  498: 'overloaded',
  524: 'timeout',
}

/** What only the text tells. DeepSeek's unknown model, xAI's wrong key and many servers' full window are plain 400s. */
const BY_TEXT: readonly (readonly [RegExp, FailureCode])[] = [
  [/(?:incorrect|invalid) api key|api key (?:is )?(?:not valid|invalid)/i, 'key_invalid'],
  [/context (?:length|window|size)|maximum context|prompt is too long|too many (?:input )?tokens/i, 'context_too_long'],
  [/model\b.{0,200}\b(?:not found|not exist)|\binvalid model|no such model/is, 'model_not_found'],
  [/content[_ ]policy|moderation/i, 'content_blocked'],
]
const NO_CREDIT =
  /insufficient (?:balance|credits|funds)|credit balance|(?:used|run out of) (?:all )?(?:available |your )?credits|have any credits/i
const SPEND_LIMIT = /(?:key|spend(?:ing)?|budget|usage) limit (?:exceeded|reached)/i

/**
 * What went wrong, as a value. Status, code, type and text decide together, for no two endpoints use them alike. An
 * error inside a 200 stream has no status, but OpenRouter puts one into the code.
 * `answerBegun`: words had already arrived.
 */
export function failureFrom(error: unknown, access: Pick<CallAccess, 'redact' | 'now'>, answerBegun = false): Failure {
  const transport = transportFailure(error)
  if (transport !== undefined) return transport
  if (error instanceof APIConnectionError) {
    return failure(error instanceof APIConnectionTimeoutError ? 'timeout' : 'network', { maybeBilled: true })
  }
  if (!(error instanceof APIError)) return unexpectedFailure(error)
  const headers: Headers | undefined = error.headers
  const stated = statedIn(error.error)
  const status = error.status ?? statusIn(stated)
  const code = codeOf(status, stated, headers)
  const worked = status === undefined ? code === 'server' || code === 'timeout' : mayHaveWorked(status)
  return failure(code, {
    status: error.status ?? null,
    providerCode: saidName(nameOf(stated), access),
    detail: saidDetail(textOf(stated), access),
    requestId: saidName(error.requestID ?? headers?.get('x-generation-id'), access),
    retryAtMs: retryAt(error.status, headers?.get('retry-after'), access.now()),
    // Groq's refusal of a tool call that the model had already written.
    maybeBilled: answerBegun || worked || stated.code === 'tool_use_failed',
  })
}

function statusIn({ code }: StatedError): number | undefined {
  const number = Number(code)
  return Number.isInteger(number) && number >= 400 && number < 600 ? number : undefined
}

function nameOf({ code, type }: StatedError): string | null {
  return code === null || code === '' ? type : String(code)
}

/** OpenRouter says only "Provider returned error" itself, and passes on what the provider said. */
function textOf({ message, metadata }: StatedError): string | null {
  const raw = metadata['raw']
  if (typeof raw !== 'string' || raw === '') return message
  return message === null ? raw : `${message}: ${raw}`
}

function codeOf(status: number | undefined, stated: StatedError, headers: Headers | undefined): FailureCode {
  // Groq calls this a rate limit, but the same request will never fit.
  if (status === 413) return 'context_too_long'
  const text = textOf(stated)?.slice(0, LOOKED_AT) ?? ''
  const kind = stated.metadata['error_type']
  const names = [stated.code, kind, stated.type].filter((name) => typeof name === 'string')
  const named = names.map((name) => lookup(BY_NAME, name)).find((code) => code !== undefined)
  // Some name a spent balance a rate limit, and only their text tells.
  if (named === undefined || (named === 'rate_limited' && status === 429)) {
    const limit = limitOf(status, stated, text)
    // Only this tells a budget that frees itself from one that is used up.
    if (limit !== undefined) return status === 402 && headers?.has('retry-after') === true ? 'rate_limited' : limit
  }
  // OpenRouter has nobody to pass it on to who does not collect it.
  if (status === 404 && /data policy/i.test(text)) return 'data_policy'
  if (named !== undefined) return named
  if (status === undefined || STATUSES[status] === 'bad_request') {
    const told = BY_TEXT.find(([pattern]) => pattern.test(text))
    if (told !== undefined) return told[1]
  }
  return STATUSES[status ?? 0] ?? 'server'
}

function limitOf(status: number | undefined, { metadata }: StatedError, text: string): FailureCode | undefined {
  if (status !== undefined && status >= 500) return undefined
  if (status === 403 && Array.isArray(metadata['reasons'])) return 'content_blocked'
  const source = metadata['limit_source']
  if (source === 'openrouter_credits') return 'no_credit'
  if (typeof source === 'string' || SPEND_LIMIT.test(text)) return 'spend_limit'
  return status === 402 || NO_CREDIT.test(text) ? 'no_credit' : undefined
}
