import { useState } from 'react'
import { Disclosure } from '../../ui/Disclosure'
import styles from './Thinking.module.css'

interface ThinkingProps {
  readonly text: string
  /** Whether it is still thinking. */
  readonly active: boolean
}

/** A model's thinking, folded into one line. */
export function Thinking({ text, active }: ThinkingProps) {
  const [open, setOpen] = useState(false)
  return (
    <div className={styles.thinking}>
      <Disclosure label={active ? 'Thinking' : 'Thought'} open={open} onOpen={setOpen} className={styles.text} foreign>
        {open && text}
      </Disclosure>
    </div>
  )
}
