import type OpenAI from 'openai'
import { PROVIDERS } from '../../../core/provider'
import type { ModelRequest } from '../provider-adapter'
import { capabilitiesOf } from './capabilities'

/** Always streaming. The thinking of earlier turns stays here: this dialect has no place to prove whose it is. */
export function toParams(request: ModelRequest): OpenAI.ChatCompletionCreateParamsStreaming {
  const { limitField, asksForUsage, keepsLess } = capabilitiesOf(request.provider)
  return {
    model: request.model,
    messages: request.messages.map(({ role, text }) => ({ role, content: text })),
    stream: true,
    ...(asksForUsage ? { stream_options: { include_usage: true } } : {}),
    ...keepsLess,
    // A server of one's own has the window it was started with, and some refuse a limit that does not fit into it.
    ...(PROVIDERS[request.provider].local ? {} : { [limitField]: request.maxOutputTokens }),
  }
}
