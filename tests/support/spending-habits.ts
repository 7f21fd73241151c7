/** Whole numbers below a bound that look random and are the same for a seed every time. */
export function randomFrom(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0
  return (below) => {
    // A generator of few bits repeats itself in its low ones; mixing hides that.
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** What somebody spends a day, in millionths of a dollar: `day` counts from the first, `weekday` from Sunday, 0. */
type Habit = (day: number, weekday: number) => number

type Random = (below: number) => number

/** How long a history is before the month that is forecast. */
export const DAYS_BEFORE = 120

/** A share of an amount: a third to three times as much, mostly near the middle. */
const about = (random: Random, amount: number): number => {
  const share = 2 ** ((random(1_000) + random(1_000) + random(1_000)) / 1_000 - 1.5)
  return Math.round(amount * share)
}

/** From ten cents to ten dollars a day. */
const level = (random: Random): number => Math.round(100_000 * 10 ** (random(2_000) / 1_000))

/** Ways of spending, each of many people, told apart by a seed. */
export const HABITS = {
  steady(random) {
    const usual = level(random)
    return () => about(random, usual)
  },
  weekdays(random) {
    const usual = level(random)
    const atWeekends = random(3) * 0.05
    return (_day, weekday) => about(random, weekday === 0 || weekday === 6 ? usual * atWeekends : usual)
  },
  bursts(random) {
    const usual = level(random)
    const often = 5 + random(20)
    let left = 0
    return () => {
      if (left === 0 && random(100) < often) left = 1 + random(4)
      if (left === 0) return random(3) === 0 ? about(random, usual / 20) : 0
      left -= 1
      return about(random, usual * 3)
    }
  },
  growing(random) {
    const usual = level(random)
    const daily = 1 + (5 + random(25)) / 1_000
    return (day) => about(random, (usual / 10) * daily ** day)
  },
  oneBigDay(random) {
    const usual = level(random)
    const big = DAYS_BEFORE - 30 + random(60)
    return (day) => about(random, day === big ? usual * (8 + random(30)) : usual)
  },
  newUser(random) {
    const usual = level(random)
    const first = DAYS_BEFORE + random(20) - 5
    return (day) => (day < first || random(5) === 0 ? 0 : about(random, usual))
  },
  stops(random) {
    const usual = level(random)
    const last = DAYS_BEFORE - 10 + random(40)
    return (day) => (day > last ? 0 : about(random, usual))
  },
} as const satisfies Record<string, (random: Random) => Habit>

/** Habits the formula was not tuned on, though they were looked at when its last variants were compared. */
export const OTHER_HABITS = {
  switches(random) {
    // To a model that costs several times as much, or a fraction of it.
    const usual = level(random)
    const day0 = DAYS_BEFORE - 40 + random(60)
    const factor = random(2) === 0 ? 3 : 1 / 3
    return (day) => about(random, day < day0 ? usual : usual * factor)
  },
  holiday(random) {
    const usual = level(random)
    const from = DAYS_BEFORE - 20 + random(40)
    const until = from + 5 + random(15)
    return (day, weekday) =>
      day >= from && day < until ? 0 : about(random, weekday === 0 || weekday === 6 ? usual / 4 : usual)
  },
  nowAndThen(random) {
    const usual = level(random)
    return () => (random(4) === 0 ? about(random, usual) : 0)
  },
  heavyTail(random) {
    const usual = level(random)
    return () => Math.round((usual / 10) * (1_000 / (1 + random(1_000))) ** 0.8)
  },
} as const satisfies Record<string, (random: Random) => Habit>

/** Habits nobody had looked at before the formula was settled. */
export const UNSEEN_HABITS = {
  shrinking(random) {
    const usual = level(random)
    const daily = 1 - (5 + random(25)) / 1_000
    return (day) => about(random, usual * daily ** (day - DAYS_BEFORE / 2))
  },
  everySecondWeek(random) {
    const usual = level(random)
    const shift = random(14)
    return (day) => about(random, (day + shift) % 14 < 7 ? usual : usual / 10)
  },
  moods(random) {
    // Each day a factor of the day before.
    let now = level(random)
    return () => {
      now = Math.min(50_000_000, Math.max(10_000, now * 2 ** ((random(1_001) - 500) / 1_000)))
      return Math.round(now)
    }
  },
} as const satisfies Record<string, (random: Random) => Habit>

/** What was spent on each day, in pico-dollars, up to the end of a month, and when the month begins in it. */
export interface History {
  readonly days: readonly bigint[]
  /** The place of the first day of the month. */
  readonly first: number
  /** Of each day, how much of it is spent by the time somebody looks: thousandths. */
  readonly looked: readonly number[]
}

/** Somebody's days up to the end of one month. */
export function historyOf(habit: (random: Random) => Habit, seed: number): History {
  const random = randomFrom(seed)
  const spends = habit(random)
  const month = random(12)
  const beginsMs = Date.UTC(2026, month, 1)
  const length = new Date(Date.UTC(2026, month + 1, 0)).getUTCDate()
  const days = Array.from({ length: DAYS_BEFORE + length }, (_, day) => {
    const weekday = new Date(beginsMs + (day - DAYS_BEFORE) * 86_400_000).getUTCDay()
    return BigInt(spends(day, weekday)) * 1_000_000n
  })
  return { days, first: DAYS_BEFORE, looked: days.map(() => random(1_001)) }
}
