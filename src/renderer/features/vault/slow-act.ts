import type { Result } from '../../../shared/ipc/transport'

/** `late`: done, although Cancel was pressed. */
export type SlowPhase = 'idle' | 'working' | 'cancelling' | 'late'

/** What came of something slow, and whether Cancel was pressed meanwhile. */
export interface SlowEnd<Value> {
  readonly result: Result<Value>
  readonly late: boolean
}

export interface SlowAct {
  /** Null when it was taken back, or refused after Cancel was pressed: nothing is to follow from it. */
  run<Value>(work: () => Promise<Result<Value>>): Promise<SlowEnd<Value> | null>
  /** Takes back what is under way, then closes; what cannot be taken back any more is waited for. */
  leave(close: () => void, cancel: () => Promise<Result<{ readonly cancelled: boolean }>>): Promise<void>
}

/** Something slow that a dialog does: Cancel closes it only once nothing more comes of it. */
export function createSlowAct(tell: (phase: SlowPhase) => void): SlowAct {
  let current: { leaving: (() => void) | null } | null = null
  return {
    async run(work) {
      const mine: { leaving: (() => void) | null } = { leaving: null }
      current = mine
      tell('working')
      const result = await work()
      if (current !== mine) return null
      current = null
      const { leaving } = mine
      tell(leaving !== null && result.ok ? 'late' : 'idle')
      if (leaving === null || result.ok) return { result, late: leaving !== null }
      leaving()
      return null
    },

    async leave(close, cancel) {
      const mine = current
      if (mine === null) {
        tell('idle')
        return close()
      }
      if (mine.leaving !== null) return
      mine.leaving = close
      tell('cancelling')
      const answer = await cancel()
      if (!answer.ok || !answer.value.cancelled || current !== mine) return
      current = null
      tell('idle')
      close()
    },
  }
}
