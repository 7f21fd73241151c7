// shell. Tests read what would have been opened from shell.__opened; a preview really opens links.
import { spawn } from 'node:child_process'
import { preview } from '../launch/options.mjs'
import { strict } from './absent.mjs'

export const shell = strict('shell', {
  /** @type {string[]} */
  __opened: [],
  async openExternal(url) {
    shell.__opened.push(url)
    if (preview) openOnDesktop(url)
  },
  async openPath() {
    return ''
  },
  async trashItem() {},
  showItemInFolder() {},
  beep() {},
})

function openOnDesktop(url) {
  const opener = spawn('xdg-open', [url], { detached: true, stdio: 'ignore' })
  opener.on('error', () => console.error(`electron stand-in: no xdg-open to open ${url}`))
  opener.unref()
}
