import { APIError } from 'openai'
import { failure } from '../../../core/failure'
import { lookup } from '../../../core/lookup'
import type { StopReason, StreamPart, TerminalPart } from '../../../core/stream-part'
import type { CallAccess, ModelRequest } from '../provider-adapter'
import { isJson, readName } from '../reading'
import { choiceIn, wordsIn } from './delta'
import { failureFrom } from './errors'
import { createUsageReader } from './usage'

const STOP_REASONS: Readonly<Record<string, StopReason>> = {
  stop: 'end',
  length: 'max_tokens',
  // Mistral: the window, not the limit that was asked for.
  model_length: 'context_full',
  content_filter: 'refusal',
  tool_calls: 'tool_call',
  function_call: 'tool_call',
}

/**
 * Turns Chat Completions chunks into stream parts. `finish_reason` is what completes an answer, for not everybody sends
 * `[DONE]`; but usage may follow it, so the ending waits for the end of the stream. An abort and an early end of the
 * connection both end the SDK's iteration silently.
 */
export async function* toParts(
  chunks: AsyncIterable<unknown>,
  access: Pick<CallAccess, 'signal' | 'redact' | 'now'> & Pick<ModelRequest, 'model' | 'provider'>,
): AsyncGenerator<StreamPart> {
  const usage = createUsageReader(access.model, access.provider)
  let started = false
  let begun = false
  let refused = false
  let ending: TerminalPart | null = null
  try {
    for await (const chunk of chunks) {
      if (!isJson(chunk)) continue
      const reported = usage.read(chunk)
      const choice = choiceIn(chunk)
      const delta = isJson(choice['delta']) ? choice['delta'] : {}
      const words = [...wordsIn(delta)]
      const reason = readName(choice['finish_reason'])
      const speaks = words.length > 0 || Array.isArray(delta['tool_calls']) || reason !== null
      const begins: boolean = speaks && !begun
      const id = readName(chunk['id'])
      const model = readName(chunk['model'])
      // Azure begins with a nameless chunk about its filters.
      if (!started && (id !== null || model !== null || begins)) {
        started = true
        yield { type: 'response-start', responseId: id, model }
      }
      begun ||= begins
      // An answer that has begun is billed, whether its figures ever come or not.
      if (reported || begins) yield { type: 'usage', usage: usage.report() }
      yield* words
      refused ||= readName(delta['refusal']) !== null
      if (reason !== null) ending = endingFor(reason, refused)
    }
  } catch (error) {
    // What breaks after the answer was complete takes nothing from it, unless the provider itself takes it back.
    yield ending !== null && !(error instanceof APIError)
      ? ending
      : access.signal.aborted
        ? { type: 'stopped' }
        : { type: 'failure', failure: failureFrom(error, access, begun) }
    return
  }
  if (ending !== null) yield ending
  else if (access.signal.aborted) yield { type: 'stopped' }
  else if (begun) yield { type: 'cut-off' }
  else yield { type: 'failure', failure: failure('protocol', { maybeBilled: true }) }
}

function endingFor(reason: string, refused: boolean): TerminalPart {
  // The provider gave up in the middle; the second is DeepSeek's word for having no machine left.
  if (reason === 'error') return gaveUp('server', reason)
  if (reason === 'insufficient_system_resource') return gaveUp('overloaded', reason)
  const known = lookup(STOP_REASONS, reason) ?? 'end'
  return { type: 'finish', reason: refused && known === 'end' ? 'refusal' : known }
}

function gaveUp(code: 'server' | 'overloaded', providerCode: string): TerminalPart {
  return { type: 'failure', failure: failure(code, { providerCode, maybeBilled: true }) }
}
