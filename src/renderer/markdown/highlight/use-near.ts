import { useEffect, useState, type RefObject } from 'react'

/** Further than a page down: what comes into view has its colours by then. */
const NEAR_PX = 1_000

const waiting = new Map<Element, () => void>()
let observer: IntersectionObserver | null = null

function watch(element: Element, came: () => void): () => void {
  // Where the scroller is inside the window, only this margin reaches past its edges.
  const options: IntersectionObserverInit & { readonly scrollMargin: string } = { scrollMargin: `${NEAR_PX}px` }
  observer ??= new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) waiting.get(target)?.()
  }, options)
  waiting.set(element, came)
  observer.observe(element)
  return () => {
    waiting.delete(element)
    observer?.unobserve(element)
  }
}

/** Whether an element has ever come near what is seen. */
export function useNear(element: RefObject<Element | null>): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const { current } = element
    return near || current === null ? undefined : watch(current, () => setNear(true))
  }, [element, near])
  return near
}
