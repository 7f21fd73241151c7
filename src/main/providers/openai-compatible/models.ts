import { isCount, isJson, readName, type Json } from '../reading'
import type { ListedModel } from '../provider-adapter'

/** A list with more is not one a person can choose from. */
const MOST_MODELS = 2000

/** The models in the answer to GET /models, in any of its shapes; null when it is none of them. */
export function modelsIn(body: unknown): ListedModel[] | null {
  const list = isJson(body) ? (body['data'] ?? body['models']) : body
  if (!Array.isArray(list)) return null
  const models = new Map<string, ListedModel>()
  for (const entry of list) {
    const model = isJson(entry) ? modelIn(entry) : null
    // Mistral lists a model once per alias.
    if (model !== null && !models.has(model.id)) models.set(model.id, model)
    if (models.size >= MOST_MODELS) break
  }
  return [...models.values()]
}

/** The fields are, in this order, those of OpenRouter and Together, Groq, Mistral and LM Studio, vLLM. */
function modelIn(entry: Json): ListedModel | null {
  const id = readName(entry['id']) ?? readName(entry['model']) ?? readName(entry['name'])
  if (id === null) return null
  const top = isJson(entry['top_provider']) ? entry['top_provider'] : {}
  return {
    id,
    name: readName(entry['display_name']) ?? readName(entry['name']),
    contextTokens: firstSize(
      entry['context_length'],
      entry['context_window'],
      entry['max_context_length'],
      entry['max_model_len'],
    ),
    maxOutputTokens: firstSize(top['max_completion_tokens'], entry['max_completion_tokens']),
  }
}

/** Zero stands for "not said". */
function firstSize(...values: readonly unknown[]): number | null {
  return values.find((value): value is number => isCount(value) && value > 0) ?? null
}
