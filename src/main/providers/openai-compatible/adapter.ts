import { failure } from '../../../core/failure'
import type { StreamPart } from '../../../core/stream-part'
import type { CallAccess, ModelList, ModelRequest, ProviderAdapter } from '../provider-adapter'
import { clientFor } from './client'
import { failureFrom } from './errors'
import { modelsIn } from './models'
import { toParams } from './request'
import { toParts } from './stream'

/** Chat Completions over openai 7.57, as OpenRouter, Mistral, DeepSeek, Groq, xAI and local servers speak it. */
export const openaiCompatible: ProviderAdapter = {
  dialect: 'openai-chat',

  async *stream(request: ModelRequest, access: CallAccess): AsyncGenerator<StreamPart> {
    try {
      const chunks = await clientFor(access).chat.completions.create(toParams(request), { signal: access.signal })
      yield* toParts(chunks, { ...access, model: request.model, provider: request.provider })
    } catch (error) {
      yield access.signal.aborted ? { type: 'stopped' } : { type: 'failure', failure: failureFrom(error, access) }
    }
  },

  listModels,
}

/** GET /models, without the SDK's own reading of it, which knows one of its shapes. */
async function listModels(access: CallAccess): Promise<ModelList> {
  try {
    const body: unknown = await clientFor(access).get('/models', { signal: access.signal })
    const models = modelsIn(body)
    return models === null ? { ok: false, failure: failure('protocol') } : { ok: true, models }
  } catch (error) {
    return { ok: false, failure: failureFrom(error, access) }
  }
}
