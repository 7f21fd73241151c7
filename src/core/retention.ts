import type { BelievedClock } from './believed-clock'

const DAY_MS = 86_400_000

/**
 * How long a conversation is kept, counted from its last message. `until_quit`: deleted when Latchkey quits, or when it
 * starts after it was killed. Days are whole ones: it goes within a day after the last of them.
 */
export type Retention = 'forever' | 'until_quit' | { readonly days: number }

/** For so many days what its user deletes can be brought back, unless its own time is over before. */
export const TRASH_DAYS = 30

/** Stamps of a conversation, by the believed clock. */
export interface Lived {
  /** Its last message. */
  readonly activeMs: number
  /** When its user deleted it; null while they have not. */
  readonly deletedMs: number | null
}

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

/**
 * When something goes that is kept by this rule and has lived so; null for not by a day. Deleting it never makes it stay
 * longer.
 */
export function goesFromMs(retention: Retention, { activeMs, deletedMs }: Lived): number | null {
  const kept = typeof retention === 'string' ? null : endOf(retention.days, activeMs)
  const trashed = deletedMs === null ? null : endOf(TRASH_DAYS, deletedMs)
  return kept === null || trashed === null ? (kept ?? trashed) : Math.min(kept, trashed)
}

/** A day more than was said, so that a clock that is wrong by less than a day deletes nothing too early. */
function endOf(days: number, fromMs: number): number {
  return fromMs + (days + 1) * DAY_MS
}

/** Whether it is past its time. */
export function isDue(retention: Retention, lived: Lived, nowMs: number): boolean {
  const fromMs = goesFromMs(retention, lived)
  return fromMs !== null && fromMs <= nowMs
}

/** Past its time by the system's clock, and kept because that is not believed yet. */
export function isHeld(retention: Retention, lived: Lived, { nowMs, seenMs, doubt }: BelievedClock): boolean {
  return doubt !== null && isDue(retention, lived, seenMs) && !isDue(retention, lived, nowMs)
}

/** How many whole days something deleted that goes then can still be brought back; 0 on its last. */
export function daysLeft(fromMs: number, nowMs: number): number {
  // A stamp of a wrong clock may lie ahead; it is brought back once there is no doubt.
  return Math.min(TRASH_DAYS, Math.max(0, Math.ceil((fromMs - nowMs) / DAY_MS) - 1))
}
