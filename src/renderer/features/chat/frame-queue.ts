/** When to run something, and how to take it back. */
export interface FrameClock {
  schedule(run: () => void): () => void
  /** Whether nobody can see the page: it gets no animation frames then, and few timers. */
  isHidden(): boolean
}

/** How long a window may go without a frame although it is shown: some are, without being told so. */
const STALLED_MS = 200
/** A hidden page draws nothing: text is taken in now and then, as what was not taken in is joined elsewhere. */
const HIDDEN_MS = 1_000

/** The next animation frame, or a timer where none comes; at once when the page goes out of sight or comes back. */
export const browserFrames: FrameClock = {
  isHidden: () => document.hidden,
  schedule(run) {
    const frame = document.hidden ? null : requestAnimationFrame(run)
    const timer = setTimeout(run, document.hidden ? HIDDEN_MS : STALLED_MS)
    document.addEventListener('visibilitychange', run)
    return () => {
      if (frame !== null) cancelAnimationFrame(frame)
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', run)
    }
  },
}

/**
 * Gathers items and hands them over in order, at most once a frame. Out of sight only what is `urgent` is handed over at
 * once, with all that came before it: other things wait for how an answer ended.
 */
export function createFrameQueue<Item>(
  deliver: (items: readonly Item[]) => void,
  urgent: (item: Item) => boolean,
  clock: FrameClock = browserFrames,
): (item: Item) => void {
  let waiting: Item[] = []
  let cancel: (() => void) | null = null

  function flush(): void {
    cancel?.()
    cancel = null
    const items = waiting
    waiting = []
    deliver(items)
  }

  return (item) => {
    waiting.push(item)
    if (urgent(item) && clock.isHidden()) flush()
    else cancel ??= clock.schedule(flush)
  }
}
