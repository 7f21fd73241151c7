/** When to run something, and how to take it back. */
export interface FrameClock {
  schedule(run: () => void): () => void
}

/** The longest a hidden window waits: it gets no animation frames at all. */
const HIDDEN_WAIT_MS = 200

/** The next animation frame, or a timer where none comes because the window is hidden. */
export const browserFrames: FrameClock = {
  schedule(run) {
    const frame = requestAnimationFrame(run)
    const timer = setTimeout(run, HIDDEN_WAIT_MS)
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  },
}

/** Gathers items and hands them over in order, at most once a frame. */
export function createFrameQueue<Item>(
  deliver: (items: readonly Item[]) => void,
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
    cancel ??= clock.schedule(flush)
  }
}
