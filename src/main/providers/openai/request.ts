import type OpenAI from 'openai'
import type { CachePlan } from '../../../core/caching'
import type { ContextMessage } from '../../../core/context'
import type { ModelRequest } from '../provider-adapter'
import { isJson } from '../reading'

type Item = OpenAI.Responses.ResponseInputItem
type ReasoningItem = OpenAI.Responses.ResponseReasoningItem

/** Streaming, and kept by nobody: the whole conversation is sent each time, thinking included, in encrypted form. */
export function toParams(request: ModelRequest): OpenAI.Responses.ResponseCreateParamsStreaming {
  return {
    model: request.model,
    input: request.messages.flatMap(itemsOf),
    max_output_tokens: request.maxOutputTokens,
    stream: true,
    // Left unset, OpenAI keeps every answer for a month.
    store: false,
    // A model that does not think refuses this with a 400.
    ...(request.reasons ? { include: ['reasoning.encrypted_content'] } : {}),
    ...(request.reasons && request.effort !== undefined ? { reasoning: { effort: request.effort } } : {}),
    ...cachingOf(request.cache),
  }
}

/**
 * Only models that charge for writing take options: a plan for another is neither off nor has a lifetime. Explicit mode
 * without a breakpoint writes nothing. The 30 minutes are what is meant when nothing is said.
 */
function cachingOf(
  cache: CachePlan | null,
): Pick<OpenAI.Responses.ResponseCreateParamsStreaming, 'prompt_cache_key' | 'prompt_cache_options'> {
  if (cache === null) return {}
  if (cache.mode === 'off') return { prompt_cache_options: { mode: 'explicit' } }
  return {
    ...(cache.key === null ? {} : { prompt_cache_key: cache.key }),
    ...(cache.ttl === null ? {} : { prompt_cache_options: { mode: 'implicit' } }),
  }
}

/** The reasoning item `output_item.done` brought, as the proof that is kept; undefined when it cannot be sent back. */
export function proofOf(item: unknown): string | undefined {
  const reasoning = reasoningItem(item)
  if (reasoning === undefined) return undefined
  const { id, encrypted_content, summary } = reasoning
  return JSON.stringify({ id, encrypted_content, summary })
}

function itemsOf({ role, text, reasoning }: ContextMessage): Item[] {
  if (role === 'user') return [{ role, content: [{ type: 'input_text', text }] }]
  // As text alone: an output_text part belongs to an item with an id, and the id would be unknown where nothing is kept.
  return [...reasoning.flatMap(({ proof }) => fromProof(proof)), { role, content: text }]
}

function fromProof(proof: string): ReasoningItem[] {
  try {
    const item = reasoningItem(JSON.parse(proof))
    return item === undefined ? [] : [item]
  } catch {
    return []
  }
}

function reasoningItem(item: unknown): ReasoningItem | undefined {
  if (!isJson(item)) return undefined
  const { id, encrypted_content, summary } = item
  if (typeof id !== 'string' || id === '') return undefined
  if (typeof encrypted_content !== 'string' || encrypted_content === '') return undefined
  const texts = Array.isArray(summary) ? summary.filter(isJson).map(({ text }) => text) : []
  return {
    type: 'reasoning',
    id,
    encrypted_content,
    summary: texts.filter((text) => typeof text === 'string').map((text) => ({ type: 'summary_text', text })),
  }
}
