import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import styles from './Thinking.module.css'

interface ThinkingProps {
  readonly text: string
  /** Whether it is still thinking. */
  readonly active: boolean
}

/** A model's thinking, folded into one line. */
export function Thinking({ text, active }: ThinkingProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <div className={styles.thinking}>
      <button
        type="button"
        className={styles.line}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {active ? 'Thinking' : 'Thought'}
        <ChevronRight />
      </button>
      <div id={id} className={styles.text} dir="auto" hidden={!open}>
        {open && text}
      </div>
    </div>
  )
}
