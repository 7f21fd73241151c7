import { findAll, fold, placeOfHit } from '../../lib/find-text'
import { rangeIn, shownIn } from '../../markdown/shown-in'
import styles from './Message.module.css'

/** The names `styles/base.css` knows them by. */
const FOUND = 'found'
const FOUND_NOW = 'found-now'

/** Where what is looked for stands in a message that is on the page. */
export function rangesIn(message: Element, needle: string): readonly Range[] {
  const own = message.querySelector(`.${styles['bubble'] ?? ''}`)
  const words = own ?? message.querySelector(`.${styles['answer'] ?? ''}`)
  if (words === null) return []
  const flow = shownIn(words, own !== null)
  const folded = fold(flow.text())
  return findAll(folded.text, needle).flatMap((at) => {
    const range = rangeIn(flow, ...placeOfHit(folded, at, needle.length))
    return range === null ? [] : [range]
  })
}

/** Marks hits without touching the page: `now` is the one that is looked at. */
export function markFound(found: readonly Range[], now: Range | null): void {
  CSS.highlights.set(FOUND, new Highlight(...found.filter((range) => range !== now)))
  CSS.highlights.set(FOUND_NOW, new Highlight(...(now === null ? [] : [now])))
}

export function unmarkFound(): void {
  CSS.highlights.delete(FOUND)
  CSS.highlights.delete(FOUND_NOW)
}

/** Room above a hit for the bar, and below it, in pixels. */
const ABOVE = 64
const BELOW = 24

/** Scrolls a hit into view, sideways as well, and not at all where it is seen already. */
export function bringIntoView(range: Range, log: HTMLElement): void {
  const holder = range.startContainer.parentElement
  for (let frame = holder; frame !== null && frame !== log; frame = frame.parentElement) {
    if (frame.scrollWidth <= frame.clientWidth) continue
    const edge = frame.getBoundingClientRect()
    const box = range.getBoundingClientRect()
    if (box.left < edge.left) frame.scrollLeft -= edge.left - box.left + BELOW
    else if (box.right > edge.right) frame.scrollLeft += box.right - edge.right + BELOW
  }
  const box = range.getBoundingClientRect()
  const { top, bottom, height } = log.getBoundingClientRect()
  if (box.top >= top + ABOVE && box.bottom <= bottom - BELOW) return
  log.scrollTop += box.top - top - height / 3
}
