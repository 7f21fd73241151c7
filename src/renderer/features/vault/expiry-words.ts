import { daysAgo, formatDay } from '../../lib/format'

/** From so many days before a key expires it is said. */
const SAID_FROM_DAYS = 7

/** When a key expires, from the first instant at which it is not valid: `expires in 3 days`, `expired on 20 Nov`. */
export function expiryWords(expiresMs: number, nowMs: number): string {
  const left = daysLeft(expiresMs, nowMs)
  if (expiresMs <= nowMs) {
    const day = formatDay(expiresMs - 1, nowMs)
    return left > -2 ? `expired ${day}` : `expired on ${day}`
  }
  if (left === 0) return 'expires today'
  if (left === 1) return 'expires tomorrow'
  return left <= SAID_FROM_DAYS ? `expires in ${left} days` : `expires on ${formatDay(expiresMs - 1, nowMs)}`
}

/** Whether it is time to say so: a week before, and from then on. */
export function isExpiring(expiresMs: number | null, nowMs: number): expiresMs is number {
  return expiresMs !== null && daysLeft(expiresMs, nowMs) <= SAID_FROM_DAYS
}

/** Local calendar days until its last one; below zero once that is over. */
function daysLeft(expiresMs: number, nowMs: number): number {
  return daysAgo(nowMs, expiresMs - 1)
}
