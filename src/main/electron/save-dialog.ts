import { join } from 'node:path'
import { app, dialog, type BrowserWindow } from 'electron'
import type { AskWhere } from '../ports'

const NAMES = { csv: 'CSV', json: 'JSON' } as const

/** The system's own dialog over the window: the page neither names a path nor learns of one. */
export function saveDialog(currentWindow: () => BrowserWindow | null): AskWhere {
  return async ({ name, format }) => {
    const window = currentWindow()
    if (window === null || window.isDestroyed()) return null
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      defaultPath: join(app.getPath('downloads'), name),
      filters: [{ name: NAMES[format], extensions: [format] }],
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    })
    return canceled || filePath === '' ? null : filePath
  }
}
