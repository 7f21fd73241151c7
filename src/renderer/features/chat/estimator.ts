import type { ConnectionId, ConversationId, MessageId } from '../../../core/ids'
import type { EstimateView } from '../../../shared/ipc/views'
import type { Request } from '../../bridge/client'

/** What is to be estimated; the text is read when it is asked, as it changes with every keystroke. */
export interface EstimateSubject {
  readonly conversationId: ConversationId | null
  readonly connectionId: ConnectionId
  readonly model: string
  /** The message in the place of which it would stand. */
  readonly editOf?: MessageId
  readonly text: () => string
}

export interface Estimator {
  /** Something may have changed, `byHand` or by itself: asks again once that has been over for a moment. */
  changed(byHand?: boolean): void
  end(): void
}

const PAUSE_MS = 250
/** A text of this many characters takes long enough to hand over that it is not done in every little pause. */
const LONG_TEXT = 200_000
const LONG_PAUSE_MS = 1000
/** The tokenizer is loaded with the first text it is given; by then it is there. */
const LOADING_MS = 2500
/** What is never counted, because it takes too long, is not asked about for ever. */
const MOST_UNCOUNTED = 2

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
  let typed = false
  let ended = false
  let uncounted = 0

  async function ask(): Promise<void> {
    const { text: read, ...where } = subject
    const text = read()
    stale = false
    // Nothing before it and nothing in it: there is nothing to send.
    if (where.conversationId === null && !/\S/.test(text)) return tell(null)
    asking = true
    const unasked = typed ? {} : { unasked: true }
    typed = false
    const result = await request('estimate.send', { ...where, text, ...unasked })
    asking = false
    if (ended) return
    if (stale) {
      if (timer === undefined) void ask()
      return
    }
    tell(result.ok ? result.value : null)
    uncounted = result.ok && !result.value.counted ? uncounted + 1 : 0
    if (uncounted > 0 && uncounted <= MOST_UNCOUNTED) again(LOADING_MS)
  }

  function again(pauseMs: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      if (!asking) void ask()
    }, pauseMs)
  }

  return {
    changed(byHand = false) {
      stale = true
      typed ||= byHand
      again(subject.text().length > LONG_TEXT ? LONG_PAUSE_MS : PAUSE_MS)
    },
    end() {
      ended = true
      clearTimeout(timer)
    },
  }
}
