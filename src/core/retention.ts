import type { BelievedClock } from './believed-clock'

const DAY_MS = 86_400_000

/**
 * How long a conversation is kept, counted from its last message. `until_quit`: deleted when Latchkey quits, or when it
 * starts after it was killed. Days are whole ones: it goes within a day after the last of them.
 */
export type Retention = 'forever' | 'until_quit' | { readonly days: number }

/** Ten years; longer is for ever. */
export const MOST_RETENTION_DAYS = 3650

/** What must be typed, and sent, to delete everything. */
export const DELETE_EVERYTHING = 'delete everything'

/** A retention as it was stored; null for anything else, which nothing may be deleted by. */
export function retentionFrom(value: unknown): Retention | null {
  if (value === 'forever' || value === 'until_quit') return value
  if (typeof value !== 'object' || value === null || !('days' in value)) return null
  const { days } = value
  return typeof days === 'number' && Number.isInteger(days) && days >= 1 && days <= MOST_RETENTION_DAYS
    ? { days }
    : null
}

/** When something goes that is kept by this rule and was last active then, by the believed clock; null for not by a day. */
export function deletedFromMs(retention: Retention, activeMs: number): number | null {
  // A day more than was said, so that a clock that is wrong by less than a day deletes nothing too early.
  return typeof retention === 'string' ? null : activeMs + (retention.days + 1) * DAY_MS
}

/** Whether it is past its time. */
export function isDue(retention: Retention, activeMs: number, nowMs: number): boolean {
  const fromMs = deletedFromMs(retention, activeMs)
  return fromMs !== null && fromMs <= nowMs
}

/** Past its time by the system's clock, and kept because that is not believed yet. */
export function isHeld(retention: Retention, activeMs: number, { nowMs, seenMs, doubt }: BelievedClock): boolean {
  return doubt !== null && isDue(retention, activeMs, seenMs) && !isDue(retention, activeMs, nowMs)
}
