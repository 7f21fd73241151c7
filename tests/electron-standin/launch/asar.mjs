// Node cannot read inside an archive, so a packaged app is extracted (its unpacked files too) for this one run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractAll } from '@electron/asar'

export function unpackArchive(file) {
  const folder = mkdtempSync(join(tmpdir(), 'electron-standin-asar-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  extractAll(file, folder)
  return folder
}
