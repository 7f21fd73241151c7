import { useCallback, useMemo, useRef, useState } from 'react'
import type { ConversationId, TurnId } from '../../core/ids'
import type { Estimated } from '../features/models/use-model-estimates'
import { estimatedAgain, questionOf } from './asking-again'

export interface Picker {
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  /** The answer that another model is chosen for; null while it is for the next message. */
  readonly again: TurnId | null
  /** What is estimated on each model, where it is not the next message. */
  readonly estimated: Estimated | null
  readonly pickNext: () => void
  /** The same function as long as possible. */
  readonly pickAgain: (turnId: TurnId, from: HTMLElement | null) => void
  /** What opened it for an answer, while it is there. */
  readonly opener: () => HTMLElement | null
}

/** The one model picker of a page: for what goes out next, or for one answer that is asked for again. */
export function usePicker(conversationId: ConversationId | null): Picker {
  const [open, setOpen] = useState(false)
  const [again, setAgain] = useState<TurnId | null>(null)
  const opened = useRef<HTMLElement | null>(null)
  const estimated = useMemo(() => {
    const question = conversationId === null || again === null ? undefined : questionOf(conversationId, again)
    return question === undefined ? null : estimatedAgain(question)
  }, [conversationId, again])
  return {
    open,
    onOpen(next) {
      // It stays what it is for until it is closed: its words would change on the way out.
      if (next) setAgain(null)
      setOpen(next)
    },
    again,
    estimated,
    pickNext() {
      setAgain(null)
      setOpen(true)
    },
    pickAgain: useCallback((turnId: TurnId, from: HTMLElement | null) => {
      opened.current = from
      setAgain(turnId)
      setOpen(true)
    }, []),
    opener: () => (opened.current?.isConnected === true ? opened.current : null),
  }
}
