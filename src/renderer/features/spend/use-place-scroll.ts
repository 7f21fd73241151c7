import { useLayoutEffect, useRef, type RefObject } from 'react'
import type { SpendPlace } from './spend-view'

/**
 * Another view is read from its top, and one that is come back to from where it was; the same calls taken apart by
 * something else stay where they are. Whoever loses what they had the focus on, as it was of the view before, has it on
 * what the view is called.
 */
export function usePlaceScroll(
  place: SpendPlace | null,
  body: RefObject<HTMLElement | null>,
  title: RefObject<HTMLElement | null>,
) {
  const tops = useRef(new WeakMap<SpendPlace, number>())
  const before = useRef<SpendPlace | null>(null)

  useLayoutEffect(() => {
    const { current: old } = before
    before.current = place
    if (old === null || place === null || old === place || body.current === null) return
    if (!isSameCalls(old, place)) body.current.scrollTo({ top: tops.current.get(place) ?? 0 })
    if (document.activeElement === document.body) title.current?.focus({ preventScroll: true })
  }, [place, body, title])

  return {
    /** Notes how far down the view is that is left. */
    note(): void {
      if (before.current !== null) tops.current.set(before.current, body.current?.scrollTop ?? 0)
    },
  }
}

function isSameCalls({ query: one }: SpendPlace, { query: other }: SpendPlace): boolean {
  return one.range === other.range && one.filter === other.filter
}
