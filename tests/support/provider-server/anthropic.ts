import { httpError, json, type Reply } from './reply'

/** Anthropic's documented errors and side answers, with `request-id` in the header and `request_id` in the body. */

interface AnthropicErrorOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly details?: Readonly<Record<string, unknown>>
}

function anthropicError(status: number, type: string, message: string, options: AnthropicErrorOptions = {}): Reply {
  const { headers = {}, details } = options
  return httpError(
    status,
    (requestId: string) => ({
      type: 'error',
      error: { type, message, ...(details === undefined ? {} : { details }) },
      request_id: requestId,
    }),
    headers,
  )
}

/** Every error the app tells apart, by what it means. */
export const anthropicErrors = {
  invalidKey: () => anthropicError(401, 'authentication_error', 'invalid x-api-key'),
  permission: () =>
    anthropicError(403, 'permission_error', 'Your API key does not have permission to use the specified resource.'),
  notFound: (model = 'claude-does-not-exist') => anthropicError(404, 'not_found_error', `model: ${model}`),
  badRequest: (message = 'max_tokens: Field required') => anthropicError(400, 'invalid_request_error', message),
  tooLarge: () => anthropicError(413, 'request_too_large', 'Request exceeds the maximum size'),
  timeout: () => anthropicError(408, 'timeout_error', 'Request timed out'),
  conflict: () => anthropicError(409, 'conflict_error', 'Conflict'),
  rateLimit: (retryAfterSeconds = 30) =>
    anthropicError(429, 'rate_limit_error', 'This request would exceed the rate limit for your organization.', {
      headers: {
        'retry-after': String(retryAfterSeconds),
        'anthropic-ratelimit-requests-limit': '50',
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': '2026-11-23T12:00:30Z',
        'anthropic-ratelimit-tokens-limit': '80000',
        'anthropic-ratelimit-tokens-remaining': '12000',
        'anthropic-ratelimit-tokens-reset': '2026-11-23T12:00:10Z',
        'anthropic-ratelimit-input-tokens-limit': '60000',
        'anthropic-ratelimit-input-tokens-remaining': '9000',
        'anthropic-ratelimit-input-tokens-reset': '2026-11-23T12:00:10Z',
        'anthropic-ratelimit-output-tokens-limit': '20000',
        'anthropic-ratelimit-output-tokens-remaining': '3000',
        'anthropic-ratelimit-output-tokens-reset': '2026-11-23T12:00:10Z',
      },
    }),
  /** A limit the customer set: no `retry-after`, asking again is pointless. */
  spendLimit: () =>
    anthropicError(429, 'rate_limit_error', 'Your organization has reached its enforced spend limit.', {
      details: { error_code: 'enforced_spend_limit_reached' },
    }),
  creditTooLow: () =>
    anthropicError(
      400,
      'invalid_request_error',
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
    ),
  billing: () => anthropicError(402, 'billing_error', 'There is a problem with your payment method.'),
  promptTooLong: (tokens = 208310, maximum = 200000) =>
    anthropicError(400, 'invalid_request_error', `prompt is too long: ${tokens} tokens > ${maximum} maximum`),
  overloaded: () => anthropicError(529, 'overloaded_error', 'Overloaded'),
  server: () => anthropicError(500, 'api_error', 'Internal server error'),
} as const

/** A page of `GET /v1/models`, complete in itself. */
export function anthropicModels(...ids: string[]): Reply {
  const data = ids.map((id) => ({
    type: 'model',
    id,
    display_name: id,
    created_at: '2026-09-01T00:00:00Z',
    lifecycle: 'active',
    deprecated_at: null,
    line: null,
    capabilities: null,
    max_input_tokens: 1_000_000,
    max_tokens: 64_000,
  }))
  return json({ data, has_more: false, first_id: ids[0] ?? null, last_id: ids.at(-1) ?? null })
}

/** An answer of `POST /v1/messages/count_tokens`. */
export function anthropicTokenCount(inputTokens: number): Reply {
  return json({ input_tokens: inputTokens })
}
