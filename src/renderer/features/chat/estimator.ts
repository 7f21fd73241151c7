import type { ConnectionId, ConversationId } from '../../../core/ids'
import type { EstimateView } from '../../../shared/ipc/views'
import type { Request } from '../../bridge/client'

/** What is to be estimated; the text is read when it is asked, as it changes with every keystroke. */
export interface EstimateSubject {
  readonly conversationId: ConversationId | null
  readonly connectionId: ConnectionId
  readonly model: string
  readonly text: () => string
}

export interface Estimator {
  /** Something may have changed: asks again once that has been over for a moment. */
  changed(): void
  end(): void
}

const PAUSE_MS = 250
/** A text of this many characters takes long enough to hand over that it is not done in every little pause. */
const LONG_TEXT = 200_000
const LONG_PAUSE_MS = 1000

/**
 * Keeps an estimate up to date: asks once nothing has changed for a moment, and never twice at a time. An answer that is
 * out of date when it comes is dropped, and asked for again. `tell` gets null where there is no estimate.
 */
export function createEstimator(
  request: Request,
  subject: EstimateSubject,
  tell: (estimate: EstimateView | null) => void,
): Estimator {
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking = false
  let stale = false
  let ended = false

  async function ask(): Promise<void> {
    const { text: read, ...where } = subject
    const text = read()
    stale = false
    // Nothing before it and nothing in it: there is nothing to send.
    if (where.conversationId === null && !/\S/.test(text)) return tell(null)
    asking = true
    const result = await request('estimate.send', { ...where, text })
    asking = false
    if (ended) return
    if (!stale) tell(result.ok ? result.value : null)
    else if (timer === undefined) void ask()
  }

  function wait(): void {
    clearTimeout(timer)
    timer = setTimeout(
      () => {
        timer = undefined
        if (!asking) void ask()
      },
      subject.text().length > LONG_TEXT ? LONG_PAUSE_MS : PAUSE_MS,
    )
  }

  return {
    changed() {
      stale = true
      wait()
    },
    end() {
      ended = true
      clearTimeout(timer)
    },
  }
}
