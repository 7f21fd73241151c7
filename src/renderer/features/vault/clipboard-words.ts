import type { ClipboardState } from './clipboard-store'

/** What there is to say of the clipboard after a key was pasted; null while there is nothing. */
export function clipboardWords(state: ClipboardState): string | null {
  switch (state) {
    case 'quiet':
      return null
    case 'offered':
      return 'Your key may still be on the clipboard.'
    case 'cleared':
      return 'The clipboard is empty now. A clipboard history may still hold the key.'
    case 'left':
      return 'Latchkey did not find your key on the clipboard, so it was left as it is.'
  }
}
