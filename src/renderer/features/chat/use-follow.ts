import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { anchorIn, driftOf, type Anchor } from './anchor'
import { follows } from './follow'
import { giveRoomBack } from './keep-place'
import { watchLeaving } from './leaving'

export interface Follow {
  /** The element that scrolls. */
  readonly log: RefObject<HTMLDivElement | null>
  /** The element inside it that grows. */
  readonly content: RefObject<HTMLDivElement | null>
  readonly following: boolean
  /** Goes to the end and stays there. */
  jump(): void
  /** Lets go of the end: something else is to be looked at. */
  leave(): void
  /** Lets go of the end while another branch is shown. */
  stay(): void
}

/**
 * Keeps the end of a transcript in view while its reader is there, and never moves one who is not. Begins at the end.
 * `hasNewest`: whether what is on the page ends with the newest message; the end of anything else is no end.
 */
export function useFollow(hasNewest: RefObject<boolean>): Follow {
  const log = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const [following, setFollowing] = useState(true)
  const held = useRef(true)
  const lastTop = useRef(0)
  const lastHeight = useRef(0)
  // What a reader who is not at the end looks at.
  const anchor = useRef<Anchor>([])
  const staying = useRef(false)

  const note = useCallback(() => {
    if (log.current !== null && content.current !== null) anchor.current = anchorIn(log.current, content.current)
  }, [])

  const hold = useCallback(
    (next: boolean) => {
      if (held.current && !next) note()
      held.current = next
      setFollowing(next)
    },
    [note],
  )

  const toEnd = useCallback(() => {
    const element = log.current
    if (element === null) return
    element.scrollTop = element.scrollHeight
    lastTop.current = element.scrollTop
  }, [])

  const jump = useCallback(() => {
    staying.current = false
    if (content.current !== null) giveRoomBack(content.current)
    hold(true)
    toEnd()
  }, [hold, toEnd])

  const leave = useCallback(() => hold(false), [hold])

  const stay = useCallback(() => {
    staying.current = true
    held.current = false
  }, [])

  useLayoutEffect(() => {
    toEnd()
  }, [toEnd])

  useEffect(() => {
    const element = log.current
    const inner = content.current
    if (element === null || inner === null) return undefined

    /** Takes in where the transcript has been scrolled to since the last look. */
    const look = () => {
      const below = element.scrollHeight - element.clientHeight - element.scrollTop
      const fromEnd = hasNewest.current ? below : Infinity
      const moved = element.scrollTop - lastTop.current
      lastTop.current = element.scrollTop
      hold(follows(held.current, { fromEnd, moved }))
      if (!held.current && moved !== 0) note()
    }

    const scrolled = () => {
      // A window on it that became lower or higher moves it too; that is no reader's wish, and is looked at below.
      if (element.clientHeight === lastHeight.current) look()
    }

    /** Puts what is looked at back where it was, before anybody has seen it elsewhere. */
    const putBack = () => {
      const drift = driftOf(element, anchor.current)
      if (drift === null) return note()
      if (Math.abs(drift) < 0.5) return
      element.scrollTop += drift
      lastTop.current = element.scrollTop
    }

    const sizes = new ResizeObserver(() => {
      const isSameHeight = element.clientHeight === lastHeight.current
      lastHeight.current = element.clientHeight
      // Somebody has put it elsewhere in the course of this very frame; or it has become so short that it moved by itself.
      const fromEnd = element.scrollHeight - element.clientHeight - element.scrollTop
      const isMoved = isSameHeight && !staying.current && element.scrollTop !== lastTop.current
      if (isMoved && !held.current && fromEnd >= 1) look()
      lastTop.current = element.scrollTop
      if (held.current) return toEnd()
      if (staying.current) {
        staying.current = false
        // Whoever is at the end of the branch that is shown now, is there.
        hold(hasNewest.current && fromEnd < 1)
        return note()
      }
      setFollowing(false)
      putBack()
    })
    sizes.observe(element)
    sizes.observe(inner)
    element.addEventListener('scroll', scrolled, { passive: true })
    const unwatch = watchLeaving(element, inner, (unscrolled = false) => {
      // Lets go without showing it: only once the transcript grows is there something to jump to.
      if (!held.current || !(unscrolled || element.scrollHeight > element.clientHeight + 1)) return
      note()
      held.current = false
    })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', scrolled)
      unwatch()
    }
  }, [hasNewest, hold, note, toEnd])

  return { log, content, following, jump, leave, stay }
}
