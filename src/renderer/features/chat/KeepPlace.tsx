import { Component, type ReactNode, type RefObject } from 'react'

interface KeepPlaceProps {
  readonly log: RefObject<HTMLElement | null>
  readonly content: RefObject<HTMLElement | null>
  /** What stands there, as a text: nothing is measured while it is the same. */
  readonly shape: string
  /** The place of the first message that is mounted. */
  readonly first: number
  readonly children: ReactNode
}

/** The message that is not to move. */
interface Anchor {
  readonly element: Element
  readonly place: number
  readonly top: number
  /** What had the focus inside. */
  readonly focused: Element | null
}

/** The messages that are mounted, in their order. */
export function messagesIn(content: HTMLElement): readonly HTMLElement[] {
  return [...content.children].filter(
    (child) => child instanceof HTMLElement && child.tagName === 'ARTICLE',
  ) as HTMLElement[]
}

/**
 * Keeps what is read in its place when messages come or go above it: it is measured right before the page changes and
 * put back right after, so that no frame shows it elsewhere. A class, because React tells of the moment before to no other.
 */
export class KeepPlace extends Component<KeepPlaceProps> {
  override getSnapshotBeforeUpdate(before: KeepPlaceProps): Anchor | null {
    const log = this.props.log.current
    const content = this.props.content.current
    if (log === null || content === null || before.shape === this.props.shape) return null
    const messages = messagesIn(content)
    const { top, bottom } = log.getBoundingClientRect()
    const isSeen = (element: Element) => {
      const box = element.getBoundingClientRect()
      return box.bottom > top && box.top < bottom
    }
    const active = document.activeElement
    const focused = active !== null && content.contains(active) ? active : null
    // What was just pressed stays under the pointer, and else what stands at the top.
    const own = messages.find((element) => focused !== null && element.contains(focused) && isSeen(element))
    const element = own ?? messages.find(isSeen)
    if (element === undefined) return null
    const place = before.first + messages.indexOf(element)
    return { element, place, top: element.getBoundingClientRect().top, focused }
  }

  override componentDidUpdate(_before: KeepPlaceProps, _state: unknown, anchor: Anchor | null): void {
    const log = this.props.log.current
    const content = this.props.content.current
    if (log === null || content === null || anchor === null) return
    // Whoever has taken the focus over has taken the place as well: another version, with its arrow where the old one was.
    if (anchor.focused?.isConnected === false && content.contains(document.activeElement)) return
    // Another version of it may have taken its place.
    const element = anchor.element.isConnected ? anchor.element : messagesIn(content)[anchor.place - this.props.first]
    if (element !== undefined) {
      const moved = element.getBoundingClientRect().top - anchor.top
      if (Math.abs(moved) >= 0.5) log.scrollTop += moved
    }
    if (anchor.focused !== null && !anchor.focused.isConnected && document.activeElement === document.body) {
      log.focus({ preventScroll: true })
    }
  }

  override render(): ReactNode {
    return this.props.children
  }
}
