import { X } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { IconButton } from './IconButton'
import styles from './Toast.module.css'

const SHOWN_MS = 10_000

/** What a toast says. Another id is another toast, with time of its own. */
export interface ToastWords {
  readonly id: string
  readonly text: string
}

interface ToastProps {
  /** Null while there is nothing to say. */
  readonly said: ToastWords | null
  /** Buttons. */
  readonly actions?: ReactNode
  readonly onClose: () => void
  /** How long it says so: by itself for a while, until it is dismissed, or until what it tells of is over. */
  readonly stays?: 'a-while' | 'until-dismissed' | 'until-over'
}

/** Says politely what has just happened, with a way back, for ten seconds or as long as it is looked at. */
export function Toast({ said, actions, onClose, stays = 'a-while' }: ToastProps) {
  return (
    // Always there: a region that comes with its words is not announced.
    <output className={styles.region}>
      {said !== null && (
        <Saying key={said.id} text={said.text} stays={stays} onClose={onClose}>
          {actions}
        </Saying>
      )}
    </output>
  )
}

interface SayingProps {
  readonly text: string
  readonly stays: NonNullable<ToastProps['stays']>
  readonly children: ReactNode
  readonly onClose: () => void
}

function Saying({ text, stays, children, onClose }: SayingProps) {
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const held = pointed || focused || stays !== 'a-while'

  useEffect(() => {
    if (held) return undefined
    const timer = setTimeout(onClose, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [held, onClose])

  return (
    <div
      className={styles.toast}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <p className={styles.text}>{text}</p>
      {children}
      {stays !== 'until-over' && (
        <IconButton label="Dismiss" onClick={onClose}>
          <X />
        </IconButton>
      )}
    </div>
  )
}
