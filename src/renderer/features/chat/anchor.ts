/** What a reader looks at, and where it stands in the frame: the first thing in view, and what it is in. */
export type Anchor = readonly Place[]

interface Place {
  readonly element: Element
  /** From the top of the frame, in pixels; above it for what is only seen in part. */
  readonly top: number
}

/**
 * The first thing that begins in view, or else the smallest one that reaches into it; innermost first, since what is
 * smaller may be drawn anew. What begins in view is not looked into: all that could move it lies before it.
 */
export function anchorIn(frame: Element, content: Element): Anchor {
  const edge = frame.getBoundingClientRect().top
  const places: Place[] = []
  for (let element: Element | null = content; element !== null;) {
    element = firstBelow(element.children, edge)
    if (element === null) break
    const top = element.getBoundingClientRect().top - edge
    places.unshift({ element, top })
    if (top >= 0) break
  }
  return places
}

/** How far what is looked at has been moved since, in pixels; positive is downwards. Null when nothing of it is left. */
export function driftOf(frame: Element, anchor: Anchor): number | null {
  const place = anchor.find(({ element }) => element.isConnected)
  if (place === undefined) return null
  return place.element.getBoundingClientRect().top - frame.getBoundingClientRect().top - place.top
}

/** By halves: a long transcript has thousands, and they lie one below the other. */
function firstBelow(elements: HTMLCollection, edge: number): Element | null {
  let from = 0
  let to = elements.length
  while (from < to) {
    const middle = (from + to) >> 1
    if ((elements[middle]?.getBoundingClientRect().bottom ?? Infinity) > edge + 1) to = middle
    else from = middle + 1
  }
  return elements[from] ?? null
}
