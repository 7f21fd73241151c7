import { clipboard } from 'electron'
import type { Clipboard } from '../ports'

/** The system's clipboard. Not Linux's selection, which goes with what is selected, nor what a clipboard history keeps. */
export function systemClipboard(): Clipboard {
  return { read: () => clipboard.readText(), clear: () => clipboard.clear() }
}
