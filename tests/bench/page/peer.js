import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import Markdown from 'react-markdown'
import rehypeKatex from 'rehype-katex'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import { keyWatch, lastWord, wordTimes } from './latency'
import { shownIn } from './shown'
import { frame, pump, quiet, QUIET_MS } from './stage'

// What most clients do: the whole text is given to react-markdown again with every piece.

const log = document.getElementById('log')
const shown = document.getElementById('text')
const root = createRoot(shown)
const keys = keyWatch()
const remarkPlugins = [remarkGfm, remarkMath]
const rehypePlugins = [rehypeKatex]
let text = ''
let written = ''

function append(piece) {
  written += piece
  root.render(createElement(Markdown, { remarkPlugins, rehypePlugins }, written))
}

new ResizeObserver(() => {
  log.scrollTop = log.scrollHeight
}).observe(shown)

window.bench = {
  ready: () => true,
  take: (next) => void (text = next),
  async stream(perFrame) {
    await pump(text, perFrame, append)
    await frame()
    await quiet(shown, QUIET_MS)
  },
  write: (perFrame) => pump(text, perFrame, append),
  words: (count, perSecond) =>
    wordTimes(
      { count, perSecond },
      { send: append, root: () => shown, seen: () => lastWord(shown.lastElementChild?.textContent) },
    ),
  watchKeys: keys.start,
  keyTimes: keys.times,
  shown: () => shownIn(shown),
  field: '#field',
}
