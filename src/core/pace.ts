import { outputTokens, type UsageReport } from './usage'

/** Shorter than this, or of fewer tokens, a rate says more about the network than about the model. */
const SHORTEST_MS = 1_000
const FEWEST_TOKENS = 20

/** What is known of a call that has ended. */
export interface PacedCall {
  readonly complete: boolean
  readonly usage: UsageReport | null
  readonly firstByteMs: number | null
  readonly endedMs: number | null
}

/**
 * Output tokens per second between the first byte and the end, thinking included; null where that would be a guess: an
 * answer that did not end well, a count nobody reported, several models in one call, a moment too short.
 */
export function tokensPerSecond({ complete, usage, firstByteMs, endedMs }: PacedCall): number | null {
  const [line, ...others] = usage?.lines ?? []
  if (!complete || line?.tokens.out === undefined || others.length > 0) return null
  if (firstByteMs === null || endedMs === null || endedMs - firstByteMs < SHORTEST_MS) return null
  const tokens = outputTokens(line)
  return tokens < FEWEST_TOKENS ? null : (tokens * 1_000) / (endedMs - firstByteMs)
}
