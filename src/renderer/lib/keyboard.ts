/** What a key press must tell for `isComposing`; React's and the browser's own events both do. */
export interface KeyPress {
  readonly keyCode: number
  readonly isComposing?: boolean
  readonly nativeEvent?: { readonly isComposing: boolean }
}

/** The key code of every key an input method keeps for itself. */
const PROCESSED_BY_INPUT_METHOD = 229

/**
 * Whether an input method is composing, so that Enter picks a candidate and Escape drops it. Asked before every key
 * that sends, picks or closes. The key code covers the Enter that ends a composition, which some systems no longer
 * mark as composing.
 */
export function isComposing(event: KeyPress): boolean {
  return (
    event.isComposing === true || event.nativeEvent?.isComposing === true || event.keyCode === PROCESSED_BY_INPUT_METHOD
  )
}

/** A letter pressed with Control, or Command on a Mac, anywhere in the window. */
export interface Shortcut {
  /** Lower case. */
  readonly letter: string
  readonly shift: boolean
}

/** Every shortcut of the window; no two are the same. */
export const SHORTCUTS = {
  newConversation: { letter: 'n', shift: false },
  newPrivate: { letter: 'n', shift: true },
} as const satisfies Readonly<Record<string, Shortcut>>

interface LetterPress extends KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/** Whether these keys are the shortcut. Where the keyboard writes no Latin letters, the place of the key counts. */
export function isShortcut(event: LetterPress, { letter, shift }: Shortcut): boolean {
  // With Alt it is another character on many keyboards.
  if (isComposing(event) || event.altKey || event.shiftKey !== shift || event.ctrlKey === event.metaKey) return false
  const key = event.key.toLowerCase()
  return /^[a-z]$/.test(key) ? key === letter : event.code === `Key${letter.toUpperCase()}`
}

/** A shortcut as it is written on the keyboard: `⇧⌘N`, `Ctrl+Shift+N`. */
export function shortcutWords({ letter, shift }: Shortcut, mac: boolean): string {
  const key = letter.toUpperCase()
  return mac ? `${shift ? '⇧' : ''}⌘${key}` : `Ctrl+${shift ? 'Shift+' : ''}${key}`
}

/** A shortcut as assistive technology is told of it. */
export function ariaShortcut({ letter, shift }: Shortcut, mac: boolean): string {
  return `${mac ? 'Meta' : 'Control'}+${shift ? 'Shift+' : ''}${letter.toUpperCase()}`
}

/** Whether this is a keyboard of a Mac. */
export function isMac(): boolean {
  return navigator.platform.startsWith('Mac')
}
