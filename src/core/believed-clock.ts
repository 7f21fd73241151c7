/** A leap of the system's clock by more than this is doubted. */
const LEAP_MS = 86_400_000
/** A doubted leap is believed once the clock is seen so much later and has not gone back: on another day. */
const ANOTHER_DAY_MS = 20 * 3_600_000

/**
 * The time that deleting goes by. It follows the system's clock while that goes on as clocks do, waits while that has leapt
 * ahead or gone back, and never goes back itself. Times are epoch milliseconds.
 */
export interface BelievedClock {
  readonly nowMs: number
  /** What the system's clock said last; in doubt the latest it has said, if it went back by no more than a day. */
  readonly seenMs: number
  /** It says something else: what it said when that was first seen, and how far ahead that was, below zero for behind. */
  readonly doubt: { readonly wallMs: number; readonly gapMs: number } | null
}

/** The clock of somebody who has never looked at one; `evidenceMs` is the newest thing known to have happened. */
export function firstLook(wallMs: number, evidenceMs: number | null): BelievedClock {
  const from = Math.min(evidenceMs ?? wallMs, wallMs)
  return look({ nowMs: from, seenMs: from, doubt: null }, wallMs)
}

/** The clock after a look at the system's. */
export function look(before: BelievedClock, wallMs: number): BelievedClock {
  const nowMs = before.nowMs + passed(before, wallMs)
  const gapMs = wallMs - nowMs
  if (gapMs >= 0 && gapMs <= LEAP_MS) return { nowMs: wallMs, seenMs: wallMs, doubt: null }
  const goesOn = Math.sign(before.doubt?.gapMs ?? 0) === Math.sign(gapMs)
  // One that went back in between, if only a little, or leapt the other way, is seen for the first time. What it had
  // counted up to stays, so that going to and fro is counted once.
  const doubt = goesOn && before.doubt !== null && wallMs >= before.seenMs ? before.doubt : { wallMs, gapMs }
  const seenMs = goesOn && before.seenMs - wallMs <= LEAP_MS ? Math.max(before.seenMs, wallMs) : wallMs
  if (gapMs < 0 || wallMs - doubt.wallMs < ANOTHER_DAY_MS) return { nowMs, seenMs, doubt }
  // What was seen on two days is believed; a leap since the first of them is a new one.
  return look({ nowMs: nowMs + Math.min(doubt.gapMs, gapMs), seenMs: wallMs, doubt: null }, wallMs)
}

/**
 * However wrong a clock stands, while it goes on as clocks do, time passes; not while it may only be coming back, nor while
 * it is behind by so little that it catches up by itself.
 */
function passed({ nowMs, seenMs, doubt }: BelievedClock, wallMs: number): number {
  const step = wallMs - seenMs
  const catchesUp = seenMs < nowMs && nowMs - seenMs <= LEAP_MS
  const mayComeBack = doubt !== null && doubt.gapMs < 0 && (catchesUp || seenMs - doubt.wallMs < ANOTHER_DAY_MS)
  return step > 0 && step <= LEAP_MS && !mayComeBack ? step : 0
}

/** Since when the system's clock has gone on as clocks do; null while a leap is doubted. `before`: the same before the look. */
export function steadySince(before: number | null, { nowMs, doubt }: BelievedClock, wallMs: number): number | null {
  if (doubt !== null && Math.abs(wallMs - nowMs) > LEAP_MS) return null
  return before !== null && before <= wallMs ? before : wallMs
}

/**
 * Whether what is stamped later than now was stamped by a wrong clock. Stamps of more than a day ahead say the same of this
 * one, until it is seen on another day. `steadyMs`: from before this look, so that nothing is changed by a first one.
 */
export function isFutureWrong(latestMs: number, steadyMs: number | null, { nowMs, doubt }: BelievedClock): boolean {
  if (doubt !== null || steadyMs === null) return false
  return latestMs - nowMs <= LEAP_MS || nowMs - steadyMs >= ANOTHER_DAY_MS
}
