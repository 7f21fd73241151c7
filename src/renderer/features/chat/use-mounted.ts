import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { messagesIn } from './KeepPlace'
import {
  grownDown,
  grownUp,
  isSame,
  MOST_MOUNTED,
  newestOf,
  rangeAround,
  STEP,
  within,
  type Loaded,
  type Range,
} from './mounted'

interface MountedInput {
  readonly log: RefObject<HTMLElement | null>
  readonly content: RefObject<HTMLElement | null>
  readonly loaded: Loaded
  /** Asks for what comes before what is loaded; null while it is asked for, and after it failed. */
  readonly loadOlder: (() => void) | null
}

/** Places of the messages that are seen, or would be within `near` pixels. */
function seenIn(log: HTMLElement, content: HTMLElement, first: number, near: number): Range {
  const { top, bottom } = log.getBoundingClientRect()
  const places = messagesIn(content).flatMap((element, index) => {
    const box = element.getBoundingClientRect()
    return box.bottom > top - near && box.top < bottom + near ? [first + index] : []
  })
  const [start = first] = places
  return { start, end: (places.at(-1) ?? start) + 1 }
}

/** Places of what the reader has the focus in, or has selected. */
function heldIn(content: HTMLElement, first: number): readonly Range[] {
  const messages = messagesIn(content)
  const selection = document.getSelection()
  const selected = selection?.isCollapsed === false ? [selection.anchorNode, selection.focusNode] : []
  return [[document.activeElement], selected].flatMap((nodes) => {
    const places = nodes.flatMap((node) => {
      const index = messages.findIndex((element) => element.contains(node))
      return index < 0 ? [] : [first + index]
    })
    return places.length === 0 ? [] : [{ start: Math.min(...places), end: Math.max(...places) + 1 }]
  })
}

/** How near an edge of what is mounted comes before more is mounted there, in heights of what is seen. */
const NEAR = 2
/** The same, before more is loaded: it is there by the time it is to be mounted. */
const AHEAD = 6

/**
 * Which of the loaded messages are on the page: those around the reader. There is no empty room where others would be,
 * so that however fast one scrolls, one comes to the edge of what is there and never past it.
 */
export function useMounted({ log, content, loaded, loadOlder }: MountedInput) {
  const [range, setRange] = useState(() => newestOf(loaded))
  const now = useRef({ range, loaded, loadOlder })
  const mounted = within(range, loaded)
  useLayoutEffect(() => {
    now.current = { range, loaded, loadOlder }
  }, [range, loaded, loadOlder])

  const set = useCallback((next: Range) => {
    if (!isSame(next, now.current.range)) setRange(next)
  }, [])

  const look = useCallback(() => {
    const { current: element } = log
    const { current: inner } = content
    if (element === null || inner === null) return
    const { range: all, loaded: there, loadOlder: load } = now.current
    const { start, end } = within(all, there)
    const near = NEAR * element.clientHeight
    const below = element.scrollHeight - element.clientHeight - element.scrollTop
    const isFew = start - there.start < STEP
    if (isFew && there.start > 0 && element.scrollTop < AHEAD * element.clientHeight) load?.()
    const grows = element.scrollTop < near && start > there.start
    const cuts = below < near && (end < there.end || end - start > MOST_MOUNTED)
    if (!grows && !cuts) return
    const seen = seenIn(element, inner, start, near)
    const held = heldIn(inner, start)
    const higher = grows ? grownUp(all, there, seen, held) : all
    set(cuts ? grownDown(higher, there, seen, held) : higher)
  }, [content, log, set])

  // After each change of what is there: a page may be too short to be scrolled at all.
  useLayoutEffect(look, [look, mounted.start, mounted.end, loaded.start, loaded.end])

  useEffect(() => {
    const { current: element } = log
    if (element === null) return undefined
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [log, look])

  /** Mounts the newest, if they are not. */
  const showNewest = useCallback(() => {
    if (now.current.range.end !== Infinity) setRange(newestOf(now.current.loaded))
  }, [])

  /** Mounts a loaded message with those around it. */
  const show = useCallback((place: number) => {
    const { start, end } = within(now.current.range, now.current.loaded)
    if (place < start || place >= end) setRange(rangeAround(place, now.current.loaded))
  }, [])

  return { mounted, hasNewest: mounted.end === loaded.end, show, showNewest }
}
