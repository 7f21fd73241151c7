import { anthropicEvent, type SseEvent } from './sse'

/** An answer of Anthropic's that says these pieces one after another, and ends well. */
export function spoken(pieces: readonly string[], id = 'msg_ours_spoken_0001'): readonly SseEvent[] {
  const usage = { input_tokens: 24, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 }
  return [
    anthropicEvent({
      type: 'message_start',
      message: {
        id,
        type: 'message',
        role: 'assistant',
        model: 'claude-sonnet-5-5',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { ...usage, output_tokens: 1 },
      },
    }),
    anthropicEvent({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    ...pieces.map((text) =>
      anthropicEvent({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
    ),
    anthropicEvent({ type: 'content_block_stop', index: 0 }),
    anthropicEvent({
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { ...usage, output_tokens: 58 },
    }),
    anthropicEvent({ type: 'message_stop' }),
  ]
}
