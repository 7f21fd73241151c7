import type Anthropic from '@anthropic-ai/sdk'
import type { CachePlan } from '../../../core/caching'
import type { ContextMessage } from '../../../core/context'
import type { ModelRequest } from '../provider-adapter'

/** Always streaming: a long answer asked for in one piece is refused by the SDK and lost by the network. */
export function toParams(request: ModelRequest): Anthropic.MessageCreateParamsStreaming {
  const { cache } = request
  const marked = new Set(cache?.mode === 'on' ? cache.boundaries : [])
  return {
    model: request.model,
    max_tokens: request.maxOutputTokens,
    stream: true,
    messages: request.messages.map((message, index) => toMessage(message, marked.has(index) ? cache : null)),
  }
}

/**
 * A block also where a plain text would do: a mark needs one, and a message must not change its form when the mark moves
 * on, or nothing before it would be found in the cache again.
 */
function toMessage({ role, text }: ContextMessage, mark: CachePlan | null): Anthropic.MessageParam {
  const block = { type: 'text', text } as const
  return { role, content: [mark === null ? block : { ...block, cache_control: controlOf(mark) }] }
}

/** Five minutes is what is meant when nothing is said, and what compatible endpoints know. */
function controlOf({ ttl }: CachePlan): Anthropic.CacheControlEphemeral {
  return ttl === '1h' ? { type: 'ephemeral', ttl } : { type: 'ephemeral' }
}
