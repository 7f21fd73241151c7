import type { Message } from '../../core/conversation'
import type { ConversationId, TurnId } from '../../core/ids'
import type { WaitingView } from '../../shared/ipc/views'

/** An answer that runs now, as others may see and end it. */
export interface RunningTurn {
  /** The answer with everything received so far. */
  answer(stored: Message): Message
  /** Number of the last event sent for this turn; 0 before the first. */
  lastSeq(): number
  /** The window shows everything up to this event. */
  seen(seq: number): void
  /** Set while it waits to be asked for again. */
  waiting(): WaitingView | null
  /** Ends such a wait. */
  retryNow(): void
  readonly conversationId: ConversationId
  /** Ends the request, or what is shown of it; what arrived is kept and booked. */
  stop(): void
  /** Ends the request, seen or unseen. */
  end(): void
  /** Books what arrived at once and lets the request go, for the moment before the process ends. */
  interrupt(): void
}

/** The answers that run now. In memory only: after a restart none does. */
export interface RunningTurns {
  get(id: TurnId): RunningTurn | undefined
  set(id: TurnId, turn: RunningTurn): void
  /** It has been settled as far as anybody sees, and its call runs on unseen. */
  release(id: TurnId): void
  delete(id: TurnId): void
  /** Every one, the unseen included. */
  all(): readonly RunningTurn[]
}

/** None yet. */
export function createRunningTurns(): RunningTurns {
  const seen = new Map<TurnId, RunningTurn>()
  const unseen = new Map<TurnId, RunningTurn>()
  return {
    get: (id) => seen.get(id),
    set: (id, turn) => void seen.set(id, turn),
    release(id) {
      const turn = seen.get(id)
      seen.delete(id)
      if (turn !== undefined) unseen.set(id, turn)
    },
    delete(id) {
      seen.delete(id)
      unseen.delete(id)
    },
    all: () => [...seen.values(), ...unseen.values()],
  }
}
