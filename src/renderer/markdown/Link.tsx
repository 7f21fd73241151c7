import type { ReactNode } from 'react'
import type { SafeLink } from './link-policy'
import styles from './Markdown.module.css'

interface LinkProps {
  readonly link: SafeLink
  readonly onOpenLink: (url: string) => void
  readonly children: ReactNode
}

/** A link that navigates nothing itself: it asks. Its title tells where it leads, whatever its text says. */
export function Link({ link, onOpenLink, children }: LinkProps) {
  return (
    <a
      className={styles.link}
      href={link.url}
      title={link.leadsTo}
      onClick={(event) => {
        event.preventDefault()
        onOpenLink(link.url)
      }}
    >
      {children}
    </a>
  )
}
