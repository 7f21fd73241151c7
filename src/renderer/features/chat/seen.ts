import type { TurnId } from '../../../core/ids'
import type { Request } from '../../bridge/client'

/** Says up to which event running answers are shown. */
export interface Seen {
  /** Everything of this turn up to event `seq` is on the page. */
  shown(turnId: TurnId, seq: number): void
  /** It has ended. */
  forget(turnId: TurnId): void
}

/**
 * Tells the main process what the page shows, so that it sends no more text than can be drawn. One word at a time for each
 * answer: what is shown meanwhile is said together with the next.
 */
export function createSeen(request: Request): Seen {
  const latest = new Map<TurnId, number>()
  const telling = new Set<TurnId>()

  async function tell(turnId: TurnId): Promise<void> {
    telling.add(turnId)
    // React draws what a store has taken in at the end of this turn of the loop.
    await Promise.resolve()
    for (let told = 0; told < (latest.get(turnId) ?? 0);) {
      told = latest.get(turnId) ?? 0
      // A page that says this by itself is nobody's sign of life.
      await request('turn.seen', { turnId, seq: told, unasked: true })
    }
    telling.delete(turnId)
  }

  return {
    shown(turnId, seq) {
      latest.set(turnId, seq)
      if (!telling.has(turnId)) void tell(turnId)
    },
    forget: (turnId) => void latest.delete(turnId),
  }
}
