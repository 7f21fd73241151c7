import { ChevronRight } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import styles from './Disclosure.module.css'

interface DisclosureProps {
  readonly label: string
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  /** Laid out while open; kept mounted, and what was entered in it kept, while hidden. */
  readonly className?: string | undefined
  /** The children come in the language of somebody else. */
  readonly foreign?: boolean
  readonly children: ReactNode
}

/** What few need: hidden until asked for. */
export function Disclosure({ label, open, onOpen, className, foreign = false, children }: DisclosureProps) {
  const id = useId()
  return (
    <>
      <button
        type="button"
        className={styles.line}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => onOpen(!open)}
      >
        {label}
        <ChevronRight />
      </button>
      <div id={id} className={className} hidden={!open} {...(foreign ? { dir: 'auto' } : {})}>
        {children}
      </div>
    </>
  )
}
