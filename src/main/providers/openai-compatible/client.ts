import OpenAI, { APIError } from 'openai'
import type { CallAccess } from '../provider-adapter'
import { statedIn } from './error-body'

/** The SDK's client, which by itself reads only errors of OpenAI's own shape and drops the text of all others. */
class CompatibleClient extends OpenAI {
  protected override makeStatusError(
    status: number,
    error: object,
    message: string | undefined,
    headers: Headers,
  ): APIError {
    return APIError.generate(status, { error: statedIn(error ?? message) }, message, headers)
  }
}

/** A client for one call. */
export function clientFor(access: CallAccess): OpenAI {
  return new CompatibleClient({
    // Without one it looks for keys in the environment, and does not start without finding any.
    apiKey: access.key ?? 'none',
    // Left unset these come from the environment, and another organisation may be billed.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: access.baseUrl,
    fetch: access.fetch,
    // A retry is a second bill: each attempt must be a call row of its own, so the SDK makes none.
    maxRetries: 0,
    logLevel: 'off',
    // Named here as well, so that exactly one header carries the key, and none where there is no key.
    defaultHeaders: { Authorization: access.key === null ? null : `Bearer ${access.key}` },
  })
}
