import Anthropic from '@anthropic-ai/sdk'
import type { StreamPart } from '../../../core/stream-part'
import type { CallAccess, ListedModel, ModelList, ModelRequest, ProviderAdapter } from '../provider-adapter'
import { isCount, readName, type Json } from '../reading'
import { failureFrom } from './errors'
import { toParams } from './request'
import { toParts } from './stream'

/** Anthropic Messages over @anthropic-ai/sdk 1.12. */
export const anthropic: ProviderAdapter = {
  dialect: 'anthropic',

  async *stream(request: ModelRequest, access: CallAccess): AsyncGenerator<StreamPart> {
    try {
      const events = await clientFor(access).messages.create(toParams(request), { signal: access.signal })
      yield* toParts(events, { ...access, model: request.model })
    } catch (error) {
      yield access.signal.aborted ? { type: 'stopped' } : { type: 'failure', failure: failureFrom(error, access) }
    }
  },

  listModels,
}

/** GET /v1/models: free, and lists limits beside names. */
async function listModels(access: CallAccess): Promise<ModelList> {
  try {
    const models: ListedModel[] = []
    for await (const model of clientFor(access).models.list({ limit: 1000 }, { signal: access.signal })) {
      const known: Json = { ...model }
      const id = readName(known['id'])
      if (id === null) continue
      models.push({
        id,
        name: readName(known['display_name']),
        contextTokens: isCount(known['max_input_tokens']) ? known['max_input_tokens'] : null,
        maxOutputTokens: isCount(known['max_tokens']) ? known['max_tokens'] : null,
      })
      // One request is the promise; a provider with more pages than this has more models than a person can choose from.
      if (models.length >= 1000) break
    }
    return { ok: true, models }
  } catch (error) {
    return { ok: false, failure: failureFrom(error, access) }
  }
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
