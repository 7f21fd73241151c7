import { withoutSpace } from '../texts/answer'
import { keyWatch, lastWord, wordTimes } from './latency'
import { pump, quiet, QUIET_MS, type Stage } from './stage'

// Text in one element a line, twelve lines in an element that contains what it paints: the least that was found.

const LINES = 12
const log = elementOf('log')
const shown = elementOf('text')
const keys = keyWatch()
let group: Element | null = null
let line: Text | null = null
let text = ''

function elementOf(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`the page has no ${id}`)
  return element
}

function append(piece: string): void {
  const [first = '', ...more] = piece.split('\n')
  if (line === null) addLine(first)
  else line.appendData(first)
  for (const next of more) addLine(next)
  log.scrollTop = log.scrollHeight
}

function addLine(words: string): void {
  if (group === null || group.childElementCount === LINES) {
    group = document.createElement('div')
    group.className = 'group'
    shown.append(group)
  }
  const row = document.createElement('div')
  line = document.createTextNode(words)
  row.append(line)
  group.append(row)
}

window.bench = {
  ready: () => true,
  take: (next) => void (text = next),
  async stream(perFrame) {
    await pump(text, perFrame, append)
    await quiet(shown, QUIET_MS)
  },
  write: (perFrame) => pump(text, perFrame, append),
  words: (count, perSecond) =>
    wordTimes({ count, perSecond }, { send: append, root: () => shown, seen: () => lastWord(line?.data) }),
  watchKeys: keys.start,
  keyTimes: keys.times,
  shown: () => withoutSpace(shown.textContent),
  field: '#field',
} satisfies Stage
