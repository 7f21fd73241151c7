import type { Failure } from './failure'

/** How often an answer is asked for in all: once, and two repetitions. */
export const MOST_ATTEMPTS = 3
/** Longer than this nobody waits in front of a window; the failure then says when to try again. */
const MOST_WAIT_MS = 120_000
/** Before the second and the third attempt, where the provider does not say. */
const WAITS_MS = [2_000, 8_000] as const

/**
 * Statuses after which Anthropic's, OpenAI's and Google's documentation says to ask again, and the busy one of Groq
 * (498); a proxy's own time-out (524) is nobody's. A 402 is here for OpenRouter's budget in flight, which frees itself; its failure code tells it
 * from an empty account.
 */
const REPEATABLE_STATUSES: readonly number[] = [402, 408, 409, 429, 498, 500, 502, 503, 504, 529]
const REPEATABLE_CODES: readonly Failure['code'][] = ['rate_limited', 'overloaded', 'server', 'timeout']

/**
 * When to repeat a failed attempt by itself, epoch milliseconds; null for not at all. Repeated is what failed before
 * anything was sent, and what was refused with a status that asks for it; never what has begun to be answered, and never
 * a question of money. `attempt`: the one that failed, from 1.
 */
export function retryAt(failed: Failure, attempt: number, begun: boolean, nowMs: number): number | null {
  if (begun || attempt >= MOST_ATTEMPTS) return null
  const unsent = failed.code === 'network' && failed.status === null && !failed.maybeBilled
  const refused =
    failed.status !== null && REPEATABLE_STATUSES.includes(failed.status) && REPEATABLE_CODES.includes(failed.code)
  if (!unsent && !refused) return null
  const soonest = nowMs + (WAITS_MS[attempt - 1] ?? 0)
  // The provider's own word counts; earlier than that is only refused again.
  const at = failed.retryAtMs ?? soonest
  return at - nowMs > MOST_WAIT_MS ? null : Math.max(at, nowMs)
}
