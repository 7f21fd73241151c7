import type { ReactNode } from 'react'

interface ScrollerProps {
  /** What is in it, for those who land on it with the keyboard. */
  readonly label: string
  readonly className: string | undefined
  readonly children: ReactNode
}

/** A frame for what may be wider than the page. A group rather than a region: an answer with ten has no ten landmarks. */
export function Scroller({ label, className, children }: ScrollerProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- Only what can be focused can be scrolled by keyboard; none of those tags is a plain group.
    <div className={className} tabIndex={0} role="group" aria-label={label}>
      {children}
    </div>
  )
}
