import { useEffect, useRef, type MouseEvent, type ReactNode } from 'react'
import type { LinkActs } from './link-acts'
import type { SafeLink } from './link-policy'
import styles from './Markdown.module.css'

interface LinkProps {
  readonly link: SafeLink
  readonly acts: LinkActs
  readonly children: ReactNode
}

/** A link that navigates nothing itself: it asks. Where it leads is told before, whatever its text says. */
export function Link({ link, acts, children }: LinkProps) {
  const pointed = useRef(false)
  // One that goes while it is pointed at leaves nothing behind.
  useEffect(() => () => acts.point(null), [acts])
  // While an answer streams an address may go on under a pointer that rests on it.
  useEffect(() => {
    if (pointed.current) acts.point(link)
  }, [acts, link])

  function point(isPointed: boolean): void {
    pointed.current = isPointed
    acts.point(isPointed ? link : null)
  }

  function ask(event: MouseEvent<HTMLAnchorElement>): void {
    // The middle button would open a window past any question.
    event.preventDefault()
    if (event.button !== 2) acts.open(link, event.currentTarget.textContent)
  }

  return (
    <a
      className={styles.link}
      href={link.url}
      title={link.leadsTo}
      draggable={false}
      onClick={ask}
      onAuxClick={ask}
      onMouseEnter={() => point(true)}
      onMouseLeave={() => point(false)}
      onFocus={() => point(true)}
      onBlur={() => point(false)}
    >
      {children}
    </a>
  )
}
