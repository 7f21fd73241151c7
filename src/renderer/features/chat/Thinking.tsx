import { useState } from 'react'
import type { Thought } from '../../../core/conversation'
import { useElapsed } from '../../lib/use-elapsed'
import { Disclosure } from '../../ui/Disclosure'
import { thinkingWords } from './message-words'
import styles from './Thinking.module.css'

interface ThinkingProps {
  readonly text: string
  /** Whether it is still thinking. */
  readonly active: boolean
  readonly thought: Thought | null
}

/** A model's thinking, folded into one line with its time. */
export function Thinking({ text, active, thought }: ThinkingProps) {
  const [open, setOpen] = useState(false)
  const seconds = useElapsed(active && thought?.toMs === null ? thought.fromMs : null)
  const label = thinkingWords(active, thought, seconds)
  return (
    <div className={styles.thinking}>
      <Disclosure label={label} open={open} onOpen={setOpen} className={styles.text} foreign>
        {open && text}
      </Disclosure>
    </div>
  )
}
