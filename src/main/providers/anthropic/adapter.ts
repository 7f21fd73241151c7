import Anthropic from '@anthropic-ai/sdk'
import type { StreamPart } from '../../../core/stream-part'
import type { CallAccess, ModelRequest, ProviderAdapter } from '../provider-adapter'
import { failureFrom } from './errors'
import { toParams } from './request'
import { toParts } from './stream'

/** Anthropic Messages over @anthropic-ai/sdk 1.12. */
export const anthropic: ProviderAdapter = {
  provider: 'anthropic',

  async *stream(request: ModelRequest, access: CallAccess): AsyncGenerator<StreamPart> {
    try {
      const events = await clientFor(access).messages.create(toParams(request), { signal: access.signal })
      yield* toParts(events, { ...access, model: request.model })
    } catch (error) {
      yield access.signal.aborted ? { type: 'stopped' } : { type: 'failure', failure: failureFrom(error, access) }
    }
  },
}

function clientFor(access: CallAccess): Anthropic {
  return new Anthropic({
    // Without a credential the SDK walks a chain of files on disk and may bill another account, so give it one always.
    apiKey: access.key ?? '',
    webhookKey: null,
    baseURL: access.baseUrl,
    fetch: access.fetch,
    // A retry is a second bill: each attempt must be a call row of its own, so the SDK makes none.
    maxRetries: 0,
    logLevel: 'off',
    // Left unset it reads OTEL_* and may put trace headers on requests and content in spans.
    openTelemetry: false,
    // The documented raw header, which compatible endpoints know as well; the SDK alone would send a bearer token.
    // Exactly one header carries the key.
    defaultHeaders: { 'X-Api-Key': access.key, Authorization: null },
  })
}
