import { createFakeMain, type Setup } from './fake-main'
import { createReader } from './reader'
import { keyWatch, lastWord, wordTimes } from './latency'
import { shownIn } from './shown'
import { frame, pump, quiet, QUIET_MS, type Stage } from './stage'

// Comes before the app's own scripts, in the place of the preload: the app is the built one, what it talks to is not.

declare global {
  var benchSetup: Setup
  interface Window {
    /** Requests that nobody was prepared for. */
    benchUnanswered?: readonly string[]
  }
}

const main = createFakeMain(globalThis.benchSetup)
const keys = keyWatch()
const reader = createReader(() => log())
let text = ''

// Where nothing is timed, frames come as fast as they are made.
if (globalThis.benchSetup.quickFrames === true) {
  const { port1, port2 } = new MessageChannel()
  let waiting: FrameRequestCallback[] = []
  port1.addEventListener('message', () => {
    const due = waiting
    waiting = []
    for (const run of due) run(performance.now())
  })
  port1.start()
  window.requestAnimationFrame = (run) => {
    if (waiting.push(run) === 1) port2.postMessage(null)
    return 0
  }
}

const log = () => document.querySelector('[role=log]')
/** The element of the last answer's text. */
const prose = () => [...(log()?.querySelectorAll('article [class*=prose]') ?? [])].at(-1)

Object.defineProperty(window, 'latchkey', { value: main.bridge })
Object.defineProperty(window, 'benchUnanswered', { get: main.unanswered })

window.bench = {
  ready: () => log()?.querySelector('article') instanceof Element,
  take: (next) => void (text = next),
  async stream(perFrame) {
    await pump(text, perFrame, main.write)
    await settle()
  },
  write: (perFrame) => pump(text, perFrame, main.write),
  async words(count, perSecond) {
    main.write('w ')
    while (prose() === undefined) await frame()
    return wordTimes(
      { count, perSecond },
      {
        send: main.writeJoined,
        root: () => log() ?? document,
        seen: () => lastWord(prose()?.lastElementChild?.textContent),
      },
    )
  },
  watchKeys: keys.start,
  keyTimes: keys.times,
  shown() {
    const answer = prose()
    return answer === undefined ? '' : shownIn(answer)
  },
  field: 'textarea',
  app: {
    settle,
    blocks: () => [...(prose()?.children ?? [])].map(htmlOf),
    async open(title) {
      const row = [...document.querySelectorAll<HTMLElement>('nav [data-conversation]')].find(
        ({ textContent }) => textContent === title,
      )
      row?.click()
      await quiet(document.body, QUIET_MS)
    },
    watchReader: reader.watch,
    readerMoves: reader.moves,
  },
} satisfies Stage

async function settle(): Promise<void> {
  // The last piece is drawn before the end is told, as when an answer ends by itself.
  await frame()
  main.settle()
  await quiet(log() ?? document, QUIET_MS)
}

/** A block as HTML, without what differs from window to window: made-up ids, and colours, which come when they come. */
function htmlOf(block: Element): string {
  const copy = block.cloneNode(true) as Element
  for (const code of copy.querySelectorAll('pre code')) code.replaceChildren(code.textContent)
  return copy.outerHTML.replaceAll(/ (?:id|aria-\w+)="[^"]*"/g, '')
}
