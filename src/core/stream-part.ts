import type { Failure } from './failure'
import type { UsageReport } from './usage'

/** Why the model stopped, when it said so itself. */
export type StopReason = 'end' | 'max_tokens' | 'stop_sequence' | 'tool_call' | 'pause' | 'refusal' | 'context_full'

/**
 * What a provider's stream becomes before anything else sees it. A stream ends with exactly one `finish`, `failure`,
 * `stopped` or `cut-off`; nothing follows it.
 */
export type StreamPart =
  | { readonly type: 'response-start'; readonly responseId: string | null; readonly model: string | null }
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly text: string }
  /** Opaque proof the same provider wants back with the thinking it belongs to (Anthropic `signature`). */
  | { readonly type: 'reasoning-proof'; readonly proof: string }
  /** The whole report so far; a later one replaces it. */
  | { readonly type: 'usage'; readonly usage: UsageReport }
  /** The provider said the answer is complete. */
  | { readonly type: 'finish'; readonly reason: StopReason }
  /** An error, before the first byte or inside a 200 stream. `reportIsFinal`: what was used until then was told in full. */
  | { readonly type: 'failure'; readonly failure: Failure; readonly reportIsFinal?: true }
  /** We stopped it. */
  | { readonly type: 'stopped' }
  /** The connection ended without the provider's terminal event. */
  | { readonly type: 'cut-off' }

/** The parts a stream can end with. */
export type TerminalPart = Extract<StreamPart, { type: 'finish' | 'failure' | 'stopped' | 'cut-off' }>
