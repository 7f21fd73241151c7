const MINUTE = 60_000

/** The UTC calendar day of an instant, `2026-11-23`: what providers reconcile on. */
export function utcDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10)
}

/**
 * The local calendar day of an instant. `offsetMinutes` is local minus UTC at that instant (Kiritimati +840), stored
 * beside the day so that a later change of time zone does not move what was booked.
 */
export function localDay(atMs: number, offsetMinutes: number): string {
  return utcDay(atMs + offsetMinutes * MINUTE)
}

/** First and last day a calendar month can have, for comparing days as text. */
export function daysOf(month: string): [first: string, last: string] {
  return [`${month}-01`, `${month}-31`]
}

/** The calendar month of a day, `2026-11`. */
export function monthOf(day: string): string {
  return day.slice(0, 7)
}

/**
 * The instant a local calendar day ends; null when there is no such day. `offsetAt` is local minus UTC at an instant, in
 * minutes: not the same on either side of a change of clocks.
 */
export function endOfLocalDay(day: string, offsetAt: (atMs: number) => number): number | null {
  const startMs = Date.parse(`${day}T00:00:00Z`)
  // 31 February would be read as a day of March.
  if (Number.isNaN(startMs) || utcDay(startMs) !== day) return null
  const endMs = startMs + 24 * 60 * MINUTE
  return endMs - offsetAt(endMs - offsetAt(endMs) * MINUTE) * MINUTE
}

/** Which calendar days are counted by. */
export type Calendar = 'local' | 'utc'

/** The days, first and last, of the period an instant lies in. */
export function periodDays(
  period: 'day' | 'month',
  calendar: Calendar,
  atMs: number,
  offsetMinutes: number,
): [first: string, last: string] {
  const day = calendar === 'utc' ? utcDay(atMs) : localDay(atMs, offsetMinutes)
  return period === 'day' ? [day, day] : daysOf(monthOf(day))
}
