import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { unlessComposing } from '../../lib/ime'
import { follows } from './follow'

export interface Follow {
  /** The element that scrolls. */
  readonly log: RefObject<HTMLDivElement | null>
  /** The element inside it that grows. */
  readonly content: RefObject<HTMLDivElement | null>
  readonly following: boolean
  /** Goes to the end and stays there. */
  jump(): void
}

const KEYS_THAT_LEAVE = new Set(['ArrowUp', 'PageUp', 'Home'])

/** Keeps the end of a transcript in view while its reader is there, and never moves one who is not. Begins at the end. */
export function useFollow(): Follow {
  const log = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const [following, setFollowing] = useState(true)
  const held = useRef(true)
  const lastTop = useRef(0)
  const lastHeight = useRef(0)

  const hold = useCallback((next: boolean) => {
    held.current = next
    setFollowing(next)
  }, [])

  const toEnd = useCallback(() => {
    const element = log.current
    if (element === null) return
    element.scrollTop = element.scrollHeight
    lastTop.current = element.scrollTop
  }, [])

  const jump = useCallback(() => {
    hold(true)
    toEnd()
  }, [hold, toEnd])

  useLayoutEffect(() => {
    toEnd()
  }, [toEnd])

  useEffect(() => {
    const element = log.current
    const inner = content.current
    if (element === null || inner === null) return undefined
    const scrollable = () => element.scrollHeight > element.clientHeight + 1
    // Lets go without showing it: only once the transcript grows is there something to jump to.
    const leave = () => {
      if (scrollable()) held.current = false
    }

    const scrolled = () => {
      // A window on it that became lower or higher moves it too; that is no reader's wish, and is looked at below.
      if (element.clientHeight !== lastHeight.current) return
      const fromEnd = element.scrollHeight - element.clientHeight - element.scrollTop
      hold(follows(held.current, { fromEnd, moved: element.scrollTop - lastTop.current }))
      lastTop.current = element.scrollTop
    }
    // These come before the scrolling they cause, so that a growing answer cannot pull against them.
    const wheeled = (event: WheelEvent) => {
      if (event.deltaY < 0) leave()
    }
    const pressed = unlessComposing((event: KeyboardEvent) => {
      if (KEYS_THAT_LEAVE.has(event.key)) leave()
    })
    const selected = () => {
      const selection = document.getSelection()
      if (selection === null || selection.isCollapsed || !inner.contains(selection.anchorNode)) return
      leave()
    }

    const sizes = new ResizeObserver(() => {
      lastHeight.current = element.clientHeight
      lastTop.current = element.scrollTop
      if (held.current) toEnd()
      else setFollowing(false)
    })
    sizes.observe(element)
    sizes.observe(inner)
    element.addEventListener('scroll', scrolled, { passive: true })
    element.addEventListener('wheel', wheeled, { passive: true })
    element.addEventListener('keydown', pressed)
    document.addEventListener('selectionchange', selected)
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', scrolled)
      element.removeEventListener('wheel', wheeled)
      element.removeEventListener('keydown', pressed)
      document.removeEventListener('selectionchange', selected)
    }
  }, [hold, toEnd])

  return { log, content, following, jump }
}
