import { ChevronRight } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import styles from './Disclosure.module.css'

interface DisclosureProps {
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  readonly children: ReactNode
}

/** What few need: hidden until asked for, and keeping what was entered in it while hidden. */
export function Disclosure({ open, onOpen, children }: DisclosureProps) {
  const id = useId()
  return (
    <>
      <button
        type="button"
        className={styles.disclosure}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => onOpen(!open)}
      >
        Advanced
        <ChevronRight />
      </button>
      <div id={id} className={styles.advanced} hidden={!open}>
        {children}
      </div>
    </>
  )
}
