import { useEffect, type RefObject } from 'react'

/** The price to go to. Another object is another time. */
export interface PriceTarget {
  readonly id: string
}

/** Those that were gone to: a row that comes back later takes no focus from where somebody is by then. */
const reached = new WeakSet<PriceTarget>()

/** Brings what stands for a price into view, and the focus to it, each time it is gone to. */
export function useTarget(target: PriceTarget | null, id: string, element: RefObject<HTMLElement | null>): void {
  const mine = target?.id === id ? target : null
  useEffect(() => {
    if (mine === null || reached.has(mine)) return
    reached.add(mine)
    element.current?.focus({ preventScroll: true })
    element.current?.scrollIntoView({ block: 'center' })
  }, [mine, element])
}
