import { useState, type KeyboardEvent, type RefObject } from 'react'
import { unlessComposing } from '../../lib/ime'
import { selectedText } from '../../markdown/selected-text'

export interface Selected {
  /** What was selected of the message when its acts were reached for; null for nothing. */
  readonly text: string | null
  /** For what surrounds the acts: a press may end the selection before the act is done. */
  readonly watch: {
    readonly onPointerDownCapture: () => void
    readonly onKeyDownCapture: (event: KeyboardEvent) => void
  }
}

/** What of a message is selected, read just before its acts are used. */
export function useSelected(body: RefObject<HTMLElement | null>): Selected {
  const [text, setText] = useState<string | null>(null)
  const look = (): void => setText(body.current === null ? null : selectedText(body.current))
  return { text, watch: { onPointerDownCapture: look, onKeyDownCapture: unlessComposing(look) } }
}
