import type { SendKey } from '../../shared/ipc/views'

interface EnterPress {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

/** Whether a key sends a message. Enter with Control or Command always does, with Shift it never does. */
export function sends({ key, shiftKey, ctrlKey, metaKey }: EnterPress, sendKey: SendKey): boolean {
  return key === 'Enter' && !shiftKey && (sendKey === 'enter' || ctrlKey || metaKey)
}

/** The key that sends, by the name it has on that system. */
export function sendKeyName(sendKey: SendKey, isMac: boolean): string {
  if (sendKey === 'enter') return 'Enter'
  return isMac ? '⌘ Enter' : 'Ctrl+Enter'
}
