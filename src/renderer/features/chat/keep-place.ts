/** Where something stands on the screen, in pixels from its top. */
export function placeOf(element: Element): number {
  return element.getBoundingClientRect().top
}

/**
 * Scrolls so that an element stands where another one stood before it. Where what follows has become too short for that, room
 * is made at the end.
 */
export function keepPlace(element: Element, place: number): void {
  const log = element.closest('[role=log]')
  const content = log?.firstElementChild
  if (log === null || !(content instanceof HTMLElement)) return
  giveRoomBack(content)
  const top = log.scrollTop + placeOf(element) - place
  const missing = top + log.clientHeight - log.scrollHeight
  // A transcript that fits as a whole is not made to scroll.
  if (missing > 0 && top > 0) content.style.minBlockSize = `${content.offsetHeight + missing}px`
  log.scrollTop = top
}

/** The end is where the text ends again. */
export function giveRoomBack(content: HTMLElement): void {
  content.style.minBlockSize = ''
}
