import type { DeltaView } from '../../shared/ipc/views'

/** About one frame: faster events would be drawn in the same picture anyway. */
const FRAME_MS = 16

/** Joins pieces of text to at most one event a frame. The first goes out at once; nothing is ever dropped. */
export interface DeltaJoiner {
  push(delta: DeltaView): void
  /** Sends what waits, before an event that must come after it. */
  flush(): void
}

/** A joiner that hands what it joined to `send`. */
export function createDeltaJoiner(send: (deltas: readonly DeltaView[]) => void): DeltaJoiner {
  let waiting: DeltaView[] = []
  let timer: NodeJS.Timeout | undefined

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (waiting.length === 0) return
    const deltas = waiting
    waiting = []
    send(deltas)
  }

  const frame = (): void => {
    const more = waiting.length > 0
    flush()
    // Keep the beat while text keeps coming; after a silent frame the next piece goes out at once again.
    if (more) timer = setTimeout(frame, FRAME_MS)
  }

  return {
    flush,
    push(delta) {
      const last = waiting.at(-1)
      if (last?.type === delta.type) waiting[waiting.length - 1] = { ...last, text: last.text + delta.text }
      else waiting.push(delta)
      if (timer === undefined) frame()
    },
  }
}
