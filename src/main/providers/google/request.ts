import type { GenerateContentRequest } from '@google/generative-ai'
import type { ModelRequest } from '../provider-adapter'

/**
 * Neither thoughts nor a thinking budget are asked for: each model's default stands. `ContextMessage.reasoning` stays at
 * home. Google checks signatures on function calls only, of which there are none here; on text it wants each back on
 * the very part it came with, and a joined message no longer knows its parts.
 */
export function toParams(request: ModelRequest): GenerateContentRequest {
  return {
    contents: request.messages.map(({ role, text }) => ({
      role: role === 'assistant' ? 'model' : 'user',
      parts: [{ text }],
    })),
    generationConfig: { maxOutputTokens: request.maxOutputTokens },
  }
}
