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
  find: { letter: 'f', shift: false },
} as const satisfies Readonly<Record<string, Shortcut>>

interface LetterPress {
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
  if (event.altKey || event.shiftKey !== shift || event.ctrlKey === event.metaKey) return false
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
