import { dialog } from 'electron'
import { StorageError, type StorageRefusal } from '../storage/database'

const SENTENCES: Readonly<Record<StorageRefusal, string>> = {
  in_use: 'Another Latchkey is using this profile. Close it, or start this one with another --user-data-dir.',
  newer_version:
    'Your conversations were last used with a newer Latchkey. Install that version; nothing has been changed.',
  damaged:
    'The file with your conversations and spend is damaged or empty. It has been left as it is; restore a copy of latchkey.db in the profile folder.',
}

/** Says in one sentence why Latchkey cannot start, and what to do. The profile folder is named for the user to find. */
export function showStartFailure(error: unknown, profile: string): void {
  const sentence = error instanceof StorageError ? SENTENCES[error.code] : 'Something went wrong while starting.'
  dialog.showErrorBox('Latchkey cannot start', `${sentence}\n\nProfile folder: ${profile}`)
}

/** Says what Latchkey was started with that would lay keys open. Before Electron is ready this is all that can be shown. */
export function showUnsafeStart(name: string): void {
  dialog.showErrorBox(
    'Latchkey cannot start',
    `It was started with ${name}, which could write keys to a file or send them elsewhere. Start it without.`,
  )
}
