/** What a conversation shows first. */
export const FIRST_MOUNTED = 60
/** How many are added when a reader comes near an edge. */
export const STEP = 40
/** The most that is on the page, whatever is loaded. */
export const MOST_MOUNTED = 160
/** The same, while a reader has the focus or a selection in one that would go. */
export const MOST_HELD = 480

/** Messages by their place on the path: `start` is the first, `end` the one after the last. */
export interface Range {
  readonly start: number
  /** Infinity: up to the newest, whatever comes. */
  readonly end: number
}

/** What is loaded; it always ends with the newest. */
export interface Loaded {
  readonly start: number
  readonly end: number
}

/** The newest messages, and those that follow them. */
export function newestOf(loaded: Loaded): Range {
  return { start: Math.max(loaded.start, loaded.end - FIRST_MOUNTED), end: Infinity }
}

/** A range around a message, wherever it is. */
export function rangeAround(place: number, loaded: Loaded): Range {
  return asEnd({ start: place - STEP, end: place + FIRST_MOUNTED }, loaded)
}

/** The messages of a range that there are: another branch may be shorter. */
export function within({ start, end }: Range, loaded: Loaded): Range {
  if (start >= loaded.end) return within(newestOf(loaded), loaded)
  return { start: Math.max(start, loaded.start), end: Math.min(end, loaded.end) }
}

/**
 * The range a step towards the beginning, cut at its end when it becomes too long. What is in `seen` stays, and of what
 * is `held` beside it as much as may.
 */
export function grownUp(range: Range, loaded: Loaded, seen: Range, held: readonly Range[] = []): Range {
  const now = within(range, loaded)
  const kept = keptOf(seen, held)
  const start = Math.max(loaded.start, now.start - STEP)
  return asEnd({ start, end: Math.min(now.end, Math.max(start + MOST_MOUNTED, kept.end)) }, loaded)
}

/** The range a step towards the end, cut at its start in the same way. */
export function grownDown(range: Range, loaded: Loaded, seen: Range, held: readonly Range[] = []): Range {
  const now = within(range, loaded)
  const kept = keptOf(seen, held)
  const end = Math.min(loaded.end, now.end + STEP)
  return asEnd({ start: Math.max(now.start, Math.min(end - MOST_MOUNTED, kept.start)), end }, loaded)
}

function keptOf(seen: Range, held: readonly Range[]): Range {
  return held.reduce((kept, each) => {
    const both = { start: Math.min(kept.start, each.start), end: Math.max(kept.end, each.end) }
    return both.end - both.start > MOST_HELD ? kept : both
  }, seen)
}

function asEnd({ start, end }: Range, loaded: Loaded): Range {
  return { start: Math.max(start, loaded.start), end: end >= loaded.end ? Infinity : end }
}

/** Whether two ranges hold the same messages. */
export function isSame(one: Range, other: Range): boolean {
  return one.start === other.start && one.end === other.end
}
