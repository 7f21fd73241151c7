import OpenAI from 'openai'
import { failure } from '../../../core/failure'
import type { StreamPart } from '../../../core/stream-part'
import type { CallAccess, ListedModel, ModelList, ModelRequest, ProviderAdapter } from '../provider-adapter'
import { isJson, readName } from '../reading'
import { failureFrom } from './errors'
import { toParams } from './request'
import { toParts } from './stream'

/** OpenAI Responses over openai 7.57. */
export const openai: ProviderAdapter = {
  dialect: 'openai-responses',

  async *stream(request: ModelRequest, access: CallAccess): AsyncGenerator<StreamPart> {
    if (access.key === null) {
      yield { type: 'failure', failure: failure('key_missing') }
      return
    }
    try {
      const client = clientFor(access.key, access)
      const events = await client.responses.create(toParams(request), { signal: access.signal })
      yield* toParts(events, { ...access, model: request.model })
    } catch (error) {
      yield access.signal.aborted ? { type: 'stopped' } : { type: 'failure', failure: failureFrom(error, access) }
    }
  },

  listModels,
}

/** Models that do not answer a conversation in text. The list says what a model is called and nothing more. */
const NO_CHAT =
  /audio|babbage|dall-e|davinci|embedding|image|instruct|moderation|realtime|search-(?:api|preview)|sora|transcribe|tts|whisper/
const MOST_MODELS = 1000

/** GET /models: free, and one request, since it has no pages. */
async function listModels(access: CallAccess): Promise<ModelList> {
  if (access.key === null) return { ok: false, failure: failure('key_missing') }
  try {
    // The SDK's own list turns a body that is no list, such as a sign-in page, into an empty one.
    const body: unknown = await clientFor(access.key, access).get('/models', { signal: access.signal })
    if (!isJson(body) || !Array.isArray(body['data'])) return { ok: false, failure: failure('protocol') }
    const ids = body['data'].map((model: unknown) => (isJson(model) ? readName(model['id']) : null))
    const chat = ids.filter((id) => id !== null).filter((id) => !NO_CHAT.test(baseOf(id)))
    return { ok: true, models: chat.slice(0, MOST_MODELS).map(listed) }
  } catch (error) {
    return { ok: false, failure: failureFrom(error, access) }
  }
}

/** A fine-tuned model is called `ft:base:organisation:name:id`, and only the base says what it can do. */
function baseOf(id: string): string {
  return id.startsWith('ft:') ? (id.split(':')[1] ?? '') : id
}

function listed(id: string): ListedModel {
  return { id, name: null, contextTokens: null, maxOutputTokens: null }
}

function clientFor(key: string, access: CallAccess): OpenAI {
  return new OpenAI({
    apiKey: key,
    baseURL: access.baseUrl,
    // Left unset, each of these is read from the environment and may bill another account.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    fetch: access.fetch,
    // A retry is a second bill: each attempt must be a call row of its own, so the SDK makes none.
    maxRetries: 0,
    logLevel: 'off',
  })
}
