// clipboard: text only, kept in this process.
import { strict } from './absent.mjs'

function createClipboard(name, more = {}) {
  let text = ''
  return strict(name, {
    readText: async () => text,
    async writeText(value) {
      text = value
    },
    has: async (type) => type === 'text/plain' && text !== '',
    clear() {
      text = ''
    },
    ...more,
  })
}

export const clipboard = createClipboard('clipboard', { selection: createClipboard('clipboard.selection') })
