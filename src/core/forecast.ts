import type { Pico } from './money'

/** What is known of somebody's spend when a month is forecast. */
export interface SpendSoFar {
  /** What each day before today has cost, oldest first, from the first that was used at all; more than 56 change nothing. */
  readonly days: readonly Pico[]
  /** What today has cost so far. */
  readonly today: Pico
  /** What the month has cost so far, today included. */
  readonly spent: Pico
  /** The day of the month. */
  readonly dayOfMonth: number
  /** Whole days after today. */
  readonly daysLeft: number
}

/** Between what a month will probably end. */
export interface ForecastRange {
  readonly least: Pico
  readonly most: Pico
}

/** Days of a month, and of use, before anything is said. */
const DAYS_NEEDED = 3
/** How far back days are of any use. */
export const FORECAST_DAYS = 56
/** What the rest of the month may be made of: days of the last week, of four, of eight; and of four, going on as they grew. */
const PASTS = [
  { days: 7, grows: false },
  { days: 28, grows: false },
  { days: 28, grows: true },
  { days: FORECAST_DAYS, grows: false },
] as const
const MONTHS = 200
/** How many of them the range leaves out at each end. */
const LEFT_OUT = 5
const FORTNIGHT = 14

/**
 * The month is brought to its end 200 times with days like those before, drawn by chance that is the same every time. 190
 * of the ends are in the range. Null until the third day of the month and of use.
 */
export function forecast({ days, today, spent, dayOfMonth, daysLeft }: SpendSoFar): ForecastRange | null {
  if (dayOfMonth < DAYS_NEEDED || days.length + 1 < DAYS_NEEDED) return null
  const below = chance()
  const growth = growthOf(days)
  const ends = Array.from({ length: MONTHS }, (_, month) => {
    const past = PASTS[month % PASTS.length] ?? PASTS[0]
    const known = drawn(days.slice(-past.days), below)
    const dayAhead = (ahead: number): Pico => {
      const { pico, ago } = known[below(known.length)] ?? { pico: 0n, ago: 0 }
      return past.grows ? grown(pico, growth, ago + ahead) : pico
    }
    // Of today only what it is short of a day like that.
    const rest = dayAhead(0) - today
    let end = spent + (rest > 0n ? rest : 0n)
    for (let ahead = 1; ahead <= daysLeft; ahead += 1) end += dayAhead(ahead)
    return end
  }).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return { least: ends[LEFT_OUT] ?? spent, most: ends[MONTHS - 1 - LEFT_OUT] ?? spent }
}

interface KnownDay {
  readonly pico: Pico
  /** How many days before today it was; 0 where it is of no day. */
  readonly ago: number
}

/**
 * As many days as there are, some of them twice and some not at all: what was seen is itself by chance. Where they are
 * few, a day of nothing and one of twice as much may have been among them.
 */
function drawn(days: readonly Pico[], below: (bound: number) => number): KnownDay[] {
  const known = days.map((pico, index): KnownDay => ({ pico, ago: days.length - index }))
  if (days.length <= FORTNIGHT) {
    known.push({ pico: 0n, ago: 0 }, { pico: (2n * sumOf(days)) / BigInt(days.length), ago: 0 })
  }
  return days.map(() => known[below(known.length)] ?? { pico: 0n, ago: 0 })
}

/** The last fortnight against the one before it. */
interface Growth {
  readonly last: Pico
  readonly before: Pico
}

/** At most to twice as much or half; none where there is too little to tell. */
function growthOf(days: readonly Pico[]): Growth {
  const last = sumOf(days.slice(-FORTNIGHT))
  const before = sumOf(days.slice(-2 * FORTNIGHT, -FORTNIGHT))
  if (days.length < 2 * FORTNIGHT || last <= 0n || before <= 0n) return { last: 1n, before: 1n }
  if (last > 2n * before) return { last: 2n, before: 1n }
  return before > 2n * last ? { last: 1n, before: 2n } : { last, before }
}

/** An amount so many days later, when each fortnight adds what the last one has. */
function grown(pico: Pico, { last, before }: Growth, days: number): Pico {
  const unit = BigInt(FORTNIGHT) * before
  const share = unit + (last - before) * BigInt(days)
  return share > 0n ? (pico * share) / unit : 0n
}

function sumOf(days: readonly Pico[]): Pico {
  return days.reduce((sum, pico) => sum + pico, 0n)
}

/** Whole numbers below a bound in an order that looks like chance, the same every time (mulberry32). */
function chance(): (bound: number) => number {
  let state = 1
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound)
  }
}
