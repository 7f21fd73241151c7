import type { Pico } from './money'

/** How much may leave within how long before the next request is asked about. */
export interface LoopRule {
  readonly calls: number
  readonly pico: Pico
  readonly minutes: number
}

/** A call that may cost something, by a clock that never leaps: what it holds while it runs, what it has cost after. */
export interface RecentCall {
  readonly atMs: number
  readonly pico: Pico
}

/** What has left within the time of the rule. */
export interface Pace {
  readonly calls: number
  readonly pico: Pico
}

const MINUTE_MS = 60_000

/**
 * Whether the next call is one too many: as many calls or as much money as the rule lets through have left within its
 * time. So between two answers of the user no stretch of that length holds more calls than the rule says, and none
 * leaves once the money is reached. Null for not.
 */
export function paceMet({ calls, pico, minutes }: LoopRule, recent: readonly RecentCall[], nowMs: number): Pace | null {
  const within = recent.filter(({ atMs }) => nowMs - atMs < minutes * MINUTE_MS)
  const spent = within.reduce((sum, call) => sum + call.pico, 0n)
  return within.length >= calls || spent >= pico ? { calls: within.length, pico: spent } : null
}

/**
 * When a call of an earlier run began, by the clock of this one: as long ago as the wall clock says. One that is stamped
 * later than now was stamped by another clock, and began just now; so it is counted, and no longer than any other.
 */
export function steadyStart(startedMs: number, wallMs: number, steadyMs: number): number {
  return steadyMs - Math.max(0, wallMs - startedMs)
}
