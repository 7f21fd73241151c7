import type { Message } from '../../core/conversation'
import type { TurnId } from '../../core/ids'

/** An answer that runs now, as others may see and end it. */
export interface RunningTurn {
  /** The answer with everything received so far. */
  answer(stored: Message): Message
  /** Number of the last event sent for this turn; 0 before the first. */
  lastSeq(): number
  /** Ends the request; what arrived is kept and booked. */
  stop(): void
  /** Books what arrived at once and lets the request go, for the moment before the process ends. */
  interrupt(): void
}

/** The answers that run now. In memory only: after a restart none does. */
export type RunningTurns = Map<TurnId, RunningTurn>
