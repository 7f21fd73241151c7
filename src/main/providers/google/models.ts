import { failure } from '../../../core/failure'
import type { CallAccess, ListedModel, ModelList } from '../provider-adapter'
import { isCount, isJson, readName } from '../reading'
import { failureFrom, failureSaid } from './errors'

/** GET /v1beta/models: free. The SDK has no call for it. */
export async function listModels(access: CallAccess): Promise<ModelList> {
  try {
    const url = `${access.baseUrl}/v1beta/models?pageSize=1000`
    const headers = { 'x-goog-api-key': access.key ?? '' }
    const response = await access.fetch(url, { headers, signal: access.signal })
    const body = parsed(await response.text())
    if (!response.ok) {
      return { ok: false, failure: failureSaid(isJson(body) ? body['error'] : undefined, response.status, access) }
    }
    const listed = isJson(body) ? body['models'] : undefined
    if (!Array.isArray(listed)) return { ok: false, failure: failure('protocol') }
    return { ok: true, models: listed.flatMap(modelOf) }
  } catch (error) {
    return { ok: false, failure: failureFrom(error, access) }
  }
}

/** A refusal by a proxy is a page of HTML. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Only what can hold a conversation; the list has embeddings and the like as well. */
function modelOf(listed: unknown): ListedModel[] {
  if (!isJson(listed)) return []
  const { supportedGenerationMethods: methods, inputTokenLimit, outputTokenLimit } = listed
  const id = readName(listed['name'])?.replace(/^models\//, '') ?? ''
  if (id === '' || !Array.isArray(methods) || !methods.includes('generateContent')) return []
  return [
    {
      id,
      name: readName(listed['displayName']),
      contextTokens: isCount(inputTokenLimit) ? inputTokenLimit : null,
      maxOutputTokens: isCount(outputTokenLimit) ? outputTokenLimit : null,
    },
  ]
}
