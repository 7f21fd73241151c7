import type { DeltaView } from '../../shared/ipc/views'

/** About one frame: faster events would be drawn in the same picture anyway. */
const FRAME_MS = 16
/** So many events may be under way to a window that has not shown them: one it draws, and one that it draws next. */
const MOST_UNSEEN = 2

/**
 * Joins pieces of text to at most one event a frame, and to none at all while the window has enough to do with those it
 * was sent. The first goes out at once; nothing is ever dropped, and what is held is no more than the answer itself.
 */
export interface DeltaJoiner {
  push(delta: DeltaView): void
  /** The window shows everything up to this event. What it was never sent is nothing it could have seen. */
  seen(seq: number): void
  /** Sends what waits, before an event that must come after it. */
  flush(): void
  /** Sends what waits to somebody who begins anew, and is owed no answer for what went before. */
  restart(): void
}

/** A joiner that hands what it joined to `send`, which says the number of the event it made. */
export function createDeltaJoiner(send: (deltas: readonly DeltaView[]) => number): DeltaJoiner {
  let waiting: DeltaView[] = []
  let unseen: number[] = []
  let timer: NodeJS.Timeout | undefined

  const sendNow = (): void => {
    if (waiting.length === 0) return
    const deltas = waiting
    waiting = []
    unseen.push(send(deltas))
  }

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    sendNow()
  }

  const frame = (): void => {
    timer = undefined
    if (waiting.length === 0 || unseen.length >= MOST_UNSEEN) return
    sendNow()
    // Keeps the beat while text keeps coming; after a silent frame the next piece goes out at once again.
    timer = setTimeout(frame, FRAME_MS)
  }

  return {
    flush,
    restart() {
      flush()
      unseen = []
    },
    seen(seq) {
      unseen = unseen.filter((sent) => sent > seq)
      if (timer === undefined) frame()
    },
    push(delta) {
      const last = waiting.at(-1)
      if (last?.type === delta.type) waiting[waiting.length - 1] = { ...last, text: last.text + delta.text }
      else waiting.push(delta)
      if (timer === undefined) frame()
    },
  }
}
