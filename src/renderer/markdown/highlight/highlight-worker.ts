// Runs beside the page: a grammar that takes long keeps nobody waiting, and can be ended.
import { highlight } from './highlighter'

self.addEventListener('message', ({ data }: MessageEvent<{ readonly code: string; readonly language: string }>) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- To the page that made it, and nobody else.
  self.postMessage(highlight(data.code, data.language))
})
