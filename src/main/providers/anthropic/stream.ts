import type Anthropic from '@anthropic-ai/sdk'
import { failure } from '../../../core/failure'
import { lookup } from '../../../core/lookup'
import type { StopReason, StreamPart } from '../../../core/stream-part'
import type { CallAccess } from '../provider-adapter'
import { failureFrom } from './errors'
import { readName } from '../reading'
import { createUsageReader } from './usage'

type StreamEvent = Anthropic.RawMessageStreamEvent

const STOP_REASONS: Readonly<Record<string, StopReason>> = {
  end_turn: 'end',
  max_tokens: 'max_tokens',
  stop_sequence: 'stop_sequence',
  tool_use: 'tool_call',
  pause_turn: 'pause',
  refusal: 'refusal',
  model_context_window_exceeded: 'context_full',
}

/**
 * Turns Messages events into stream parts. Both an abort and an early end of the connection end the SDK's iteration
 * silently, so only `message_stop` counts as a finished answer.
 */
export async function* toParts(
  events: AsyncIterable<StreamEvent>,
  access: Pick<CallAccess, 'signal' | 'redact' | 'now'> & { readonly model: string },
): AsyncGenerator<StreamPart> {
  const usage = createUsageReader()
  let reason: StopReason = 'end'
  let finished = false
  try {
    for await (const event of events) {
      // Read on to the end of the body all the same: a connection that was cut cannot be used again.
      if (finished) continue
      switch (event.type) {
        case 'message_start': {
          // The types promise these; an endpoint that merely speaks the dialect may not keep the promise.
          const id = readName(event.message.id)
          const model = readName(event.message.model)
          yield { type: 'response-start', responseId: id, model }
          const answering = { id: id ?? '', model: model ?? access.model, usage: event.message.usage }
          yield { type: 'usage', usage: usage.start(answering) }
          break
        }
        case 'content_block_start':
          if (event.content_block.type === 'text') yield* textPart('text-delta', event.content_block.text)
          if (event.content_block.type === 'server_tool_use') usage.tool(event.content_block.name)
          if (event.content_block.type === 'thinking') yield* textPart('reasoning-delta', event.content_block.thinking)
          break
        case 'content_block_delta':
          yield* fromDelta(event.delta)
          break
        case 'message_delta':
          reason = lookup(STOP_REASONS, event.delta.stop_reason ?? '') ?? reason
          yield { type: 'usage', usage: usage.delta(event.usage, reason) }
          break
        case 'message_stop':
          finished = true
          yield { type: 'finish', reason }
          break
        case 'content_block_stop':
          break
        default:
          // A future event name is no reason to lose an answer.
          break
      }
    }
  } catch (error) {
    if (finished) return
    yield access.signal.aborted
      ? { type: 'stopped' }
      : { type: 'failure', failure: failureFrom(error, access, usage.started()) }
    return
  }
  if (finished) return
  if (access.signal.aborted) yield { type: 'stopped' }
  else if (usage.started()) yield { type: 'cut-off' }
  else yield { type: 'failure', failure: failure('protocol', { maybeBilled: true }) }
}

function* fromDelta(delta: Anthropic.RawContentBlockDelta): Generator<StreamPart> {
  if (delta.type === 'text_delta') yield* textPart('text-delta', delta.text)
  else if (delta.type === 'thinking_delta') yield* textPart('reasoning-delta', delta.thinking)
  else if (delta.type === 'signature_delta' && typeof delta.signature === 'string') {
    yield { type: 'reasoning-proof', proof: delta.signature }
  }
}

function* textPart(type: 'text-delta' | 'reasoning-delta', text: unknown): Generator<StreamPart> {
  if (typeof text === 'string' && text !== '') yield { type, text }
}
