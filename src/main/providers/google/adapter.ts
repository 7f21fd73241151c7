import { GoogleGenerativeAI } from '@google/generative-ai'
import type { StreamPart } from '../../../core/stream-part'
import type { CallAccess, ModelRequest, ProviderAdapter } from '../provider-adapter'
import { failureFrom } from './errors'
import { listModels } from './models'
import { readAhead } from './read-ahead'
import { toParams } from './request'
import { toParts } from './stream'

/**
 * Google generateContent over @google/generative-ai 0.24: one request per call, no retries, no timeout, the key in the
 * header x-goog-api-key alone. Its reader of the body knows `data: ` and an empty line in LF, CR or CRLF, split
 * anywhere, and nothing else of server-sent events: a comment, an `event:` line, a raw U+2028 or a cut event end the
 * answer as a protocol failure. Google sends none of these.
 */
export const google: ProviderAdapter = {
  dialect: 'google',

  async *stream(request: ModelRequest, access: CallAccess): AsyncGenerator<StreamPart> {
    // The SDK only listens for an abort to come; one that was there before it would not notice.
    if (access.signal.aborted) {
      yield { type: 'stopped' }
      return
    }
    const leaving = new AbortController()
    try {
      const signal = AbortSignal.any([access.signal, leaving.signal])
      const chunks = await access.within(() => open(request, access, signal))
      yield* toParts(readAhead<unknown>(chunks), { ...access, model: request.model })
    } catch (error) {
      yield access.signal.aborted ? { type: 'stopped' } : { type: 'failure', failure: failureFrom(error, access) }
    } finally {
      // The SDK stops reading at the first thing it cannot parse, and would leave the connection open.
      leaving.abort()
    }
  },

  listModels,
}

async function open(request: ModelRequest, access: CallAccess, signal: AbortSignal): Promise<AsyncIterable<unknown>> {
  const model = new GoogleGenerativeAI(access.key ?? '').getGenerativeModel(
    { model: request.model },
    { baseUrl: access.baseUrl },
  )
  const { stream, response } = await model.generateContentStream(toParams(request), { signal })
  // The other half of the stream: it fails whenever this one does, and nobody else is listening.
  response.catch(() => undefined)
  return stream
}
