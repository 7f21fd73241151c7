import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import type { MessageId } from '../../../core/ids'
import { messagesIn } from './KeepPlace'
import type { Range } from './mounted'

/** A message that something elsewhere has led to. Another object is another wish. */
export interface Wanted {
  /** Null where only its conversation was meant. */
  readonly messageId: MessageId | null
}

interface LeadInput {
  readonly wanted: Wanted | null
  readonly messages: readonly { readonly id: MessageId }[]
  /** How many are before these. */
  readonly older: number
  readonly mounted: Range
  readonly log: RefObject<HTMLElement | null>
  readonly content: RefObject<HTMLElement | null>
  /** Mounts a message with those around it. */
  readonly show: (place: number) => void
  /** Lets go of the end. */
  readonly leave: () => void
}

/** Room above the message, in pixels. */
const ABOVE = 24
/** How long it is told apart from the others, in milliseconds. */
const MARKED_MS = 2_500

/** Goes to a message that is wanted as soon as it is loaded, once: it stands at the top, has the focus and is marked. */
export function useLead({ wanted, messages, older, mounted, log, content, show, leave }: LeadInput): void {
  const led = useRef<Wanted | null>(null)
  const article = useRef<HTMLElement | null>(null)
  const index = wanted === null ? -1 : messages.findIndex(({ id }) => id === wanted.messageId)
  const place = older + index
  const isMounted = index >= 0 && place >= mounted.start && place < mounted.end

  useLayoutEffect(() => {
    if (wanted === null || led.current === wanted || index < 0) return
    if (!isMounted) return show(place)
    const element = content.current === null ? undefined : messagesIn(content.current)[place - mounted.start]
    if (element === undefined || log.current === null) return
    led.current = wanted
    article.current = element
    toTop(log.current, element)
    // Only now: what is looked at then is what stays in its place.
    leave()
  }, [wanted, index, isMounted, place, mounted.start, log, content, show, leave])

  // After whatever takes the focus when it comes: the field below does.
  useEffect(() => {
    const { current: element } = article
    article.current = null
    if (element !== null) mark(element)
  })
}

function toTop(log: HTMLElement, element: HTMLElement): void {
  log.scrollTop += element.getBoundingClientRect().top - log.getBoundingClientRect().top - ABOVE
}

/** Gives a message the focus, and for a while another look than the others. */
function mark(element: HTMLElement): void {
  element.tabIndex = -1
  element.focus({ preventScroll: true })
  element.dataset['led'] = 'true'
  setTimeout(() => delete element.dataset['led'], MARKED_MS)
}
