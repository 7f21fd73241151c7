import type Anthropic from '@anthropic-ai/sdk'
import type { ModelRequest } from '../provider-adapter'

/** Always streaming: a long answer asked for in one piece is refused by the SDK and lost by the network. */
export function toParams(request: ModelRequest): Anthropic.MessageCreateParamsStreaming {
  return {
    model: request.model,
    max_tokens: request.maxOutputTokens,
    stream: true,
    messages: request.messages.map(({ role, text }) => ({ role, content: text })),
  }
}
